"""Everything is reached by the keyboard, and has a name when it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from ui.studios import fill_in, make_studio, open_window, settle

from indieartist.ui.actions import search
from indieartist.ui.picture import Rest
from indieartist.ui.screens.releases import ReleasesScreen
from indieartist.ui.window import StudioWindow

STEPS_MAX = 250


@pytest.fixture(scope="module")
def _library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("access")
    studio = make_studio(folder / "Library", mastered=True)
    fill_in(studio, folder)
    studio.library.close()
    return folder / "Library"


@pytest.fixture
def window(qtbot: QtBot, _library: Path) -> Iterator[StudioWindow]:
    from indieartist.services.studio import open_studio

    with open_window(qtbot, open_studio(_library), "releases") as made:
        made.activateWindow()
        settle(qtbot, lambda: made.release is not None)
        made.in_hand.track_id = 1
        yield made


def as_covers(window: StudioWindow) -> None:
    window.show_page("releases")


def as_table(window: StudioWindow) -> None:
    window.show_page("releases")
    screen = window.screens["releases"]
    assert isinstance(screen, ReleasesScreen)
    screen.views.choose("table")
    screen.ask(group="artist")


def turned_to(page: str) -> Callable[[StudioWindow], None]:
    return lambda window: window.show_page(page)


PAGES = (
    *("release", "tracks", "track", "tags", "facts", "master", "check", "publish"),
    *("calendar", "safety", "settings"),
)
SIGHTS = {"covers": as_covers, "table": as_table} | {page: turned_to(page) for page in PAGES}


def focusable(root: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.window() is root.window()
        and widget.focusProxy() is None
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def walk(qtbot: QtBot, root: QWidget) -> set[QWidget]:
    """All that Tab leads to, from wherever the focus is, round to there again."""
    seen: set[QWidget] = set()
    for _ in range(STEPS_MAX):
        qtbot.keyClick(QApplication.focusWidget() or root, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        if here is None or here in seen:
            break
        seen.add(here)
    return seen


@pytest.mark.parametrize("sight", SIGHTS)
def test_tab_leads_to_everything_by_its_name(
    qtbot: QtBot, window: StudioWindow, sight: str
) -> None:
    rest = Rest(window.bridge)
    SIGHTS[sight](window)
    rest.wait()
    seen = walk(qtbot, window)
    missed = [w for w in focusable(window) if w not in seen]
    assert not missed, [(type(w).__name__, w.accessibleName()) for w in missed]
    nameless = [type(w).__name__ for w in seen if not w.accessibleName()]
    assert not nameless


BOXES = (
    *("welcome", "handlers.show_about", "handlers.show_jobs", "guide.show_shortcuts"),
    *("handlers.check_catalogue", "handlers.edit_tracks", "handlers.paste_isrcs"),
    *("handlers.rename_files",),
)


@pytest.mark.parametrize("open_it", BOXES)
def test_boxes_and_drawers_too(qtbot: QtBot, window: StudioWindow, open_it: str) -> None:
    attrgetter(open_it)(window)()
    boxes = [box for box in window.findChildren(QDialog) if box.isVisible()]
    root = boxes[0] if boxes else window.drawer
    assert focusable(root)
    assert all(widget.accessibleName() for widget in focusable(root))
    for box in boxes:
        box.close()


def test_every_command_is_reached_by_letters(window: StudioWindow) -> None:
    for command in window.commands.values():
        if command.isEnabled():
            assert command in search(window.commands.values(), command.text())


def test_the_search_is_read_aloud(qtbot: QtBot, window: StudioWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    line = window.shown.search.line
    assert QApplication.focusWidget() is line
    qtbot.keyClicks(line, "night")
    settle(qtbot, lambda: "1 of" in line.accessibleDescription())
    nameless = [part for part in window.anywhere.results.hits if not part.words]
    assert not nameless
