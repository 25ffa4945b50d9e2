"""The ring of readiness: one segment per task, filled as they are done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from indieartist.ui import theme
from indieartist.ui.widgets import painting

_SIZE, _WIDTH, _GAP_DEGREES = 88, 7, 5.0


class ReadinessRing(QWidget):
    """Done and total as a segmented ring around the two numbers."""

    def __init__(self, done: int = 0, total: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_progress(done, total)

    def set_progress(self, done: int, total: int) -> None:
        """Show `done` of `total`."""
        self._done, self._total = done, total
        self.setAccessibleName(f"{done} of {total} tasks done")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIZE, _SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:
        side = min(self.width(), self.height())
        ring = QRectF(0, 0, side, side)
        ring.moveCenter(QRectF(self.rect()).center())
        with QPainter(self) as painter:
            painting.smooth(painter)
            self._draw_segments(
                painter, ring.adjusted(_WIDTH / 2, _WIDTH / 2, -_WIDTH / 2, -_WIDTH / 2)
            )
            self._draw_numbers(painter, ring)

    def _draw_segments(self, painter: QPainter, ring: QRectF) -> None:
        count = max(self._total, 1)
        gap = _GAP_DEGREES if 1 < count <= 36 else 0.0
        step = 360.0 / count
        for index in range(count):
            tone: theme.ColourName = "accent" if index < self._done else "surface3"
            painter.setPen(QPen(theme.colour(tone), _WIDTH, c=Qt.PenCapStyle.FlatCap))
            start = 90 - index * step - gap / 2
            painter.drawArc(ring, round(start * 16), -round((step - gap) * 16))

    def _draw_numbers(self, painter: QPainter, ring: QRectF) -> None:
        done, total = str(self._done), f"/{self._total}"
        left = painting.text_width(done, "number", figures=True)
        right = painting.text_width(total, "medium", figures=True)
        start = ring.center().x() - (left + 1 + right) / 2
        spot = QRectF(start, ring.y(), left + 2, ring.height())
        painting.text(painter, spot, done, "number", theme.colour("text"), figures=True)
        spot = QRectF(start + left + 1, ring.y() + 3, right + 2, ring.height())
        painting.text(painter, spot, total, "medium", theme.colour("text3"), figures=True)
