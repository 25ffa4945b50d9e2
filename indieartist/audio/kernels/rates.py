"""The hot loop of lower sample rates in NumPy: the readable twin of rates.c, and its definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def decimate(
    samples: NDArray[np.float32], sides: NDArray[np.float32], out: NDArray[np.float32]
) -> None:
    """Halve the rate of `samples` by a half-band filter of 4 n - 1 taps, n = len(`sides`).

    A half-band's centre is 0.5 and every second tap beside it is zero; `sides` are the others of
    one half, from the outside in: out[i] = 0.5 samples[2i + 2n - 1] + the sum over k of
    sides[k] (samples[2i + 2k] + samples[2i + 4n - 2 - 2k]). So `samples` has at least
    2 len(`out`) + 4 n - 3 items.
    """
    count, last = len(out), 2 * len(sides) - 1
    even = samples[: 2 * (count + last) : 2].copy()
    np.multiply(samples[last : last + 2 * count : 2], np.float32(0.5), out=out)
    for k, side in enumerate(sides):
        out += side * (even[k : k + count] + even[last - k : last - k + count])
