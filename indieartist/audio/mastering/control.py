"""The control grid: one gain per block of samples, drawn as straight lines between the edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Curve = NDArray[np.float64]  # one value per control block
    Sound = NDArray[np.float32]  # (frames, 2), 1.0 = full scale
    Cut = Callable[[int, int], NDArray[np.float32]]  # (start, length) -> (2, length)

CONTROL_RATE_HZ = 2900.0  # about; 16 samples at 44.1 and 48 kHz, 32 at 96 kHz
FLOOR_DB = -200.0


def get_block_frames(sample_rate_hz: int) -> int:
    """Samples per control block: the power of two nearest to a third of a millisecond."""
    return max(4, 1 << round(float(np.log2(sample_rate_hz / CONTROL_RATE_HZ))))


def to_blocks(time_ms: float, rate_hz: float) -> int:
    """A time as a whole number of control blocks, at least one."""
    return max(1, round(time_ms * rate_hz / 1000.0))


def cut_stereo(sound: Sound, start: int, length: int) -> NDArray[np.float32]:
    """Left and right (2, length) of a stretch of `sound` (frames, 2); silence beyond both ends."""
    cut = np.zeros((2, length), np.float32)
    inside = sound[max(0, start) : max(0, start + length)]
    first = max(0, -start)
    cut[:, first : first + len(inside)] = inside.T
    return cut


def decibels(power: NDArray[np.floating]) -> Curve:
    """Ten times the logarithm of `power`, no lower than -200 dB."""
    floored = np.maximum(power, 10.0 ** (FLOOR_DB / 10.0), dtype=np.float64)
    return np.asarray(10.0 * np.log10(floored))


def draw_lines(gain_db: Curve, block_frames: int) -> NDArray[np.float32]:
    """Linear gain per sample for the blocks between successive values of `gain_db`, in dB.

    `gain_db` has one value more than there are blocks: one at each block's edge. No sample's gain
    exceeds the larger of its block's two edges.
    """
    knots = np.power(10.0, gain_db / 20.0).astype(np.float32)
    ramp = np.arange(block_frames, dtype=np.float32) / np.float32(block_frames)
    lines = knots[:-1, None] + np.diff(knots)[:, None] * ramp
    return lines.reshape(-1)


def average(values: Curve, reach: int) -> Curve:
    """The mean over each block and its `reach` neighbours on both sides; edges repeat."""
    if reach == 0:
        return values
    total = np.cumsum(np.pad(values, (reach + 1, reach), mode="edge"))
    return np.asarray(total[2 * reach + 1 :] - total[: -2 * reach - 1]) / (2 * reach + 1)


def hold(values: Curve, back: int, ahead: int) -> Curve:
    """The largest of each block, the `back` blocks before it and the `ahead` blocks after it."""
    padded = np.pad(values, (back, ahead), mode="edge")
    width, have = back + ahead + 1, 1
    while have < width:
        step = min(have, width - have)
        padded = np.maximum(padded[:-step], padded[step:])
        have += step
    return padded
