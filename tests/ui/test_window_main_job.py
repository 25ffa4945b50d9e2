"""The window over a real studio: drop, edit, take back; what is bad is refused and named."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bounces import write_bounce, write_cover
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from indieartist.jobs.runner import ThreadRunner
from indieartist.services.studio import open_studio
from indieartist.ui.actions import search
from indieartist.ui.fact_form import FactForm
from indieartist.ui.picture import Rest
from indieartist.ui.screens.facts import FactsScreen
from indieartist.ui.screens.releases import ReleasesScreen
from indieartist.ui.widgets.track_table import TrackTable
from indieartist.ui.window import StudioWindow

Settle = Callable[[], None]
ACTS, SEED = 300, 20261122


@pytest.fixture
def window(qtbot: QtBot, library_dir: Path) -> Iterator[StudioWindow]:
    made = StudioWindow(lambda: open_studio(library_dir), ThreadRunner())
    qtbot.addWidget(made)
    yield made
    made.bridge.close()
    made.desk.close()


@pytest.fixture
def settle(window: StudioWindow) -> Settle:
    """Open the library, then wait, each time it is called, until no work is under way."""
    rest = Rest(window.bridge)
    window.show()
    window.desk.open()
    rest.wait()
    return rest.wait


@pytest.fixture
def bounce(tmp_path: Path) -> Path:
    return write_bounce(tmp_path / "Night Bus.wav", seconds=1)


def drop(window: StudioWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), copy, data, left, none))


def titles(window: StudioWindow) -> list[str]:
    return [track.title for track in window.release.tracks] if window.release else []


def test_an_empty_library_teaches(window: StudioWindow, settle: Settle) -> None:
    assert window.page_key == "releases"
    screen = window.screens["releases"]
    assert isinstance(screen, ReleasesScreen)
    assert screen._pages.currentWidget() is screen._empty


def test_a_dropped_bounce_becomes_a_release_page(
    window: StudioWindow, settle: Settle, bounce: Path
) -> None:
    drop(window, bounce)
    settle()
    assert window.page_key == "release"
    assert titles(window) == ["Night Bus"]
    row = window.release_screen.tracks.rows[0]
    assert row.title == "Night Bus"
    assert row.loudness_lufs is not None
    assert len(row.levels) > 1
    assert "came in" in window.toast.accessibleName()


def test_a_second_bounce_joins_the_release_on_screen(
    window: StudioWindow, settle: Settle, bounce: Path, tmp_path: Path
) -> None:
    drop(window, bounce)
    settle()
    drop(window, write_bounce(tmp_path / "Salt.wav", seconds=1, seed=8))
    settle()
    assert titles(window) == ["Night Bus", "Salt"]
    window.release_screen.table.ordered.emit(window.release_screen.tracks.rows[1].key, 0)
    settle()
    assert titles(window) == ["Salt", "Night Bus"]
    window.commands["undo"].trigger()
    settle()
    assert titles(window) == ["Night Bus", "Salt"]


def test_a_title_typed_is_kept_and_taken_back(
    qtbot: QtBot, window: StudioWindow, settle: Settle, bounce: Path
) -> None:
    drop(window, bounce)
    settle()
    window.edit_fact("title")
    settle()
    line = field(window, "title")
    line.selectAll()
    qtbot.keyClicks(line, "Harbour Lights")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle()
    assert window.release is not None
    assert window.release.title == "Harbour Lights"
    assert titles(window) == ["Harbour Lights"]
    line.clearFocus()
    window.commands["undo"].trigger()
    settle()
    assert window.release.title == "Night Bus"
    assert line.text() == "Night Bus"
    window.commands["redo"].trigger()
    settle()
    assert window.release.title == "Harbour Lights"


def test_rename_leads_into_the_title_of_the_chosen_track(
    qtbot: QtBot, window: StudioWindow, settle: Settle, bounce: Path, tmp_path: Path
) -> None:
    drop(window, bounce)
    settle()
    drop(window, write_bounce(tmp_path / "Salt.wav", seconds=1, seed=8))
    settle()
    window.activateWindow()
    window.release_screen.table.selectRow(1)
    window.commands["rename"].trigger()
    settle()
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    assert line.text() == "Salt"
    line.selectAll()
    qtbot.keyClicks(line, "Undertow")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle()
    assert titles(window) == ["Night Bus", "Undertow"]


def test_a_wrong_code_is_refused_beside_its_field(
    qtbot: QtBot, window: StudioWindow, settle: Settle, bounce: Path
) -> None:
    drop(window, bounce)
    settle()
    window.handlers.show_facts()
    line = field(window, "gtin")
    qtbot.keyClicks(line, "123")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle()
    assert line.accessibleDescription()
    assert line.property("state") == "err"
    assert window.release is not None
    assert window.release.gtin == ""


def test_a_dropped_picture_becomes_the_cover(
    window: StudioWindow, settle: Settle, bounce: Path, tmp_path: Path
) -> None:
    drop(window, bounce)
    settle()
    drop(window, write_cover(tmp_path / "cover.png", 640))
    settle()
    assert window.release is not None
    assert window.release.artwork is not None
    assert window.release.artwork.width_px == 640
    assert window.release_screen.hero.art.accessibleName().startswith("Cover of")


def test_a_bad_file_is_named_and_changes_nothing(
    window: StudioWindow, settle: Settle, tmp_path: Path
) -> None:
    bad = tmp_path / "not music.wav"
    bad.write_bytes(b"RIFF" + b"\0" * 40)
    drop(window, bad)
    settle()
    assert "not music.wav" in window.toast.accessibleName()
    assert window.release is None
    assert window.page_key == "releases"


def test_a_good_file_comes_in_beside_a_bad_one(
    window: StudioWindow, settle: Settle, bounce: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "empty.flac"
    bad.touch()
    drop(window, bad, bounce)
    settle()
    assert titles(window) == ["Night Bus"]
    assert "empty.flac" in window.toast.accessibleName()


def test_a_new_release_is_named_and_removed(window: StudioWindow, settle: Settle) -> None:
    window.commands["new"].trigger()
    settle()
    assert window.page_key == "facts"
    assert window.release is not None
    window.commands["drop"].trigger()
    settle()
    assert window.release is None
    assert window.page_key == "releases"


def test_every_place_one_can_reach_by_key_has_a_name(
    window: StudioWindow, settle: Settle, bounce: Path
) -> None:
    drop(window, bounce)
    settle()
    for key in window.screens:
        window.show_page(key)
        settle()
        nameless = [
            widget
            for widget in window.findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not widget.accessibleName()
        ]
        assert not nameless, key


def test_commands_are_found_by_other_words(window: StudioWindow) -> None:
    found = search(window.commands.values(), "delete")
    assert {action.objectName() for action in found} == {"drop", "remove"}
    shortcuts = [
        a.shortcut().toString() for a in window.commands.values() if not a.shortcut().isEmpty()
    ]
    assert len(shortcuts) == len(set(shortcuts))


@pytest.mark.real
def test_a_hand_that_does_anything_breaks_nothing(
    qtbot: QtBot, window: StudioWindow, settle: Settle, tmp_path: Path
) -> None:
    """300 acts by chance, some faster than the library answers."""
    chance = random.Random(SEED)
    songs = [write_bounce(tmp_path / f"Song {i}.wav", seconds=0.5, seed=i) for i in range(3)]
    bad = tmp_path / "bad.wav"
    bad.write_bytes(b"no music")
    cover = write_cover(tmp_path / "cover.png", 320)
    window.intake.choose_files = lambda _title, _filter: [chance.choice(songs)]
    acts: list[Callable[[], object]] = [
        lambda: drop(window, chance.choice([*songs, bad, cover])),
        lambda: window.show_page(chance.choice(list(window.screens))),
        lambda: press(chance, window),
        lambda: press(chance, window),
        lambda: type_somewhere(chance, window),
        lambda: choose_track(chance, window),
        lambda: window.resize(chance.randint(1120, 1600), chance.randint(700, 1000)),
    ]
    for number in range(ACTS):
        chance.choice(acts)()
        if number % 4 == 0:
            settle()
        close_dialogs(window)
    settle()
    window.reload()
    settle()


def press(chance: random.Random, window: StudioWindow) -> None:
    """Trigger any command that needs no sound card and renders nothing for long."""
    calm = [a for key, a in window.commands.items() if key != "demo"]
    action: QAction = chance.choice(calm)
    action.trigger()


def type_somewhere(chance: random.Random, window: StudioWindow) -> None:
    lines = [line for line in window.findChildren(QLineEdit) if line.isVisible()]
    if lines:
        line = chance.choice(lines)
        line.setFocus()
        QTest.keyClicks(line, chance.choice(["x", "Nacht", "2026", "14 Nov 2027", " "]))
        QTest.keyClick(line, Qt.Key.Key_Return)


def choose_track(chance: random.Random, window: StudioWindow) -> None:
    table: TrackTable = window.release_screen.table
    if rows := table.tracks.rowCount():
        table.selectRow(chance.randrange(rows))
        table.setFocus()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 20))


def close_dialogs(window: StudioWindow) -> None:
    for dialog in window.findChildren(QDialog):
        dialog.reject()
    if (popup := QApplication.activePopupWidget()) is not None:
        popup.close()


def field(window: StudioWindow, key: str) -> QLineEdit:
    screen = window.screens["facts"]
    assert isinstance(screen, FactsScreen)
    form: FactForm = screen.facts
    editor = form.rows[key].editor
    assert isinstance(editor, QLineEdit)
    editor.setFocus()
    return editor
