"""The song in mono at 22,050 and 11,025 Hz: all that tempo, key and fingerprint need."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.kernels import decimate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mono = NDArray[np.float32]

HIGH_HZ = 22_050
LOW_HZ = 11_025
_PAIRS = 8  # of taps beside the centre: 31 taps
_KAISER_BETA = 7.86  # 80 dB: flat to a sixth of the rate, and nothing from a third of it on
_QUALITY = "MQ"  # 16 bits' worth: no less than what is asked of it here, 0.8 of HQ's time


class LowRates:
    """Mixes frames down to mono and lowers their rate, in step with a stream of blocks.

    Halved as often as the rate allows, by half-band filters; what is then not at 22,050 Hz goes
    through soxr. Sample k of a result lies at second k / rate, with no delay; what the filters
    cannot yet tell comes with a later block, at the latest with `flush`. The results do not depend
    on how the sound was cut into blocks, and no more than a filter's length is kept.
    """

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._weight = np.float32(1 / channels)
        self._before: list[_Halver] = []
        while rate_hz % 2 == 0 and rate_hz // 2 >= HIGH_HZ:
            self._before.append(_Halver())
            rate_hz //= 2
        self._between = _Resampler(rate_hz) if rate_hz != HIGH_HZ else None
        self._after = _Halver()

    def feed(self, planar: NDArray[np.float32]) -> tuple[Mono, Mono]:
        """The next of the song at 22,050 and at 11,025 Hz, from frames of shape (channels, n)."""
        mono = planar[0] if len(planar) == 1 else np.add(planar[0], planar[1])
        for channel in planar[2:]:
            mono += channel
        if len(planar) > 1:
            mono *= self._weight
        return self._lower(mono, last=False)

    def flush(self) -> tuple[Mono, Mono]:
        """The end of both, after which nothing may be fed."""
        return self._lower(np.zeros(0, dtype=np.float32), last=True)

    def _lower(self, mono: Mono, last: bool) -> tuple[Mono, Mono]:
        for halver in self._before:
            mono = halver.take(mono, last)
        if self._between:
            mono = self._between.take(mono, last)
        return mono, self._after.take(mono, last)


class _Halver:
    """Every second sample of a stream, behind a half-band low-pass."""

    def __init__(self) -> None:
        self._waiting = np.zeros(2 * _PAIRS - 1, dtype=np.float32)

    def take(self, samples: Mono, last: bool) -> Mono:
        ending = [np.zeros(2 * _PAIRS - 1, dtype=np.float32)] if last else []
        joined = np.concatenate([self._waiting, samples, *ending])
        out = np.empty(max(0, len(joined) - 4 * _PAIRS + 3) // 2, dtype=np.float32)
        decimate(joined, _half_band(), out)
        self._waiting = joined[2 * len(out) :].copy()
        return out


class _Resampler:
    """Any rate to 22,050 Hz."""

    def __init__(self, rate_hz: int) -> None:
        import soxr

        self._stream = soxr.ResampleStream(rate_hz, HIGH_HZ, 1, "float32", _QUALITY)

    def take(self, samples: Mono, last: bool) -> Mono:
        return np.asarray(self._stream.resample_chunk(samples, last=last), dtype=np.float32)


@lru_cache(maxsize=1)
def _half_band() -> NDArray[np.float32]:
    """The taps before the centre that are not zero: a sinc under Kaiser's window.

    The window reaches past the outer taps to the first zeros of the sinc, so that none is wasted.
    """
    at = np.arange(-2 * _PAIRS + 1, 0, 2)
    window = np.i0(_KAISER_BETA * np.sqrt(1 - (at / (2 * _PAIRS)) ** 2)) / np.i0(_KAISER_BETA)
    sides = 0.5 * np.sinc(at / 2) * window
    return np.asarray(sides / sides.sum() / 4, dtype=np.float32)
