"""Samples of three bytes, in NumPy: the readable twins of packing.c, and what defines them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def pack_24(samples: NDArray[np.int32], packed: NDArray[np.uint8]) -> None:
    """Write the upper three bytes of each sample, lowest first, into `packed`, (3 n,)."""
    words = samples.astype("<i4", copy=False).reshape(-1)
    packed.reshape(-1, 3)[:] = words.view(np.uint8).reshape(-1, 4)[:, 1:]


def unpack_24(packed: NDArray[np.uint8], samples: NDArray[np.int32]) -> None:
    """Undo `pack_24`: the highest bit is that of full scale, the lowest byte zero."""
    words = np.zeros((packed.size // 3, 4), np.uint8)
    words[:, 1:] = packed.reshape(-1, 3)
    samples.reshape(-1)[:] = words.reshape(-1).view("<i4")
