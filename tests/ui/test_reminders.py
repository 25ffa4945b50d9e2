"""What is due is counted on the first page and said once a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ui.studios import get_release, make_studio, open_window, settle

from indieartist.services import editing, finding


@pytest.fixture
def room(qtbot: QtBot, library_dir: Path) -> Iterator[Any]:
    """The window at its first page; one release comes out in ten days, and most is not done."""
    studio = make_studio(library_dir)
    out_on = studio.today + timedelta(days=10)
    editing.edit_release(studio, get_release(studio), {"release_on": out_on.isoformat()})
    with open_window(qtbot, studio, "releases") as window:
        said: list[str] = []
        window.reminders.notify = lambda words: bool(said.append(words)) or True
        window.isActiveWindow = lambda: False
        yield SimpleNamespace(
            studio=studio, window=window, said=said, screen=window.screens["releases"]
        )


def test_the_first_page_says_how_much_is_due_and_leads_there(room: Any, qtbot: QtBot) -> None:
    room.window.reminders.look()
    settle(qtbot, lambda: "due" in room.screen.due.text())
    qtbot.mouseClick(room.screen.due, Qt.MouseButton.LeftButton)
    assert room.window.page_key == "calendar"


def test_it_is_said_once_a_day(room: Any, qtbot: QtBot) -> None:
    reminders = room.window.reminders
    for _ in range(2):
        with qtbot.waitSignal(reminders.counted):
            reminders.look()
    assert len(room.said) == 1
    assert room.said[0].startswith("Due today: ")
    assert get_release(room.studio).title in room.said[0]


def test_nothing_is_said_to_who_does_not_want_it(room: Any, qtbot: QtBot) -> None:
    room.window.preferences.choose("remind", False)
    with qtbot.waitSignal(room.window.reminders.counted):
        room.window.reminders.look()
    assert room.said == []
    assert room.screen.due.isVisible()


def test_with_nothing_due_the_page_is_calm(room: Any, qtbot: QtBot) -> None:
    release = finding.get_release(room.studio, "R1")
    editing.edit_release(room.studio, release, {"release_on": ""})
    with qtbot.waitSignal(room.window.reminders.counted) as counted:
        room.window.reminders.look()
    assert counted.args == [0]
    assert not room.screen.due.isVisible()
    assert room.said == []
