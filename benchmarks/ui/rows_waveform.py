"""Rows: redrawing the waveform of ten million samples, and one frame of its playhead."""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.table import Row, at_most
from benchmarks.ui import stage

SAMPLES, RATE_HZ, SIZE_PX = 10_000_000, 44_100, (1600, 220)
REDRAWS, FRAMES = 30, 200


def waveform() -> list[Row]:
    """The widget as the player and the mastering room use it, into a picture of its size."""
    import numpy as np
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtGui import QImage, QRegion

    from indieartist.audio.waveform import BIN_FRAMES, Waveform
    from indieartist.ui.widgets.waveform import WaveformView

    stage.application()
    bins = SAMPLES // BIN_FRAMES
    noise = np.random.default_rng(1).integers(200, 32_000, bins).astype(np.int16)
    powers = np.full(SAMPLES * 10 // RATE_HZ, 0.02, np.float32)
    wave = Waveform(RATE_HZ, SAMPLES, -noise, noise, (noise // 3).astype(np.int16), powers)
    view = WaveformView()
    view.resize(*SIZE_PX)
    view.set_waveform(wave)
    view.show()
    canvas = QImage(*SIZE_PX, QImage.Format.Format_ARGB32_Premultiplied)
    canvas.fill(Qt.GlobalColor.black)
    tones = ("accent", "original")
    turned = [0]

    def redraw() -> None:
        turned[0] += 1
        view.set_tone(tones[turned[0] % 2])  # another version is heard: all is drawn anew
        view.render(canvas)

    def frame() -> None:
        turned[0] += 1
        x = 100 + turned[0] % 800
        view.set_position(wave.duration_ms * x / SIZE_PX[0])
        strip = QRegion(x - 10, 0, 20, SIZE_PX[1])
        view.render(canvas, QPoint(x - 10, 0), strip)

    redraw_ms, frame_ms = best_ms(redraw, REDRAWS), best_ms(frame, FRAMES)
    size = "×".join(map(str, SIZE_PX))
    return [
        Row(f"redraw of a 10-million-sample waveform, {size}", at_most(4, " ms"), redraw_ms),
        Row("one frame of its playhead", at_most(0.1, " ms", 3), frame_ms),
    ]


def best_ms(work: Callable[[], None], rounds: int) -> float:
    """The least processor time of the work, in ms."""
    took = []
    for _ in range(rounds):
        before = time.thread_time()
        work()
        took.append(time.thread_time() - before)
    return min(took) * 1000
