"""Songs for these tests: drums, bass, chords and air, made from a seed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from indieartist.domain.mastering import Settings, Target

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Sound = NDArray[np.float32]
    MakeSong = Callable[..., Sound]
    MakeSettings = Callable[..., Settings]


@pytest.fixture(scope="session")
def make_song() -> MakeSong:
    """A stereo mix with peaks at -3 dBFS; `density` saturates it, `tilt` brightens it."""
    return _make_song


@pytest.fixture(scope="session")
def make_settings() -> MakeSettings:
    """Settings for a loudness and a ceiling."""

    def make(lufs: float = -14.0, ceiling: float = -1.0, **more: object) -> Settings:
        target = Target("test", "Test", lufs, ceiling, "this test", "2026-11-22")
        return Settings(target, **more)

    return make


@cache
def _make_song(
    seconds: float, rate_hz: int = 44100, seed: int = 1, density: float = 0.0, tilt: float = 0.0
) -> Sound:
    rng = np.random.default_rng(seed)
    frames = round(seconds * rate_hz)
    time = np.arange(frames) / rate_hz
    noise = rng.standard_normal((frames, 2))
    mix = np.stack([_chords(time, rate_hz, detune) for detune in (-0.002, 0.002)], axis=1)
    mix += (_kick(time) + 0.25 * np.sin(2 * np.pi * 55.0 * time))[:, None]
    mix += _snare(time)[:, None] * noise[:, :1]
    swell = 1.0 + np.sin(2 * np.pi * 4.0 * time)[:, None]
    mix += 0.01 * noise * swell
    mix += tilt * np.diff(mix, axis=0, prepend=0.0)
    if density:
        mix = np.tanh(density * mix)
    mix = _band_limit(mix - mix.mean(axis=0), rate_hz)
    return np.asarray(mix * (0.7 / np.abs(mix).max()), dtype=np.float32)


def _chords(time: NDArray[np.float64], rate_hz: int, detune: float) -> NDArray[np.float64]:
    """Saw-like chords that change every two seconds."""
    roots = np.array([110.0, 130.81, 98.0, 146.83])[(time // 2).astype(int) % 4]
    phase = 2 * np.pi * np.cumsum(roots) / rate_hz * (1 + detune)
    partials = [
        np.sin(phase * ratio * partial) / partial
        for ratio in (1.0, 1.25, 1.5)
        for partial in (1, 2, 3, 4, 5, 7)
    ]
    return np.asarray(0.06 * np.sum(partials, axis=0))


def _kick(time: NDArray[np.float64]) -> NDArray[np.float64]:
    beat = time % 0.5
    phase = 2 * np.pi * (50 * beat + 6 * np.exp(-beat * 40))
    return np.asarray(0.8 * np.exp(-beat * 18) * np.sin(phase))


def _snare(time: NDArray[np.float64]) -> NDArray[np.float64]:
    beat = (time + 0.5) % 1.0
    return np.asarray(0.5 * np.exp(-beat * 25) * np.minimum(1.0, beat * 2000))


def _band_limit(mix: NDArray[np.float64], rate_hz: int) -> NDArray[np.float64]:
    """Nothing above 19 kHz, as converters have it: up to half the rate peaks know no bound."""
    spectrum = np.fft.rfft(mix, axis=0)
    spectrum[np.fft.rfftfreq(len(mix), 1 / rate_hz) > 19_000] = 0.0
    return np.fft.irfft(spectrum, len(mix), axis=0)
