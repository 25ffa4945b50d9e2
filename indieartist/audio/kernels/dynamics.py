"""The compressor in NumPy: readable twins of dynamics.c, and what defines them.

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

FLOOR = 1e-20  # the power of -200 dB


def square_blocks(planar: Floats, block_frames: int, power: Floats) -> None:
    """Write the sum of the squares of both channels, per block."""
    power[:] = np.square(planar).reshape(2, -1, block_frames).sum(axis=(0, 2))


def smooth_level(power: Floats, reach: int, level_db: Floats) -> None:
    """Write the level in dB of each block and `reach` neighbours on both sides; edges repeat."""
    padded = np.pad(power.astype(np.float64), (reach + 1, reach), mode="edge")
    total = np.cumsum(padded)
    mean = (total[2 * reach + 1 :] - total[: -2 * reach - 1]) / (2 * reach + 1)
    level_db[:] = 10.0 * np.log10(np.maximum(mean, FLOOR))


def follow_level(level_db: Floats, how: Doubles) -> None:
    """Turn levels into gain reduction in dB, in place; `how`: threshold, knee, slope, two steps.

    What exceeds the threshold, bent within the knee, times the slope; then smooth branching: one
    pole that rises by the first step's share of the distance per block, and falls by the second's.
    """
    threshold_db, knee_db, slope, attack, release = how.tolist()
    over = level_db.astype(np.float64) - threshold_db
    bent = np.square(np.clip(over + knee_db / 2, 0.0, knee_db)) / (2 * knee_db)
    wanted = (bent + np.maximum(over - knee_db / 2, 0.0)) * slope
    state = 0.0
    for index, value in enumerate(wanted.tolist()):
        state += (attack if value > state else release) * (value - state)
        level_db[index] = state
