"""The control grid: one gain per block of samples, drawn as straight lines between the edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Curve = NDArray[np.float32]  # one value per control block
    Sound = NDArray[np.float32]  # (frames, 2), 1.0 = full scale
    Cut = Callable[[int, int], NDArray[np.float32]]  # (start, length) -> (2, length)

CONTROL_RATE_HZ = 2900.0  # about; 16 samples at 44.1 and 48 kHz, 32 at 96 kHz
FLOOR_DB = -200.0
_PER_LOG = np.float32(20.0 / np.log(10.0))  # NumPy has fast vectors for exp and log alone
STRETCH_BLOCKS = 1 << 15  # what is worked out at once, that memory stays small


def get_block_frames(sample_rate_hz: int) -> int:
    """Samples per control block: the power of two nearest to a third of a millisecond."""
    return max(4, 1 << round(float(np.log2(sample_rate_hz / CONTROL_RATE_HZ))))


def to_blocks(time_ms: float, rate_hz: float) -> int:
    """A time as a whole number of control blocks, at least one."""
    return max(1, round(time_ms * rate_hz / 1000.0))


def decibels(amplitude: NDArray[np.float32]) -> Curve:
    """Twenty times the logarithm of `amplitude`, no lower than -200 dB."""
    return np.asarray(_PER_LOG * np.log(np.maximum(amplitude, np.float32(1e-10))))


def to_gain(gain_db: Curve) -> Curve:
    """Decibels as a linear gain."""
    return np.asarray(np.exp(gain_db / _PER_LOG))
