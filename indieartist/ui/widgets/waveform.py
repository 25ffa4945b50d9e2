"""The waveform one listens along: ruler, loop, loudness, playhead; zoom by wheel, seek by drag."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from indieartist.ui import figures, theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.pressable import by_keyboard
from indieartist.ui.widgets.wave_layers import Layers, Waveform, build_layers
from indieartist.ui.widgets.wave_scale import WaveScale

_RULER, _LOOP_BAR = 18, 4
_TOP = _RULER + _LOOP_BAR + 2
_STRIP = 8  # half the playhead's width, with its flag, and a little more
_TICK_APART = 52
_STEP_MS, _FINE_MS = 5000.0, 1000.0


class WaveformView(QWidget):
    """A song's waveform. `sought` carries ms; `looped` carries start and end in ms, or -1, -1."""

    sought = Signal(float)
    looped = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Waveform")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setToolTip("Click or drag to move. Wheel zooms. Drag on the ruler to loop.")
        self._wave: Waveform | None = None
        self._scale = WaveScale()
        self._tone: theme.ColourName = "accent"
        self._at_ms = 0.0
        self._loop: tuple[float, float] | None = None
        self._loop_from: float | None = None
        self._ringed = False
        self._key: tuple[object, ...] = ()
        self._layers: Layers | None = None

    def sizeHint(self) -> QSize:
        return QSize(420, 96)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 64)

    def set_waveform(self, wave: Waveform | None) -> None:
        """Show another song, or another version of it; a version of the same length keeps place."""
        duration = wave.duration_ms if wave else 0.0
        self._wave = wave
        if duration != self._scale.duration_ms:
            self._scale = WaveScale.whole(duration, self.width())
            self._loop = None
            self._at_ms = 0.0
        self._layers = None
        self.update()

    def set_tone(self, tone: theme.ColourName) -> None:
        """Play in the colour of what is heard: original, master or service."""
        self._tone = tone
        self.update()

    def set_loop(self, loop: tuple[float, float] | None) -> None:
        """Mark the stretch that repeats, in ms."""
        self._loop = loop
        self.update()

    def set_position(self, at_ms: float) -> None:
        """Move the playhead; only the strip between the old and the new place is repainted."""
        before, self._at_ms = self._scale.x_at(self._at_ms), at_ms
        self.setAccessibleDescription(figures.position(at_ms))
        if not self._scale.start_ms <= at_ms <= self._scale.end_ms:
            self._follow()
            return
        left, right = sorted((before, self._scale.x_at(at_ms)))
        strip = QRect(int(left) - _STRIP, 0, int(right - left) + 2 * _STRIP + 1, self.height())
        self.update(strip & self.rect())

    def _follow(self) -> None:
        """Turn the page when the playhead runs off it."""
        if self._scale.duration_ms > 0:
            self._scale = self._scale.moved(self._at_ms - self._scale.start_ms)
            self.update()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            painter.setClipRect(event.rect())
            self._draw_ruler(painter)
            self._draw_loop(painter)
            if self._wave is None or self._scale.span_ms <= 0:
                self._draw_silence(painter)
                return
            self._draw_wave(painter)
            self._draw_playhead(painter)
            if self._ringed:
                painting.focus_ring(painter, QRectF(self.rect()), theme.RADIUS_SMALL)

    def _wave_rect(self) -> QRectF:
        return QRectF(0, _TOP, self.width(), max(self.height() - _TOP, 0))

    def _draw_silence(self, painter: QPainter) -> None:
        middle = self._wave_rect().center().y()
        painter.setPen(theme.colour("wave_rest"))
        painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))

    def _draw_ruler(self, painter: QPainter) -> None:
        fine = self._scale.tick_ms(_TICK_APART) < 1000
        write = figures.position if fine else figures.length
        for mark in self._scale.ticks(_TICK_APART):
            spot = QRectF(self._scale.x_at(mark), 0, _TICK_APART, _RULER - 2)
            if spot.left() + 24 < self.width():
                words, ink = write(int(mark)), theme.colour("text3")
                painting.text(painter, spot, words, "ruler", ink, figures=True)

    def _draw_loop(self, painter: QPainter) -> None:
        if self._loop is None:
            return
        left, right = (self._scale.x_at(edge) for edge in self._loop)
        bar = QRectF(left, _RULER, right - left, _LOOP_BAR - 1)
        painting.box(painter, bar, 1.5, theme.colour("text3"))
        band = self._wave_rect()
        band.setLeft(left)
        band.setRight(right)
        painting.box(painter, band, 4, theme.colour("text", 0.05))

    def _draw_wave(self, painter: QPainter) -> None:
        layers, rect = self._ready(), self._wave_rect()
        if layers is None:
            return
        middle = min(max(self._scale.x_at(self._at_ms), 0.0), rect.width())
        for layer, left, right in (
            (layers.played, 0.0, middle),
            (layers.rest, middle, rect.width()),
        ):
            target = QRectF(left, rect.top(), right - left, rect.height())
            dpr = layer.devicePixelRatio()
            source = QRectF(left * dpr, 0, (right - left) * dpr, layer.height())
            painter.drawPixmap(target, layer, source)

    def _draw_playhead(self, painter: QPainter) -> None:
        x = round(self._scale.x_at(self._at_ms))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("text"))
        painter.drawRect(QRectF(x - 1, _RULER, 2, self.height() - _RULER))
        top = _RULER - 4
        corners = [QPointF(x - 5, top), QPointF(x + 5, top), QPointF(x, top + 6)]
        painter.drawPolygon(QPolygonF(corners))

    def _ready(self) -> Layers | None:
        """The layers for what is on screen, built when anything of it has changed."""
        size = self._wave_rect().size().toSize()
        if self._wave is None or size.isEmpty():
            return None
        dpr = self.devicePixelRatioF()
        key = (size, dpr, self._scale, id(self._wave), self._tone, theme.THEME.dark)
        if self._layers is None or key != self._key:
            window = (self._scale.start_ms, self._scale.end_ms, round(size.width() * dpr))
            columns, loudness = self._wave.columns(*window), self._wave.loudness(*window)
            self._layers = build_layers(columns, loudness, size, dpr, self._tone)
            self._key = key
        return self._layers

    # the hand

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = by_keyboard(event)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._scale = self._scale.resized(self.width())

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta()
        if turn.x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._show(self._scale.moved(-(turn.x() or turn.y()) / 960 * self._scale.span_ms))
        else:
            at_ms = self._scale.ms_at(event.position().x())
            self._show(self._scale.zoomed(2 ** (turn.y() / 240), at_ms))
        event.accept()

    def _show(self, scale: WaveScale) -> None:
        self._scale = scale
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._wave is None:
            return
        at_ms = self._scale.ms_at(event.position().x())
        if event.position().y() < _TOP:
            self._loop_from = at_ms
        else:
            self.sought.emit(at_ms)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton or self._wave is None:
            return
        at_ms = self._scale.ms_at(event.position().x())
        if self._loop_from is None:
            self.sought.emit(at_ms)
        else:
            self.set_loop((min(self._loop_from, at_ms), max(self._loop_from, at_ms)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A drag on the ruler made a loop; a mere click there takes it away."""
        if self._loop_from is None:
            return
        start, end = self._loop or (0.0, 0.0)
        dragged = abs(self._scale.x_at(self._loop_from) - event.position().x()) > 3
        self._loop_from = None
        self.set_loop((start, end) if dragged else None)
        self.looped.emit(*((start, end) if dragged else (-1.0, -1.0)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        step = _FINE_MS if fine else _STEP_MS
        goals = {
            Qt.Key.Key_Left: self._at_ms - step,
            Qt.Key.Key_Right: self._at_ms + step,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: self._scale.duration_ms,
        }
        zooms = {Qt.Key.Key_Plus: 2.0, Qt.Key.Key_Equal: 2.0, Qt.Key.Key_Minus: 0.5}
        key = Qt.Key(event.key())
        if key in goals and self._wave is not None:
            self.sought.emit(min(max(goals[key], 0.0), self._scale.duration_ms))
        elif key in zooms:
            self._show(self._scale.zoomed(zooms[key], self._at_ms))
        elif key == Qt.Key.Key_0:
            self._show(WaveScale.whole(self._scale.duration_ms, self.width()))
        else:
            super().keyPressEvent(event)
