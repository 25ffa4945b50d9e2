"""Our icon set: one 24-px grid, tinted at run time from currentColor, cached by what is shown."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from indieartist.ui import theme

_SIZE_PX = 18


class _Shelf:
    """Where the drawings lie; set once by the program's wiring."""

    folder: Path | None = None


def install(folder: Path) -> None:
    """Say which folder holds the SVG files."""
    _Shelf.folder = folder
    _drawing.cache_clear()
    _pixmap.cache_clear()


@lru_cache(maxsize=128)
def _drawing(name: str) -> bytes:
    if _Shelf.folder is None:
        raise RuntimeError("icons.install(folder) comes before the first icon")
    return (_Shelf.folder / f"{name}.svg").read_bytes()


@lru_cache(maxsize=512)
def _pixmap(name: str, rgba: int, size_px: int, dpr: float) -> QPixmap:
    tint = QColor.fromRgba(rgba)
    drawn = QPixmap(QSize(size_px, size_px) * dpr)
    drawn.fill(Qt.GlobalColor.transparent)
    svg = _drawing(name).replace(b"currentColor", tint.name().encode())
    with QPainter(drawn) as painter:
        painter.setOpacity(tint.alphaF())
        QSvgRenderer(QByteArray(svg)).render(painter)
    drawn.setDevicePixelRatio(dpr)
    return drawn


def pixmap(name: str, tint: QColor, size_px: int = _SIZE_PX, dpr: float = 1.0) -> QPixmap:
    """The icon in one colour, `size_px` wide, sharp at a screen of `dpr`."""
    return _pixmap(name, tint.rgba(), size_px, dpr)


def paint(painter: QPainter, name: str, box: QRectF, tint: QColor) -> None:
    """Draw the icon to fill the square in the middle of `box`."""
    size_px = round(min(box.width(), box.height()))
    if size_px <= 0:
        return
    dpr = painter.device().devicePixelRatioF()
    spot = QRectF(0, 0, size_px, size_px)
    spot.moveCenter(box.center())
    drawn = pixmap(name, tint, size_px, dpr)
    painter.drawPixmap(spot, drawn, QRectF(drawn.rect()))


def icon(name: str, colour_name: theme.ColourName = "text2", size_px: int = _SIZE_PX) -> QIcon:
    """A QIcon in a token's colour, for menus and the parts that Qt draws."""
    made = QIcon()
    for dpr in (1.0, 2.0):
        made.addPixmap(pixmap(name, theme.colour(colour_name), size_px, dpr))
    return made
