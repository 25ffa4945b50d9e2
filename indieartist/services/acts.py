"""The history as the person uses it: what was done, undo and redo, whatever an act touched."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from indieartist.errors import UserError
from indieartist.library import history
from indieartist.library.history import Past
from indieartist.services.studio import Studio
from indieartist.services.tagging import undo_write


@contextmanager
def one_act(studio: Studio, label: str) -> Iterator[None]:
    """Make the acts inside one: done together or not at all, and undone together."""
    with studio.library.act(label):
        yield


def list_acts(studio: Studio, limit: int = 50) -> list[Past]:
    """The newest acts first."""
    with studio.library.read() as connection:
        return history.list_acts(connection, limit)


def find_undoable(studio: Studio) -> Past | None:
    """What undo would take back."""
    with studio.library.read() as connection:
        return history.find_undoable(connection)


def find_redoable(studio: Studio) -> Past | None:
    """What redo would do again."""
    with studio.library.read() as connection:
        return history.find_redoable(connection)


def undo(studio: Studio) -> Past:
    """Take the last act back; raises UserError when there is none or it was overtaken."""
    past = find_undoable(studio)
    if past is None:
        raise UserError("There is nothing to undo.", "`indieartist history` shows what was done.")
    if past.effect and past.effect["kind"] == "tags":
        undo_write(studio, past.effect["shell"])
    elif past.effect and past.effect["kind"] == "renames":
        from indieartist.services.renaming import undo_renames

        undo_renames(past.effect)
    with studio.library.write() as connection:
        history.undo(connection, past, studio.library.binding)
        if past.effect:  # a file was put back: only writing it anew does it again
            history.discard(connection, past)
    return past


def redo(studio: Studio) -> Past:
    """Do the last undone act again; raises UserError when there is none."""
    past = find_redoable(studio)
    if past is None:
        raise UserError("There is nothing to redo.")
    with studio.library.write() as connection:
        history.redo(connection, past, studio.library.binding)
    return past
