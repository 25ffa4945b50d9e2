"""The song in full width: its wave, the way around in it, and what is said of each moment."""

from __future__ import annotations

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from indieartist.domain import figures
from indieartist.ui import theme
from indieartist.ui.room.legend import Legend, Sign
from indieartist.ui.room.overview import Overview
from indieartist.ui.room.wave import RoomWave
from indieartist.ui.widgets.button import IconButton
from indieartist.ui.widgets.card import Card
from indieartist.ui.widgets.text import ElidedText, Text, Tone
from indieartist.ui.widgets.wave_scale import WaveScale

_LOUD = (Sign("Short-term", "text"), Sign("Momentary", "text", alpha=0.42))
_AIM = Sign("Target", "accent", dashed=True)
_TAKEN = (Sign("Limiter", "accent"), Sign("Compressor", "text3"))
_KEYS = (
    "Arrow keys move, + and − zoom, 0 shows all, I and O set the loop, Z zooms to it, "
    "Page Up and Page Down go from peak to peak"
)


class StageCard(Card):
    """Holds the wave and its overview; `sought` and `looped` as the wave tells them."""

    sought = Signal(float)
    looped = Signal(float, float)

    def __init__(self) -> None:
        super().__init__("Song")
        self.wave = RoomWave()
        self.wave.setAccessibleName("Song")
        insets = self.wave.insets
        self.overview = Overview(insets.left, insets.right)
        self._legend = Legend(_LOUD)
        self._read = ElidedText("", "small", "text2")
        self._read.hide()
        self._note = ""
        self._note_tone: Tone = "text3"
        self._peaks = Text("", "small", "text2", figures=True)
        self.before = IconButton("chevron-left", "Peak before", "PgUp", size_px=28, icon_px=16)
        self.after = IconButton("chevron-right", "Next peak", "PgDown", size_px=28, icon_px=16)
        self.closer = IconButton("plus", "Zoom in", "+", size_px=28, icon_px=16)
        self.farther = IconButton("minus", "Zoom out", "−", size_px=28, icon_px=16)
        self.fit = IconButton("fit", "Zoom to the loop, or show all", "Z", size_px=28, icon_px=16)
        self._lay_out()
        self._connect()
        self.say_peaks()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.XS)
        head.addWidget(self._legend, 1)
        head.addWidget(self._read, 1)
        head.addSpacing(theme.S)
        head.addWidget(self.before)
        head.addWidget(self._peaks)
        head.addWidget(self.after)
        head.addSpacing(theme.M)
        for button in (self.farther, self.closer, self.fit):
            head.addWidget(button)
        self.column.setSpacing(theme.S)
        self.column.addLayout(head)
        self.column.addWidget(self.wave, 1)
        self.column.addWidget(self.overview)

    def _connect(self) -> None:
        wave = self.wave
        wave.sought.connect(self.sought)
        wave.looped.connect(self._loop)
        wave.scaled.connect(self._mark)
        wave.pointed.connect(self._point)
        wave.setAccessibleDescription(_KEYS)
        self.overview.shown.connect(wave.show_scale)
        self.before.clicked.connect(lambda: wave.go_to_peak(-1))
        self.after.clicked.connect(lambda: wave.go_to_peak(1))
        self.closer.clicked.connect(lambda: wave.zoom_by(2.0))
        self.farther.clicked.connect(lambda: wave.zoom_by(0.5))
        self.fit.clicked.connect(self._fit)

    def _fit(self) -> None:
        if self.wave.scale.is_whole and self.wave.loop:
            self.wave.zoom_to_loop()
        else:
            self.wave.show_scale(self.wave.scale.all)

    def _loop(self, start_ms: float, end_ms: float) -> None:
        self._mark()
        self.looped.emit(start_ms, end_ms)

    def show_loop(self, loop: tuple[float, float] | None) -> None:
        """Mark what repeats, without telling."""
        if loop != self.wave.loop:
            self.wave.set_loop(loop)
            self._mark()

    def _mark(self) -> None:
        scale: WaveScale = self.wave.scale
        self.overview.show_window(scale, self.wave.loop)

    def _point(self, at_ms: float) -> None:
        """Read the moment out in the place of the legend."""
        over = not math.isnan(at_ms)
        words = self.wave.moment_words(at_ms) if over else self._note
        self._legend.setVisible(not words)
        self._read.setVisible(bool(words))
        self._read.setText(words)
        self._read.set_tone("text2" if over else self._note_tone)

    def note(self, words: str, tone: Tone = "text3") -> None:
        """Say in the place of the legend what is missing; empty words bring it back."""
        if words != self._note:
            self._note, self._note_tone = words, tone
            self._point(math.nan)

    def explain(self, *, aims: bool, taken: bool) -> None:
        """Say what the colours stand for that are seen now."""
        signs = (*_LOUD, *((_AIM,) if aims else ()), *(_TAKEN if taken else ()))
        self._legend.show_signs(signs)

    def say_peaks(self) -> None:
        """Say how many peaks are too high, once that is known."""
        traces = self.wave.traces
        count = len(self.wave.peaks)
        if traces is None:
            words = ""
        elif count:
            most = "200 or more peaks" if count >= 200 else figures.count(count, "peak")
            words = f"{most} over {figures.level(traces.ceiling_dbtp)} dBTP"
        else:
            words = f"No peak over {figures.level(traces.ceiling_dbtp)} dBTP"
        self._peaks.setText(words)
        self._peaks.set_tone("err" if count else "text2")
        for button in (self.before, self.after):
            button.setVisible(count > 0)
