"""Dither: the noise that keeps quantisation to whole steps from distorting quiet passages."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.mastering.control import Sound


class Dither:
    """TPDF dither of +-1 step (Lipshitz, Wannamaker & Vanderkooy, JAES 40(5), 1992).

    The noise is drawn from a seed, so the same sound gives the same file, byte for byte.
    """

    def __init__(self, seed: int, *, bits: int) -> None:
        self._source = np.random.Philox(seed)
        self._bits, self._scale = bits, float(1 << (bits - 1))

    def quantise(self, sound: Sound) -> NDArray[np.int32]:
        """`sound` (frames, channels) as int32, its highest bit at full scale.

        The generator's raw words are the same in every version of NumPy; its floats need not be.
        """
        words = self._source.random_raw(sound.size).view(np.uint32).astype(np.float64)
        noise = (words[::2] - words[1::2]) / 2.0**32
        return _round(sound * np.float64(self._scale) + noise.reshape(sound.shape), self._bits)


def quantise(sound: Sound, *, bits: int) -> NDArray[np.int32]:
    """`sound` rounded to `bits`, without dither, as int32 with its highest bit at full scale."""
    return _round(sound * np.float64(1 << (bits - 1)), bits)


def get_seed(sound: Sound) -> int:
    """A seed that is the sound's own: the same samples give the same noise."""
    digest = hashlib.blake2b(np.ascontiguousarray(sound).data, digest_size=8).digest()
    return int.from_bytes(digest, "little")


def _round(steps: NDArray[np.float64], bits: int) -> NDArray[np.int32]:
    """Whole steps, moved up to the highest bits."""
    full = 1 << (bits - 1)
    return np.clip(np.rint(steps), -full, full - 1).astype(np.int32) << (32 - bits)
