"""The releases: covers and table over pages of SQL, chosen by hand, dropped onto, dragged out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bounces import write_bounce
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from ui.studios import make_studio, open_window, settle

from indieartist.services import editing, finding
from indieartist.ui.models.records import CARD_ROLE, PAGE
from indieartist.ui.models.releases import ReleaseCard, ReleaseModel
from indieartist.ui.screens.releases import ReleasesScreen
from indieartist.ui.window import StudioWindow

COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def cards(*keys: int) -> list[ReleaseCard]:
    return [ReleaseCard(key, f"Record {key}", "Mara Vale", "1 track") for key in keys]


@pytest.fixture
def model() -> ReleaseModel:
    return ReleaseModel(lambda _hash, _then: None)


def test_the_model_keeps_qts_rules(model: ReleaseModel, qtmodeltester: ModelTester) -> None:
    model.set_ids(range(1, 8))
    model.set_cards(cards(*range(1, 8)))
    qtmodeltester.check(model, force_py=True)
    qtmodeltester.check(model)


def test_only_pages_that_are_looked_at_are_read(model: ReleaseModel) -> None:
    asked: list[list[int]] = []
    model.page_wanted.connect(asked.append)
    model.set_ids(range(1, 5 * PAGE))
    assert asked == []
    assert model.index(PAGE + 3, 0).data() == ""
    model.index(PAGE + 4, 0).data()
    assert asked == [list(range(PAGE + 1, 2 * PAGE + 1))]
    model.set_cards(cards(*asked[0]))
    assert model.index(PAGE + 3, 0).data() == f"Record {PAGE + 4}"


def test_a_record_stays_as_it_was_until_it_comes_anew(model: ReleaseModel) -> None:
    asked: list[list[int]] = []
    model.set_ids([1, 2])
    model.set_cards(cards(1, 2))
    model.page_wanted.connect(asked.append)
    model.set_ids([1, 2])
    assert model.index(0, 0).data() == "Record 1"
    assert asked == [[1, 2]]


@pytest.fixture
def window(qtbot: QtBot, library_dir: Path) -> Iterator[StudioWindow]:
    studio = make_studio(library_dir, 1.0)
    for title, artist in (("Paper Boats", "Mara Vale"), ("Undertow", "Ana")):
        number = editing.new_release(studio, title, [artist])
        release = finding.get_release(studio, f"R{number}")
        editing.edit_release(studio, release, {"release_on": f"202{number}-01-01"})
    with open_window(qtbot, studio, "releases") as made:
        settle(qtbot, lambda: len(titles(made)) == 3 and all(titles(made)))
        yield made


def screen_of(window: StudioWindow) -> ReleasesScreen:
    screen = window.screens["releases"]
    assert isinstance(screen, ReleasesScreen)
    return screen


def titles(window: StudioWindow) -> list[str]:
    model = screen_of(window).model
    return [model.index(row, 0).data(CARD_ROLE).title for row in range(model.rowCount())]


def test_they_are_sorted_searched_and_grouped(qtbot: QtBot, window: StudioWindow) -> None:
    screen = screen_of(window)
    assert titles(window) == ["Undertow", "Paper Boats", "Night Bus"]
    screen.table.sorted.emit("title")
    settle(qtbot, lambda: titles(window)[0] == "Night Bus")
    screen.table.sorted.emit("title")
    settle(qtbot, lambda: titles(window)[0] == "Undertow")
    screen.filter.line.setText("mara")
    settle(qtbot, lambda: titles(window) == ["Paper Boats"])
    screen.filter.line.setText("no such")
    settle(qtbot, lambda: screen._pages.currentWidget() is screen._nothing)
    screen.filter.line.clear()
    screen.group.edited.emit("artist")
    settle(qtbot, lambda: len(screen.parts.chips) == 3)
    screen.parts.chips["Ana"].click()
    settle(qtbot, lambda: titles(window) == ["Undertow"])
    screen.parts.chips["Ana"].click()
    settle(qtbot, lambda: len(titles(window)) == 3)


def test_the_table_opens_by_key_and_by_double_click(qtbot: QtBot, window: StudioWindow) -> None:
    screen = screen_of(window)
    screen.views.choose("table")
    screen.table.choose(2)
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    assert (window.page_key, window.release_id) == ("release", 2)


def test_several_are_chosen_removed_and_brought_back(qtbot: QtBot, window: StudioWindow) -> None:
    grid = screen_of(window).grid
    grid.clearSelection()
    for row in (0, 1):
        spot = grid.visualRect(grid.model().index(row, 0)).center()
        qtbot.mouseClick(grid.viewport(), LEFT, CTRL, spot)
    assert window.page_key == "releases"
    assert sorted(grid.hand.keys) == [2, 3]
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    settle(qtbot, lambda: titles(window) == ["Night Bus"])
    window.commands["undo"].trigger()
    settle(qtbot, lambda: len(titles(window)) == 3)


def drop(window: StudioWindow, at: QPoint, path: Path) -> None:
    grid, data = screen_of(window).grid, QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    grid.dragEnterEvent(QDragEnterEvent(at, COPY, data, LEFT, NONE))
    grid.viewport().grab()
    grid.dropEvent(QDropEvent(at.toPointF(), COPY, data, LEFT, NONE))


def test_a_bounce_is_dropped_onto_a_release(
    qtbot: QtBot, window: StudioWindow, tmp_path: Path
) -> None:
    grid = screen_of(window).grid
    place = grid.visualRect(screen_of(window).model.index(1, 0)).center()
    drop(window, place, write_bounce(tmp_path / "Sail.wav", seconds=1.2))
    settle(qtbot, lambda: window.release is not None and window.release.title == "Paper Boats")
    settle(qtbot, lambda: [t.title for t in window.release.tracks] == ["Sail"])  # type: ignore[union-attr]


def test_one_beside_all_begins_its_own(qtbot: QtBot, window: StudioWindow, tmp_path: Path) -> None:
    grid = screen_of(window).grid
    corner = QPoint(grid.viewport().width() - 4, grid.viewport().height() - 4)
    drop(window, corner, write_bounce(tmp_path / "Sail.wav", seconds=1.2))
    settle(qtbot, lambda: window.release is not None and window.release.title == "Sail")
    assert not window.veil.isVisible()


def test_the_audio_is_ready_to_be_dragged_out(qtbot: QtBot, window: StudioWindow) -> None:
    screen = screen_of(window)
    screen.grid.choose(1)
    settle(qtbot, lambda: bool(screen._laid[1]))
    paths = screen._audio_of([1])
    assert paths is not None
    assert [path.name for path in paths] == ["01 Night Bus.wav"]
    screen.grid.choose(2)
    settle(qtbot, lambda: screen._laid == ([2], []))
