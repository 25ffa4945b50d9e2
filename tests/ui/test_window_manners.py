"""The window's manners: what it says without a library, the way back, and whose Space it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from ui.studios import make_studio, open_window, settle

from indieartist.jobs.runner import ThreadRunner
from indieartist.services.settings import Settings, read_settings
from indieartist.services.studio import open_studio
from indieartist.ui import start
from indieartist.ui.places import sidebar_pages
from indieartist.ui.screens.releases import ReleasesScreen
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.empty import EmptyState
from indieartist.ui.widgets.page import Step
from indieartist.ui.window import StudioWindow


@pytest.fixture
def window(qtbot: QtBot, library_dir: Path) -> Iterator[StudioWindow]:
    with open_window(qtbot, make_studio(library_dir, 1.0), "facts") as made:
        made.activateWindow()
        yield made


def releases_of(window: StudioWindow) -> ReleasesScreen:
    screen = window.screens["releases"]
    assert isinstance(screen, ReleasesScreen)
    return screen


def make_newer(folder: Path) -> None:
    """Make a library there, as a later program would."""
    open_studio(folder).library.close()
    with closing(sqlite3.connect(next(folder.glob("*.sqlite*")))) as database:
        database.execute("UPDATE alembic_version SET version_num = 'from_tomorrow'")
        database.commit()


@pytest.mark.parametrize("kind", ["newer", "file"])
def test_a_library_that_cannot_be_opened_is_said_and_tried_again(
    qtbot: QtBot, tmp_path: Path, kind: str
) -> None:
    folder = tmp_path / "Library"
    make_newer(folder) if kind == "newer" else folder.write_text("a file")
    window = StudioWindow(lambda: open_studio(folder), ThreadRunner())
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.desk.refused) as refused:
        window.desk.open()
    screen = releases_of(window)
    assert window.page_key == "releases"
    assert screen._pages.currentWidget() is screen._closed
    assert screen._closed.accessibleDescription() == str(refused.args[0])
    folder.rename(tmp_path / "Put aside")
    with qtbot.waitSignal(window.desk.opened):
        qtbot.mouseClick(screen._closed.findChild(Button), Qt.MouseButton.LeftButton)
    settle(qtbot, lambda: screen._pages.currentWidget() is screen._empty)
    window.bridge.close()
    window.desk.close()


def test_work_without_a_library_says_why_there_is_none(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "Library").write_text("a file")
    window = StudioWindow(lambda: open_studio(tmp_path / "Library"), ThreadRunner())
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.desk.refused):
        window.desk.open()
    window.handlers.new_release()
    settle(qtbot, lambda: "is a file" in window.toast.accessibleName())
    window.bridge.close()


def test_the_steps_of_the_way_lead_back(qtbot: QtBot, window: StudioWindow) -> None:
    to_release = window.shown.path.findChildren(Step)[1]
    assert to_release.text() == "Night Bus"
    qtbot.mouseClick(to_release, Qt.MouseButton.LeftButton)
    assert window.page_key == "release"
    settle(qtbot, lambda: bool(window.shown.path.findChildren(Step)))
    to_all = window.shown.path.findChildren(Step)[0]
    to_all.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(to_all, Qt.Key.Key_Return)
    assert window.page_key == "releases"


def test_the_way_is_kept_with_its_focus_when_read_again(qtbot: QtBot, window: StudioWindow) -> None:
    step = window.shown.path.findChildren(Step)[0]
    step.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(window.release_read):
        window.reload()
    assert QApplication.focusWidget() is step


@pytest.mark.parametrize(
    ("reason", "presses"),
    [(Qt.FocusReason.TabFocusReason, True), (Qt.FocusReason.MouseFocusReason, False)],
)
def test_space_presses_the_button_one_tabbed_to_and_plays_elsewhere(
    qtbot: QtBot, window: StudioWindow, reason: Qt.FocusReason, presses: bool
) -> None:
    pressed: list[str] = []
    window.commands["play"].triggered.disconnect()
    window.commands["play"].triggered.connect(lambda: pressed.append("play"))
    window.show_page("release")
    button = window.release_screen.hero.findChildren(Button)[0]
    button.clicked.disconnect()
    button.clicked.connect(lambda: pressed.append("button"))
    button.setFocus(reason)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert pressed == ["button" if presses else "play"]


def test_the_place_and_the_look_are_there_again(qtbot: QtBot, window: StudioWindow) -> None:
    window.showMaximized()
    window.commands["light"].trigger()
    settle(qtbot, lambda: read_settings().appearance == "light")
    start.remember(window)
    kept = read_settings()
    assert kept.appearance == "light"
    other = StudioWindow(lambda: open_studio(Path("unused")), ThreadRunner())
    qtbot.addWidget(other)
    start.restore(other, kept)
    assert other.isMaximized()
    other.bridge.close()


@pytest.mark.parametrize("junk", ["", "!", "AAAA", "é"])
def test_a_place_that_makes_no_sense_is_no_place(window: StudioWindow, junk: str) -> None:
    before = window.size()
    start.restore(window, Settings("purple", junk))
    assert window.size() == before


def test_every_place_is_reached_by_the_keys_its_tip_names(
    qtbot: QtBot, window: StudioWindow
) -> None:
    for page in sidebar_pages():
        qtbot.keyClick(window, page.shortcut[-1], Qt.KeyboardModifier.ControlModifier)
        assert window.page_key == page.key


def test_a_window_made_small_again_shows_its_pages_whole(
    qtbot: QtBot, window: StudioWindow
) -> None:
    for width in (1440, 1120):
        window.resize(width, 700)
        for page in window.screens:
            window.show_page(page)
            QApplication.processEvents()
            area = window.shown.area
            content = area.widget()
            assert content is not None
            assert content.width() <= area.viewport().width(), (page, width)


@pytest.mark.parametrize("page", ["master", "check", "publish"])
def test_a_page_with_nothing_on_it_says_so_in_sight(
    qtbot: QtBot, tmp_path: Path, page: str
) -> None:
    with open_window(qtbot, open_studio(tmp_path / "Empty"), page) as window:
        window.resize(1120, 700)
        settle(qtbot, lambda: window.in_hand.is_known)
        said = [each for each in window.shown.findChildren(EmptyState) if each.isVisible()]
        assert len(said) == 1
        QApplication.processEvents()
        assert window.shown.area.verticalScrollBar().maximum() == 0


def test_space_is_a_letter_where_one_types(qtbot: QtBot, window: StudioWindow) -> None:
    played: list[bool] = []
    window.commands["play"].triggered.connect(played.append)
    window.show_page("releases")
    line = window.shown.search.findChild(QLineEdit)
    line.setFocus()
    qtbot.keyClicks(line, "a b")
    assert line.text() == "a b"
    assert played == []
