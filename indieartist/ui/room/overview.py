"""The whole song in a strip, and in it the window on screen: drag it, or click elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from indieartist.domain import figures
from indieartist.ui import theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.pressable import by_keyboard
from indieartist.ui.widgets.wave_layers import Layers, Waveform, build_layers
from indieartist.ui.widgets.wave_scale import WaveScale

_HEIGHT, _EDGE_PX = 32, 5
_STEP = 0.25  # of the window, at each press of an arrow


class Overview(QWidget):
    """`shown` carries another window of the song, as a `WaveScale`."""

    shown = Signal(object)

    def __init__(self, left_px: int, right_px: int) -> None:
        super().__init__()
        self.setAccessibleName("Overview")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._inset = left_px, right_px
        self._wave: Waveform | None = None
        self._scale = WaveScale()
        self._loop: tuple[float, float] | None = None
        self._layers: Layers | None = None
        self._key: tuple[object, ...] = ()
        self._ringed = False
        self._grip: tuple[str, float] | None = None  # what is dragged, and how far from its start

    def sizeHint(self) -> QSize:
        return QSize(400, _HEIGHT)

    def show_song(self, wave: Waveform | None) -> None:
        """Show another song."""
        self._wave, self._key = wave, ()
        self.update()

    def show_window(self, scale: WaveScale, loop: tuple[float, float] | None) -> None:
        """Mark what is on screen, and what repeats."""
        self._scale, self._loop = scale, loop
        shown = f"{figures.position(scale.start_ms)} to {figures.position(scale.end_ms)}"
        self.setAccessibleDescription(f"{shown} of {figures.position(scale.duration_ms)}")
        self.update()

    @property
    def _room(self) -> QRectF:
        left, right = self._inset
        return QRectF(left, 0, max(self.width() - left - right, 1), self.height())

    def _x_at(self, at_ms: float) -> float:
        room = self._room
        return room.left() + at_ms / max(self._scale.duration_ms, 1) * room.width()

    def _ms_at(self, x: float) -> float:
        room = self._room
        return (x - room.left()) / room.width() * self._scale.duration_ms

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self._room
        with QPainter(self) as painter:
            painting.smooth(painter)
            painting.box(painter, room, theme.RADIUS_SMALL, theme.colour("bg", 0.55))
            if self._wave is None or self._scale.duration_ms <= 0:
                return
            painter.drawImage(room.adjusted(0, 4, 0, -4).topLeft(), self._ready().rest.image)
            if self._loop is not None:
                self._draw_loop(painter)
            if not self._scale.is_whole:
                self._draw_window(painter)
            if self._ringed:
                painting.focus_ring(painter, QRectF(self.rect()), theme.RADIUS_SMALL)

    def _ready(self) -> Layers:
        assert self._wave is not None
        dpr, room = self.devicePixelRatioF(), self._room
        width = round(room.width() * dpr)
        key = (id(self._wave), width, dpr, theme.THEME.dark)
        if self._layers is None or key != self._key:
            columns = self._wave.columns(0, self._scale.duration_ms, width)
            self._layers = build_layers(columns, [], (room.height() - 8, dpr), "accent")
            self._key = key
        return self._layers

    def _draw_loop(self, painter: QPainter) -> None:
        assert self._loop is not None
        left, right = (self._x_at(edge) for edge in self._loop)
        bar = QRectF(left, self.height() - 3, max(right - left, 2), 3)
        painting.box(painter, bar, 1.5, theme.colour("text3"))

    def _draw_window(self, painter: QPainter) -> None:
        room = self._room
        left, right = self._x_at(self._scale.start_ms), self._x_at(self._scale.end_ms)
        shade = theme.colour("surface2", 0.62)
        painter.fillRect(QRectF(room.left(), 0, left - room.left(), room.height()), shade)
        painter.fillRect(QRectF(right, 0, room.right() - right, room.height()), shade)
        frame = QRectF(left, 0, max(right - left, 4), room.height())
        painting.box(painter, frame, 4, theme.colour("text", 0.06), theme.colour("text2"))

    # the hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._wave is None:
            return
        x = event.position().x()
        left, right = self._x_at(self._scale.start_ms), self._x_at(self._scale.end_ms)
        if self._scale.is_whole:
            return
        if abs(x - left) <= _EDGE_PX:
            self._grip = "start", 0.0
        elif abs(x - right) <= _EDGE_PX:
            self._grip = "end", 0.0
        else:
            if not left < x < right:
                self._centre(self._ms_at(x))
            self._grip = "window", self._ms_at(x) - self._scale.start_ms

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        (what, offset), at_ms = self._grip, self._ms_at(event.position().x())
        if what == "window":
            self.shown.emit(self._scale.moved(at_ms - offset - self._scale.start_ms))
        elif what == "start":
            self.shown.emit(self._scale.between(min(at_ms, self._scale.end_ms), self._scale.end_ms))
        else:
            start = self._scale.start_ms
            self.shown.emit(self._scale.between(start, max(at_ms, start)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None

    def _centre(self, at_ms: float) -> None:
        middle = (self._scale.start_ms + self._scale.end_ms) / 2
        self.shown.emit(self._scale.moved(at_ms - middle))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._scale.span_ms * _STEP
        whole = self._scale.duration_ms
        moves = {
            Qt.Key.Key_Left: -step,
            Qt.Key.Key_Right: step,
            Qt.Key.Key_Home: -whole,
            Qt.Key.Key_End: whole,
        }
        key = Qt.Key(event.key())
        if key in moves and self._wave is not None:
            self.shown.emit(self._scale.moved(moves[key]))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = by_keyboard(event)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        super().focusOutEvent(event)
