"""True peaks by block in NumPy: the readable twin of block_peaks.c, and what defines it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Places = NDArray[np.int64]


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
