"""The level meter: two columns of small lights from -40 to 0 dBFS."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from indieartist.domain.figures import MINUS
from indieartist.ui import theme
from indieartist.ui.widgets import painting

_FLOOR_DB = -40.0
_LIGHTS, _LIGHT_HEIGHT, _LIGHT_WIDTH = 18, 2.6, 6.5
_MARKS_DB = (0, -9, -18, -36)
_OVER_DB, _HOT_DB = -0.5, -6.0


class LevelMeter(QWidget):
    """Peak level of the left and the right, in dBFS."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Level")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._levels = (_FLOOR_DB, _FLOOR_DB)

    def set_levels(self, left_dbfs: float, right_dbfs: float) -> None:
        """Show the levels of now; repaint only where they differ."""
        levels = (left_dbfs, right_dbfs)
        if tuple(map(self._lit, levels)) != tuple(map(self._lit, self._levels)):
            self.update(0, 0, 18, self.height())
        self._levels = levels
        self.setAccessibleDescription(f"{max(levels):.0f} dBFS")

    def sizeHint(self) -> QSize:
        return QSize(46, 80)

    @staticmethod
    def _lit(level_db: float) -> int:
        """How many lights burn at this level; loudness grows towards the top of the scale."""
        return round(_LIGHTS * position(level_db))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            self._draw_lights(painter)
            for mark in _MARKS_DB:
                y = 4 + (1 - position(mark)) * (self.height() - 8)
                words = f"{mark}".replace("-", MINUS)
                spot = QRectF(22, y - 6, self.width() - 22, 12)
                ink = theme.colour("text3")
                painting.text(painter, spot, words, "ruler", ink, figures=True)

    def _draw_lights(self, painter: QPainter) -> None:
        step = (self.height() - _LIGHT_HEIGHT) / (_LIGHTS - 1)
        for channel, level in enumerate(self._levels):
            lit = self._lit(level)
            for index in range(_LIGHTS):
                y = self.height() - _LIGHT_HEIGHT - index * step
                spot = QRectF(channel * 9.5, y, _LIGHT_WIDTH, _LIGHT_HEIGHT)
                tone = _tone(index) if index < lit else "surface3"
                painting.box(painter, spot, 1.2, theme.colour(tone))


def position(level_db: float) -> float:
    """Where a level stands on the scale, 0 at its foot and 1 at 0 dBFS."""
    return min(max(1 - level_db / _FLOOR_DB, 0.0), 1.0)


def _tone(index: int) -> theme.ColourName:
    level_db = _FLOOR_DB * (1 - (index + 1) / _LIGHTS)
    if level_db > _OVER_DB:
        return "err"
    return "warn" if level_db > _HOT_DB else "ok"
