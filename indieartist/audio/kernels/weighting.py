"""The K filter's hot loop in NumPy: the readable twin of weighting.c, and what defines it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Planar = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Integers = NDArray[np.int64]


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
