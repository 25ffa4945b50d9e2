"""The catalogue for lists: which releases in which order, a page of them, and their audio."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy import Connection

from indieartist.domain.catalogue import (
    Answer,
    Question,
    TrackAnswer,
    TrackLine,
    TrackQuestion,
)
from indieartist.domain.release import Track
from indieartist.errors import world_error
from indieartist.library import catalogue, contents, releases, tracks
from indieartist.library.releases import ReleaseLine
from indieartist.services.studio import Studio

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LONGEST_BYTES = 180
_OUT = "outgoing"


def find_releases(studio: Studio, question: Question) -> Answer:
    """Which releases, in which order; only their numbers."""
    with studio.library.read() as connection:
        return catalogue.find_releases(connection, question, studio.today)


def read_page(studio: Studio, ids: Sequence[int]) -> list[ReleaseLine]:
    """The lines of these releases, in the order given."""
    with studio.library.read() as connection:
        return catalogue.read_page(connection, ids)


def find_tracks(studio: Studio, question: TrackQuestion) -> TrackAnswer:
    """Which tracks, in which order; only their numbers."""
    with studio.library.read() as connection:
        return tracks.find_tracks(connection, question)


def read_tracks(studio: Studio, ids: Sequence[int]) -> list[TrackLine]:
    """The lines of these tracks, in the order given; one that is gone is left out."""
    with studio.library.read() as connection:
        return tracks.read_page(connection, ids)


def list_tracks(
    studio: Studio, question: TrackQuestion, offset: int = 0, limit: int = 100
) -> list[TrackLine]:
    """One page of the tracks that answer a question."""
    with studio.library.read() as connection:
        ids = tracks.find_tracks(connection, question).ids[offset : offset + limit]
        return tracks.read_page(connection, ids)


def remove_releases(studio: Studio, ids: Sequence[int]) -> None:
    """Remove several releases as one act: all of them, or none."""
    from indieartist.services.editing import remove_release

    with studio.library.read() as connection:
        found = [releases.get_release(connection, number) for number in ids]
    with studio.library.act(f"Remove {len(found)} releases"):
        for release in found:
            remove_release(studio, release)


def move_tracks(studio: Studio, ids: Sequence[int], release_id: int) -> None:
    """Move tracks to the end of another release, as one act; those already on it stay."""
    from indieartist.services.editing import move_track

    with studio.library.read() as connection:
        found = [releases.get_track(connection, number) for number in ids]
    moving = [track for track in found if track.release_id != release_id]
    what = f"“{moving[0].title}”" if len(moving) == 1 else f"{len(moving)} tracks"
    with studio.library.act(f"Move {what}") as act:
        for track in moving:
            move_track(studio, track, releases.get_release(act.connection, release_id))


def lay_out_audio(studio: Studio, ids: Sequence[int]) -> list[Path]:
    """The current mixes of these releases under names for people, to be dragged out of the window.

    They are read-only links to the vault's files where the disk knows links, else copies.
    """
    with studio.library.read() as connection:
        tracks_of = (releases.get_release(connection, number).tracks for number in ids)
        return _laid_out(studio, connection, (track for each in tracks_of for track in each))


def lay_out_tracks(studio: Studio, ids: Sequence[int]) -> list[Path]:
    """The current mixes of these tracks, as `lay_out_audio` does it."""
    with studio.library.read() as connection:
        found = (releases.get_track(connection, number) for number in ids)
        return _laid_out(studio, connection, found)


def _laid_out(studio: Studio, connection: Connection, found: Iterable[Track]) -> list[Path]:
    folder = studio.library.folder / _OUT
    laid: list[Path] = []
    for track in found:
        if (mix := track.current) is None:
            continue
        suffix = contents.info_of(connection, mix.audio_hash)[1]
        source = studio.library.vault.get_path(mix.audio_hash, suffix)
        name = f"{track.position:02} {track.title}"
        laid.append(_lay(source, folder / mix.audio_hash[:12] / f"{file_name(name)}{suffix}"))
    return laid


def file_name(words: str) -> str:
    """Words as every system takes them for a file's name, no longer than it may be."""
    fit = _UNFIT.sub("_", words).strip(" .") or "Untitled"
    return fit.encode()[:_LONGEST_BYTES].decode("utf-8", "ignore").strip(" .")


def _lay(source: Path, target: Path) -> Path:
    if target.exists():
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)
    except OSError as error:
        raise world_error(error, target) from error
    return target
