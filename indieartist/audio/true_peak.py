"""True peak by ITU-R BS.1770-5 annex 2: the sound between the samples, found by oversampling."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

OVERSAMPLING = 8
TAPS = 48  # of each phase; flat to 0.45 of the sample rate
STRIDE = 32  # positions that one product of matrices works out
_BEFORE = TAPS // 2 - 1
_KAISER_BETA = 7.0
_ROWS = 256


def to_db(level: float) -> float | None:
    """A linear level in dB, full scale 1.0; None for silence."""
    return 20 * math.log10(level) if level > 0 else None


class TruePeakMeter:
    """Finds the highest true peak of all channels, block by block.

    A stretch of 32 samples is worked out only where its loudest sample times the largest gain of
    the filter (its L1 norm) exceeds the peak so far; what is left out could not have been higher.
    """

    def __init__(self, channels: int) -> None:
        self.sample_peak = 0.0
        self._peak = 0.0
        self._waiting = np.zeros((channels, _BEFORE), dtype=np.float32)

    def feed(self, block: NDArray[np.float32]) -> None:
        """Take the next frames, shape (n, channels), full scale 1.0."""
        if not len(block):
            return
        self.sample_peak = max(self.sample_peak, float(block.max()), -float(block.min()))
        joined = np.concatenate([self._waiting, block.T], axis=1)
        self._peak = _search(joined, max(self._peak, self.sample_peak))
        self._waiting = joined[:, _strides(joined) * STRIDE :]

    @property
    def peak(self) -> float:
        """The true peak so far, linear, as if silence followed; never below the sample peak."""
        ending = np.zeros((len(self._waiting), TAPS + STRIDE), dtype=np.float32)
        return _search(np.concatenate([self._waiting, ending], axis=1), self._peak)


def _strides(samples: NDArray[np.float32]) -> int:
    """How many whole strides can be worked out of `samples`, shape (channels, n)."""
    return max(0, int(samples.shape[1]) - TAPS + 1) // STRIDE


def _search(samples: NDArray[np.float32], peak: float) -> float:
    """The larger of `peak` and the true peak of `samples`, shape (channels, n)."""
    matrix, gain = _interpolator()
    strides = _strides(samples)
    for channel in samples if strides else ():
        windows = np.lib.stride_tricks.sliding_window_view(channel, len(matrix))[::STRIDE]
        bounds = _loudest(channel, strides) * gain
        candidates = np.flatnonzero(bounds > peak)
        candidates = candidates[np.argsort(-bounds[candidates])]
        for start in range(0, len(candidates), _ROWS):
            rows = candidates[start : start + _ROWS]
            if bounds[rows[0]] <= peak:
                break
            peak = max(peak, float(np.abs(windows[rows] @ matrix).max()))
    return peak


def _loudest(channel: NDArray[np.float32], strides: int) -> NDArray[np.float32]:
    """The highest |sample| that each stride's window can see."""
    pieces = np.abs(channel)
    padded = np.zeros((strides + 2) * STRIDE, dtype=np.float32)
    count = min(len(padded), len(pieces))
    padded[:count] = pieces[:count]
    loudest = padded.reshape(-1, STRIDE).max(axis=1)
    return np.asarray(np.maximum(np.maximum(loudest[:-2], loudest[1:-1]), loudest[2:]))


@lru_cache(maxsize=1)
def _interpolator() -> tuple[NDArray[np.float32], float]:
    """The matrix from a window of samples to all points between 32 of them, and its largest gain.

    Points on the samples themselves are left out: `feed` looks at those.
    """
    at = np.arange(TAPS) - _BEFORE
    phases = np.arange(1, OVERSAMPLING)[:, None] / OVERSAMPLING
    distance = at - phases
    half = TAPS / 2
    window = np.i0(_KAISER_BETA * np.sqrt(1 - (distance / half) ** 2)) / np.i0(_KAISER_BETA)
    taps = np.sinc(distance) * window
    taps /= taps.sum(axis=1, keepdims=True)
    matrix = np.zeros((STRIDE + TAPS - 1, len(taps), STRIDE), dtype=np.float32)
    for position in range(STRIDE):
        matrix[position : position + TAPS, :, position] = taps.T
    return matrix.reshape(len(matrix), -1), float(np.abs(taps).sum(axis=1).max()) * (1 + 1e-6)
