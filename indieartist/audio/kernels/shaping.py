"""The feedback of shaped dither in NumPy: the readable twin of shaping.c, and what defines it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Doubles = NDArray[np.float64]

LIPSHITZ = np.array([2.033, -2.165, 1.959, -1.590, 0.6149])  # newest error first
LANE_FRAMES = 1024  # the errors fed back start at none in each lane


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
