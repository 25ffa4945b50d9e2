"""Opening the library's database: pragmas, migrations with a backup, and errors said in words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, Table, create_engine, event, exc, inspect, text

from indieartist.domain.progress import Report, silent
from indieartist.errors import UserError, WorldError, world_error
from indieartist.library import revisions

DATABASE_NAME = revisions.DATABASE_NAME
BUSY_MS = 10_000


def open_engine(url: str) -> Engine:
    """An engine on the library's database; SQLite gets WAL, foreign keys and full syncs."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin_sqlite` alone
    for pragma in (
        f"busy_timeout={BUSY_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the write lock at once: a read that later turns into a write could deadlock.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def spoken_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite and the disk say about the library at `path` into one clear sentence."""
    try:
        yield
    except exc.DatabaseError as error:
        raise _spoken(str(error.orig), path) from error
    except sqlite3.DatabaseError as error:
        raise _spoken(str(error), path) from error
    except OSError as error:
        raise world_error(error, path) from error


def _spoken(reason: str, path: Path) -> UserError | WorldError:
    said = reason.lower()
    if "locked" in said:
        return WorldError(
            f"Another program is writing to the library at {path}.", "Try again in a moment."
        )
    if "foreign key" in said:
        return UserError("Something else in the library still rests on this.", "Remove that first.")
    if "readonly" in said or "unable to open" in said:
        return UserError(
            f"The library at {path} cannot be written.",
            "Check the folder's permissions, or choose another with --library.",
        )
    if "full" in said:
        return WorldError(
            f"The disk of the library at {path} is full.", "Free some space; nothing was changed."
        )
    if "not a database" in said or "malformed" in said:
        return UserError(
            f"{path / DATABASE_NAME} is damaged or is not an IndieArtist library.",
            "Restore a backup from the library's Backups folder.",
        )
    return WorldError(f"The library at {path} failed: {reason}.", "Nothing was changed.")


def migrate(engine: Engine, folder: Path, report: Report = silent) -> None:
    """Bring the database to this program's schema; a backup is made before an old one is touched.

    Raises UserError when the library was made by a newer program.
    """
    if _revision(engine) == revisions.newest_revision():
        return
    try:
        with FileLock(folder / "migration.lock", timeout=60):
            _migrate_locked(engine, folder, report)
    except Timeout as error:
        raise WorldError(
            f"Another program is preparing the library at {folder}.", "Try again in a moment."
        ) from error


def _migrate_locked(engine: Engine, folder: Path, report: Report) -> None:
    found = _revision(engine)
    if found == revisions.newest_revision():
        return
    if found is not None and found not in revisions.list_revisions():
        raise UserError(
            f"The library at {folder} was made by a newer IndieArtist (schema {found}).",
            "Update the program; this one will not touch it.",
        )
    if found is not None:
        report(0.0)
        copy_database(engine, folder / "Backups" / f"before-{revisions.newest_revision()}.sqlite")
        report(0.5)
    _upgrade(engine)


def _upgrade(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(revisions.MIGRATIONS_PATH).replace("%", "%%"))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(engine: Engine) -> str | None:
    """The schema revision the database is at; None for one that holds nothing yet."""
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        if "alembic_version" in tables:
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return None if found is None else str(found)
        if tables:
            raise UserError(
                "This database belongs to another program.", "Choose another folder with --library."
            )
        return None


def insert_row(connection: Connection, table: Table, **values: Any) -> int:
    """Add a row outside the history; return its number."""
    key = connection.execute(table.insert().values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def copy_database(engine: Engine, target_path: Path) -> None:
    """Write a consistent copy of the SQLite database while it is in use, atomically."""
    target_path.parent.mkdir(parents=True, exist_ok=True)
    partial = target_path.with_name(target_path.name + ".part")
    partial.unlink(missing_ok=True)
    source = engine.raw_connection()
    try:
        with sqlite3.connect(partial) as copy:
            assert source.driver_connection is not None
            source.driver_connection.backup(copy)
        copy.close()
        sync_file(partial)
        partial.replace(target_path)
    finally:
        source.close()
        partial.unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    """Make the bytes of `path`, and where the system can its folder entry, safe on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    with suppress(OSError):  # folders cannot be opened on Windows
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
