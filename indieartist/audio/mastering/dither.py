"""Dither: the noise that keeps rounding to whole steps from distorting quiet passages."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio import kernels
from indieartist.audio.pcm import quantise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.mastering.control import Sound
    from indieartist.audio.mastering.scratch import Planar
    from indieartist.domain.mastering import Settings

SHAPED_HZ = (44100, 48000)  # the filter is made for 44.1 kHz; far above, its valley is elsewhere


class Dither:
    """TPDF dither of +-1 step (Lipshitz, Wannamaker & Vanderkooy, JAES 40(5), 1992).

    The noise is drawn from a seed, so the same sound gives the same file, byte for byte.
    """

    def __init__(self, seed: int, *, bits: int) -> None:
        self._seed, self._bits = seed, bits
        self._step = 2.0 ** (1 - bits)
        self._drawn = 0

    def add_to(self, sound: Sound) -> NDArray[np.float64]:
        """`sound` (frames, channels) with noise, ready to be rounded."""
        return np.asarray(sound + self._step * self._draw(sound))

    def round_off(self, planar: Planar) -> NDArray[np.int32]:
        """As `add_to` for (2, frames), rounded: (frames, 2), the highest bit at full scale."""
        rounded = np.empty(planar.shape[::-1], np.int32)
        kernels.round_dithered(planar, self._seed, self._drawn, self._bits, rounded)
        self._drawn += planar.size
        return rounded

    def _draw(self, sound: Sound) -> NDArray[np.float64]:
        """Noise in steps, as many values as `sound` has."""
        noise = np.empty(sound.size)
        kernels.draw_noise(self._seed, self._drawn, noise)
        self._drawn += sound.size
        return noise.reshape(sound.shape)


class ShapedDither(Dither):
    """TPDF dither whose noise lies where the ear is least keen.

    Each rounding error is fed back through the five-tap filter of Lipshitz, Vanderkooy &
    Wannamaker, 'Minimally Audible Noise Shaping' (JAES 39(11), 1991), F-weighted, for 44.1 kHz: its
    valley lies around 4 kHz, its noise above 12 kHz. The feedback starts anew every 1024 frames, so
    that lanes can run side by side; that leaves 0.5 % of the samples unshaped, which none hears.
    """

    def __init__(self, seed: int, *, bits: int) -> None:
        super().__init__(seed, bits=bits)
        self._errors = np.zeros((5, 2))  # of the frames before

    def add_to(self, sound: Sound) -> NDArray[np.float64]:
        """`sound` (frames, 2), already rounded to whole steps."""
        position = self._drawn // 2
        steps = np.divide(sound, self._step, dtype=np.float64, order="C")
        kernels.feed_back(steps, self._draw(sound), self._errors, position)
        return steps * self._step

    def round_off(self, planar: Planar) -> NDArray[np.int32]:
        """As `add_to` for (2, frames): (frames, 2), the highest bit at full scale."""
        return quantise(self.add_to(planar.T), self._bits)


def make_dither(settings: Settings, sample_rate_hz: int, seed: int) -> Dither:
    """The dither that `settings` ask for."""
    kind = ShapedDither if is_shaped(settings, sample_rate_hz) else Dither
    return kind(seed, bits=settings.bits)


def is_shaped(settings: Settings, sample_rate_hz: int) -> bool:
    """Whether the noise is shaped: at 16 bits alone, and at the rates the filter is made for."""
    return (
        settings.noise == "shaped"
        and settings.bits == 16
        and sample_rate_hz in SHAPED_HZ
        and settings.runs("dither")
    )


def get_seed(sound: Sound) -> int:
    """A seed that is the sound's own: the same samples give the same noise."""
    digest = hashlib.blake2b(np.ascontiguousarray(sound).data, digest_size=8).digest()
    return int.from_bytes(digest, "little")
