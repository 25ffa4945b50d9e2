"""What we rely on beneath us: a Qt that counts its references, a font, a song."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot


def test_qt_keeps_its_references_to_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 drops one at each void call, and Python 3.11 dies of it within seconds."""
    from PySide6.QtWidgets import QWidget

    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(300):
        widget.update()
    assert sys.getrefcount(None) > before - 100


@pytest.mark.real
def test_real_song_is_music(real_song: Path) -> None:
    import numpy as np
    import soundfile

    samples, sample_rate_hz = soundfile.read(real_song, always_2d=True)
    assert sample_rate_hz == 44100
    assert samples.shape[1] == 2
    assert 280 < len(samples) / sample_rate_hz < 300
    assert 0.5 < np.abs(samples).max() < 1
    assert len(np.unique(np.round(samples[::1000] * 2**15))) > 1000
