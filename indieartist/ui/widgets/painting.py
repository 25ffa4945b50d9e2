"""The few strokes that every painter shares: boxes, text that elides, rings of focus."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap

from indieartist.ui import theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


def smooth(painter: QPainter) -> None:
    """Anti-alias what follows."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)


def box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None = None,
    edge: QColor | None = None,
) -> None:
    """A rounded box; the edge is a hairline drawn inside `rect`."""
    if rect.width() <= 0 or rect.height() <= 0:
        return
    if edge is not None:
        rect = rect.adjusted(0.5, 0.5, -0.5, -0.5)
        radius = max(radius - 0.5, 0.0)
    radius = min(radius, rect.width() / 2, rect.height() / 2)
    painter.setPen(QPen(edge, 1) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, radius, radius)


def focus_ring(painter: QPainter, rect: QRectF, radius: float, *, on_accent: bool = False) -> None:
    """The 2-px ring that says where the keyboard is."""
    half = theme.FOCUS_WIDTH / 2
    painter.setPen(QPen(theme.colour("text" if on_accent else "accent"), theme.FOCUS_WIDTH))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half)


@lru_cache(maxsize=64)
def _metrics(role: theme.Role, figures: bool) -> QFontMetricsF:
    return QFontMetricsF(theme.font(role, figures=figures))


@lru_cache(maxsize=4096)
def text_width(words: str, role: theme.Role, *, figures: bool = False) -> float:
    """How wide the words are, in device-independent px."""
    return _metrics(role, figures).horizontalAdvance(words)


def text(
    painter: QPainter,
    rect: QRectF,
    words: str,
    role: theme.Role,
    tint: QColor,
    *,
    align: Qt.AlignmentFlag = LEFT,
    figures: bool = False,
) -> float:
    """Write one line in `rect`, ending in '…' where it does not fit; returns the width written."""
    if rect.width() <= 0 or not words:
        return 0.0
    width = text_width(words, role, figures=figures)
    if width > rect.width() + 0.5:
        mode = Qt.TextElideMode.ElideRight
        words = _metrics(role, figures).elidedText(words, mode, rect.width())
        width = text_width(words, role, figures=figures)
    painter.setFont(theme.font(role, figures=figures))
    painter.setPen(tint)
    painter.drawText(rect, int(align) | int(Qt.TextFlag.TextSingleLine), words)
    return width


def warm_up() -> Iterator[None]:
    """Draw the letters of every face once, a face at a step: else the first page of each does."""
    canvas = QPixmap(16, 64)
    letters = bytes(range(33, 127)).decode()
    for role in theme.FACES:
        for figures in (False, True):
            with QPainter(canvas) as painter:
                smooth(painter)
                painter.setFont(theme.font(role, figures=figures))
                painter.drawText(QPointF(0, 48), letters)
            yield


def dot(painter: QPainter, centre: QPointF, diameter: float, tint: QColor) -> None:
    """A filled disc."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawEllipse(centre, diameter / 2, diameter / 2)
