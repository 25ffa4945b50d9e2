"""The library: one folder with its database and its vault, opened once and shared by threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from sqlalchemy import Connection

from indieartist.domain.progress import Report, part, silent
from indieartist.errors import UserError, world_error
from indieartist.library import database, entries, history, numbers
from indieartist.library.vault import Vault


class Library:
    """What we remember. Reads see one moment; writes happen one at a time, whole or not at all."""

    def __init__(self, folder: Path, url: str | None = None, report: Report = silent) -> None:
        """Open or make the library in `folder`; `url` names another database than its own file.

        `report` hears how far it is where an older library is brought to this program's form.
        Raises UserError for a folder that cannot be used or a library from a newer program.
        """
        self.folder = folder.absolute()
        _make_folder(self.folder)
        self.vault = Vault(self.folder / "Vault")
        self._act: ContextVar[history.Act | None] = ContextVar("act", default=None)
        self.engine = database.open_engine(url or _sqlite_url(self.folder))
        with database.spoken_errors(self.folder):
            database.migrate(self.engine, self.folder, part(report, 0.0, 0.4))
        self._fill_entries(part(report, 0.4, 1.0))
        self.vault.sweep()

    def _fill_entries(self, report: Report) -> None:
        with self.read() as connection:
            missing = entries.are_missing(connection)
        if missing:
            with self.write() as connection:
                entries.fill(connection, part(report, 0.0, 0.8))
                numbers.remember_all(connection)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees the library as it is at this moment."""
        with (
            database.spoken_errors(self.folder),
            self.engine.connect() as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction for facts that no undo takes back (measurements, the outbox's states)."""
        with (
            database.spoken_errors(self.folder),
            self.engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def act(self, label: str, *, final: bool = False) -> Iterator[history.Act]:
        """A transaction recorded in the history as one undoable act.

        `final` is for what leaves the machine: it is listed, and cannot be undone. An act inside
        another of the same thread is a part of it: both happen, or neither.
        """
        whole = self._act.get()
        if whole is not None:
            whole.final = whole.final or final
            yield whole
            return
        with self.write() as connection:
            act = history.Act(connection, label, final=final)
            token = self._act.set(act)
            try:
                yield act
            finally:
                self._act.reset(token)
            act.record()

    def backup(self, target_path: Path) -> None:
        """Copy the database, while in use, to `target_path`."""
        with database.spoken_errors(target_path.parent):
            database.copy_database(self.engine, target_path)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise UserError(f"{folder} is a file, not a folder.", "Choose another library.") from error
    except OSError as error:
        raise world_error(error, folder) from error


def _sqlite_url(folder: Path) -> str:
    try:
        str(folder).encode()
    except UnicodeEncodeError as error:
        raise UserError(
            f"The folder name {folder!r} is not valid Unicode.",
            "Choose a library folder with a plain name.",
        ) from error
    return f"sqlite:///{folder / database.DATABASE_NAME}"
