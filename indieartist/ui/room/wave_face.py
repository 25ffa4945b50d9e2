"""What the wave of the mastering room shows: loudness, peaks, samples, and what was taken off."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPointF, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QPainter, QPen

from indieartist.domain import figures
from indieartist.ui import theme
from indieartist.ui.room import wave_axes
from indieartist.ui.room.series import Stretch, deepest, spread
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.wave_layers import Columns, Curve
from indieartist.ui.widgets.wave_scale import WaveScale
from indieartist.ui.widgets.wave_scene import Insets
from indieartist.ui.widgets.waveform import WaveformView

if TYPE_CHECKING:
    from indieartist.services.mastering_views import Peak, Reductions, Traces
    from indieartist.ui.widgets.wave_layers import Extremes, Waveform

_LANE = 10  # of the marks
_FOOT, _GAP = 40, 8  # of what was taken off, and the space above it
_FINEST = 16.0  # samples on screen at the closest zoom
_DECODED_FROM = 128.0  # frames to a px: nearer than this the stored picture is too coarse
_LINES_FROM = 1.0
_POINTS_FROM_PX = 6.0
_ASK_MS = 40
_SHORTEST_CURVE_MS = 400.0  # of the window: within it, loudness cannot change
_TONES: tuple[theme.ColourName, ...] = ("text", "text3")  # of the left and the right channel


class WaveFace(WaveformView):
    """A version of a song over time; `scaled` follows every zoom, and `samples_wanted` carries a
    first frame and how many, where the stored picture is too coarse."""

    scaled = Signal()
    samples_wanted = Signal(int, int)
    insets: ClassVar[Insets] = Insets(left=28, right=38, lane=_LANE, foot=_FOOT + _GAP)
    ground: theme.ColourName = "surface2"

    def __init__(self) -> None:
        super().__init__()
        self.setMouseTracking(True)
        self.setToolTip("")
        self.traces: Traces | None = None
        self.reductions: Reductions | None = None
        self.peaks: Sequence[Peak] = ()
        self.target_lufs: float | None = None
        self.rate_hz = 0
        self._stretch: Stretch | None = None
        self._hover_x: float | None = None
        self._follows = True
        self._depth_db = 0.0
        self._ask = QTimer(self, singleShot=True, interval=_ASK_MS)
        self._ask.timeout.connect(self._ask_samples)

    def sizeHint(self) -> QSize:
        return QSize(800, 300)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 200)

    # what is shown

    def show_song(self, wave: Waveform | None, rate_hz: int, tone: theme.ColourName) -> None:
        """Show another version; what belongs to the last one is forgotten until it is given."""
        self.rate_hz, self._stretch = rate_hz, None
        self.traces = self.reductions = None
        self.peaks = ()
        self._hover_x = None
        self.set_tone(tone)
        self.set_waveform(wave)
        if rate_hz:
            self._scale = replace(self._scale, shortest_ms=_FINEST * 1000 / rate_hz)
        self.show_scale(self._scale)

    def set_traces(self, traces: Traces | None) -> None:
        """Draw loudness over time, and mark the peaks that are too high."""
        self.traces, self.peaks = traces, traces.peaks if traces else ()
        self.redraw()

    def set_reductions(self, reductions: Reductions | None) -> None:
        """Draw what compressor and limiter take off."""
        self.reductions = reductions
        self._depth_db = wave_axes.depth_db(reductions) if reductions else 0.0
        self.redraw()

    def set_target(self, lufs: float | None) -> None:
        """Draw the loudness that the master is going to."""
        if lufs != self.target_lufs:
            self.target_lufs = lufs
            self.redraw()

    def set_samples(self, stretch: Stretch) -> None:
        """Draw a stretch sample by sample."""
        if stretch.rate_hz == self.rate_hz:
            self._stretch = stretch
            self.redraw()

    @property
    def scale(self) -> WaveScale:
        """The window of the song that is on screen."""
        return self._scale

    def show_scale(self, scale: WaveScale) -> None:
        """Show another window; where that is not around the playhead, it is left alone."""
        super().show_scale(scale)
        self._follows = scale.start_ms <= self._at_ms <= scale.end_ms
        self._ask.start()
        self.scaled.emit()

    def follow(self) -> None:
        """Turn the page with the playhead, unless the person looks elsewhere."""
        if self._follows:
            super().follow()

    def set_position(self, at_ms: float) -> None:
        """Move the playhead."""
        super().set_position(at_ms)
        if not self._follows and self._scale.start_ms <= at_ms <= self._scale.end_ms:
            self._follows = True

    def _ask_samples(self) -> None:
        if self._wave is None or self._frames_per_px > _DECODED_FROM:
            return
        window = (self._scale.start_ms, self._scale.end_ms)
        if self._stretch and self._stretch.covers(window, self._scale.duration_ms):
            return
        frames = math.ceil(self._scale.span_ms * self.rate_hz / 1000)
        first = max(int(window[0] * self.rate_hz / 1000) - frames, 0)
        self.samples_wanted.emit(first, 3 * frames + 2)

    # painting

    @property
    def _frames_per_px(self) -> float:
        return self._scale.span_ms * self.rate_hz / 1000 / max(self._scale.width_px, 1.0)

    @property
    def _window(self) -> tuple[float, float]:
        return self._scale.start_ms, self._scale.end_ms

    @property
    def _near(self) -> Stretch | None:
        """The samples, where the zoom is close enough for them and they are here."""
        if self._stretch is None or self._frames_per_px > _DECODED_FROM:
            return None
        here = self._stretch.covers(self._window, self._scale.duration_ms)
        return self._stretch if here else None

    def look(self) -> tuple[object, ...]:
        return (*super().look(), self.target_lufs)

    def look_behind(self) -> tuple[object, ...]:
        shown = (id(self.traces), id(self.reductions), self._tone)
        return (*super().look_behind(), *shown)

    def columns(self, width: int) -> Extremes:
        import numpy as np

        stretch = self._near
        if stretch is None:
            return super().columns(width)
        if self._frames_per_px < _LINES_FROM:
            nothing = np.zeros(width, np.float32)
            return Columns(nothing, nothing, nothing)
        return stretch.columns(self._window, width)

    def curves(self, width: int, height: float) -> list[Curve]:
        stretch, traces = self._near, self.traces
        if stretch is not None and self._frames_per_px < _LINES_FROM:
            lines = (1 - stretch.lines(self._window, width)) * height / 2
            return [Curve(line, tone, 1.0, 1.4) for line, tone in zip(lines, _TONES, strict=False)]
        if traces is None or self._scale.span_ms < _SHORTEST_CURVE_MS:
            return []
        drawn = []
        if self.target_lufs is not None:
            drawn.append(wave_axes.dashed(self.target_lufs, width, height))
        for values, alpha, px in (
            (traces.momentary_lufs, 0.42, 1.1),
            (traces.short_term_lufs, 1.0, 1.7),
        ):
            series = spread(values, traces.step_ms, self._window, width)
            drawn.append(Curve(wave_axes.lufs_y(series, height), "text", alpha, px))
        return drawn

    def draw_behind(self, painter: QPainter) -> None:
        loud = self.traces is not None and self._scale.span_ms >= _SHORTEST_CURVE_MS
        wave_axes.draw_axes(painter, self.wave_rect, loud)
        super().draw_behind(painter)
        marks = wave_axes.marks_on(self._scale, self.peaks)
        wave_axes.draw_marks(painter, [x for x, _ in marks], self.insets.top - 1)
        if self._wave is not None:
            self._draw_taken_off(painter)

    def draw_over(self, painter: QPainter, played: bool) -> None:
        stretch = self._near
        if stretch is None or 1 / max(self._frames_per_px, 1e-9) < _POINTS_FROM_PX:
            return
        moments, channels = stretch.points(self._window)
        middle = self.wave_rect.height() / 2
        for line, tone in zip(channels, _TONES, strict=False):
            ink = theme.colour(tone)
            for at, value in zip(moments, line, strict=True):
                x = self._scale.x_at(float(at)) - self._scale.left_px
                painting.dot(painter, QPointF(x, middle * (1 - float(value))), 4.5, ink)

    def _draw_taken_off(self, painter: QPainter) -> None:
        wave, dpr = self.wave_rect, self.devicePixelRatioF()
        lane = QRectF(wave.left(), wave.bottom() + _GAP, wave.width(), _FOOT)
        painter.fillRect(QRectF(lane.left(), lane.top(), lane.width(), 1), theme.colour("line"))
        quiet, made = theme.colour("text3"), self.reductions
        if made is None:
            words = "Nothing is taken off a bounce" if self._tone == "original" else ""
            painting.text(painter, lane, words, "small", quiet, align=painting.CENTRE)
            return
        width = round(lane.width() * dpr)
        limiter = deepest(made.limiter_db, made.step_ms, self._window, width)
        bands = None
        if len(made.bands_db):
            bands = deepest(made.bands_db.min(axis=0), made.step_ms, self._window, width)
        wave_axes.draw_lane(painter, lane, (limiter, bands), self._depth_db, dpr)
        for share, words in ((0.0, "0 dB"), (1.0, figures.level(-self._depth_db, 0))):
            spot = QRectF(wave.right() + 7, lane.top() + share * (lane.height() - 12), 40, 12)
            painting.text(painter, spot, words, "ruler", quiet, figures=True)

    def draw_hand(self, painter: QPainter) -> None:
        if self._hover_x is None:
            return
        painter.setPen(QPen(theme.colour("text", 0.45), 1))
        x = round(self._hover_x) + 0.5
        painter.drawLine(QPointF(x, self.insets.top), QPointF(x, self.height()))
