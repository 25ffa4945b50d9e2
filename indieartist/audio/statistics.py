"""Plain figures of the samples: DC, correlation, clipping, and the levels of every 10 ms."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio import kernels
from indieartist.audio.loudness import BINS_PER_S, bin_edges, bin_frames

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.window import Stretch

CLIPPING_LEVEL = 10 ** (-0.1 / 20)
CLIPPING_FRAMES = 3


def find_percentile(values: NDArray[np.floating], percent: float) -> float:
    """The value that `percent` of all lie below, on the line between its two neighbours.

    As `np.percentile` has it, whose first call imports masked arrays for 20 ms.
    """
    whole, share = divmod((values.size - 1) * percent / 100.0, 1.0)
    place = int(whole)
    sorted_there = np.partition(values, place)
    low = float(sorted_there[place])
    high = float(sorted_there[place + 1 :].min()) if share else low
    return low + share * (high - low)


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """Unweighted levels of a song over time, full scale 1.0: what its quality is judged by.

    `squares`, (channels, n), is the mean square of each channel in each whole 10 ms, exactly zero
    where all its samples are; `products`, (n,), the mean of left times right, zeros for mono.
    """

    squares: NDArray[np.float32]
    products: NDArray[np.float32]

    @property
    def rms(self) -> NDArray[np.float32]:
        """Root mean square of all channels in each 10 ms, shape (n,)."""
        return np.asarray(np.sqrt(self.squares.mean(axis=0)))


class Statistics:
    """Sums of samples, squares and products in every 10 ms, stretch by stretch."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._rate_hz, self._channels = rate_hz, channels
        self._frames = 0
        # Of each stretch: sums by channel, sums of squares by channel, and of products.
        self._sums = [np.zeros(2 * channels + 1)]
        self._squares = [np.empty((channels, 0), np.float32)]
        self._products = [np.empty(0, np.float32)]

    def feed(self, stretch: Stretch) -> None:
        """Take the next frames."""
        edges = bin_edges(stretch.frames, self._rate_hz)
        if edges[-1] < stretch.frames:  # the song's last frames count, but make no whole bin
            edges = np.append(edges, stretch.frames)
        sums, squares = np.empty((2, self._channels, edges.size - 1))
        products = np.empty(edges.size - 1)
        kernels.sum_bins(stretch.samples, edges + stretch.past, sums, squares, products)
        self._frames += stretch.frames
        self._sums.append(np.concatenate([sums.sum(axis=1), squares.sum(axis=1), [products.sum()]]))
        self._squares.append(squares.astype(np.float32))
        self._products.append(products.astype(np.float32))

    def join(self, later: Statistics) -> None:
        """Take over what another one found in the frames that follow."""
        self._frames += later._frames
        self._sums += later._sums
        self._squares += later._squares
        self._products += later._products

    @property
    def levels(self) -> Levels:
        """The levels of all whole 10 ms."""
        bins = ((self._frames + 1) * BINS_PER_S - 1) // self._rate_hz
        frames = bin_frames(bins, self._rate_hz).astype(np.float32)
        squares = np.concatenate(self._squares, axis=1)[:, :bins]
        products = np.concatenate(self._products)[:bins]
        squares /= frames
        products /= frames
        return Levels(squares, products)

    @property
    def dc_offset(self) -> float:
        """The largest |mean| of a channel."""
        sums = np.sum(self._sums, axis=0)[: self._channels]
        return float(np.abs(sums).max() / max(1, self._frames))

    @property
    def correlation(self) -> float | None:
        """Of the first two channels, as a phase meter shows it; None for mono or silence."""
        if self._channels < 2:
            return None
        *_, product = totals = np.sum(self._sums, axis=0)
        scale = math.sqrt(totals[self._channels] * totals[self._channels + 1])
        return max(-1.0, min(1.0, float(product) / scale)) if scale else None


class Clipping:
    """Runs of 3 or more samples at the song's own highest or lowest, from -0.1 dBFS up."""

    def __init__(self) -> None:
        self._tops, self._bottoms = _Plateaus(1), _Plateaus(-1)

    def feed(self, stretch: Stretch, columns: tuple[int, int], bins: NDArray[np.float32]) -> None:
        """Take the columns that follow the last ones; `bins` as `kernels.outline` gives them."""
        if bins.size:
            self._tops.feed(stretch, columns, float(bins[1].max()))
            self._bottoms.feed(stretch, columns, float(bins[0].min()))

    def join(self, later: Clipping) -> None:
        """Take over what another one found in the frames that follow."""
        self._tops.join(later._tops)
        self._bottoms.join(later._bottoms)

    @property
    def runs(self) -> int:
        """How many there are."""
        return self._tops.runs + self._bottoms.runs


@dataclass(frozen=True, slots=True, eq=False)
class _Span:
    """The plateaus of some frames: the runs inside, and how long those at either edge are."""

    height: float
    frames: int
    inside: int
    leads: NDArray[np.int64]
    tails: NDArray[np.int64]


class _Plateaus:
    """Runs of equal samples at the top of a song, or its bottom; known only at its end."""

    def __init__(self, sign: int) -> None:
        self._sign = sign
        self._spans: list[_Span] = []
        self._highest = CLIPPING_LEVEL

    def feed(self, stretch: Stretch, columns: tuple[int, int], level: float) -> None:
        """Take the next columns, whose extreme is `level`."""
        leads, tails = np.zeros((2, len(stretch.samples)), np.int64)
        inside, height = 0, self._sign * level
        if height >= self._highest:
            self._highest = height
            inside = kernels.count_plateaus(stretch.samples, columns, level, leads, tails)
        self._spans.append(_Span(height, columns[1] - columns[0], inside, leads, tails))

    def join(self, later: _Plateaus) -> None:
        """Take over what another one found in the frames that follow."""
        self._spans += later._spans
        self._highest = max(self._highest, later._highest)

    @property
    def runs(self) -> int:
        """Runs at the highest of all frames so far."""
        runs: int = 0
        open_frames = np.zeros(1, np.int64)  # of the run that each channel's last frame ends
        for span in self._spans:
            inside, leads, tails = span.inside, span.leads, span.tails
            if span.height < self._highest:
                inside, leads, tails = 0, 0 * leads, 0 * tails
            through = leads == span.frames
            ended = (open_frames + leads >= CLIPPING_FRAMES) & ~through
            runs += inside + int(ended.sum())
            open_frames = np.where(through, open_frames + leads, tails)
        return runs + int((open_frames >= CLIPPING_FRAMES).sum())
