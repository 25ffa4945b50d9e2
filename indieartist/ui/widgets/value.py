"""A measured value: a quiet caption, the number, and its unit smaller and quieter still."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from indieartist.ui import theme
from indieartist.ui.widgets import painting

_CAPTION_HEIGHT, _HEIGHT = 16, 36


class ValueTile(QWidget):
    """Caption over number and unit; a tone marks a number that means good or bad."""

    def __init__(
        self,
        caption: str,
        number: str = "—",
        unit: str = "",
        tone: theme.ColourName = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._caption = caption
        self.set_value(number, unit, tone)

    def set_value(self, number: str, unit: str = "", tone: theme.ColourName = "text") -> None:
        """Show another number; '—' stands for one that does not exist."""
        self._number, self._unit, self._tone = number, unit, tone
        self.setAccessibleName(f"{self._caption}: {number} {unit}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        number = painting.text_width(self._number, "value", figures=True)
        unit = painting.text_width(self._unit, "small") + 5 if self._unit else 0.0
        caption = painting.text_width(self._caption, "label")
        return QSize(round(max(caption, number + unit)) + 1, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        room = QRectF(self.rect())
        quiet = theme.colour("text3")
        with QPainter(self) as painter:
            head = QRectF(0, 0, room.width(), _CAPTION_HEIGHT)
            painting.text(painter, head, self._caption, "label", quiet)
            line = room.adjusted(0, _CAPTION_HEIGHT, 0, 0)
            ink = theme.colour(self._tone)
            width = painting.text(painter, line, self._number, "value", ink, figures=True)
            unit = line.adjusted(width + 5, 1, 0, 1)
            painting.text(painter, unit, self._unit, "small", quiet)
