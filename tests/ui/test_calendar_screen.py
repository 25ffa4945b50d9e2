"""The calendar: days by key and click, what they hold, and the file for other calendars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import vobject
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ui.studios import get_release, make_studio, open_window, settle

from indieartist.services import checklist, editing
from indieartist.ui.widgets.month_grid import DayMarks, MonthGrid

Key = Qt.Key


@pytest.fixture
def room(qtbot: QtBot, library_dir: Path) -> Iterator[Any]:
    """The window at the calendar; the release comes out in sixty days."""
    studio = make_studio(library_dir)
    out_on = studio.today + timedelta(days=60)
    editing.edit_release(studio, get_release(studio), {"release_on": out_on.isoformat()})
    with open_window(qtbot, studio, "calendar") as window:
        screen = window.screens["calendar"]
        settle(qtbot, lambda: bool(screen.board.lines.lines))
        yield SimpleNamespace(studio=studio, window=window, screen=screen, out_on=out_on)


def titles(lines: Any) -> list[str]:
    return [line.title for line in lines.lines.lines]


def test_a_day_is_reached_by_keys_and_holds_what_is_due(room: Any, qtbot: QtBot) -> None:
    screen, month = room.screen, room.screen.month
    month.choose(room.out_on - timedelta(days=8))
    month.setFocus()
    qtbot.keyClick(month, Key.Key_Down)
    qtbot.keyClick(month, Key.Key_Right)
    assert month.day == room.out_on
    assert "is out" in titles(screen.tasks)[0]
    assert "is out" in month.accessibleName()
    qtbot.keyClick(month, Key.Key_Home)
    assert month.day == room.studio.today


def test_today_shows_what_is_late_as_well(room: Any, qtbot: QtBot) -> None:
    (board,) = [checklist.read_board(room.studio, get_release(room.studio))]
    pressing = [state.title for state in board.tasks if state.state in ("overdue", "due")]
    today = [s.title for s in board.tasks if s.due_on and s.due_on <= room.studio.today]
    late = [title for title in pressing if title in today]
    assert set(late) <= set(titles(room.screen.tasks))


def test_a_tick_changes_the_page(room: Any, qtbot: QtBot) -> None:
    before = room.screen.board.lines.lines[0].share
    checklist.attest(room.studio, get_release(room.studio), "splits")
    room.window.desk.changed.emit()
    settle(qtbot, lambda: room.screen.board.lines.lines[0].share > before)


def test_return_on_a_release_opens_it(room: Any, qtbot: QtBot) -> None:
    board = room.screen.board
    board.setFocus()
    board.setCurrentIndex(board.lines.index(0))
    qtbot.keyClick(board, Key.Key_Return)
    settle(qtbot, lambda: room.window.page_key == "release")


def test_the_file_is_written_where_one_says(room: Any, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "out.ics"
    room.screen.ask_path = lambda: path
    qtbot.mouseClick(room.screen.save, Qt.MouseButton.LeftButton)
    settle(qtbot, path.exists)
    days = [event.dtstart.value for event in vobject.readOne(path.read_text("utf-8")).vevent_list]
    assert room.out_on in days


def test_without_a_path_nothing_is_written(room: Any, qtbot: QtBot, tmp_path: Path) -> None:
    room.screen.ask_path = lambda: None
    room.screen.save_file()
    assert list(tmp_path.glob("*.ics")) == []


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
    ],
)
def test_a_month_further_is_the_same_day_or_the_last(
    qtbot: QtBot, day: date, months: int, then: date
) -> None:
    grid = MonthGrid(day)
    qtbot.addWidget(grid)
    with qtbot.waitSignal(grid.chosen) as chosen:
        grid.turn(months)
    assert chosen.args == [then]


def test_a_click_on_a_day_chooses_it(qtbot: QtBot) -> None:
    grid = MonthGrid(date(2026, 6, 10))
    qtbot.addWidget(grid)
    grid.resize(700, 400)
    grid.show_marks({date(2026, 6, 1): DayMarks(late=1)}, date(2026, 6, 10))
    grid.show()
    centre = grid._cell(0).center().toPoint()
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=centre)
    assert grid.day == date(2026, 6, 1)
    assert grid.accessibleName() == "Monday 1 Jun 2026: 1 task late"
