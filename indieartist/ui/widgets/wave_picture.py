"""A song's waveform on the screen: ruler, loop, loudness and playhead, built once and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from indieartist.domain import figures
from indieartist.ui import theme, turns
from indieartist.ui.widgets import painting, wave_scene
from indieartist.ui.widgets.pressable import by_keyboard
from indieartist.ui.widgets.wave_layers import Curve, Waveform, build_layers, loudness_curve
from indieartist.ui.widgets.wave_scale import WaveScale
from indieartist.ui.widgets.wave_scene import RULER, Insets, Scene

if TYPE_CHECKING:
    from indieartist.ui.widgets.wave_layers import Extremes

_STRIP = 8  # half the playhead's width, with its flag, and a little more


class WavePicture(QWidget):
    """`song_shown` follows every change of song or version.

    `ground` is the surface it lies on: it paints that itself, so that a tick paints nothing else.
    """

    song_shown = Signal()
    insets: ClassVar[Insets] = Insets()
    ground: theme.ColourName = "surface1"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Waveform")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._wave: Waveform | None = None
        self._scale = WaveScale(left_px=self.insets.left)
        self._tone: theme.ColourName = "accent"
        self._at_ms = 0.0
        self._loop: tuple[float, float] | None = None
        self._ringed = False
        self._key: tuple[object, ...] = ()
        self._backdrop_key: tuple[object, ...] = ()
        self._scene: Scene | None = None

    def sizeHint(self) -> QSize:
        return QSize(420, 96)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 64)

    def set_waveform(self, wave: Waveform | None) -> None:
        """Show another song, or another version of it; a version of the same length keeps place."""
        duration = wave.duration_ms if wave else 0.0
        self._wave = wave
        if duration != self._scale.duration_ms:
            self._scale = self._scale.over(duration)
            self._loop = None
            self._at_ms = 0.0
        self._key = ()
        self._renew()
        self.song_shown.emit()

    def set_tone(self, tone: theme.ColourName) -> None:
        """Play in the colour of what is heard: original, master or service."""
        self._tone = tone
        self.update()

    @property
    def loop(self) -> tuple[float, float] | None:
        """The stretch that repeats, in ms."""
        return self._loop

    def set_loop(self, loop: tuple[float, float] | None) -> None:
        """Mark the stretch that repeats, in ms."""
        self._loop = loop
        self.update()

    def set_position(self, at_ms: float) -> None:
        """Move the playhead; only the strip between the old and the new place is repainted."""
        before, self._at_ms = self._scale.x_at(self._at_ms), at_ms
        self.setAccessibleDescription(figures.position(at_ms))
        if not self._scale.start_ms <= at_ms <= self._scale.end_ms:
            self.follow()
            return
        left, right = sorted((before, self._scale.x_at(at_ms)))
        strip = QRect(int(left) - _STRIP, 0, int(right - left) + 2 * _STRIP + 1, self.height())
        self.update(strip & self.rect())

    def follow(self) -> None:
        """Turn the page when the playhead runs off it."""
        if self._scale.duration_ms > 0:
            self.show_scale(self._scale.moved(self._at_ms - self._scale.start_ms))

    def show_scale(self, scale: WaveScale) -> None:
        """Show another window of the song."""
        self._scale = scale
        self.update()

    def redraw(self) -> None:
        """Draw all of it anew."""
        self._key = self._backdrop_key = ()
        self._renew()

    def _renew(self) -> None:
        """Draw the picture in a turn of its own: the painting of the page then finds it made."""
        turns.ask(self, self._make)
        self.update()

    def _make(self) -> None:
        if self.isVisible():
            self._ready()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setClipRect(event.rect())
            scene = self._ready()
            if scene is None:
                return
            scene.draw(painter, self._scale.x_at(self._at_ms))
            painting.smooth(painter)
            if self._wave is not None and self._scale.span_ms > 0:
                self._draw_playhead(painter)
            self.draw_hand(painter)
            if self._ringed:
                painting.focus_ring(painter, QRectF(self.rect()), theme.RADIUS_SMALL)

    @property
    def wave_rect(self) -> QRectF:
        """Where the wave lies."""
        inset = self.insets
        width = max(self.width() - inset.left - inset.right, 0)
        height = max(self.height() - inset.top - inset.foot, 0)
        return QRectF(inset.left, inset.top, width, height)

    def columns(self, width: int) -> Extremes:
        """The columns of the window, one per device px."""
        assert self._wave is not None
        return self._wave.columns(self._scale.start_ms, self._scale.end_ms, width)

    def curves(self, width: int, height: float) -> list[Curve]:
        """The lines over the wave."""
        assert self._wave is not None
        loudness = self._wave.loudness(self._scale.start_ms, self._scale.end_ms, width)
        return [] if loudness is None else [loudness_curve(loudness, height)]

    def draw_behind(self, painter: QPainter) -> None:
        """What lies behind the wave and does not move."""
        wave_scene.draw_ruler(painter, self._scale)
        wave_scene.draw_loop(painter, self._scale, self._loop, self.wave_rect)
        if self._wave is None:
            wave_scene.draw_silence(painter, self.wave_rect)

    def draw_over(self, painter: QPainter, played: bool) -> None:
        """What lies over the wave and does not move; the painter's origin is the wave's."""

    def draw_hand(self, painter: QPainter) -> None:
        """What follows the pointer."""

    def look(self) -> tuple[object, ...]:
        """All that the picture depends on, beside the song."""
        return (self._scale, self._loop, self._tone)

    def look_behind(self) -> tuple[object, ...]:
        """All that the picture behind the wave depends on: most versions share it."""
        return (self._scale, self._loop, self._wave is None)

    def _ready(self) -> Scene | None:
        """The picture of what is on screen, built when anything of it has changed."""
        size, dpr = self.size(), self.devicePixelRatioF()
        if self.wave_rect.isEmpty():
            return None
        key = (size, dpr, id(self._wave), theme.THEME.dark, self.look())
        if self._scene is None or key != self._key:
            self._scene, self._key = self._build(size, dpr, self._scene), key
        return self._scene

    def _build(self, size: QSize, dpr: float, old: Scene | None) -> Scene:
        wave, layers = self.wave_rect, None
        backdrop = self._backdrop(size, dpr, old.backdrop if old else None)
        if self._wave is not None and self._scale.span_ms > 0:
            width = round(wave.width() * dpr)
            curves = self.curves(width, wave.height())
            spare = old.layers if old else None
            ink = (wave.height(), dpr)
            layers = build_layers(self.columns(width), curves, ink, self._tone, spare)
            layers.over = self.draw_over
        return Scene(backdrop, layers, wave)

    def _backdrop(self, size: QSize, dpr: float, old: QPixmap | None) -> QPixmap:
        key = (size, dpr, theme.THEME.dark, self.look_behind())
        if old is None or key != self._backdrop_key:
            old = wave_scene.draw_backdrop(size, dpr, self.ground, self.draw_behind, old)
            self._backdrop_key = key
        return old

    def _draw_playhead(self, painter: QPainter) -> None:
        x = round(self._scale.x_at(self._at_ms))
        if not self.wave_rect.left() <= x <= self.wave_rect.right() + 1:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("text"))
        painter.drawRect(QRectF(x - 1, RULER, 2, self.height() - RULER))
        top = RULER - 4
        corners = [QPointF(x - 5, top), QPointF(x + 5, top), QPointF(x, top + 6)]
        painter.drawPolygon(QPolygonF(corners))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = by_keyboard(event)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._scale = self._scale.resized(self.wave_rect.width())
