"""The waveform one listens along: seek by drag, loop on the ruler, zoom by wheel and keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from indieartist.ui.widgets.wave_picture import WavePicture

_STEP_MS, _FINE_MS = 5000.0, 1000.0


class WaveformView(WavePicture):
    """`sought` carries ms; `looped` carries start and end in ms, or -1, -1."""

    sought = Signal(float)
    looped = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip("Click or drag to move. Wheel zooms. Drag on the ruler to loop.")
        self._loop_from: float | None = None

    def event(self, event: QEvent) -> bool:
        """Two fingers on a trackpad zoom where they are."""
        zoom = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is zoom:
            self._zoom(1 + event.value(), event.position().x())
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta()
        if turn.x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            step = -(turn.x() or turn.y()) / 960 * self._scale.span_ms
            self.show_scale(self._scale.moved(step))
        else:
            self._zoom(2 ** (turn.y() / 240), event.position().x())
        event.accept()

    def _zoom(self, factor: float, x: float) -> None:
        self.show_scale(self._scale.zoomed(max(factor, 0.1), self._scale.ms_at(x)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._wave is None:
            return
        at_ms = self._scale.ms_at(event.position().x())
        if event.position().y() < self.insets.top:
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
        self.choose_loop((start, end) if dragged else None)

    def choose_loop(self, loop: tuple[float, float] | None) -> None:
        """Mark another stretch, or none, and tell."""
        self.set_loop(loop)
        self.looped.emit(*(loop or (-1.0, -1.0)))

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
            self.show_scale(self._scale.zoomed(zooms[key], self._at_ms))
        elif key == Qt.Key.Key_0:
            self.show_scale(self._scale.all)
        else:
            super().keyPressEvent(event)
