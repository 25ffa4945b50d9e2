"""Compressor and bands in NumPy: readable twins of dynamics.c, and what defines them.

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


def weave_bands(  # noqa: PLR0917 - as the compiled kernel, which takes no names
    high: Floats, mid: Floats, low: Floats, gains: Floats, mid_taps: Floats, low_taps: Floats
) -> None:
    """Add two bands of lower rates to `high` (2, n), in place, each band with its gain.

    A band of every `step`-th sample, (2, n / step + taps), begins taps / 2 samples early; its
    interpolator is (taps, step). `gains` (3, blocks + 2 x 4 + 1), linear, stand at the edges of
    the blocks from four before the first to four behind the last; between them they are lines.
    """
    frames, lead = high.shape[1], 4
    grid = frames // (gains.shape[1] - 1 - 2 * lead)
    high *= _draw(gains[2], np.arange(frames) / grid + lead)
    for band, taps, gain in ((mid, mid_taps, gains[1]), (low, low_taps, gains[0])):
        count, step = taps.shape
        at = (np.arange(band.shape[1]) - count // 2) * (step / grid) + lead
        windows = np.lib.stride_tricks.sliding_window_view(band * _draw(gain, at), count, axis=1)
        high += (windows[:, 1:] @ taps).reshape(2, frames)


def _draw(gain: Floats, at: Doubles) -> Floats:
    """The lines between `gain`'s values, read at fractional places."""
    line = np.interp(at, np.arange(len(gain)), gain)
    return np.asarray(line, np.float32)


def apply_gain(planar: Floats, knots: Floats, offset: int, block_frames: int) -> None:
    """Multiply by the lines between `knots`, linear gains at block edges, in place.

    The sound begins `offset` frames behind the first edge.
    """
    ramp = np.arange(block_frames, dtype=np.float32) / np.float32(block_frames)
    lines = (knots[:-1, None] + np.diff(knots)[:, None] * ramp).reshape(-1)
    planar *= lines[offset : offset + planar.shape[1]]
