"""The rooms the band plays in: a hall, a small room and a ping-pong echo, as impulse responses."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from indieartist.audio.demo.synth import Stereo, band, clock, frames_of, shaped

_BANDS_HZ = (220, 400, 1000, 2800, 6500, 13_000)


def hall(rng: np.random.Generator) -> Stereo:
    """A warm hall: 2.6 s in the mids, the highs gone in under one, first sound after 28 ms."""
    return _diffuse((2.2, 2.6, 2.3, 1.6, 0.9), delay_s=0.028, rng=rng)


def room(rng: np.random.Generator) -> Stereo:
    """A small wooden room of 0.5 s."""
    return _diffuse((0.4, 0.5, 0.5, 0.4, 0.25), delay_s=0.006, rng=rng)


def echo(step_s: float) -> Stereo:
    """Repeats every `step_s` from side to side, each darker and 5 dB softer than the last."""
    repeats = 8
    out = np.zeros((frames_of(step_s * repeats + 0.05), 2), np.float32)
    for repeat in range(repeats):
        at, width = frames_of(step_s * (repeat + 1)), 2 + 3 * repeat
        pulse = np.hanning(2 * width + 1).astype(np.float32)
        side = repeat % 2
        out[at - width : at + width + 1, side] += pulse / pulse.sum() * np.float32(0.56**repeat)
    return _thinned(out)


def _diffuse(rt60_s: tuple[float, ...], delay_s: float, rng: np.random.Generator) -> Stereo:
    """Noise that dies away in each band at its own pace; each side has energy 1."""
    frames, start = frames_of(max(rt60_s) + delay_s), frames_of(delay_s)
    out = np.zeros((frames, 2), np.float32)
    for side in (0, 1):
        noise = rng.standard_normal(frames - start, np.float32)
        for (low, high), seconds in zip(pairwise(_BANDS_HZ), rt60_s, strict=True):
            fall = np.exp(-6.9 * clock(frames - start) / seconds).astype(np.float32)
            out[start:, side] += shaped(noise, band(low, high, 3)) * fall
    out[start:] *= np.minimum(clock(frames - start) / 0.012, 1).astype(np.float32)[:, None]
    out /= np.sqrt((out**2).sum(axis=0))
    return out


def _thinned(response: Stereo) -> Stereo:
    """Without the lows, which would cloud the bass."""
    return np.stack([shaped(side, band(300, 9000, 1)) for side in response.T], axis=1)


class Convolver:
    """Sends sounds of one length through mixtures of impulse responses, in the frequency domain."""

    def __init__(self, frames: int, responses: dict[str, Stereo]) -> None:
        longest = max(len(response) for response in responses.values())
        self._frames = frames
        self._size = scipy.fft.next_fast_len(frames + longest, real=True)
        self._spectra = {
            name: [scipy.fft.rfft(side, self._size) for side in response.T]
            for name, response in responses.items()
        }

    def add_wet(self, sound: Stereo, sends: dict[str, float]) -> None:
        """Add to `sound` what the rooms answer, each `sends[name]` loud."""
        spectrum = scipy.fft.rfft((sound[:, 0] + sound[:, 1]) * np.float32(0.5), self._size)
        for side in (0, 1):
            sound[:, side] += self._answer(spectrum, sends, side)

    def _answer(
        self, spectrum: NDArray[np.complex64], sends: dict[str, float], side: int
    ) -> NDArray[np.float32]:
        answer = sum(np.float32(level) * self._spectra[name][side] for name, level in sends.items())
        answer *= spectrum
        return np.asarray(scipy.fft.irfft(answer, self._size)[: self._frames], np.float32)
