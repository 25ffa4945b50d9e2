"""Verifying: every file of the library hashed again, and what is missing or changed named."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from indieartist.domain.progress import Report, silent
from indieartist.errors import UserError, world_error
from indieartist.library import tables as t
from indieartist.library.database import sync_file
from indieartist.library.vault import hash_file

if TYPE_CHECKING:
    from indieartist.services.studio import Studio

MISSING, CHANGED, UNREADABLE, UNKNOWN = "missing", "changed", "unreadable", "unknown"


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that is not what it should be, and what in the library rests on it."""

    kind: str  # missing, changed, unreadable; unknown: in the vault, but named by nothing
    path: str
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a library was found: files and bytes that are whole, and every fault."""

    file_count: int
    size_bytes: int
    faults: tuple[Fault, ...]
    database: tuple[str, ...]  # what the database says is wrong with itself

    @property
    def is_whole(self) -> bool:
        """Whether nothing that the library names is missing or changed."""
        return not self.database and all(fault.kind == UNKNOWN for fault in self.faults)


@dataclass(frozen=True, slots=True)
class _File:
    hash: str
    path: Path
    size_bytes: int
    used_by: tuple[str, ...]


def verify(studio: Studio, report: Report = silent) -> Verdict:
    """Hash every file of the library again; nothing is changed."""
    with studio.library.read() as connection:
        files = list(_files(connection, studio))
        database = tuple(_database_faults(connection))
    total, done, faults = sum(file.size_bytes for file in files) or 1, 0, []
    for file in files:
        fault = _fault(file)
        if fault:
            faults.append(fault)
        done += file.size_bytes
        report(done / total)
    bad = {fault.path for fault in faults}
    whole = [file for file in files if str(file.path) not in bad]
    faults += _unknown(studio, files)
    return Verdict(len(whole), sum(file.size_bytes for file in whole), tuple(faults), database)


def mend(verdict: Verdict, backup: Path, report: Report = silent) -> int:
    """Take missing and changed files from a backup's vault, each checked; return how many."""
    if not (backup / "Vault").is_dir():
        raise UserError(f"{backup} is not a backup of a library.", "Choose a folder with a Vault.")
    wanted = [fault for fault in verdict.faults if fault.kind != UNKNOWN]
    mended = 0
    for number, fault in enumerate(wanted, 1):
        path = Path(fault.path)
        source = backup / "Vault" / path.parent.name / path.name
        if source.is_file() and hash_file(source) == path.stem:
            copy_whole(source, path)
            mended += 1
        report(number / len(wanted))
    return mended


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file so that `target` is whole or as it was; raises what the disk says in words."""
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, partial)
        sync_file(partial)
        partial.replace(target)
    except OSError as error:
        raise world_error(error, target) from error
    finally:
        partial.unlink(missing_ok=True)


def _files(connection: Connection, studio: Studio) -> Iterator[_File]:
    uses = _uses(connection)
    for facts in (t.audio, t.artwork, t.attached_file):
        for row in connection.execute(select(facts.c.hash, facts.c.suffix, facts.c.size_bytes)):
            path = studio.library.vault.path_of(row.hash, row.suffix)
            yield _File(row.hash, path, row.size_bytes, tuple(uses.get(row.hash, ())))


def _uses(connection: Connection) -> dict[str, list[str]]:
    """What rests on each hash: 'R1 Harbour Lights / T2 Undertow, mix 3', 'R1 Other, cover'."""
    query = (
        select(
            t.mix.c.audio_hash,
            t.mix.c.number,
            t.track.c.id.label("track_id"),
            t.track.c.title,
            t.release.c.id,
            t.release.c.title.label("release_title"),
        )
        .join(t.track, t.track.c.id == t.mix.c.track_id)
        .join(t.release, t.release.c.id == t.track.c.release_id)
    )
    uses: dict[str, list[str]] = {}
    for row in connection.execute(query):
        song = f"R{row.id} {row.release_title} / T{row.track_id} {row.title}, mix {row.number}"
        uses.setdefault(row.audio_hash, []).append(song)
    covers = select(t.release).where(t.release.c.artwork_hash.is_not(None))
    for row in connection.execute(covers):
        uses.setdefault(row.artwork_hash, []).append(f"R{row.id} {row.title}, cover")
    hung = select(t.attachment, t.release.c.title).join(t.release)
    for row in connection.execute(hung):
        uses.setdefault(row.file_hash, []).append(f"R{row.release_id} {row.title}, {row.name}")
    return uses


def _fault(file: _File) -> Fault | None:
    try:
        kind = "" if hash_file(file.path) == file.hash else CHANGED
    except FileNotFoundError:
        kind = MISSING
    except OSError:
        kind = UNREADABLE
    return Fault(kind, str(file.path), file.used_by) if kind else None


def _unknown(studio: Studio, files: Sequence[_File]) -> list[Fault]:
    named = {file.path for file in files}
    found = sorted(studio.library.vault.folder.glob("??/*"))
    return [Fault(UNKNOWN, str(path), ()) for path in found if path not in named]


def _database_faults(connection: Connection) -> Iterator[str]:
    """SQLite's own checks; another database looks after itself."""
    if connection.engine.dialect.name != "sqlite":
        return
    said = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars()
    yield from (str(line) for line in said if line != "ok")
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"a row of {row[0]} rests on one of {row[2]} that is gone"
