"""A waveform with its ruler and loop as three pictures: a tick of the clock only copies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap

from indieartist.domain import figures
from indieartist.ui import theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.wave_layers import Layer, Layers
from indieartist.ui.widgets.wave_scale import WaveScale, write_moment

RULER, LOOP_BAR = 18, 4
TICK_APART = 52

Draw = Callable[[QPainter], None]


@dataclass(frozen=True, slots=True)
class Insets:
    """Room around the wave in px: axes beside it, a lane above it, more below it."""

    left: int = 0
    right: int = 0
    lane: int = 0
    foot: int = 0

    @property
    def top(self) -> int:
        """Where the wave begins: below ruler, loop bar and lane."""
        return RULER + LOOP_BAR + 2 + self.lane


@dataclass(frozen=True, slots=True)
class Scene:
    """The whole view without its playhead: what lies behind the wave, and the wave at `wave`."""

    backdrop: QPixmap
    layers: Layers | None
    wave: QRectF

    def draw(self, painter: QPainter, split_px: float) -> None:
        """What is left of `split_px` has played."""
        painter.drawPixmap(0, 0, self.backdrop)
        if self.layers is None:
            return
        wave = self.wave
        split = min(max(round(split_px), wave.left()), wave.right())
        if split > wave.left():
            self._draw_layer(painter, self.layers.played, wave.left(), split)
        if split < wave.right():
            self._draw_layer(painter, self.layers.rest, split, wave.right())

    def _draw_layer(self, painter: QPainter, layer: Layer, left: float, right: float) -> None:
        wave, dpr = self.wave, layer.image.devicePixelRatio()
        target = QRectF(left, wave.top(), right - left, wave.height())
        source = QRectF((left - wave.left()) * dpr, 0, (right - left) * dpr, wave.height() * dpr)
        painter.drawImage(target, layer.image, source)


def draw_backdrop(
    size: QSize, dpr: float, ground: theme.ColourName, draw: Draw, old: QPixmap | None
) -> QPixmap:
    """What does not move, on `ground`; an `old` picture of the same size is drawn over."""
    if old is None or old.size() != size * dpr or old.devicePixelRatio() != dpr:
        old = QPixmap(size * dpr)
        old.setDevicePixelRatio(dpr)
    old.fill(theme.colour(ground))
    with QPainter(old) as painter:
        painting.smooth(painter)
        draw(painter)
    return old


def draw_ruler(painter: QPainter, scale: WaveScale) -> None:
    """The moments along the top; as fine as the zoom."""
    tick_ms, right = scale.tick_ms(TICK_APART), scale.left_px + scale.width_px
    ink = theme.colour("text3")
    for mark in scale.ticks(TICK_APART):
        spot = QRectF(scale.x_at(mark), 0, TICK_APART + 8, RULER - 2)
        words = write_moment(mark, tick_ms) if tick_ms < 1000 else figures.length(int(mark))
        if spot.left() + painting.text_width(words, "ruler", figures=True) <= right:
            painting.text(painter, spot, words, "ruler", ink, figures=True)


def draw_loop(
    painter: QPainter, scale: WaveScale, loop: tuple[float, float] | None, wave: QRectF
) -> None:
    """The stretch that repeats: a bar under the ruler, and a tint over the wave's ground."""
    if loop is None:
        return
    left, right = (min(max(scale.x_at(edge), wave.left() - 2), wave.right() + 2) for edge in loop)
    bar = QRectF(left, RULER, right - left, LOOP_BAR - 1)
    painting.box(painter, bar, 1.5, theme.colour("text3"))
    band = QRectF(left, wave.top(), right - left, wave.height())
    painting.box(painter, band, 4, theme.colour("text", 0.05))


def draw_silence(painter: QPainter, wave: QRectF) -> None:
    """The line of a song that is not there."""
    middle = wave.center().y()
    painter.setPen(theme.colour("wave_rest"))
    painter.drawLine(QPointF(wave.left(), middle), QPointF(wave.right(), middle))
