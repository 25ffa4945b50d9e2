"""A cover: the picture with soft corners, or a drawn sleeve where there is none yet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from indieartist.ui import theme
from indieartist.ui.widgets import painting

if TYPE_CHECKING:
    from collections.abc import Iterator

_GROOVES, _HUES = 5, 10
_SLEEVES: tuple[theme.ColourName, ...] = ("accent", "original", "service")


def draw_cover(
    painter: QPainter, rect: QRectF, cover: QImage | QPixmap | None, radius: float, seed: str = ""
) -> None:
    """Draw the cover into `rect` with round corners; without one, a sleeve with a record on it."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    painter.save()
    painter.setClipPath(path)
    if cover is None or cover.isNull():
        _draw_sleeve(painter, rect, seed)
    elif isinstance(cover, QImage):
        painter.drawImage(rect, cover, _middle(cover.size()))
    else:
        painter.drawPixmap(rect, cover, _middle(cover.size()))
    painter.restore()
    painting.box(painter, rect, radius, None, theme.colour("text", 0.10))


def _middle(size: QSize) -> QRectF:
    """The square in the middle of a picture that is not square."""
    side = min(size.width(), size.height())
    return QRectF((size.width() - side) / 2, (size.height() - side) / 2, side, side)


def _draw_sleeve(painter: QPainter, rect: QRectF, seed: str) -> None:
    """A record half out of the light; each title leans towards its own tone."""
    tone = _SLEEVES[sum(map(ord, seed)) % len(_SLEEVES)]
    dpr = painter.device().devicePixelRatioF()
    drawn = _sleeve(tone, ceil(rect.width()), dpr, theme.THEME.dark)
    painter.drawPixmap(rect, drawn, QRectF(drawn.rect()))


@lru_cache(maxsize=64)
def _sleeve(tone: theme.ColourName, side: int, dpr: float, _dark: bool) -> QPixmap:
    """Drawn once for each size and scheme: a page of a list shows a dozen of them."""
    drawn = QPixmap(QSize(side, side) * dpr)
    drawn.setDevicePixelRatio(dpr)
    rect, ink = QRectF(0, 0, side, side), theme.colour(tone, 0.34)
    with QPainter(drawn) as painter:
        painting.smooth(painter)
        painter.fillRect(rect, theme.colour("surface3"))
        painter.fillRect(rect, theme.colour(tone, 0.10))
        painter.setPen(QPen(ink, max(side / 120, 1.0)))
        for groove in range(_GROOVES):
            radius = side * (0.16 + 0.055 * groove)
            painter.drawEllipse(rect.center(), radius, radius)
        painting.dot(painter, rect.center(), side * 0.16, ink)
        painting.dot(painter, rect.center(), side * 0.04, theme.colour("surface3"))
    return drawn


class ArtworkView(QWidget):
    """A square cover of a fixed size."""

    def __init__(
        self, name: str, size_px: int = theme.COVER, radius: float = theme.RADIUS_ART
    ) -> None:
        super().__init__()
        self._radius, self._seed = radius, name
        self._cover: QImage | None = None
        self._scaled: dict[float, QPixmap] = {}
        self.setFixedSize(size_px, size_px)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_cover(None, name)

    def set_cover(self, cover: QImage | None, name: str) -> None:
        """Show another cover; `name` is the record's title."""
        self._cover, self._seed = cover, name
        self._scaled.clear()
        self.setAccessibleName(f"Cover of {name}" if cover else f"{name} has no cover yet")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            draw_cover(painter, QRectF(self.rect()), self._sharp(), self._radius, self._seed)

    def _sharp(self) -> QPixmap | None:
        """The cover at the size and density of the screen, scaled once."""
        if self._cover is None or self._cover.isNull():
            return None
        dpr = self.devicePixelRatioF()
        if dpr not in self._scaled:
            mode = Qt.TransformationMode.SmoothTransformation
            grow = Qt.AspectRatioMode.KeepAspectRatioByExpanding
            image = self._cover.scaled(self.size() * dpr, grow, mode)
            self._scaled[dpr] = QPixmap.fromImage(image)
        return self._scaled[dpr]


@dataclass(frozen=True, slots=True)
class Tint:
    """The colour a cover lends to the head of its page: one for the dark, one for the light."""

    dark: QColor
    light: QColor

    @property
    def now(self) -> QColor:
        """The tint at the strength of the scheme on screen."""
        made = QColor(self.dark if theme.THEME.dark else self.light)
        made.setAlphaF(0.32 if theme.THEME.dark else 0.20)
        return made


def cover_tint(cover: QImage) -> Tint:
    """The cover's most telling dark and bright colours, from its 16 x 16 reduction."""
    small = cover.scaled(16, 16, mode=Qt.TransformationMode.SmoothTransformation)
    pixels = list(_pixels(small))
    return Tint(_telling(pixels, 0.32), _telling(pixels, 0.62))


def _pixels(image: QImage) -> Iterator[QColor]:
    for y in range(image.height()):
        for x in range(image.width()):
            yield image.pixelColor(x, y)


def _telling(pixels: list[QColor], lightness: float) -> QColor:
    """The mean of the pixels of one hue: the hue with most colour close to `lightness`."""
    hues: dict[int, list[tuple[float, QColor]]] = {}
    for pixel in pixels:
        near = max(0.02, 1 - 3 * abs(pixel.lightnessF() - lightness))
        weight = near * (0.05 + pixel.hslSaturationF()) ** 2
        hues.setdefault(int(pixel.hslHueF() * _HUES), []).append((weight, pixel))
    best = max(hues.values(), key=lambda part: sum(weight for weight, _ in part))
    total = sum(weight for weight, _ in best)
    red, green, blue = (
        sum(weight * channel(pixel) for weight, pixel in best) / total
        for channel in (QColor.redF, QColor.greenF, QColor.blueF)
    )
    return QColor.fromRgbF(min(red, 1), min(green, 1), min(blue, 1))
