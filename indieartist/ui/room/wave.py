"""The wave of the mastering room in the hand: seek, zoom, loop, and go from peak to peak."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from indieartist.domain import figures
from indieartist.ui.room import wave_axes
from indieartist.ui.room.series import value_at
from indieartist.ui.room.wave_face import WaveFace
from indieartist.ui.widgets.wave_scale import write_moment
from indieartist.ui.widgets.wave_scene import RULER

if TYPE_CHECKING:
    from indieartist.services.mastering_views import Peak

_NEAR_PX = 6


class RoomWave(WaveFace):
    """A click goes there, a drag loops; `pointed` carries the moment under the pointer, or NaN."""

    pointed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._pressed_x: float | None = None
        self._edge: float | None = None  # the end of the loop that stays while the other is moved

    def go_to(self, at_ms: float) -> None:
        """Seek, and see it."""
        if not self._scale.start_ms <= at_ms <= self._scale.end_ms:
            self.show_scale(
                self._scale.moved(at_ms - self._scale.span_ms / 2 - self._scale.start_ms)
            )
        self._follows = True
        self.sought.emit(at_ms)

    def go_to_peak(self, step: int) -> None:
        """Seek to the next mark, or with -1 to the one before."""
        moments = sorted(peak.moment_ms for peak in self.peaks)
        ahead = [at for at in moments if (at - self._at_ms) * step > 1.0]
        if ahead:
            self.go_to(ahead[0] if step > 0 else ahead[-1])

    def zoom_by(self, factor: float) -> None:
        """Closer or farther, around the playhead where it is on screen, else the middle."""
        inside = self._scale.start_ms <= self._at_ms <= self._scale.end_ms
        centre = (self._scale.start_ms + self._scale.end_ms) / 2
        self.show_scale(self._scale.zoomed(factor, self._at_ms if inside else centre))

    def zoom_to_loop(self) -> None:
        """The stretch that repeats, with a little around it; all of the song where none does."""
        if self.loop is None:
            self.show_scale(self._scale.all)
        else:
            start, end = self.loop
            room = (end - start) * 0.04
            self.show_scale(self._scale.between(start - room, end + room))

    def moment_words(self, at_ms: float) -> str:
        """What is known of a moment, as the read-out says it."""
        said = [self._write(at_ms)]
        if traces := self.traces:
            for values, name in (
                (traces.momentary_lufs, "momentary"),
                (traces.short_term_lufs, "short-term"),
            ):
                value = value_at(values, traces.step_ms, at_ms)
                said.append(f"{figures.level(value)} LUFS {name}")
        if made := self.reductions:
            limiter = value_at(made.limiter_db, made.step_ms, at_ms)
            said.append(f"limiter {figures.level(limiter)} dB")
        return "  ·  ".join(said)

    def _write(self, at_ms: float) -> str:
        return write_moment(at_ms, min(self._scale.span_ms / 200, 100.0))

    def _mark_at(self, x: float, y: float) -> Peak | None:
        if not RULER <= y < self.insets.top + 2:
            return None
        near = [
            (abs(place - x), peak)
            for place, peak in wave_axes.marks_on(self._scale, self.peaks)
            if abs(place - x) <= _NEAR_PX
        ]
        return min(near, key=lambda pair: pair[0])[1] if near else None

    def _edge_at(self, x: float) -> float | None:
        """The other end of the loop, where `x` is on one of its ends."""
        if self.loop is None:
            return None
        for here, other in (self.loop, self.loop[::-1]):
            if abs(self._scale.x_at(here) - x) <= _NEAR_PX:
                return other
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._wave is None:
            return
        x, y = event.position().x(), event.position().y()
        if peak := self._mark_at(x, y):
            self.go_to(peak.moment_ms)
            return
        self._pressed_x = x
        self._edge = self._edge_at(x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x, y = event.position().x(), event.position().y()
        self._point(x, y)
        if self._pressed_x is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if self._edge is None and abs(x - self._pressed_x) > 3:
            self._edge = self._scale.ms_at(self._pressed_x)
        if self._edge is not None:
            at_ms = self._scale.ms_at(x)
            self.set_loop((min(self._edge, at_ms), max(self._edge, at_ms)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A drag made a loop; a click goes there, and on the ruler it ends the loop."""
        pressed, self._pressed_x = self._pressed_x, None
        edge, self._edge = self._edge, None
        if pressed is None:
            return
        x, y = event.position().x(), event.position().y()
        if edge is not None and abs(x - pressed) > 3 and self.loop is not None:
            self.choose_loop(self.loop)
        elif y < self.insets.top and self.loop is not None:
            self.choose_loop(None)
        else:
            self._follows = True
            self.sought.emit(self._scale.ms_at(pressed))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Twice on a loop shows it whole, twice again all of the song."""
        at_ms = self._scale.ms_at(event.position().x())
        if self.loop and self.loop[0] <= at_ms <= self.loop[1] and self._scale.is_whole:
            self.zoom_to_loop()
        elif not self._scale.is_whole:
            self.show_scale(self._scale.all)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover_x = None
        self.update()
        self.pointed.emit(math.nan)

    def _point(self, x: float, y: float) -> None:
        wave, before = self.wave_rect, self._hover_x
        self._hover_x = x if self._wave is not None and wave.left() <= x <= wave.right() else None
        peak = self._mark_at(x, y)
        hand = Qt.CursorShape.PointingHandCursor
        edge = Qt.CursorShape.SizeHorCursor
        shape = hand if peak else edge if self._edge_at(x) is not None else None
        self.setCursor(shape) if shape else self.unsetCursor()
        self.setToolTip(self._peak_words(peak) if peak else "")
        for place in (before, self._hover_x):
            if place is not None:
                self.update(int(place) - 2, 0, 5, self.height())
        self.pointed.emit(self._scale.ms_at(x) if self._hover_x is not None else math.nan)

    def _peak_words(self, peak: Peak) -> str:
        ceiling = self.traces.ceiling_dbtp if self.traces else 0.0
        over = figures.level(peak.dbtp - ceiling)
        return (
            f"{figures.level(peak.dbtp)} dBTP at {self._write(peak.moment_ms)}, "
            f"{over} dB over {figures.level(ceiling)} dBTP"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Beside the keys of every waveform: page keys go to the peaks, I and O set the loop."""
        start, end = self.loop or (0.0, self._scale.duration_ms)
        acts = {
            Qt.Key.Key_PageDown: lambda: self.go_to_peak(1),
            Qt.Key.Key_PageUp: lambda: self.go_to_peak(-1),
            Qt.Key.Key_I: lambda: self._loop_between(self._at_ms, end),
            Qt.Key.Key_O: lambda: self._loop_between(start, self._at_ms),
            Qt.Key.Key_Z: self.zoom_to_loop,
        }
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        act = acts.get(Qt.Key(event.key())) if plain and self._wave is not None else None
        if act is not None:
            act()
        elif event.key() == Qt.Key.Key_Escape and self.loop is not None:
            self.choose_loop(None)
        else:
            super().keyPressEvent(event)

    def _loop_between(self, start: float, end: float) -> None:
        self.choose_loop((start, end) if end > start else None)
