"""The form of a linear file, and samples rounded to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Pcm:
    """A linear file: 16 or 24 `bits` in a `wav`, `aiff` or `flac`."""

    rate_hz: int
    channels: int
    bits: int = 24
    container: str = "wav"


def quantise(block: NDArray[Any], bits: int) -> NDArray[np.int32]:
    """Samples as int32 with their highest bit at full scale, floats rounded to `bits`."""
    import numpy as np

    if block.dtype == np.int32:
        return block
    scale = 2.0 ** (bits - 1)
    steps = np.clip(np.rint(block * np.float64(scale)), -scale, scale - 1)
    return np.left_shift(steps.astype(np.int32), 32 - bits)
