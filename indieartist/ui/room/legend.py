"""A legend: what each colour of a chart stands for, a line or a dashed one before its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from indieartist.ui import theme
from indieartist.ui.widgets import painting

_LINE, _GAP, _APART, _HEIGHT = 14, 6, 16, 20
_WIDEST = 150.0


@dataclass(frozen=True, slots=True)
class Sign:
    """One entry: its words and its stroke."""

    words: str
    tone: theme.ColourName
    dashed: bool = False
    alpha: float = 1.0


class Legend(QWidget):
    """Shows `Sign`s in a row; what finds no room ends in '…'."""

    def __init__(self, signs: Sequence[Sign] = ()) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_signs(signs)

    def show_signs(self, signs: Sequence[Sign]) -> None:
        """Explain other colours."""
        self._signs = signs
        self.setAccessibleName("Legend: " + ", ".join(sign.words for sign in signs))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(sum(_width(sign) + _APART for sign in self._signs)), _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        left = 0.0
        with QPainter(self) as painter:
            painting.smooth(painter)
            for sign in self._signs:
                self._draw(painter, sign, left)
                left += _width(sign) + _APART

    def _draw(self, painter: QPainter, sign: Sign, left: float) -> None:
        pen = QPen(theme.colour(sign.tone, sign.alpha), 2.0, c=Qt.PenCapStyle.RoundCap)
        if sign.dashed:
            pen.setDashPattern([2, 2])
        painter.setPen(pen)
        y = self.height() / 2
        painter.drawLine(QPointF(left + 1, y), QPointF(left + _LINE - 1, y))
        start = left + _LINE + _GAP
        room = QRectF(start, 0, min(_WIDEST, self.width() - start), self.height())
        painting.text(painter, room, sign.words, "small", theme.colour("text2"))


def _width(sign: Sign) -> float:
    return _LINE + _GAP + min(painting.text_width(sign.words, "small"), _WIDEST)
