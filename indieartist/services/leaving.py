"""Leaving: everything in the library as plain folders that need no IndieArtist to read."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, LargeBinary, select

from indieartist.domain.attachments import Attachment, AttachmentKind
from indieartist.domain.progress import Report, silent
from indieartist.domain.release import Mix, Release, Track
from indieartist.errors import UserError, WorldError
from indieartist.library import releases
from indieartist.library import tables as t
from indieartist.library.vault import hash_file
from indieartist.sdk.files import safe_name, staged_folder, write_bytes, write_text
from indieartist.services.studio import Studio

ROOM_BYTES = 16 << 20  # for all that is not audio or artwork
FACTS = (t.audio, t.artwork, t.attached_file)
NESTED = ("artwork", "attachments", "credits", "links", "mixes", "tracks")
CSV_START = "\ufeff"  # spreadsheets take a file without it for an old Windows encoding
README = """This is everything that was in an IndieArtist library on {day}.

Releases/   a folder for each release: its tracks in order (the approved mix, else the newest
            master, else the newest bounce), all its mixes as they came in, its cover,
            lyrics as text, what was attached (Canvas, Atmos masters, proofs of the
            checklist's tasks), and release.json with every fact.
Tables/     every table of the library as CSV (UTF-8, comma, header in the first line).
            Columns of bytes (drawn waveforms, undo of tag writes) are left out.
releases.csv and tracks.csv   the catalogue at a glance.
SHA256SUMS  a checksum of each file; `sha256sum -c SHA256SUMS` checks them all.
"""


@dataclass(frozen=True, slots=True)
class Archive:
    """Where everything was written, and how much it was."""

    path: str
    release_count: int
    file_count: int
    size_bytes: int
    missing: tuple[str, ...]  # files that the library names and does not have


@dataclass
class _Writer:
    """The archive in the making: its files, and those of the library that were not there."""

    studio: Studio
    folder: Path
    total_bytes: int
    report: Report
    sums: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    done_bytes: int = 0

    def place(self, *names: str, suffix: str = "") -> Path:
        """A path that is free on systems that do not tell case apart, its folders made."""
        *folders, last = map(safe_name, names)
        for number in range(1, 10_000):
            more = f" ({number})" if number > 1 else ""
            path = self.folder.joinpath(*folders, f"{last}{more}{suffix}")
            if str(path).casefold() not in self.taken:
                break
        self.taken.add(str(path).casefold())
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def copy(self, content_hash: str, suffix: str, path: Path) -> None:
        """Copy a file of the vault and check the copy; one that is missing is noted."""
        source = self.studio.library.vault.path_of(content_hash, suffix)
        try:
            shutil.copyfile(source, path)
        except FileNotFoundError:
            self.missing.append(str(path.relative_to(self.folder)))
            return
        if hash_file(path) != content_hash:
            self.missing.append(f"{path.relative_to(self.folder)} (damaged in the library)")
        else:
            self._sum(path, content_hash)
        self.done_bytes += path.stat().st_size
        self.report(min(self.done_bytes / self.total_bytes, 1.0))

    def write(self, path: Path, text: str) -> None:
        """Write a text file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, text)
        self._sum(path, hash_file(path))

    def _sum(self, path: Path, sha256: str) -> None:
        self.sums.append((path.relative_to(self.folder).as_posix(), sha256))

    def finish(self) -> None:
        """The list of checksums, as sha256sum reads it."""
        lines = "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(self.sums))
        write_bytes(self.folder / "SHA256SUMS", lines.encode())


def export_all(studio: Studio, folder: Path, report: Report = silent) -> Archive:
    """Write everything into a new folder, whole or not at all; the library is only read.

    Raises UserError for a folder with something in it, WorldError where the disk has no room.
    """
    folder = folder.absolute()
    if folder.is_relative_to(studio.library.folder):
        raise UserError("A library cannot be written into itself.", "Choose another folder.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"There is something in {folder} already.", "Choose a new folder.")
    with studio.library.read() as connection:
        lines = releases.list_releases(connection)
        catalogue = [releases.get_release(connection, line.id) for line in reversed(lines)]
        suffixes = _suffixes(connection)
        tables = {table.name: _table_rows(connection, table) for table in t.metadata.sorted_tables}
    size = _size_bytes(catalogue)
    _require_room(folder, size + ROOM_BYTES)
    with staged_folder(folder) as stage:
        writer = _Writer(studio, stage, max(size, 1), report)
        for release in catalogue:
            _write_release(writer, release, suffixes)
        _write_lists(writer, catalogue, tables)
        writer.finish()
        report(1.0)
    files = [path for path in folder.rglob("*") if path.is_file()]
    sizes = sum(path.stat().st_size for path in files)
    return Archive(str(folder), len(catalogue), len(files), sizes, tuple(writer.missing))


def _require_room(folder: Path, size_bytes: int) -> None:
    place = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(place).free
    if free < size_bytes:
        raise WorldError(
            f"{size_bytes / 1e9:.1f} GB are needed and {free / 1e9:.1f} GB are free at {place}.",
            "Free some space, or choose another disk.",
        )


def _suffixes(connection: Connection) -> dict[str, str]:
    rows = (connection.execute(select(f.c.hash, f.c.suffix)) for f in FACTS)
    return {row.hash: row.suffix for result in rows for row in result}


def _size_bytes(catalogue: list[Release]) -> int:
    """About what the audio takes: each track's own mix lies there twice."""
    mixes = [mix for release in catalogue for track in release.tracks for mix in track.mixes]
    frames = sum(2 * m.info.frames * m.info.channels * (m.info.bits or 16) // 8 for m in mixes)
    attached = sum(file.size_bytes for release in catalogue for file in release.attachments)
    return frames + attached + sum(r.artwork.size_bytes for r in catalogue if r.artwork)


def _write_release(writer: _Writer, release: Release, suffixes: dict[str, str]) -> None:
    artist = f"{release.artist_line} - " if release.artist_line else ""
    name = safe_name(f"{artist}{release.title}", 90) + f" (R{release.id})"
    for track in release.tracks:
        _write_track(writer, name, track, suffixes)
    if release.artwork:
        suffix = suffixes[release.artwork.hash]
        place = writer.place("Releases", name, "cover", suffix=suffix)
        writer.copy(release.artwork.hash, suffix, place)
    for file in release.attachments:
        _write_attached(writer, name, file)
    facts = json.dumps(_plain(release), ensure_ascii=False, indent=2)
    writer.write(writer.place("Releases", name, "release", suffix=".json"), facts + "\n")


def _write_track(writer: _Writer, name: str, track: Track, suffixes: dict[str, str]) -> None:
    song = safe_name(f"{track.position:02d} {track.title}", 90)
    if track.current:
        suffix = suffixes[track.current.audio_hash]
        place = writer.place("Releases", name, song, suffix=suffix)
        writer.copy(track.current.audio_hash, suffix, place)
    for mix in track.mixes:
        suffix = suffixes[mix.audio_hash]
        place = writer.place("Releases", name, "All mixes", _mix_name(song, mix), suffix=suffix)
        writer.copy(mix.audio_hash, suffix, place)
    if track.lyrics:
        writer.write(writer.place("Releases", name, song, suffix=".txt"), track.lyrics + "\n")


def _write_attached(writer: _Writer, name: str, file: Attachment) -> None:
    stem = Path(file.name).stem
    shown = f"{file.task} - {stem}" if file.task else f"{file.kind.label} - {stem}"
    folder = "Proofs" if file.kind is AttachmentKind.PROOF else "Attached"
    place = writer.place("Releases", name, folder, safe_name(shown, 90), suffix=file.suffix)
    writer.copy(file.file_hash, file.suffix, place)


def _mix_name(song: str, mix: Mix) -> str:
    return f"{song} - {mix.number:02d} {mix.kind.value}"


def _write_lists(
    writer: _Writer, catalogue: list[Release], tables: dict[str, list[dict[str, Any]]]
) -> None:
    heads = [_flat(release) for release in catalogue]
    songs = [
        {"release": f"R{release.id} {release.title}", **_flat(track), "mixes": len(track.mixes)}
        for release in catalogue
        for track in release.tracks
    ]
    for name, rows in {"releases.csv": heads, "tracks.csv": songs}.items():
        writer.write(writer.folder / name, _csv(rows))
    for name, rows in tables.items():
        writer.write(writer.folder / "Tables" / f"{name}.csv", _csv(rows))
    day = writer.studio.today.isoformat()
    writer.write(writer.folder / "README.txt", README.format(day=day))


def _flat(thing: Release | Track) -> dict[str, Any]:
    """The facts that are one value each, and the people in one line."""
    plain = _plain(thing)
    people = "; ".join(f"{credit.role}: {credit.name}" for credit in thing.credits)
    single = {key: value for key, value in plain.items() if key not in NESTED}
    return {**single, "credits": people}


def _table_rows(connection: Connection, table: Any) -> list[dict[str, Any]]:
    columns = [column for column in table.c if not isinstance(column.type, LargeBinary)]
    rows = connection.execute(select(*columns)).mappings() if columns else ()
    return [dict(row) for row in rows]


def _csv(rows: list[dict[str, Any]]) -> str:
    text = io.StringIO()
    if rows:
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return CSV_START + text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(_plain(value), ensure_ascii=False)
    return _plain(value)


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {key: _plain(item) for key, item in _fields(value)}
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [_plain(item) for item in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _fields(value: Any) -> Iterator[tuple[str, Any]]:
    return ((each.name, getattr(value, each.name)) for each in dataclasses.fields(value))
