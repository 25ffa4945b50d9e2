"""A waveform as small as a table cell: rounded bars, played and at rest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

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
    painter: QPainter, rect: QRectF, levels: tuple[float, ...], played: float | None = None
) -> None:
    """Draw the bars in `rect`; those before `played` (0..1) in the accent."""
    count, height = int(rect.width() // _PITCH), int(rect.height())
    if count <= 0 or height <= 0:
        return
    heard = round((played or 0.0) * count)
    inks = theme.colour("accent").rgba(), theme.colour("wave_rest").rgba()
    dpr = painter.device().devicePixelRatioF()
    painter.drawPixmap(rect.topLeft(), _picture(levels, (count, height), heard, inks, dpr))


@lru_cache(maxsize=512)
def _picture(
    levels: tuple[float, ...], size: tuple[int, int], heard: int, inks: tuple[int, int], dpr: float
) -> QPixmap:
    """The bars as a picture: a table draws the same ones at every scroll."""
    count, height = size
    drawn = QPixmap(math.ceil(count * _PITCH * dpr), math.ceil(height * dpr))
    drawn.fill(Qt.GlobalColor.transparent)
    drawn.setDevicePixelRatio(dpr)
    lines = [_bar(height, index, value) for index, value in enumerate(bars(levels, count))]
    with QPainter(drawn) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for part, ink in zip((lines[:heard], lines[heard:]), inks, strict=True):
            tint = QColor.fromRgba(ink)
            painter.setPen(QPen(tint, _BAR, c=Qt.PenCapStyle.RoundCap))
            painter.drawLines(part)
    return drawn


def _bar(height: int, index: int, value: float) -> QLineF:
    x = index * _PITCH + _BAR / 2
    half = max(min(value, 1.0) * (height - _BAR) / 2, 0.01)
    return QLineF(x, height / 2 - half, x, height / 2 + half)
