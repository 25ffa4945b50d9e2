"""The keys of the mastering room: on the sheet, in the palette, and worked from any page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from ui.studios import get_release, make_studio, open_window, settle

from indieartist.services.studio import Studio
from indieartist.ui.actions import search
from indieartist.ui.screens.master import MasterScreen
from indieartist.ui.shortcuts import KeyCap, ShortcutsBox
from indieartist.ui.window import StudioWindow

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def studio(library_dir: Path) -> Studio:
    return make_studio(library_dir, 1.0)


@pytest.fixture
def window(qtbot: QtBot, studio: Studio) -> Iterator[StudioWindow]:
    with open_window(qtbot, studio, "release") as made:
        made.activateWindow()
        settle(qtbot, lambda: made.release is not None)
        yield made


def room_of(qtbot: QtBot, window: StudioWindow) -> MasterScreen:
    room = window.screens.get_of(MasterScreen)
    settle(qtbot, lambda: room.stage.wave.traces is not None)
    return room


def test_render_is_a_key_that_leads_to_the_room_first(
    qtbot: QtBot, studio: Studio, window: StudioWindow
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_R, CONTROL)
    assert window.page_key == "master"
    room_of(qtbot, window)
    assert len(get_release(studio).tracks[0].mixes) == 1
    qtbot.keyClick(window, Qt.Key.Key_R, CONTROL)
    settle(qtbot, lambda: len(get_release(studio).tracks[0].mixes) == 2)


def test_peaks_the_loop_and_hearing_at_once_have_keys(qtbot: QtBot, window: StudioWindow) -> None:
    window.show_page("master")
    room = room_of(qtbot, window)
    wave, went = room.stage.wave, []
    wave.sought.connect(went.append)
    peaks = sorted(peak.moment_ms for peak in wave.peaks)
    qtbot.keyClick(window, Qt.Key.Key_Down, ALT)
    assert went == peaks[:1] or not peaks
    wave.choose_loop((200.0, 600.0))
    qtbot.keyClick(window, Qt.Key.Key_Z)
    assert wave._scale.span_ms < 500
    on = room.render_card.hear.isChecked()
    qtbot.keyClick(window, Qt.Key.Key_H, CONTROL)
    assert room.render_card.hear.isChecked() is not on


def test_the_sheet_and_the_palette_know_the_room(qtbot: QtBot, window: StudioWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (box,) = window.findChildren(ShortcutsBox)
    said = {label.text() for label in box.findChildren(QLabel)}
    caps = {cap.accessibleName() for cap in box.findChildren(KeyCap)}
    assert {"Mastering room", "Render master", "End the loop"} <= said
    assert {"Ctrl+R", "Alt+Down", "PgDn PgUp"} <= caps
    assert box.sizeHint().height() <= 700
    box.close()
    found = [action.objectName() for action in search(window.commands.values(), "render")]
    assert found[0] == "render"
    button = window.screens.get_of(MasterScreen).render_card.render_button
    assert "Ctrl+R" in button.toolTip()
