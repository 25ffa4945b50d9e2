"""The sounds of the generated clips: instruments, a drum kit, and the room they stand in."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy.fft
from numpy.typing import NDArray

Mono = NDArray[np.float32]

RATE_HZ = 44_100


def tone(hz: float, gains: NDArray[np.float64], seconds: float, vibrato: float = 0.0) -> Mono:
    """A sum of harmonics, as far as they stay below 15 kHz."""
    at = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    turns = hz * at + vibrato * hz / 5.3 / 100 * np.sin(2 * np.pi * 5.3 * at)
    spectrum = np.zeros(2049, complex)
    gains = gains[: max(1, int(15_000 / hz))]
    spectrum[1 : len(gains) + 1] = -1j * gains
    table = scipy.fft.irfft(spectrum, 4096).astype(np.float32) * 2048
    return table[((turns % 1) * 4096).astype(np.int32)]


def pad(hz: float, rng: np.random.Generator) -> Mono:
    """Three saws a few cents apart, that swell."""
    gains = np.exp(-np.arange(24) / rng.uniform(2, 8)) / np.arange(1, 25)
    voices = sum(tone(hz * 2 ** (cents / 1200), gains, 4.2) for cents in (-7, 0, 6))
    return np.asarray(voices * 0.4 * np.minimum(1, np.arange(len(voices)) / 1800), np.float32)


def keys(hz: float, rng: np.random.Generator) -> Mono:
    """A struck string: its upper harmonics die first, and are a little sharp."""
    at = np.arange(int(4.2 * RATE_HZ)) / RATE_HZ
    out = np.zeros(len(at), np.float32)
    for harmonic in range(1, min(9, int(12_000 / hz) + 1)):
        sharp = harmonic * np.sqrt(1 + 0.0004 * harmonic**2)
        fall = np.exp(-at * (0.8 + 0.5 * harmonic))
        out += (np.sin(2 * np.pi * hz * sharp * at) * fall / harmonic**1.1).astype(np.float32)
    out[:RATE_HZ] += (0.05 * rng.standard_normal(RATE_HZ) * np.exp(-at[:RATE_HZ] / 0.004)).astype(
        np.float32
    )
    return out


def guitar(hz: float, rng: np.random.Generator) -> Mono:
    """A saw through an amplifier that bends, with its fifth and octave as a power chord has."""
    gains = 1 / np.arange(1, 30)
    chord = sum(tone(hz * ratio, gains, 4.2) for ratio in (1, 1.4983, 2.0))
    fall = np.exp(-np.arange(len(chord)) / RATE_HZ / rng.uniform(0.8, 2.0))
    return np.asarray(0.5 * np.tanh(1.5 * chord * fall), np.float32)


def bass(hz: float, rng: np.random.Generator) -> Mono:
    """A low tone with few harmonics."""
    gains = np.exp(-np.arange(12) / rng.uniform(0.8, 2.5))
    fall = np.exp(-np.arange(int(4.2 * RATE_HZ)) / RATE_HZ / 1.2)
    return np.asarray(tone(hz, gains, 4.2)[: len(fall)] * fall, np.float32)


def voice(hz: float, rng: np.random.Generator) -> Mono:
    """A sung vowel: vibrato, two formants, some breath."""
    harmonics = np.arange(1, 25)
    formants = (rng.uniform(500, 800), rng.uniform(1000, 1800))
    gains = sum(1 / (1 + ((harmonics * hz - centre) / 150) ** 2) for centre in formants)
    sung = tone(hz, gains + 0.05, 4.2, vibrato=rng.uniform(0.5, 3))
    sung += 0.03 * rng.standard_normal(len(sung)).astype(np.float32)
    return np.asarray(sung * np.minimum(1, np.arange(len(sung)) / 2500), np.float32)


COLOURS: dict[str, Callable[[float, np.random.Generator], Mono]] = {
    "pad": pad,
    "keys": keys,
    "guitar": guitar,
    "bass": bass,
    "voice": voice,
}


def drum_sounds(rng: np.random.Generator) -> dict[str, Mono]:
    """A kit of its own for each clip; its pieces sound at no note of the song."""
    at = np.arange(RATE_HZ // 2) / RATE_HZ
    noise = rng.standard_normal((4, len(at)))
    bright = np.diff(noise, axis=1, prepend=0)
    low = rng.uniform(42, 60)
    sweep = np.cumsum(low + rng.uniform(80, 220) * np.exp(-at / 0.03)) / RATE_HZ
    kick = np.sin(2 * np.pi * sweep) * np.exp(-at / rng.uniform(0.08, 0.2)) + 0.2 * bright[0] * (
        np.exp(-at / 0.002)
    )
    body = np.sin(2 * np.pi * rng.uniform(160, 230) * at) * np.exp(-at / 0.06)
    snare = 0.6 * body + 0.35 * noise[1] * np.exp(-at / rng.uniform(0.05, 0.12))
    bursts = sum(np.exp(-np.maximum(at - d, 0) / 0.01) * (at >= d) for d in (0, 0.011, 0.023))
    clap = 0.3 * bright[2] * (bursts + 0.5 * np.exp(-at / 0.1))
    hat = 0.25 * bright[3] * np.exp(-at / rng.uniform(0.015, 0.05))
    sounds = {"kick": kick, "snare": snare, "clap": clap, "hat": hat}
    return {name: sound.astype(np.float32) for name, sound in sounds.items()}


def room(sound: Mono, rng: np.random.Generator) -> Mono:
    """The sound in a room: a tail of noise that fades within a second."""
    length = int(rng.uniform(0.3, 1.2) * RATE_HZ)
    tail = rng.standard_normal(length) * np.exp(-6 * np.arange(length) / length)
    tail *= rng.uniform(0.05, 0.3) / np.sqrt((tail**2).sum())
    size = scipy.fft.next_fast_len(len(sound) + length, real=True)
    wet = scipy.fft.irfft(scipy.fft.rfft(sound, size) * scipy.fft.rfft(tail, size), size)
    return np.asarray(sound + wet[: len(sound)], np.float32)
