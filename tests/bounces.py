"""Short bounces for tests: real audio, written on the spot."""

from __future__ import annotations

import io
from functools import lru_cache
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
    how = {"subtype": "PCM_24", "format": path.suffix[1:].upper()} | how
    path.write_bytes(_bounce(seconds, seed, **how))
    return path


@lru_cache(maxsize=16)
def _bounce(seconds: float, seed: int, **how: str) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, music(seconds, seed=seed), RATE_HZ, **how)
    return file.getvalue()


def write_cover(path: Path, side_px: int = 3000) -> Path:
    """Write a square cover with something on it."""
    path.write_bytes(_cover(side_px, Image.registered_extensions()[path.suffix.lower()]))
    return path


@lru_cache(maxsize=16)
def _cover(side_px: int, form: str) -> bytes:
    rows = np.linspace(0, 255, side_px, dtype=np.uint8)
    picture = np.stack(np.meshgrid(rows, rows[::-1]), axis=2)
    file = io.BytesIO()
    blue = np.full((side_px, side_px), 90, np.uint8)
    Image.fromarray(np.dstack([picture, blue])).save(file, form)
    return file.getvalue()
