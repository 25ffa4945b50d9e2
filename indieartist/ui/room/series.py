"""Series over time and single samples brought to the columns of a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indieartist.ui.widgets.wave_layers import Columns

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

Window = tuple[float, float]
"""From one moment to another, in ms."""


def spread(values: Floats, step_ms: float, window: Window, width: int) -> Floats:
    """A series at the middle of each column, shape (width,); NaN where it has no finite value."""
    import numpy as np

    edges = np.linspace(*window, width + 1)
    at = ((edges[:-1] + edges[1:]) / 2) / step_ms - 1  # a value is of the time that ends with it
    known = np.where(np.isfinite(values), values, np.nan)
    if not len(known):
        return np.full(width, np.nan)
    return np.asarray(np.interp(at, np.arange(len(known)), known, right=np.nan))


def deepest(values: Floats, step_ms: float, window: Window, width: int) -> Floats:
    """The lowest value within each column, shape (width,); 0 where the series has ended."""
    import numpy as np

    edges = np.linspace(*window, width + 1) / step_ms
    count = len(values)
    first = np.clip(np.floor(edges[:-1]), 0, count).astype(np.intp)
    last = np.clip(np.maximum(np.ceil(edges[1:]), first + 1), 0, count).astype(np.intp)
    padded = np.append(values, 0.0)
    pairs = np.stack([first, np.maximum(last, first)], axis=1).ravel()
    lowest = np.minimum.reduceat(padded, pairs)[::2]
    return np.asarray(np.where(last > first, lowest, 0.0))


def value_at(values: Floats, step_ms: float, at_ms: float) -> float | None:
    """The value of the step that holds a moment; None where there is none, or it is not finite."""
    import math

    index = int(at_ms // step_ms)
    if not 0 <= index < len(values):
        return None
    value = float(values[index])
    return value if math.isfinite(value) else None


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Decoded samples of a stretch of a song: (frames, channels), full scale 1.0."""

    start: int
    rate_hz: int
    samples: Floats

    def covers(self, window: Window, duration_ms: float) -> bool:
        """Whether every sample of a window is here, as far as the song goes."""
        first, last = (moment * self.rate_hz / 1000 for moment in window)
        end = min(last, duration_ms * self.rate_hz / 1000 - 1)
        return self.start <= max(first, 0) and end <= self.start + len(self.samples)

    def columns(self, window: Window, width: int) -> Columns:
        """Extremes and RMS over all channels of each column; zeros where there is no sample."""
        import numpy as np

        edges = np.linspace(*window, width + 1) * self.rate_hz / 1000 - self.start
        count = len(self.samples)
        first = np.clip(np.floor(edges[:-1]), 0, count).astype(np.intp)
        last = np.clip(np.maximum(np.ceil(edges[1:]), first + 1), first, count).astype(np.intp)
        pairs = np.stack([first, last], axis=1).ravel()
        sound = np.concatenate([self.samples, np.zeros((1, self.samples.shape[1]))])
        some = last > first
        low = np.where(some, np.minimum.reduceat(sound.min(axis=1), pairs)[::2], 0)
        high = np.where(some, np.maximum.reduceat(sound.max(axis=1), pairs)[::2], 0)
        squares = np.add.reduceat(np.square(sound).mean(axis=1), pairs)[::2]
        return Columns(low, high, np.sqrt(np.where(some, squares / np.maximum(last - first, 1), 0)))

    def lines(self, window: Window, width: int) -> Floats:
        """Each channel at the middle of each column, shape (channels, width), straight between."""
        import numpy as np

        edges = np.linspace(*window, width + 1) * self.rate_hz / 1000 - self.start
        at, known = (edges[:-1] + edges[1:]) / 2, np.arange(len(self.samples))
        nothing = {"left": np.nan, "right": np.nan}
        return np.stack([np.interp(at, known, line, **nothing) for line in self.samples.T])

    def points(self, window: Window) -> tuple[Floats, Floats]:
        """Moments in ms and values (channels, n) of the samples in a window."""
        import numpy as np

        first = max(int(np.ceil(window[0] * self.rate_hz / 1000)), self.start)
        last = min(int(window[1] * self.rate_hz / 1000) + 1, self.start + len(self.samples))
        frames = np.arange(first, max(last, first))
        return frames * 1000 / self.rate_hz, self.samples.T[:, frames - self.start]
