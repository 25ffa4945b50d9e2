"""Which stretch of a song is on screen, and where each moment of it lies."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

_TICKS_MS = (
    0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000,
    15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WaveScale:
    """A window `start_ms..end_ms` of a song `duration_ms` long, drawn `width_px` wide.

    It begins at `left_px`, and no zoom shows less than `shortest_ms`.
    """

    duration_ms: float = 0.0
    start_ms: float = 0.0
    end_ms: float = 0.0
    width_px: float = 0.0
    left_px: float = 0.0
    shortest_ms: float = 200.0

    @staticmethod
    def whole(duration_ms: float, width_px: float) -> WaveScale:
        """The whole song."""
        return WaveScale(duration_ms, 0.0, duration_ms, width_px)

    @property
    def all(self) -> WaveScale:
        """The whole song, drawn in the same place."""
        return replace(self, start_ms=0.0, end_ms=self.duration_ms)

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the song is off the screen."""
        return self.span_ms >= self.duration_ms

    @property
    def span_ms(self) -> float:
        """How much of the song is on screen."""
        return self.end_ms - self.start_ms

    def x_at(self, at_ms: float) -> float:
        """Where a moment lies, in px; outside 0..width when it is not on screen."""
        if self.span_ms <= 0:
            return self.left_px
        return self.left_px + (at_ms - self.start_ms) / self.span_ms * self.width_px

    def ms_at(self, x: float) -> float:
        """Which moment lies at `x`, kept inside the song."""
        if self.width_px <= 0:
            return self.start_ms
        at_ms = self.start_ms + (x - self.left_px) / self.width_px * self.span_ms
        return min(max(at_ms, 0.0), self.duration_ms)

    def resized(self, width_px: float) -> WaveScale:
        """The same window on another width."""
        return replace(self, width_px=width_px)

    def over(self, duration_ms: float) -> WaveScale:
        """The whole of another song, drawn in the same place."""
        return replace(self, duration_ms=duration_ms, start_ms=0.0, end_ms=duration_ms)

    def between(self, start_ms: float, end_ms: float) -> WaveScale:
        """The window from one moment to another, no shorter than may be."""
        span = min(max(end_ms - start_ms, self.shortest_ms), self.duration_ms)
        return self._window((start_ms + end_ms - span) / 2, span)

    def zoomed(self, factor: float, at_ms: float) -> WaveScale:
        """Closer (`factor` > 1) or farther, with the moment `at_ms` kept in its place."""
        shortest = min(self.shortest_ms, self.duration_ms)
        span = min(max(self.span_ms / factor, shortest), self.duration_ms)
        share = (at_ms - self.start_ms) / self.span_ms if self.span_ms > 0 else 0.0
        return self._window(at_ms - share * span, span)

    def moved(self, by_ms: float) -> WaveScale:
        """The window shifted along the song."""
        return self._window(self.start_ms + by_ms, self.span_ms)

    def _window(self, start_ms: float, span_ms: float) -> WaveScale:
        start = min(max(start_ms, 0.0), max(self.duration_ms - span_ms, 0.0))
        return replace(self, start_ms=start, end_ms=start + span_ms)

    def tick_ms(self, apart_px: float) -> float:
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


def write_moment(at_ms: float, tick_ms: float) -> str:
    """A moment as the ruler writes it: as many digits as its marks need."""
    digits = next((n for n in range(6) if tick_ms >= 1000 / 10**n), 6)
    minutes, seconds = divmod(round(max(at_ms, 0.0) / 1000, digits), 60)
    hours, minutes = divmod(int(minutes), 60)
    shown = f"{seconds:0{digits + 3 if digits else 2}.{digits}f}"
    return f"{hours}:{minutes:02}:{shown}" if hours else f"{minutes}:{shown}"
