"""Mastering by click: a new mix, seen, approved, taken away and brought back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import soundfile
from bounces import write_bounce
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot
from ui.studios import get_release, make_studio, open_window, settle

from indieartist.domain.release import MixKind


@pytest.fixture
def room(qtbot: QtBot, library_dir: Path) -> Iterator[Any]:
    """The window at the master page, with one bounce in the library."""
    studio = make_studio(library_dir)
    with open_window(qtbot, studio, "master") as window:
        screen = window.screens["master"]
        settle(qtbot, lambda: bool(screen.rows))
        yield SimpleNamespace(studio=studio, window=window, screen=screen)


def render(room: Any, qtbot: QtBot) -> None:
    before = len(room.screen.rows)
    qtbot.mouseClick(room.screen.chain.render_button, Qt.MouseButton.LeftButton)
    assert not room.screen.chain.render_button.isEnabled()
    settle(qtbot, lambda: len(room.screen.rows) == before + 1)
    settle(qtbot, room.screen.chain.render_button.isEnabled)


def track(room: Any) -> Any:
    return get_release(room.studio).tracks[0]


def test_a_click_renders_a_master_and_says_what_changed(room: Any, qtbot: QtBot) -> None:
    assert room.screen.changes.isHidden()
    render(room, qtbot)
    newest = room.screen.rows[0].mix
    assert newest.kind is MixKind.MASTER
    assert "Streaming" in room.screen.changes._title.text()
    assert "LUFS" in room.window.toast.accessibleName()


def test_the_target_and_the_bypasses_reach_the_chain(room: Any, qtbot: QtBot) -> None:
    chain = room.screen.chain
    chain.target.set_value("club")
    qtbot.mouseClick(chain.stages["dynamics"], Qt.MouseButton.LeftButton)
    render(room, qtbot)
    kept = track(room).mixes[-1].settings["settings"]
    assert kept["target"]["name"] == "club"
    assert "dynamics" in kept["bypassed"]


def test_a_reference_is_chosen_or_dropped(room: Any, qtbot: QtBot, tmp_path: Path) -> None:
    chain = room.screen.chain
    reference = write_bounce(tmp_path / "Reference.wav", seed=3)
    assert not chain.amount.isEnabled()
    room.screen.choose_file = lambda: reference
    qtbot.mouseClick(chain.reference._button, Qt.MouseButton.LeftButton)
    assert chain.wishes.reference == reference
    assert chain.amount.isEnabled()
    qtbot.mouseClick(chain.reference._clear, Qt.MouseButton.LeftButton)
    assert chain.wishes.reference is None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(reference))])
    left = Qt.MouseButton.LeftButton
    move, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    chain.reference.dropEvent(QDropEvent(QPoint(5, 5), move, data, left, none))
    assert chain.wishes.reference == reference


def test_approving_is_one_act_that_undo_takes_back(room: Any, qtbot: QtBot) -> None:
    render(room, qtbot)
    qtbot.mouseClick(room.screen.rows[0].approve, Qt.MouseButton.LeftButton)
    settle(qtbot, lambda: track(room).approved_mix_id == room.screen.rows[0].mix.id)
    room.window.desk.undo()
    settle(qtbot, lambda: track(room).approved_mix_id is None)
    settle(qtbot, lambda: hasattr(room.screen.rows[0], "approve"))


def test_a_mix_is_removed_and_brought_back(room: Any, qtbot: QtBot) -> None:
    render(room, qtbot)
    room.screen.rows[0].remove_asked.emit()
    settle(qtbot, lambda: len(room.screen.rows) == 1)
    room.window.desk.undo()
    settle(qtbot, lambda: len(room.screen.rows) == 2)


def test_export_writes_the_mix_whole(room: Any, qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "out.wav"
    room.screen.acts.choose_target = lambda name: target
    room.screen.rows[0].export_asked.emit()
    settle(qtbot, target.exists)
    settle(qtbot, lambda: "out.wav" in room.window.toast.accessibleName())
    assert soundfile.info(target).frames == room.screen.rows[0].mix.info.frames


def test_the_empty_page_teaches_where_there_is_nothing(qtbot: QtBot, library_dir: Path) -> None:
    from indieartist.services.studio import open_studio

    with open_window(qtbot, open_studio(library_dir), "master") as window:
        screen = window.screens["master"]
        settle(qtbot, lambda: screen.path.accessibleName() == "Releases / Master")
        assert screen._pages.currentIndex() == 0
