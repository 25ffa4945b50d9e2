"""The hot loops of measuring in NumPy: readable twins of meter.c, and what defines it.

A `window` holds planar float32 samples, shape (channels, columns), full scale 1.0. Kernels get the
whole of it and say by columns which part they work on, for nothing is copied that way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Planar = NDArray[np.float32]
    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Integers = NDArray[np.int64]

BIN_FRAMES = 256
RUN_FRAMES = 3
_BINS_AT_ONCE = 50  # of 10 ms: what they need stays in the processor's cache


def deinterleave(block: NDArray[np.int32], window: Planar, column: int) -> int:
    """Write 32-bit samples, shape (n, channels), into the window from a column on.

    Returns all samples joined by OR: the bits that are ever set.
    """
    room = window[:, column : column + len(block)]
    np.multiply(block.T, np.float32(2**-31), out=room, casting="same_kind")
    return int(np.bitwise_or.reduce(block, axis=None)) if block.size else 0


def deinterleave_floats(block: Floats, window: Planar, column: int) -> None:
    """Write float samples, shape (n, channels), into the window from a column on."""
    window[:, column : column + len(block)] = block.T


def find_largest(block: Floats) -> float:
    """The largest magnitude; NaN where any sample is none, 0 of nothing."""
    return float(max(block.max(), -block.min())) if block.size else 0.0


def sum_bins(
    window: Planar, edges: Integers, sums: Doubles, squares: Doubles, products: Doubles
) -> None:
    """Between each two edges: sums of samples and of squares, (channels, bins), and of products.

    `products`, (bins,), are of the first two channels; zeros for mono.
    """
    for done in range(0, len(edges) - 1, _BINS_AT_ONCE):
        part = slice(done, done + _BINS_AT_ONCE)
        last = min(done + _BINS_AT_ONCE, len(edges) - 1)
        samples = window[:, edges[done] : edges[last]].astype(np.float64)
        starts = edges[done:last] - edges[done]
        np.add.reduceat(samples, starts, axis=1, out=sums[:, part])
        np.add.reduceat(np.square(samples), starts, axis=1, out=squares[:, part])
        pair = samples[0] * samples[1] if len(samples) > 1 else np.zeros(samples.shape[1])
        np.add.reduceat(pair, starts, out=products[part])


def outline(window: Planar, columns: tuple[int, int], bins: Floats) -> None:
    """Lowest, highest and mean square of all channels per 256 columns into `bins`, (3, n).

    The last bin takes what is left of the columns, first and end.
    """
    samples = window[:, columns[0] : columns[1]]
    whole = samples.shape[1] // BIN_FRAMES
    if whole:
        rows = samples[:, : whole * BIN_FRAMES].reshape(len(samples), whole, BIN_FRAMES)
        _outline_rows(rows, bins[:, :whole])
    if whole < bins.shape[1]:
        _outline_rows(samples[:, None, whole * BIN_FRAMES :], bins[:, whole:])


def _outline_rows(rows: Floats, bins: Floats) -> None:
    """Of rows, shape (channels, bins, frames)."""
    bins[0] = rows.min(axis=2).min(axis=0)
    bins[1] = rows.max(axis=2).max(axis=0)
    bins[2] = np.einsum("cbf,cbf->b", rows, rows) / (rows.shape[0] * rows.shape[2])


def count_plateaus(
    window: Planar, columns: tuple[int, int], level: float, leads: Integers, tails: Integers
) -> int:
    """Runs of 3 or more samples equal to `level` that neither begin nor end the columns.

    Of the runs at the edges, each channel's lengths go into `leads` and `tails`, (channels,): both
    are the whole length where nothing else is there.
    """
    runs, length = 0, columns[1] - columns[0]
    for channel, samples in enumerate(window[:, columns[0] : columns[1]]):
        hits = np.flatnonzero(samples == np.float32(level))
        firsts = hits[np.diff(hits, prepend=-2) > 1]
        ends = hits[np.diff(hits, append=length + 1) > 1] + 1
        lengths = ends - firsts
        leads[channel] = lengths[firsts == 0].sum()
        tails[channel] = lengths[ends == length].sum()
        runs += int(((lengths >= RUN_FRAMES) & (firsts > 0) & (ends < length)).sum())
    return runs
