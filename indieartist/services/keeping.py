"""Keeping safe: a copy of the whole library, made while it is in use."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from indieartist.domain.progress import Report, silent
from indieartist.errors import UserError, world_error
from indieartist.library.database import DATABASE_NAME
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
        database.replace(folder / DATABASE_NAME)
    except OSError as error:
        raise world_error(error, folder) from error
    return _summary(studio, folder)


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
