"""The limiter in NumPy: readable twins of limiting.c, and what defines them.

Curves on the control grid are float32, in dB where they say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Places = NDArray[np.int64]


def decide_limiting(
    peak_db: Floats, push_db: float, windows: Places, decays: Doubles, reduction_db: Floats
) -> None:
    """Write the limiter's reduction in dB at each block's edges, blocks + 1.

    What a block needs is `peak_db` + `push_db`, where positive. It is held from `windows`[0] edges
    after to windows[1] edges before; released by the factor `decays`[0] per block, and by decays[1]
    from the mean of the last windows[2]; then averaged over windows[3] and windows[4] edges on both
    sides. An average of values that all meet the need meets it.
    """
    back, ahead, slow, *halves = windows.tolist()
    need = np.maximum(peak_db + np.float64(push_db), 0.0)
    padded = np.pad(need, (back + 1, ahead + 1))
    held = np.lib.stride_tricks.sliding_window_view(padded, back + ahead + 2).max(axis=1)
    total = np.cumsum(np.concatenate([np.zeros(slow), held]))
    recent = (total[slow:] - total[:-slow]) / slow
    smooth = np.maximum(_release(held, decays[0]), _release(recent, decays[1]))
    smooth = np.pad(smooth, sum(halves), mode="edge")
    for half in halves:
        smooth = np.convolve(smooth, np.full(2 * half + 1, 1.0 / (2 * half + 1)), "valid")
    reduction_db[:] = smooth


def _release(values: Doubles, decay: float) -> Doubles:
    """The lowest curve above `values` that falls no faster than by `decay` per block.

    y[n] = max(x[n], y[n-1] decay) is, divided by its decay, a running maximum.
    """
    falling = np.arange(len(values)) * -np.log(decay)
    with np.errstate(divide="ignore"):
        rising = np.log(np.maximum(values, 0.0)) + falling
    return np.asarray(np.exp(np.maximum.accumulate(rising) - falling))


def sum_limited(power: Floats, reduction_db: Floats, edges: Doubles, sums: Doubles) -> None:
    """Write the power between successive `edges`, once each block is reduced.

    `edges` rise, in blocks, and may lie within them; a block's reduction is the mean of its two.
    """
    mean_db = (reduction_db[1:].astype(np.float64) + reduction_db[:-1]) / 2
    total = np.cumsum(np.append(0.0, power * np.power(10.0, mean_db / -10.0)))
    sums[:] = np.diff(np.interp(edges, np.arange(len(total)), total))
