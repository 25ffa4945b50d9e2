"""Mastering files that are in no library: nothing is opened or kept but what was asked for."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from indieartist.domain.album import AlbumReport
from indieartist.domain.mastering import MasterReport, Settings
from indieartist.domain.progress import Report, silent
from indieartist.errors import UserError, world_error


@dataclass(frozen=True, slots=True)
class MasteredFile:
    """A master of a file: where both lie, how it was made and what came of it."""

    source: str
    out_path: str
    settings: Settings
    report: MasterReport


@dataclass(frozen=True, slots=True)
class MasteredAlbum:
    """The masters of an album's files, in its order."""

    masters: tuple[MasteredFile, ...]
    album: AlbumReport


def master_file(
    source_path: Path,
    out_path: Path,
    settings: Settings,
    *,
    reference: Path | None = None,
    report: Report = silent,
) -> MasteredFile:
    """Master a file into another (.wav, .flac or .aiff), which takes its place once it is whole."""
    from indieartist.audio.mastering import make_master

    check_apart(out_path, source_path, reference)
    made = make_master(source_path, out_path, settings, reference_path=reference, report=report)
    return MasteredFile(str(source_path), str(out_path), settings, made.report)


def master_files(
    source_paths: Sequence[Path],
    out_folder: Path,
    settings: Settings,
    *,
    suffix: str = ".wav",
    reference: Path | None = None,
    report: Report = silent,
) -> MasteredAlbum:
    """Master files as one album into a folder, under their own names; all of them or none."""
    from indieartist.services.mastering_album import Song, make_album

    out_paths = name_masters(source_paths, out_folder, suffix)
    for source_path, out_path in zip(source_paths, out_paths, strict=True):
        check_apart(out_path, source_path, reference)
    making, fresh = out_folder / f".album.{uuid4().hex}.part", not out_folder.exists()
    try:
        making.mkdir(parents=True)
        songs = [
            Song(source_path.stem, source_path, making / out_path.name)
            for source_path, out_path in zip(source_paths, out_paths, strict=True)
        ]
        made = make_album(songs, settings, reference=reference, report=report)
        for song, out_path in zip(songs, out_paths, strict=True):
            song.master_path.replace(out_path)
    except OSError as error:
        raise world_error(error, out_folder) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
        if fresh:
            with suppress(OSError):  # as it does once there are masters in it
                out_folder.rmdir()
    rows = zip(source_paths, out_paths, made.settings, made.masters, strict=True)
    return MasteredAlbum(
        tuple(MasteredFile(str(a), str(b), how, master.report) for a, b, how, master in rows),
        made.report,
    )


def name_masters(source_paths: Sequence[Path], folder: Path, suffix: str) -> list[Path]:
    """Where the masters of files go; raises UserError where two would have one name."""
    names = [f"{path.stem}{suffix}" for path in source_paths]
    for name in names:
        if names.count(name) > 1:
            raise UserError(
                f"Two of the files would both become {name}.", "Give each song a name of its own."
            )
    return [folder / name for name in names]


def check_apart(out_path: Path, *others: Path | None) -> None:
    """Raise UserError where a master would take the place of what it is made from."""
    for other in others:
        if other is not None and out_path.exists() and out_path.samefile(other):
            raise UserError(
                f"The master would take the place of {other.name} itself.", "Choose another name."
            )
