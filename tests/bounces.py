"""Short bounces for tests: real audio, written on the spot."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile
from PIL import Image

RATE_HZ = 44100


def music(seconds: float = 2.0, level_db: float = -20.0, seed: int = 7) -> np.ndarray:
    """A few detuned notes with a beat, stereo, float64."""
    random = np.random.default_rng(seed)
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    notes = sum(
        np.sin(2 * np.pi * hz * (1 + side * 0.001) * time + random.uniform(0, 6))
        for hz in (110.0, 220.0, 329.6, 554.4, 1760.0)
        for side in (0, 1)
    )
    beat = 0.3 + np.exp(-6 * (time % 0.5))
    left = notes * beat + random.normal(0, 0.1, time.size)
    right = notes * np.roll(beat, 200) + random.normal(0, 0.1, time.size)
    sound = np.stack([left, right], axis=1)
    return sound / np.abs(sound).max() * 10 ** (level_db / 20) * 4


def write_bounce(path: Path, seconds: float = 2.0, seed: int = 7, **how: str) -> Path:
    """Write a bounce: 24-bit WAV unless `subtype` and `format` say otherwise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    how.setdefault("subtype", "PCM_24")
    soundfile.write(path, music(seconds, seed=seed), RATE_HZ, **how)
    return path


def write_cover(path: Path, side_px: int = 3000) -> Path:
    """Write a square cover with something on it."""
    rows = np.linspace(0, 255, side_px, dtype=np.uint8)
    picture = np.stack(np.meshgrid(rows, rows[::-1]), axis=2)
    Image.fromarray(np.dstack([picture, np.full((side_px, side_px), 90, np.uint8)])).save(path)
    return path
