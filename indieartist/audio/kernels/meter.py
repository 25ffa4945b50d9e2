"""The hot loops of measuring in NumPy: readable twins of meter.c, and what defines it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def deinterleave(block: NDArray[np.int32], planar: NDArray[np.float32], channels: int) -> int:
    """Write frames of 32-bit samples into `planar` (channels, n), full scale 1.0.

    Returns all samples joined by OR: the bits that are ever set.
    """
    frames = block.reshape(-1, channels)
    np.multiply(frames.T, np.float32(2**-31), out=planar.reshape(channels, -1), casting="same_kind")
    return int(np.bitwise_or.reduce(block, axis=None)) if block.size else 0
