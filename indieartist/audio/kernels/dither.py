"""Dither in NumPy: readable twins of dither.c, and what defines them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]

LIPSHITZ = np.array([2.033, -2.165, 1.959, -1.590, 0.6149])  # newest error first
LANE_FRAMES = 1024  # the errors fed back start at none in each lane


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


def feed_back(steps: Doubles, noise: Doubles, errors: Doubles, position: int) -> None:
    """Round `steps` (frames, 2), in place, with `noise`; errors go through Lipshitz' five taps.

    `errors` (5, 2), oldest first, go on from the frame before and are left for the next; `position`
    counts the frames since the first. They start at none in each lane of 1024 frames, so that
    lanes can run side by side.
    """
    at = 0
    while at < len(steps):
        left = -(position + at) % LANE_FRAMES
        lanes = 0 if left else (len(steps) - at) // LANE_FRAMES
        length = lanes * LANE_FRAMES or min(left or LANE_FRAMES, len(steps) - at)
        if not left:
            errors[:] = 0.0
        cut, lanes = slice(at, at + length), max(lanes, 1)
        before = np.tile(errors, lanes)
        wanted = np.concatenate([before, _to_lanes(steps[cut], lanes)])
        rounded = _feed_back(wanted, _to_lanes(noise[cut], lanes))
        steps[cut] = rounded.reshape(-1, lanes, 2).swapaxes(0, 1).reshape(-1, 2)
        errors[:] = wanted[-len(errors) :, -2:]
        at += length


def _feed_back(steps: Doubles, noise: Doubles) -> Doubles:
    """Round `steps` (5 + frames, lanes) with `noise`; errors take the place of steps."""
    oldest_first = LIPSHITZ[::-1].copy()
    rounded = np.empty_like(noise)
    for now, dither in enumerate(noise):
        wanted = steps[now + 5] - oldest_first @ steps[now : now + 5]
        np.rint(wanted + dither, out=rounded[now])
        np.subtract(rounded[now], wanted, out=steps[now + 5])
    return rounded


def _to_lanes(values: Doubles, lanes: int) -> Doubles:
    """(frames, 2) as (frames / lanes, lanes * 2)."""
    apart = values.reshape(lanes, -1, 2).swapaxes(0, 1)
    return np.ascontiguousarray(apart.reshape(apart.shape[0], -1))
