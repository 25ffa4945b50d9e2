"""A switch that slides, and a label that says what it does."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QSize, QVariantAnimation
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from indieartist.ui import theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.pressable import Pressable

_WIDTH, _HEIGHT, _MOTION_MS = 28, 16, 120


class ToggleSwitch(Pressable):
    """On or off, with its label beside it."""

    def __init__(self, label: str, *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(label, parent)
        self.setText(label)
        self.setCheckable(True)
        self._place = float(checked)
        self._slide = QVariantAnimation(self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._move)
        self.setChecked(checked)
        self._place = float(checked)
        self.toggled.connect(self._start)

    def sizeHint(self) -> QSize:
        if not self.text():
            return QSize(_WIDTH + 4, 24)  # so that it ends where the column does
        return QSize(_WIDTH + 10 + round(painting.text_width(self.text(), "small")) + 6, 24)

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        track = QRectF(2, (rect.height() - _HEIGHT) / 2, _WIDTH, _HEIGHT)
        on = self.isChecked()
        fill = theme.colour("accent") if on else theme.colour("surface3")
        edge = None if on else theme.colour("line2")
        painting.box(painter, track, _HEIGHT / 2, fill, edge)
        travel = _WIDTH - _HEIGHT
        centre = QPointF(track.x() + _HEIGHT / 2 + travel * self._place, track.center().y())
        painting.dot(painter, centre, 11, theme.colour("on_accent" if on else "text2"))
        words = rect.adjusted(_WIDTH + 12, 0, 0, 0)
        painting.text(painter, words, self.text(), "small", theme.colour("text2"))

    def _start(self, on: bool) -> None:
        self._slide.stop()
        self._slide.setDuration(theme.motion_ms(_MOTION_MS))
        self._slide.setStartValue(self._place)
        self._slide.setEndValue(float(on))
        self._slide.start()

    def _move(self, place: float) -> None:
        self._place = place
        self.update()
