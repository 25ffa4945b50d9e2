"""Songs to compare by ear: chords made on the spot, real ones where they are, and their words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soxr

from indieartist.audio.analysis.fingerprint import RATE_HZ, FingerprintMeter
from indieartist.audio.decode import read_audio

ROOT = Path(__file__).resolve().parents[1]


def words(mono: np.ndarray, speed: float = 1.0) -> np.ndarray:
    meter = FingerprintMeter(speed=speed)
    meter.feed(np.asarray(mono, np.float32))
    return meter.words


def play(
    seed: int, beats_per_s: float = 2.0, beats: int = 60, rate_hz: int = RATE_HZ
) -> np.ndarray:
    """Chords by chance, one a beat, with a melody: the same music at any tempo."""
    dice = np.random.default_rng(seed)
    time = np.arange(round(rate_hz / beats_per_s)) / rate_hz
    sung = []
    for _ in range(beats):
        notes = 110 * 2 ** (dice.choice(36, 5, replace=False) / 12)
        sung.append(sum(np.sin(2 * np.pi * hz * time) for hz in notes) * np.exp(-2 * time))
    return 0.1 * np.concatenate(sung)


def sped_up(mono: np.ndarray, speed: float) -> np.ndarray:
    """As a tape that runs faster: tempo and pitch."""
    return soxr.resample(mono, RATE_HZ * speed, RATE_HZ)


def real_songs() -> list[Path]:
    """The song that `make song` fetches, and those of the benchmarks where they are."""
    more = sorted((ROOT / ".cache" / "bench").glob("*.wav"))
    return [*(ROOT / ".cache" / "songs").glob("*.wav"), *more]


def low_rate(path: Path) -> np.ndarray:
    sound, rate_hz = read_audio(path, 0, 130 * 48_000)
    return soxr.resample(sound.mean(axis=1), rate_hz, RATE_HZ)
