"""Which stretch of a song is on screen, and where each moment of it lies."""

from __future__ import annotations

import math
from dataclasses import dataclass

_SHORTEST_MS = 200.0
_TICKS_MS = (
    10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000,
    300_000, 600_000, 1_800_000, 3_600_000,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WaveScale:
    """A window `start_ms..end_ms` of a song `duration_ms` long, drawn `width_px` wide."""

    duration_ms: float = 0.0
    start_ms: float = 0.0
    end_ms: float = 0.0
    width_px: float = 0.0

    @staticmethod
    def whole(duration_ms: float, width_px: float) -> WaveScale:
        """The whole song."""
        return WaveScale(duration_ms, 0.0, duration_ms, width_px)

    @property
    def span_ms(self) -> float:
        """How much of the song is on screen."""
        return self.end_ms - self.start_ms

    def x_at(self, at_ms: float) -> float:
        """Where a moment lies, in px; outside 0..width when it is not on screen."""
        if self.span_ms <= 0:
            return 0.0
        return (at_ms - self.start_ms) / self.span_ms * self.width_px

    def ms_at(self, x: float) -> float:
        """Which moment lies at `x`, kept inside the song."""
        if self.width_px <= 0:
            return self.start_ms
        at_ms = self.start_ms + x / self.width_px * self.span_ms
        return min(max(at_ms, 0.0), self.duration_ms)

    def resized(self, width_px: float) -> WaveScale:
        """The same window on another width."""
        return WaveScale(self.duration_ms, self.start_ms, self.end_ms, width_px)

    def zoomed(self, factor: float, at_ms: float) -> WaveScale:
        """Closer (`factor` > 1) or farther, with the moment `at_ms` kept in its place."""
        shortest = min(_SHORTEST_MS, self.duration_ms)
        span = min(max(self.span_ms / factor, shortest), self.duration_ms)
        share = (at_ms - self.start_ms) / self.span_ms if self.span_ms > 0 else 0.0
        return self._window(at_ms - share * span, span)

    def moved(self, by_ms: float) -> WaveScale:
        """The window shifted along the song."""
        return self._window(self.start_ms + by_ms, self.span_ms)

    def _window(self, start_ms: float, span_ms: float) -> WaveScale:
        start = min(max(start_ms, 0.0), max(self.duration_ms - span_ms, 0.0))
        return WaveScale(self.duration_ms, start, start + span_ms, self.width_px)

    def tick_ms(self, apart_px: float) -> int:
        """The roundest distance of ruler marks that keeps them `apart_px` apart."""
        if self.width_px <= 0 or self.span_ms <= 0:
            return _TICKS_MS[-1]
        needed = apart_px * self.span_ms / self.width_px
        hours = math.ceil(needed / _TICKS_MS[-1]) * _TICKS_MS[-1]
        return next((tick for tick in _TICKS_MS if tick >= needed), hours)

    def ticks(self, apart_px: float) -> list[float]:
        """The ruler's moments on screen, in ms."""
        step = self.tick_ms(apart_px)
        first = int(self.start_ms // step)
        last = int(self.end_ms // step)
        marks = [float(index * step) for index in range(first, last + 1)]
        return [mark for mark in marks if self.start_ms <= mark <= self.end_ms]
