"""The true peak's hot loop in NumPy: the readable twin of true_peak.c, and what defines it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Planar = NDArray[np.float32]
    Floats = NDArray[np.float32]

STRIDE = 32  # positions that one product of matrices works out
SLACK = 1.00001  # more than rounding can add to a peak: what is skipped was never the highest
_ROWS = 256
_ROWS_A_PRODUCT = 8  # with more of them a threaded BLAS burns a second core


def find_true_peak(
    window: Planar, columns: tuple[int, int], taps: Floats, bounds: Floats, peak: float
) -> float:
    """The larger of `peak` and what the interpolator finds at the positions of these columns.

    `taps`, (7, 48), weigh the samples from a position on. `bounds`: the largest gain of a phase
    (its L1 norm), and of what it adds to a straight line (as a filter of the second differences):
    in all, by its taps 16 to 32, and by the others. Where these let no point exceed `peak` it is
    skipped, and nothing is lost.
    """
    first, end = columns
    matrix = _interpolator(taps.tobytes(), taps.shape[1])
    for channel in window:
        limits = _limits(channel[first : end + taps.shape[1] - 1], end - first, bounds)
        strides = np.flatnonzero(limits > peak)
        strides = strides[np.argsort(-limits[strides], kind="stable")]
        for start in range(0, len(strides), _ROWS):
            rows = strides[start : start + _ROWS]
            if limits[rows[0]] <= peak:
                break
            peak = max(peak, _evaluate(channel, first + rows * STRIDE, end, matrix))
    return peak


def _evaluate(
    channel: Floats, strides: NDArray[np.intp], end: int, matrix: NDArray[np.float32]
) -> float:
    """The largest magnitude at the positions before `end` of the strides that begin there."""
    strides = np.pad(strides, (0, -len(strides) % _ROWS_A_PRODUCT), mode="edge")
    seen = np.minimum(strides[:, None] + np.arange(len(matrix)), len(channel) - 1)
    products = channel[seen].reshape(-1, _ROWS_A_PRODUCT, len(matrix)) @ matrix
    points = np.abs(products).reshape(len(strides), -1, STRIDE).max(axis=1)
    return float(points[strides[:, None] + np.arange(STRIDE) < end].max())


def _limits(samples: Floats, positions: int, bounds: Floats) -> Floats:
    """What no point of each stride can exceed; `samples` are all that the strides can see."""
    strides = -(-positions // STRIDE)
    padded = np.zeros((strides + 3) * STRIDE, np.float32)
    np.abs(samples, out=padded[: len(samples)])
    loudest = _neighbours(padded)
    bends = np.abs(samples[:-2] - 2 * samples[1:-1] + samples[2:])
    padded[1 : len(samples) - 1] = bends
    padded[[0, len(samples) - 1]] = 0
    limits = np.minimum(bounds[0] * loudest, loudest + bounds[1] * _neighbours(padded)) * SLACK
    return np.asarray(limits[:strides], np.float32)


def _neighbours(padded: Floats) -> Floats:
    """The highest of each stride and the two behind it."""
    highest = padded.reshape(-1, STRIDE).max(axis=1)
    return np.asarray(np.maximum(np.maximum(highest[:-2], highest[1:-1]), highest[2:]))


@lru_cache(maxsize=4)
def _interpolator(taps: bytes, length: int) -> Floats:
    """The matrix from the samples that a stride can see to all points between its positions."""
    phases = np.frombuffer(taps, np.float32).reshape(-1, length)
    matrix = np.zeros((STRIDE + length - 1, len(phases), STRIDE), np.float32)
    for position in range(STRIDE):
        matrix[position : position + length, :, position] = phases.T
    return matrix.reshape(len(matrix), -1)
