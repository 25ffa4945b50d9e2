"""A waveform as small as a table cell: rounded bars, played and at rest."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from indieartist.ui import theme

_PITCH, _BAR = 3.0, 2.0


def bars(levels: Sequence[float], count: int) -> list[float]:
    """`levels` 0..1 gathered into `count` bars, each the highest of its share."""
    size = len(levels)
    if size == 0 or count <= 0:
        return [0.0] * max(count, 0)
    edges = [index * size // count for index in range(count + 1)]
    return [max(levels[low : max(high, low + 1)]) for low, high in pairwise(edges)]


def draw_mini(
    painter: QPainter, rect: QRectF, levels: Sequence[float], played: float | None = None
) -> None:
    """Draw the bars in `rect`; those before `played` (0..1) in the accent."""
    count = int(rect.width() // _PITCH)
    heard = round((played or 0.0) * count)
    lines = [_bar(rect, index, value) for index, value in enumerate(bars(levels, count))]
    _draw(painter, lines[:heard], "accent")
    _draw(painter, lines[heard:], "wave_rest")


def _draw(painter: QPainter, lines: list[QLineF], tone: theme.ColourName) -> None:
    painter.setPen(QPen(theme.colour(tone), _BAR, c=Qt.PenCapStyle.RoundCap))
    painter.drawLines(lines)


def _bar(rect: QRectF, index: int, value: float) -> QLineF:
    x = rect.left() + index * _PITCH + _BAR / 2
    half = max(min(value, 1.0) * (rect.height() - _BAR) / 2, 0.01)
    middle = rect.center().y()
    return QLineF(x, middle - half, x, middle + half)
