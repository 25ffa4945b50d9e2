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


def draw_noise(seed: int, first: int, noise: Doubles) -> None:
    """Write triangular noise between -1 and 1: the values from number `first` on for a `seed`.

    Each is the difference of the halves of a word of SplitMix64 (Steele, Lea & Flood, OOPSLA 2014),
    whose words can be asked for by number.
    """
    with np.errstate(over="ignore"):
        numbers = np.arange(first + 1, first + 1 + len(noise), dtype=np.uint64)
        word = np.uint64(seed) + numbers * np.uint64(0x9E3779B97F4A7C15)
        word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        word ^= word >> np.uint64(31)
    high, low = (word >> np.uint64(32)).astype(np.float64), (word & np.uint64(0xFFFFFFFF))
    noise[:] = (high - low.astype(np.float64)) * 2.0**-32


def round_dithered(
    planar: Floats, seed: int, first: int, bits: int, rounded: NDArray[np.int32]
) -> None:
    """Write `planar` as whole steps (frames, 2), with the noise from number `first` on.

    The samples have 32 bits, of which the lowest 32 - `bits` are zero.
    """
    noise = np.empty(planar.size)
    draw_noise(seed, first, noise)
    scale = 2.0 ** (bits - 1)
    steps = np.rint(planar.T * np.float64(scale) + noise.reshape(-1, 2))
    np.left_shift(np.clip(steps, -scale, scale - 1).astype(np.int32), 32 - bits, out=rounded)
