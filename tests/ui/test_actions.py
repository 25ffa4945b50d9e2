"""Actions are data: made live once, found by words, done by keys and by the palette."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from indieartist.ui import actions
from indieartist.ui.actions import Action
from indieartist.ui.widgets.palette import CommandPalette


class Desk:
    """Takes note of what was asked."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.player = self

    def add(self) -> None:
        self.done.append("add")

    def toggle(self) -> None:
        self.done.append("toggle")


ACTIONS = (
    Action("add", "Add bounces…", "add", "plus", "Ctrl+O", "Release", "import files"),
    Action("play", "Play", "player.toggle", "play", "Space", "Player"),
    Action("pause", "Replay from here", "player.toggle", "", "", "Player"),
)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def live(window: QWidget, desk: Desk) -> dict[str, QAction]:
    return actions.build(ACTIONS, window, desk)


def test_an_action_calls_its_handler(live: dict[str, QAction], desk: Desk) -> None:
    live["add"].trigger()
    live["play"].trigger()
    assert desk.done == ["add", "toggle"]


def test_a_handler_that_is_not_there_is_found_at_once(window: QWidget, desk: Desk) -> None:
    with pytest.raises(AttributeError):
        actions.build([Action("x", "X", "player.no_such")], window, desk)


def test_the_tooltip_says_the_keys(live: dict[str, QAction]) -> None:
    assert live["add"].toolTip() == "Add bounces…  (Ctrl+O)"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["add", "play", "pause"]),
        ("play", ["play", "pause"]),
        ("import", ["add"]),
        ("release add", ["add"]),
        ("nothing of the kind", []),
    ],
)
def test_actions_are_found_by_words(live: dict[str, QAction], words: str, found: list[str]) -> None:
    hits = [action.objectName() for action in actions.search(live.values(), words)]
    assert hits == found


def test_what_cannot_be_done_is_not_offered(live: dict[str, QAction]) -> None:
    live["play"].setEnabled(False)
    assert "play" not in [a.objectName() for a in actions.search(live.values(), "play")]


def test_a_menu_is_drawn_in_todays_colours(window: QWidget, live: dict[str, QAction]) -> None:
    made = actions.menu([live["add"], None, live["pause"]], window)
    assert [action.isSeparator() for action in made.actions()] == [False, True, False]
    assert not live["add"].icon().isNull()


def test_the_palette_is_worked_by_keys(
    qtbot: QtBot, window: QWidget, live: dict[str, QAction], desk: Desk
) -> None:
    palette = CommandPalette(lambda words: actions.search(live.values(), words), window)
    palette.open()
    assert palette.isVisible()
    qtbot.keyClicks(palette.line, "pla")
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    qtbot.keyClick(palette.line, Qt.Key.Key_Up)
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert desk.done == ["toggle"]
    assert not palette.isVisible()
    palette.open()
    qtbot.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_the_palette_with_no_hit_does_nothing(
    qtbot: QtBot, window: QWidget, live: dict[str, QAction], desk: Desk
) -> None:
    palette = CommandPalette(lambda words: actions.search(live.values(), words), window)
    palette.open()
    qtbot.keyClicks(palette.line, "zzz")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(palette.line, key)
    assert desk.done == []
