"""A slider: a thin track, filled up to a round handle."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSlider

from indieartist.ui import theme
from indieartist.ui.widgets import painting

_TRACK, _HANDLE = 4, 14


class Slider(QSlider):
    """0..100 unless told otherwise, by mouse and by the arrow keys."""

    def __init__(self, name: str, value: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setAccessibleName(name)
        self.setRange(0, 100)
        self.setPageStep(10)
        self.setValue(value)

    def sizeHint(self) -> QSize:
        return QSize(160, 24)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page; it never changes a value by accident."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        room = QRectF(self.rect()).adjusted(_HANDLE / 2, 0, -_HANDLE / 2, 0)
        track = QRectF(room.x(), room.center().y() - _TRACK / 2, room.width(), _TRACK)
        share = (self.value() - self.minimum()) / max(self.maximum() - self.minimum(), 1)
        tone: theme.ColourName = "accent" if self.isEnabled() else "text3"
        with QPainter(self) as painter:
            painting.smooth(painter)
            painting.box(painter, track, _TRACK / 2, theme.colour("line2", 0.6))
            done = QRectF(track.x(), track.y(), track.width() * share, _TRACK)
            painting.box(painter, done, _TRACK / 2, theme.colour(tone))
            centre = QPointF(room.x() + room.width() * share, room.center().y())
            painting.dot(painter, centre, _HANDLE, theme.colour(tone))
            if self.hasFocus():
                ring = QRectF(0, 0, _HANDLE + 6, _HANDLE + 6)
                ring.moveCenter(centre)
                painting.focus_ring(painter, ring, ring.width() / 2)
