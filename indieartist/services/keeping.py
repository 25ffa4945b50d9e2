"""Keeping safe: a copy of the whole library, made while it is in use, and a library out of it."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from indieartist.domain.progress import Report, silent
from indieartist.errors import UserError, world_error
from indieartist.library.database import DATABASE_NAME, sync_file
from indieartist.library.vault import hash_file
from indieartist.services.studio import Studio


@dataclass(frozen=True, slots=True)
class Backup:
    """Where a backup lies and what it holds."""

    path: str
    file_count: int
    size_bytes: int


def back_up(studio: Studio, target: Path | None = None, report: Report = silent) -> Backup:
    """Copy database and vault to a folder; opened with `--library`, it is the library again.

    Files already there are not copied again, so the next backup into the same folder is quick.
    """
    stamp = studio.now().astimezone().strftime("%Y-%m-%d %H.%M.%S")
    folder = target or studio.library.folder / "Backups" / stamp
    if folder.resolve() == studio.library.folder.resolve():
        raise UserError("A library cannot be backed up into itself.", "Choose another folder.")
    vault = studio.library.vault.folder
    count = sum(1 for _ in vault.glob("??/*"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # The database is copied first, so that every file it names is there to be copied,
        # and takes its name last, so that a backup cut off half-way is never taken for one.
        database = folder / f"{DATABASE_NAME}.incomplete"
        studio.library.backup(database)
        for number, path in enumerate(sorted(vault.glob("??/*"))):
            report(number / max(count, 1))
            _copy(path, folder / "Vault" / path.relative_to(vault))
        for left in ("-wal", "-shm"):  # of an older backup here that was opened as a library
            (folder / f"{DATABASE_NAME}{left}").unlink(missing_ok=True)
        database.replace(folder / DATABASE_NAME)
    except OSError as error:
        raise world_error(error, folder) from error
    return _summary(studio, folder)


@dataclass(frozen=True, slots=True)
class Restored:
    """The library that a backup was made into again."""

    path: str
    file_count: int
    size_bytes: int


def restore(backup: Path, folder: Path, report: Report = silent) -> Restored:
    """Make a library of a backup, in a folder that holds none; every file is checked.

    Raises UserError for a folder that is no whole backup, or one that holds a library already.
    The database comes last: until then there is no library, and the same command goes on.
    """
    database = backup / DATABASE_NAME
    if not database.is_file():
        raise UserError(f"{backup} is not a backup.", f"It has no {DATABASE_NAME} in it.")
    if (folder / DATABASE_NAME).exists():
        raise UserError(
            f"There is a library in {folder} already.", "Choose an empty folder with --library."
        )
    files = sorted((backup / "Vault").glob("??/*"))
    try:
        for number, path in enumerate(files):
            report(number / max(len(files), 1))
            _copy(path, folder / "Vault" / path.relative_to(backup / "Vault"))
        folder.mkdir(parents=True, exist_ok=True)
        log = Path(f"{database}-wal")
        if log.exists():  # the backup was opened as a library, and is open or was cut off
            shutil.copyfile(log, folder / log.name)
        partial = folder / f"{DATABASE_NAME}.incomplete"
        shutil.copyfile(database, partial)
        sync_file(partial)
        partial.replace(folder / DATABASE_NAME)
    except OSError as error:
        raise world_error(error, folder) from error
    report(1.0)
    size = sum(path.stat().st_size for path in (*files, database))
    return Restored(str(folder.absolute()), len(files) + 1, size)


def _copy(source: Path, target: Path) -> None:
    """Copy a file of the vault and check the copy by its name, which is its hash."""
    if target.exists() and target.stat().st_size == source.stat().st_size:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(source, partial)
        if hash_file(partial) != source.stem:
            raise UserError(
                f"The library's file {source.name} is damaged.", "Restore it from another backup."
            )
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _summary(studio: Studio, folder: Path) -> Backup:
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    with studio.library.act(f"Back up to {folder}", final=True) as act:
        act.effect = {"kind": "backup"}
    return Backup(str(folder), len(sizes), sum(sizes))
