"""Plain figures of the samples: DC, correlation, clipping and the bits really used."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

CLIPPING_LEVEL = 10 ** (-0.1 / 20)
CLIPPING_FRAMES = 3


class Statistics:
    """Sums over blocks of any size."""

    def __init__(self, channels: int) -> None:
        self._frames = 0
        self._sums = np.zeros(channels)
        self._products = np.zeros((channels, channels))
        self._tops, self._bottoms = _Plateaus(channels), _Plateaus(channels)

    def feed(self, block: NDArray[np.float32]) -> None:
        """Take the next frames, shape (n, channels), full scale 1.0."""
        if not len(block):
            return
        exact = block.astype(np.float64)
        self._frames += len(block)
        self._sums += np.ones(len(exact)) @ exact
        self._products += exact.T @ exact
        self._tops.feed(block)
        self._bottoms.feed(-block)

    @property
    def dc_offset(self) -> float:
        """The largest |mean| of a channel."""
        return float(np.abs(self._sums).max() / max(1, self._frames))

    @property
    def correlation(self) -> float | None:
        """Of the first two channels, as a phase meter shows it; None for mono or silence."""
        if len(self._sums) < 2:
            return None
        scale = math.sqrt(self._products[0, 0] * self._products[1, 1])
        return max(-1.0, min(1.0, float(self._products[0, 1] / scale))) if scale else None

    @property
    def clipped_runs(self) -> int:
        """Runs of 3 or more samples at the song's own highest or lowest, from -0.1 dBFS up."""
        return self._tops.runs + self._bottoms.runs


class _Plateaus:
    """Runs of equal samples at the highest level so far; a higher one starts the count anew."""

    def __init__(self, channels: int) -> None:
        self._highest = CLIPPING_LEVEL
        self._lengths = np.zeros(channels, dtype=np.int64)  # of the runs still open at the end
        self._ended = 0

    @property
    def runs(self) -> int:
        """Runs that are long enough, the open ones included."""
        return self._ended + int((self._lengths >= CLIPPING_FRAMES).sum())

    def feed(self, block: NDArray[np.float32]) -> None:
        """Take the next frames, shape (n, channels), n > 0."""
        highest = float(block.max())
        if highest > self._highest:
            self._highest, self._ended = highest, 0
            self._lengths[:] = 0
        if highest < self._highest:
            self._ended = self.runs
            self._lengths[:] = 0
            return
        for channel, samples in enumerate(block.T):
            self._feed_channel(channel, samples == np.float32(self._highest))

    def _feed_channel(self, channel: int, highest: NDArray[np.bool_]) -> None:
        breaks = np.flatnonzero(~highest)
        if not breaks.size:
            self._lengths[channel] += len(highest)
            return
        self._ended += int(self._lengths[channel] + breaks[0] >= CLIPPING_FRAMES)
        self._ended += int((np.diff(breaks) > CLIPPING_FRAMES).sum())
        self._lengths[channel] = len(highest) - 1 - breaks[-1]
