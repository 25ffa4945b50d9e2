"""Every act can be taken back and done again, row by row, whatever the acts were."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from indieartist.errors import UserError
from indieartist.library import history
from indieartist.library import tables as t
from indieartist.library.store import Library

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=20)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


def rows(library: Library) -> list[dict[str, Any]]:
    with library.read() as connection:
        query = select(t.release).order_by(t.release.c.id)
        return [dict(row) for row in connection.execute(query).mappings()]


def undo(library: Library) -> None:
    with library.write() as connection:
        past = history.find_undoable(connection)
        assert past is not None
        history.undo(connection, past)


def redo(library: Library) -> None:
    with library.write() as connection:
        past = history.find_redoable(connection)
        assert past is not None
        history.redo(connection, past)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new library, made once: a hundred examples each start from a copy."""
    folder = tmp_path_factory.mktemp("blank")
    Library(folder).close()
    return folder


@settings(max_examples=40)
@given(
    acts=st.lists(
        st.tuples(
            st.sampled_from(["insert", "update", "delete"]),
            TEXT,
            st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_undoing_and_redoing_everything_visits_the_same_states(
    acts: list[tuple[str, str, date | None]], blank: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("history")
    library = Library(shutil.copytree(blank, folder, dirs_exist_ok=True))
    states = [rows(library)]
    for kind, title, day in acts:
        with library.act(kind) as act:
            perform(act, rows(library), kind, title, day)
        if rows(library) != states[-1]:
            states.append(rows(library))
    for expected in reversed(states[:-1]):
        undo(library)
        assert rows(library) == expected
    for expected in states[1:]:
        redo(library)
        assert rows(library) == expected
    library.close()


def perform(
    act: history.Act, present: list[dict[str, Any]], kind: str, title: str, day: date | None
) -> None:
    if kind == "insert" or not present:
        act.insert(t.release, title=title, release_on=day, added_at=NOW)
    elif kind == "update":
        act.update(t.release, present[0]["id"], title=title, release_on=day)
    else:
        act.delete(t.release, present[-1]["id"])


def test_history_survives_a_restart(tmp_path: Path) -> None:
    library = Library(tmp_path)
    with library.act("New release") as act:
        act.insert(t.release, title="Low Water", added_at=NOW)
    library.close()
    undo(again := Library(tmp_path))
    assert rows(again) == []


def test_a_failed_act_leaves_neither_rows_nor_history(library: Library) -> None:
    with pytest.raises(ZeroDivisionError), library.act("Half an act") as act:
        act.insert(t.release, title="Never", added_at=NOW)
        _ = 1 / 0
    assert rows(library) == []
    with library.read() as connection:
        assert history.list_acts(connection) == []


def test_a_new_act_closes_the_way_to_redo(library: Library) -> None:
    with library.act("First") as act:
        act.insert(t.release, title="First", added_at=NOW)
    undo(library)
    with library.act("Second") as act:
        act.insert(t.release, title="Second", added_at=NOW)
    with library.read() as connection:
        assert history.find_redoable(connection) is None


def test_undo_refuses_what_was_changed_since(library: Library) -> None:
    with library.act("New release") as act:
        number = act.insert(t.release, title="Low Water", added_at=NOW)
    with library.write() as connection:  # another program, past the history
        connection.execute(t.release.update().values(title="High Water"))
    with pytest.raises(UserError, match="changed since"):
        undo(library)
    assert rows(library)[0]["id"] == number


def test_an_act_older_than_a_column_is_still_undone_and_done_again(library: Library) -> None:
    with library.act("New") as act:
        number = act.insert(t.release, title="Old", added_at=NOW)
    with library.act("Edit") as act:
        act.update(t.release, number, title="New")
    with library.write() as connection:
        for row in connection.execute(select(t.act_change)).all():
            older = [
                side and {key: side[key] for key in side if key != "content_id"}
                for side in (row.before, row.after)
            ]
            same = t.act_change.c.id == row.id
            values = {"before": older[0], "after": older[1]}
            connection.execute(t.act_change.update().where(same).values(**values))
    undo(library)
    assert [row["title"] for row in rows(library)] == ["Old"]
    undo(library)
    assert rows(library) == []
    redo(library)
    redo(library)
    assert [row["title"] for row in rows(library)] == ["New"]


def test_an_act_that_changes_nothing_is_not_recorded(library: Library) -> None:
    with library.act("New release") as act:
        number = act.insert(t.release, title="Low Water", added_at=NOW)
    with library.act("Edit title") as act:
        act.update(t.release, number, title="Low Water")
    with library.read() as connection:
        assert [past.label for past in history.list_acts(connection)] == ["New release"]


def test_what_left_the_machine_is_listed_and_never_undone(library: Library) -> None:
    with library.act("New release") as act:
        act.insert(t.release, title="Low Water", added_at=NOW)
    with library.act("Deliver", final=True):
        pass
    with library.read() as connection:
        assert [past.label for past in history.list_acts(connection)] == ["Deliver", "New release"]
        undoable = history.find_undoable(connection)
    assert undoable is not None
    assert undoable.label == "New release"


def test_acts_inside_an_act_are_done_and_undone_as_one(tmp_path: Path) -> None:
    library = Library(tmp_path)
    with library.act("Edit all"):
        for title in ("Low Water", "Undertow"):
            with library.act("New release") as act:
                act.insert(t.release, title=title, added_at=NOW)
    with library.read() as connection:
        past = history.find_undoable(connection)
        assert past is not None
        assert [act.label for act in history.list_acts(connection)] == ["Edit all"]
    with library.write() as connection:
        history.undo(connection, past)
        assert connection.execute(select(t.release)).all() == []


def test_an_act_that_fails_takes_those_inside_it_with_it(tmp_path: Path) -> None:
    library = Library(tmp_path)
    with pytest.raises(UserError), library.act("Edit all"):
        with library.act("New release") as act:
            act.insert(t.release, title="Low Water", added_at=NOW)
        raise UserError("No.")
    with library.act("New release") as act:
        act.insert(t.release, title="Undertow", added_at=NOW)
    with library.read() as connection:
        assert [row.title for row in connection.execute(select(t.release))] == ["Undertow"]
        assert len(history.list_acts(connection)) == 1
