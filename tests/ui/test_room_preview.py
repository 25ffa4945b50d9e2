"""A change on a long song: heard at once by a sketch, and exactly as soon as its plan is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ui.studios import HandSink, make_studio, open_window, settle

LEFT = Qt.MouseButton.LeftButton


@pytest.mark.real
def test_a_long_song_is_heard_about_then_exactly(qtbot: QtBot, library_dir: Path) -> None:
    studio = make_studio(library_dir, seconds=62.0)
    with open_window(qtbot, studio, "master") as window:
        screen = window.screens["master"]
        window.player.turntable.make_sink = HandSink
        settle(qtbot, lambda: screen.stage.wave.traces is not None)
        screen.stage.wave.choose_loop((30_000.0, 31_000.0))
        told: list[str] = []
        heard: list[bool] = []
        screen.preview.told.connect(lambda state: told.append(state.words))
        screen.preview.rendered.connect(lambda section: heard.append(section.exact))
        qtbot.mouseClick(screen.render_card.hear, LEFT)
        settle(qtbot, lambda: len(heard) > 1)
        assert heard[:2] == [False, True]
        about = next(words for words in told if "about as it would be mastered" in words)
        assert "0:30.0 to 0:31.0" in about and "exact sound follows" in about
        settle(qtbot, lambda: any("nothing is kept" in words for words in told))
