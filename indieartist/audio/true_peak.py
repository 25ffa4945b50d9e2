"""True peak by ITU-R BS.1770-5 annex 2: the sound between the samples, found by oversampling."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio import kernels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.window import Stretch

OVERSAMPLING = 8
TAPS = 48  # of each phase; flat to 0.45 of the sample rate
_BEFORE = TAPS // 2 - 1  # samples of its window before the two that a point lies between
_KAISER_BETA = 7.0
_NEAR = slice(15, 32)  # of the second differences: those around samples 16 to 32


def to_db(level: float) -> float | None:
    """A linear level in dB, full scale 1.0; None for silence."""
    return 20 * math.log10(level) if level > 0 else None


class TruePeakMeter:
    """Finds the highest true peak of all channels, as if silence preceded and followed the song."""

    def __init__(self) -> None:
        self._peak = 0.0

    def feed(self, stretch: Stretch, sample_peak: float) -> None:
        """Take the next frames, and the highest of their samples."""
        taps, bounds = _interpolator()
        reach = TAPS - 1  # the windows that end in this stretch, and at the end those over it
        columns = stretch.past - reach, stretch.end - (0 if stretch.last else reach)
        peak = max(self._peak, sample_peak)
        self._peak = kernels.find_true_peak(stretch.samples, columns, taps, bounds, peak)

    def join(self, later: TruePeakMeter) -> None:
        """Take over what another one found in the frames that follow."""
        self._peak = max(self._peak, later._peak)

    @property
    def peak(self) -> float:
        """The true peak so far, linear; never below the sample peak."""
        return self._peak


@lru_cache(maxsize=1)
def _interpolator() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Taps of the phases between two samples, shape (7, 48), and what bounds their output.

    The first bound is the largest L1 norm of a phase: no point exceeds the highest sample that it
    sees by more. The others know that sound is smooth: what a phase does beyond drawing a straight
    line between its two middle samples is a filter of the second differences, and these are the
    largest L1 norms of those filters: of all taps, of those near the middle, and of the rest. A
    point lies at most so many times the sharpest bend above the higher of both samples.
    """
    at = np.arange(TAPS) - _BEFORE
    distance = at - np.arange(1, OVERSAMPLING)[:, None] / OVERSAMPLING
    half = TAPS / 2
    window = np.i0(_KAISER_BETA * np.sqrt(1 - (distance / half) ** 2)) / np.i0(_KAISER_BETA)
    taps = np.sinc(distance) * window
    taps /= taps.sum(axis=1, keepdims=True)
    beyond = taps.copy()
    middle = taps @ at  # how far from the left sample to the right one: nearly the phase
    beyond[:, _BEFORE] -= 1 - middle
    beyond[:, _BEFORE + 1] -= middle
    bends = np.abs(np.cumsum(np.cumsum(beyond, axis=1), axis=1))  # the first is of sample 1
    near = bends[:, _NEAR].sum(axis=1)
    norms = np.abs(taps).sum(axis=1), bends.sum(axis=1), near, bends.sum(axis=1) - near
    return taps.astype(np.float32), np.max(norms, axis=1).astype(np.float32)
