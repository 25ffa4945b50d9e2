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
        settle(qtbot, lambda: bool(screen.board.model.ids))
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


def test_a_task_of_a_day_leads_to_its_place_on_the_board(room: Any, qtbot: QtBot) -> None:
    screen = room.screen
    state = next(s for s in screen._going[0].tasks if s.key == "pro")
    screen.month.choose(state.due_on)
    place = titles(screen.tasks).index(state.title)
    screen.tasks.setCurrentIndex(screen.tasks.lines.index(place))
    qtbot.keyClick(screen.tasks, Key.Key_Return)
    assert screen.views.key == "board"
    assert (screen.board.chosen, screen.board.card.tasks.key) == (1, "pro")


def test_a_release_day_tells_when_it_is_out_in_each_territory(room: Any) -> None:
    screen = room.screen
    screen.month.choose(room.out_on)
    assert titles(screen.live)[0] == "Kiribati" and titles(screen.live)[-1] == "Hawaii"
    assert screen._live_card.isVisibleTo(screen)
    screen.month.choose(room.out_on + timedelta(days=1))
    assert not screen._live_card.isVisibleTo(screen)
    assert "Kiribati" in screen.board.card.live.text()


def test_what_cannot_be_read_is_said_where_nothing_is(qtbot: QtBot, library_dir: Path) -> None:
    studio = make_studio(library_dir)
    own = studio.library.folder / "Checklists"
    own.mkdir()
    (own / "mine.toml").write_text("drop = [", encoding="utf-8")
    with open_window(qtbot, studio, "calendar") as window:
        screen = window.screens["calendar"]
        settle(qtbot, lambda: screen._pages.currentWidget() is screen._broken)
        (own / "mine.toml").write_text('drop = ["splits"]', encoding="utf-8")
        screen._broken.pressed.emit()
        settle(qtbot, lambda: screen._pages.currentWidget() is screen._full)


def test_a_cell_with_room_names_its_tasks_and_one_without_has_dots(qtbot: QtBot) -> None:
    day = date(2026, 6, 10)
    marks = {day: DayMarks(open=9, names=tuple(("text2", f"Task {n} · Song") for n in range(9)))}
    pictures = []
    for width, shown in ((1000, marks), (1000, {}), (420, marks), (420, {})):
        grid = MonthGrid(day)
        qtbot.addWidget(grid)
        grid.resize(width, grid.heightForWidth(width))
        grid.show_marks(shown, day)
        place = next(i for i in range(42) if grid._first + timedelta(days=i) == day)
        pictures.append(grid.grab(grid._cell(place).toRect()).toImage())
    wide, narrow = (_differing(*pair) for pair in (pictures[:2], pictures[2:]))
    assert wide > 0.05 and narrow > 0
    assert marks[day].listed().splitlines()[0] == "Task 0 · Song"


def _differing(one: Any, other: Any) -> float:
    """The share of points that differ."""
    size = one.size()
    spots = [(x, y) for x in range(size.width()) for y in range(size.height())]
    return sum(one.pixel(*spot) != other.pixel(*spot) for spot in spots) / len(spots)


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
