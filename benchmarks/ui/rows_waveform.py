"""Rows: redrawing the waveform of ten million samples, and one frame of its playhead."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QRegion

from benchmarks.table import Row, at_most
from benchmarks.ui import stage

if TYPE_CHECKING:
    from indieartist.audio.waveform import Waveform
    from indieartist.services.mastering_views import Reductions, Traces
    from indieartist.ui.theme import ColourName

SAMPLES, RATE_HZ, SIZE_PX = 10_000_000, 44_100, (1600, 220)
STEP_MS = 100
REDRAWS, FRAMES = 30, 200


def waveform() -> list[Row]:
    """The widgets of the player and of the mastering room, into a picture of their size."""
    from indieartist.ui.room.wave import RoomWave
    from indieartist.ui.widgets.waveform import WaveformView

    stage.application()
    view, room = WaveformView(), RoomWave()
    versions = [make_version(seed) for seed in (1, 2)]
    for widget in (view, room):
        widget.resize(*SIZE_PX)
        widget.show()
    view.set_waveform(versions[0])
    turned = [0]
    tones: tuple[ColourName, ...] = ("accent", "original")
    traces, reductions = make_series(versions[0].duration_ms)

    def redraw() -> None:
        """Another version is heard half-way through the song."""
        turned[0] += 1
        view.set_waveform(versions[turned[0] % 2])
        view.set_tone(tones[turned[0] % 2])
        view.set_position(versions[0].duration_ms / 2)
        view.render(canvas)

    def redraw_room() -> None:
        turned[0] += 1
        room.show_song(versions[turned[0] % 2], RATE_HZ, tones[turned[0] % 2])
        room.set_traces(traces)
        room.set_reductions(reductions)
        room.set_target(-14.0)
        room.set_position(versions[0].duration_ms / 2)
        room.render(canvas)

    def frame() -> None:
        turned[0] += 1
        x = 100 + turned[0] % 800
        view.set_position(versions[0].duration_ms * x / SIZE_PX[0])
        strip = QRegion(x - 10, 0, 20, SIZE_PX[1])
        view.render(canvas, QPoint(x - 10, 0), strip)

    canvas = QImage(*SIZE_PX, QImage.Format.Format_ARGB32_Premultiplied)
    canvas.fill(Qt.GlobalColor.black)
    size, goal = "×".join(map(str, SIZE_PX)), at_most(4, " ms")
    whole = f"redraw of a 10-million-sample waveform, {size}"
    return [
        Row(whole, goal, best_ms(redraw, REDRAWS)),
        Row(f"{whole}, with all the mastering room draws", None, best_ms(redraw_room, REDRAWS)),
        Row("one frame of its playhead", at_most(0.1, " ms", 3), best_ms(frame, FRAMES)),
    ]


def make_version(seed: int) -> Waveform:
    """A song of noise, as `audio.waveform` keeps it."""
    import numpy as np

    from indieartist.audio.waveform import BIN_FRAMES, Waveform

    noise = np.random.default_rng(seed).integers(200, 32_000, SAMPLES // BIN_FRAMES)
    peaks = noise.astype(np.int16)
    powers = np.full(SAMPLES * 10 // RATE_HZ, 0.02, np.float32)
    return Waveform(RATE_HZ, SAMPLES, -peaks, peaks, peaks // 3, powers)


def make_series(duration_ms: float) -> tuple[Traces, Reductions]:
    """Loudness over time, forty marks, and what compressor and limiter take off."""
    import numpy as np

    from indieartist.services.mastering_views import Peak, Reductions, Traces

    steps = int(duration_ms / STEP_MS)
    level = np.random.default_rng(3).normal(-14.0, 3.0, steps).astype(np.float32)
    still, bands = np.zeros(steps, np.float32), np.full((3, steps), -2.0, np.float32)
    marks = tuple(Peak(float(at), 0.4) for at in np.linspace(0, duration_ms - 1, 40))
    names, gains = ("Bass", "Middle", "Treble"), (0.0, 0.0, 0.0)
    return (
        Traces(STEP_MS, level, level, still, still, -1.0, marks),
        Reductions(STEP_MS, bands, names, (160.0, 2500.0), gains, still - 3),
    )


def best_ms(work: Callable[[], None], rounds: int) -> float:
    """The least processor time of the work, in ms."""
    took = []
    for _ in range(rounds):
        before = time.thread_time()
        work()
        took.append(time.thread_time() - before)
    return min(took) * 1000
