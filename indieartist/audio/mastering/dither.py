"""Dither: the noise that keeps rounding to whole steps from distorting quiet passages."""

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
        self._step = 2.0 ** (1 - bits)

    def add_to(self, sound: Sound) -> NDArray[np.float64]:
        """`sound` (frames, channels) with noise, ready to be rounded.

        The generator's raw words are the same in every version of NumPy; its floats need not be.
        """
        words = self._source.random_raw(sound.size).view(np.uint32).astype(np.float64)
        noise = (words[::2] - words[1::2]) * (self._step / 2.0**32)
        return np.asarray(sound + noise.reshape(sound.shape))


def get_seed(sound: Sound) -> int:
    """A seed that is the sound's own: the same samples give the same noise."""
    digest = hashlib.blake2b(np.ascontiguousarray(sound).data, digest_size=8).digest()
    return int.from_bytes(digest, "little")
