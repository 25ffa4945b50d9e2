"""Loudness, peaks and limiter in NumPy: readable twins of limiting.c, and what defines them.

Stereo sound is planar, (2, frames) float32, 1.0 = full scale; curves on the control grid are
float32, in dB where they say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Places = NDArray[np.int64]


def weigh_blocks(
    planar: Floats, coefficients: Doubles, state: Doubles, block_frames: int, power: Floats
) -> None:
    """Write the sum of both channels' squares per block, behind two biquads (b0 b1 b2 a1 a2 each).

    `state` (2 channels, 2 biquads, 2) is what the filters remember: transposed direct form II.
    """
    samples = planar.astype(np.float64)
    for row, memory in zip(samples, state.reshape(2, 2, 2), strict=True):
        for (b0, b1, b2, a1, a2), keep in zip(coefficients.reshape(2, 5), memory, strict=True):
            first, second = keep.tolist()
            for index, sample in enumerate(row.tolist()):
                row[index] = out = b0 * sample + first
                first = b1 * sample - a1 * out + second
                second = b2 * sample - a2 * out
            keep[:] = first, second
    power[:] = np.square(samples).reshape(2, -1, block_frames).sum(axis=(0, 2))


def find_block_peaks(
    stretch: Floats, starts: Places, block_frames: int, taps: Floats, peaks: Floats
) -> None:
    """Write the largest magnitude, in both channels of `stretch` (2, n), of each block.

    A block is its own samples and the points between them. `taps` (points, count) interpolate the
    first half of the points between two samples; the others are their mirror images. A block's
    window begins at its start, which is count / 2 - 1 samples before the block.
    """
    count = taps.shape[1]
    mirrored = taps[:-1, ::-1]
    every = np.concatenate([taps, mirrored])
    windows = np.lib.stride_tricks.sliding_window_view(stretch, block_frames + count - 1, axis=1)
    for first in range(0, len(starts), 512):
        chosen = windows[:, starts[first : first + 512]]
        samples = np.abs(chosen[..., count // 2 - 1 :][..., :block_frames]).max(axis=(0, 2))
        inner = np.lib.stride_tricks.sliding_window_view(chosen, count, axis=2)
        between = np.abs(inner @ every.T).max(axis=(0, 2, 3))
        peaks[first : first + 512] = np.maximum(samples, between)


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
