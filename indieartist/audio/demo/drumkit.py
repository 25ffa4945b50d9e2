"""The drum kit: each piece synthesised once in a few takes, to be struck many times."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from indieartist.audio.demo.synth import (
    RATE_HZ,
    Mono,
    Stereo,
    at_rms_1,
    band,
    centred,
    clock,
    decay,
    frames_of,
    gate,
    panned,
    shaped,
    wave,
)

TAKES = 3
"""No two strokes in a row are the same recording."""

_METAL_HZ = np.array([205.3, 304.4, 369.6, 522.7, 635.0, 800.6]) * 4.1
"""Six square waves out of tune, as in the TR-808's cymbals."""


def drum_kit(rng: np.random.Generator) -> dict[str, list[Stereo]]:
    """Takes of each piece, placed in the stereo picture as the audience sees the kit."""
    return {
        piece: [panned(make(rng), pan) for _ in range(TAKES)]
        for piece, (make, pan) in _PIECES.items()
    }


def _drop(frames: int, low_hz: float, high_hz: float, seconds: float) -> Mono:
    """A sine that falls from high to low, as a struck skin does."""
    freqs = low_hz + (high_hz - low_hz) * np.exp(-clock(frames) / seconds)
    return wave(np.cumsum(freqs) / RATE_HZ)


def _noise(frames: int, rng: np.random.Generator, low_hz: float, high_hz: float) -> Mono:
    """Noise in a band, at RMS 1."""
    return at_rms_1(shaped(rng.standard_normal(frames, np.float32), band(low_hz, high_hz, 3)))


def _metal(frames: int, rng: np.random.Generator, low_hz: float) -> Mono:
    turns = clock(frames)[:, None] * _METAL_HZ + rng.uniform(0, 1, len(_METAL_HZ))
    squares = np.sign(turns % 1 - 0.5).sum(axis=1).astype(np.float32)
    return at_rms_1(shaped(squares, band(low_hz, 14_000, 4)))


def _kick(rng: np.random.Generator) -> Mono:
    frames = frames_of(0.42)
    body = _drop(frames, 49, 175, 0.022) * decay(frames, 0.42) * gate(frames, 0.001, 0.02)
    click = _noise(frames, rng, 1800, 5500) * decay(frames, 0.016) * gate(frames, 0.0008, 0.01)
    sound: Mono = np.tanh(1.7 * body) * np.float32(0.85) + np.float32(0.07) * click
    return centred(sound, gate(frames, 0.001, 0.3))


def _snare(rng: np.random.Generator) -> Mono:
    frames = frames_of(0.34)
    skin = _drop(frames, 178, 260, 0.02) * decay(frames, 0.2)
    skin += np.float32(0.5) * _drop(frames, 331, 400, 0.015) * decay(frames, 0.14)
    wires = _noise(frames, rng, 900, 8500) * decay(frames, 0.3)
    sound = np.tanh(0.75 * skin + 0.3 * wires) * gate(frames, 0.0012, 0.02)
    return np.asarray(sound, np.float32)


def _clap(rng: np.random.Generator) -> Mono:
    frames = frames_of(0.3)
    hands = np.zeros(frames, np.float32)
    for late_s, level, ring_s in ((0, 0.6, 0.03), (0.011, 0.7, 0.03), (0.023, 1.0, 0.26)):
        start = frames_of(late_s)
        hands[start:] += np.float32(level) * decay(frames - start, ring_s)
    return np.float32(0.22) * _noise(frames, rng, 900, 5200) * hands * gate(frames, 0.001, 0.02)


def _rim(rng: np.random.Generator) -> Mono:
    frames = frames_of(0.12)
    wood = _drop(frames, 480, 520, 0.01) * decay(frames, 0.07)
    wood += np.float32(0.7) * _drop(frames, 1710, 1800, 0.004) * decay(frames, 0.045)
    stick = np.float32(0.15) * _noise(frames, rng, 2000, 7000) * decay(frames, 0.02)
    return np.float32(0.5) * (wood + stick) * gate(frames, 0.0008, 0.02)


def _hat(rng: np.random.Generator) -> Mono:
    return _cymbal(rng, 0.09, 0.085, 7500)


def _open(rng: np.random.Generator) -> Mono:
    return _cymbal(rng, 0.36, 0.42, 6800)


def _ride(rng: np.random.Generator) -> Mono:
    return np.float32(0.6) * _cymbal(rng, 1.1, 1.4, 5200)


def _cymbal(rng: np.random.Generator, length_s: float, ring_s: float, low_hz: float) -> Mono:
    frames = frames_of(length_s)
    sound = 0.6 * _noise(frames, rng, low_hz, 13_000) + 0.4 * _metal(frames, rng, low_hz)
    return np.asarray(0.26 * sound * decay(frames, ring_s) * gate(frames, 0.001, 0.02), np.float32)


def _crash(rng: np.random.Generator) -> Mono:
    frames = frames_of(2.6)
    sound = 0.75 * _noise(frames, rng, 2600, 12_000) + 0.25 * _metal(frames, rng, 4200)
    return np.asarray(0.26 * sound * decay(frames, 2.4) * gate(frames, 0.002, 0.2), np.float32)


def _shaker(rng: np.random.Generator) -> Mono:
    frames = frames_of(0.11)
    return np.float32(0.18) * _noise(frames, rng, 5200, 11_000) * gate(frames, 0.035, 0.065)


def _tom(rng: np.random.Generator) -> Mono:
    frames = frames_of(0.45)
    skin = _drop(frames, 92, 150, 0.05) * decay(frames, 0.42)
    stick = np.float32(0.05) * _noise(frames, rng, 1000, 4000) * decay(frames, 0.03)
    return np.float32(0.7) * (skin + stick) * gate(frames, 0.0012, 0.03)


def _boom(rng: np.random.Generator) -> Mono:
    frames = frames_of(2.2)
    deep = _drop(frames, 38, 82, 0.12) * decay(frames, 2.0)
    air = np.float32(0.05) * _noise(frames, rng, 120, 900) * decay(frames, 0.9)
    return np.float32(0.55) * (deep + air) * gate(frames, 0.004, 0.2)


def _tick(rng: np.random.Generator) -> Mono:
    """A bus's indicator, heard from the back seat."""
    frames = frames_of(0.05)
    relay = _noise(frames, rng, 1500, 4200) * decay(frames, 0.02)
    return np.float32(0.1) * relay * gate(frames, 0.001, 0.01)


_PIECES: dict[str, tuple[Callable[[np.random.Generator], Mono], float]] = {
    "kick": (_kick, 0.0),
    "snare": (_snare, 0.04),
    "clap": (_clap, -0.08),
    "rim": (_rim, 0.18),
    "hat": (_hat, -0.32),
    "open": (_open, -0.32),
    "ride": (_ride, 0.42),
    "crash": (_crash, -0.25),
    "shaker": (_shaker, 0.48),
    "tom": (_tom, -0.3),
    "boom": (_boom, 0.0),
    "tick": (_tick, 0.55),
}
