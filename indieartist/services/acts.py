"""The history as the person uses it: what was done, undo and redo, whatever an act touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from indieartist.errors import AppError, Cancelled, Stuck, UserError
from indieartist.library import history
from indieartist.library.history import Past
from indieartist.services.studio import Studio
from indieartist.services.tagging import redo_write, undo_write


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
    """Take the last act back; raises UserError when there is none, Stuck when it was overtaken."""
    past = find_undoable(studio)
    if past is None:
        raise UserError("There is nothing to undo.", "`indieartist history` shows what was done.")
    with _spoken(past, "undone", "indieartist undo --skip"):
        _KINDS.get(_kind(past), (_undo_rows, _redo_rows))[0](studio, past)
    return past


def redo(studio: Studio) -> Past:
    """Do the last undone act again; raises UserError when there is none, Stuck as `undo` does."""
    past = find_redoable(studio)
    if past is None:
        raise UserError("There is nothing to redo.")
    with _spoken(past, "done again", "indieartist redo --skip"):
        _KINDS.get(_kind(past), (_undo_rows, _redo_rows))[1](studio, past)
    return past


def pass_over(studio: Studio, act_id: int) -> Past:
    """Leave the act as it is that undo or redo is stuck at, so that they go on past it.

    What it did stays done, or undone. Raises UserError where neither of them would come to it.
    """
    for past in (find_undoable(studio), find_redoable(studio)):
        if past is not None and past.id == act_id:
            break
    else:
        raise UserError("That act is no longer the next.", "Look at the history again.")
    with studio.library.write() as connection:
        history.pass_over(connection, past)
    if _kind(past) == "renames" and past.effect:
        from indieartist.services.renaming import follow_files

        follow_files(studio, past.effect)
    return past


@contextmanager
def _spoken(past: Past, done: str, command: str) -> Iterator[None]:
    """Say which act it is that stands in the way, and the way past it."""
    try:
        yield
    except Cancelled:
        raise
    except AppError as error:
        name = f"“{past.label}”"
        why = error.message
        message = why if name in why else f"{name} cannot be {done}: {why}"
        raise Stuck(message, f"`{command}` passes over it.", past.id) from error


def _kind(past: Past) -> str:
    return str(past.effect["kind"]) if past.effect else ""


def _undo_rows(studio: Studio, past: Past) -> None:
    with studio.library.write() as connection:
        history.undo(connection, past)


def _redo_rows(studio: Studio, past: Past) -> None:
    with studio.library.write() as connection:
        history.redo(connection, past)


def _undo_tags(studio: Studio, past: Past) -> None:
    undo_write(studio, past)
    _undo_rows(studio, past)


def _redo_tags(studio: Studio, past: Past) -> None:
    redo_write(studio, past)
    _redo_rows(studio, past)


def _undo_renames(studio: Studio, past: Past) -> None:
    from indieartist.services.renaming import undo_renames

    undo_renames(past.effect or {})
    _undo_rows(studio, past)


def _redo_renames(studio: Studio, past: Past) -> None:
    from indieartist.services.renaming import redo_renames

    redo_renames(studio, past)


def _undo_many_tags(studio: Studio, past: Past) -> None:
    from indieartist.services.tag_many import undo_many

    undo_many(studio, past)
    _undo_rows(studio, past)


def _redo_many_tags(studio: Studio, past: Past) -> None:
    from indieartist.services.tag_many import redo_many

    redo_many(studio, past)
    _redo_rows(studio, past)


Do = Callable[[Studio, Past], None]
_KINDS: dict[str, tuple[Do, Do]] = {
    "tags": (_undo_tags, _redo_tags),
    "tags of many": (_undo_many_tags, _redo_many_tags),
    "renames": (_undo_renames, _redo_renames),
}
