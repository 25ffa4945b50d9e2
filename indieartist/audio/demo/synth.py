"""What instruments are made of: envelopes, oscillators, ensembles and filters, all in arrays."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy.fft
from numpy.typing import NDArray

RATE_HZ = 44_100

Mono = NDArray[np.float32]  # (frames,)
Stereo = NDArray[np.float32]  # (frames, 2)
Curve = NDArray[np.float64]  # any values, frame by frame or frequency by frequency
Response = Callable[[Curve], Curve]
"""Gain at each frequency in Hz."""
MovingResponse = Callable[[Curve, Curve], Curve]
"""Gain at each second (n, 1) and frequency (1, m)."""

_TABLE = 4096
_LOOP = 1 << 17  # frames of an ensemble's loop, 3 seconds
_CONTROL = 64  # frames between two values of a moving filter


def frames_of(seconds: float) -> int:
    """Frames nearest to so many seconds."""
    return round(seconds * RATE_HZ)


def hz(pitch: float | NDArray[np.floating]) -> Curve:
    """Frequency of a MIDI pitch."""
    return np.asarray(440.0 * 2.0 ** ((np.asarray(pitch, float) - 69) / 12))


def clock(frames: int) -> Curve:
    """Seconds of each frame."""
    return np.arange(frames) / RATE_HZ


def wave(phase: Curve) -> Mono:
    """Sine of `phase`, counted in turns; wrapped first, so that float32 suffices."""
    angle: Mono = (phase - np.floor(phase)).astype(np.float32)
    angle *= np.float32(2 * np.pi)
    return np.sin(angle, out=angle)


def decay(frames: int, seconds: float) -> Mono:
    """Falls by 60 dB in `seconds`, and to nothing over the last 5 ms."""
    fall = np.exp(-6.9 * clock(frames) / seconds).astype(np.float32)
    return fall * gate(frames, 0.0, 0.005)


def gate(frames: int, attack_s: float, release_s: float) -> Mono:
    """One, with a rounded rise and fall within `frames`."""
    rise, fall = (min(frames_of(s), frames // 2) for s in (attack_s, release_s))
    shape = np.ones(frames, np.float32)
    shape[:rise] = _rounded(rise)
    shape[frames - fall :] = _rounded(fall)[::-1]
    return shape


def at_rms_1(sound: Mono) -> Mono:
    """`sound` at a root mean square of one; for stereo, over both sides."""
    level: Mono = sound / np.sqrt(np.mean(sound**2))
    return level


def centred(sound: Mono, shape: Mono) -> Mono:
    """`sound` with no offset: what there is of it is taken away in the form of `shape`."""
    offset: Mono = shape * (sound.sum() / shape.sum())
    return sound - offset


def _rounded(frames: int) -> Mono:
    steps = (np.arange(frames) + 0.5) / max(frames, 1)
    return (0.5 - 0.5 * np.cos(np.pi * steps)).astype(np.float32)


def lowpass(freqs: Curve, cutoff_hz: Curve, q: float = 0.7) -> Curve:
    """Gain of a two-pole low-pass of quality `q`, as in an analogue synthesiser."""
    x = freqs / cutoff_hz
    return np.asarray(1 / np.sqrt((1 - x**2) ** 2 + (x / q) ** 2))


def band(low_hz: float, high_hz: float, slope: int = 2) -> Response:
    """A band-pass with smooth skirts of 6 dB per octave times `slope` (Butterworth)."""

    def gains(freqs: Curve) -> Curve:
        safe = np.maximum(freqs, 1e-3)
        return np.asarray(
            1
            / np.sqrt((1 + (low_hz / safe) ** (2 * slope)) * (1 + (safe / high_hz) ** (2 * slope)))
        )

    return gains


def shaped(sound: Mono, response: Response) -> Mono:
    """`sound` through a zero-phase filter."""
    size = scipy.fft.next_fast_len(len(sound) + 2048, real=True)
    spectrum = scipy.fft.rfft(sound, size)
    spectrum *= response(scipy.fft.rfftfreq(size, 1 / RATE_HZ)).astype(np.float32)
    return np.asarray(scipy.fft.irfft(spectrum, size)[: len(sound)], np.float32)


def swept(sound: Mono, response: MovingResponse) -> Mono:
    """`sound` through a filter that moves.

    Short-time Fourier filtering with root-Hann windows at half overlap.
    """
    size, hop = 2048, 1024
    blocks = -(-len(sound) // hop) + 1
    padded = np.zeros((blocks + 1) * hop, np.float32)
    padded[hop : hop + len(sound)] = sound
    window = np.sin(np.pi * (np.arange(size) + 0.5) / size).astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(padded, size)[::hop] * window
    seconds = (np.arange(len(frames))[:, None] * hop) / RATE_HZ
    spectra = scipy.fft.rfft(frames)
    spectra *= response(seconds, scipy.fft.rfftfreq(size, 1 / RATE_HZ)[None, :]).astype(np.float32)
    frames = scipy.fft.irfft(spectra, size).astype(np.float32) * window
    out = np.zeros_like(padded)
    out[:-hop] += frames[:, :hop].ravel()
    out[hop:] += frames[:, hop:].ravel()
    return out[hop : hop + len(sound)]


def subtractive(pitch: int, cutoff_hz: Curve, q: float) -> Mono:
    """A saw through a moving low-pass; `cutoff_hz` has one value for each frame.

    Added up harmonic by harmonic, so that nothing folds back; each is the one before it, turned on
    by the pitch once more.
    """
    base, frames = float(hz(pitch)), len(cutoff_hz)
    harmonics = np.arange(1.0, max(2, int(min(12_000, 2.2 * cutoff_hz.max()) / base)))
    knots = np.minimum(np.arange(0, frames + 2 * _CONTROL, _CONTROL), frames - 1)
    freqs: Curve = harmonics[:, None] * base
    gains = lowpass(freqs, cutoff_hz[knots], q) / harmonics[:, None]
    step = np.exp(2j * np.pi * base * clock(frames)).astype(np.complex64)
    turning, out = step.copy(), np.zeros(frames, np.float32)
    for gain in gains.astype(np.float32):
        out += turning.imag * lines(gain, _CONTROL)[:frames]
        turning *= step
    return out


def lines(knots: Mono, apart: int) -> Mono:
    """Straight lines between knots that lie `apart` frames from each other."""
    steps = np.arange(apart, dtype=np.float32) / np.float32(apart)
    rows: Mono = knots[:-1, None] + np.diff(knots)[:, None] * steps
    return rows.ravel()


def oscillator(pitches: Curve, harmonics: Curve) -> Mono:
    """A tone that follows `pitches` frame by frame, from a table of the given harmonics' gains."""
    spectrum = np.zeros(_TABLE // 2 + 1, complex)
    spectrum[1 : len(harmonics) + 1] = -0.5j * _TABLE * harmonics
    table: Mono = scipy.fft.irfft(spectrum, _TABLE).astype(np.float32)
    turns = np.cumsum(hz(pitches) / RATE_HZ)
    return table[((turns - np.floor(turns)) * _TABLE).astype(np.int32)]


def ensemble(
    pitch: int, response: Response, spread_cents: float, rng: np.random.Generator
) -> Stereo:
    """Many players on one pitch: a loop of `_LOOP` frames at RMS 1 with no seam, in stereo.

    Each harmonic is a narrow band of random phases, made in one inverse transform (the PADsynth
    algorithm of Nasca Octavian Paul, zynaddsubfx.sourceforge.io/doc/PADsynth). The sides are two
    ensembles, each heard in the other at a third.
    """
    base, step = float(hz(pitch)), RATE_HZ / _LOOP
    power = np.zeros(_LOOP // 2 + 1, np.float32)
    harmonics = np.arange(1.0, int(14_000 / base))
    centres: Curve = harmonics * base
    levels = (response(centres) / harmonics) ** 2
    for centre, level in zip(centres, levels, strict=True):
        width = centre * (2 ** (spread_cents / 1200) - 1)
        near = np.arange(int((centre - 4 * width) / step), int((centre + 4 * width) / step) + 1)
        power[near] += level / width * np.exp(-(((near * step - centre) / width) ** 2))
    phases = rng.random((2, len(power)), np.float32) * np.float32(2 * np.pi)
    spectra = np.sqrt(power) * (np.cos(phases) + 1j * np.sin(phases))
    left, right = scipy.fft.irfft(spectra, _LOOP)
    sound = np.stack([left + right / 3, right + left / 3], axis=1)
    return at_rms_1(np.asarray(sound, np.float32))


def looped(loop: Stereo, start: int, frames: int) -> Stereo:
    """`frames` frames of a seamless loop, from `start`."""
    return np.resize(np.roll(loop, -start, axis=0), (frames, 2))


def panned(sound: Mono, pan: float) -> Stereo:
    """`sound` between left (-1) and right (1) at equal power."""
    angle = (pan + 1) * np.pi / 4
    return sound[:, None] * np.array([np.cos(angle), np.sin(angle)], np.float32)
