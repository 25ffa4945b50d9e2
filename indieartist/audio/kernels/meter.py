"""The hot loops of measuring in NumPy: readable twins of meter.c, and what defines it.

A `window` holds planar float32 samples, shape (channels, columns), full scale 1.0. Kernels get the
whole of it and say by columns which part they work on, for nothing is copied that way.
"""

from __future__ import annotations

from functools import lru_cache
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
PEAK_STRIDE = 32  # positions that one product of matrices works out
SLACK = 1.00001  # more than rounding can add to a peak: what is skipped was never the highest
_PEAK_ROWS = 8  # more of them, and a threaded BLAS burns a second core on each product


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


def weigh(window: Planar, edges: Integers, coefficients: Doubles, energies: Doubles) -> None:
    """K-weight, and sum the squares between each two edges into `energies`, (channels, bins).

    `edges` are columns. For each bin the filter starts from silence at least as far before it as
    the first edge lies behind column 0; by then it must have decayed. `coefficients`: b0 b1 b2 a1
    a2 of two biquads (transposed direct form II in C; here overlap-save with their response).
    """
    taps, bins = int(edges[0]), len(edges) - 1
    longest = int(np.diff(edges).max(initial=taps))
    size = 1 << (3 * taps + longest).bit_length()
    response = _k_response(taps, size, coefficients.tobytes())
    done = 0
    while done < bins:
        first = int(edges[done])
        count = int(np.searchsorted(edges[done + 1 :], first + size - taps, side="right"))
        end = int(edges[done + count])
        spectrum = np.fft.rfft(window[:, first - taps : end].astype(np.float64), size)
        weighted = np.fft.irfft(spectrum * response, size)[:, taps : taps + end - first]
        starts = edges[done : done + count] - first
        energies[:, done : done + count] = np.add.reduceat(np.square(weighted), starts, axis=1)
        done += count


@lru_cache(maxsize=8)
def _k_response(taps: int, size: int, coefficients: bytes) -> NDArray[np.complex128]:
    """Spectrum of the first samples of the two biquads' impulse response."""
    impulse = [1.0] + [0.0] * (taps - 1)
    for b0, b1, b2, a1, a2 in np.frombuffer(coefficients).reshape(2, 5).tolist():
        first = second = 0.0
        for index, sample in enumerate(impulse):
            impulse[index] = output = b0 * sample + first
            first = b1 * sample - a1 * output + second
            second = b2 * sample - a2 * output
    return np.fft.rfft(impulse, size)


def sum_bins(
    window: Planar, edges: Integers, sums: Doubles, squares: Doubles, products: Doubles
) -> None:
    """Between each two edges: sums of samples and of squares, (channels, bins), and of products.

    `products`, (bins,), are of the first two channels; zeros for mono.
    """
    samples = window[:, edges[0] : edges[-1]].astype(np.float64)
    starts = edges[:-1] - edges[0]
    if not len(starts):
        return
    np.add.reduceat(samples, starts, axis=1, out=sums)
    np.add.reduceat(np.square(samples), starts, axis=1, out=squares)
    products[:] = np.add.reduceat(samples[0] * samples[1], starts) if len(samples) > 1 else 0.0


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


def find_true_peak(
    window: Planar, columns: tuple[int, int], taps: Floats, bounds: Doubles, peak: float
) -> float:
    """The larger of `peak` and what the interpolator finds at the positions of these columns.

    `taps`, (phases, length), weigh the samples from a position on. `bounds`: the largest gain of a
    phase (its L1 norm), and of what it adds to a straight line (as a filter of the second
    differences). Where neither lets a point exceed `peak` it is skipped, and nothing is lost.
    """
    first, end = columns
    matrix = _interpolator(taps.tobytes(), taps.shape[1])
    for channel in window:
        limits = _limits(channel[first : end + taps.shape[1] - 1], end - first, bounds)
        strides = np.flatnonzero(limits > peak)
        strides = strides[np.argsort(-limits[strides], kind="stable")]
        for start in range(0, len(strides), _PEAK_ROWS):
            rows = strides[start : start + _PEAK_ROWS]
            if limits[rows[0]] <= peak:
                break
            peak = max(peak, _evaluate(channel, first + rows * PEAK_STRIDE, end, matrix))
    return peak


def _evaluate(
    channel: Floats, strides: NDArray[np.intp], end: int, matrix: NDArray[np.float32]
) -> float:
    """The largest magnitude at the positions before `end` of the strides that begin there."""
    seen = np.minimum(strides[:, None] + np.arange(len(matrix)), len(channel) - 1)
    points = np.abs(channel[seen] @ matrix).reshape(len(strides), -1, PEAK_STRIDE).max(axis=1)
    return float(points[strides[:, None] + np.arange(PEAK_STRIDE) < end].max())


def _limits(samples: Floats, positions: int, bounds: Doubles) -> Floats:
    """What no point of each stride can exceed; `samples` are all that the strides can see."""
    strides = -(-positions // PEAK_STRIDE)
    padded = np.zeros((strides + 3) * PEAK_STRIDE, np.float32)
    np.abs(samples, out=padded[: len(samples)])
    loudest = _neighbours(padded)
    bends = np.abs(samples[:-2] - 2 * samples[1:-1] + samples[2:])
    padded[1 : len(samples) - 1] = bends
    padded[[0, len(samples) - 1]] = 0
    limits = np.minimum(bounds[0] * loudest, loudest + bounds[1] * _neighbours(padded)) * SLACK
    return np.asarray(limits[:strides], np.float32)


def _neighbours(padded: Floats) -> Floats:
    """The highest of each stride and the two behind it."""
    highest = padded.reshape(-1, PEAK_STRIDE).max(axis=1)
    return np.asarray(np.maximum(np.maximum(highest[:-2], highest[1:-1]), highest[2:]))


@lru_cache(maxsize=4)
def _interpolator(taps: bytes, length: int) -> Floats:
    """The matrix from the samples that a stride can see to all points between its positions."""
    phases = np.frombuffer(taps, np.float32).reshape(-1, length)
    matrix = np.zeros((PEAK_STRIDE + length - 1, len(phases), PEAK_STRIDE), np.float32)
    for position in range(PEAK_STRIDE):
        matrix[position : position + length, :, position] = phases.T
    return matrix.reshape(len(matrix), -1)
