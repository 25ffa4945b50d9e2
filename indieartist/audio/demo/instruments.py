"""The band: bass, electric piano, pluck and ensemble note by note; lead and voice line by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from indieartist.audio.demo.score import Note
from indieartist.audio.demo.synth import (
    RATE_HZ,
    Curve,
    Mono,
    Response,
    Stereo,
    band,
    centred,
    clock,
    decay,
    ensemble,
    frames_of,
    gate,
    hz,
    looped,
    lowpass,
    oscillator,
    panned,
    shaped,
    subtractive,
    swept,
    wave,
)

Tone = Callable[[int, int, float], Stereo]
"""Sound of one note from its MIDI pitch, its length in frames and its velocity."""

_VOWELS = {  # formants as (Hz, gain, bandwidth in Hz), after Peterson & Barney 1952, softened
    "oo": ((330, 1.0, 70), (760, 0.3, 90), (2450, 0.05, 200), (3300, 0.02, 250)),
    "ah": ((690, 1.0, 110), (1120, 0.65, 120), (2650, 0.22, 220), (3500, 0.1, 280)),
}


def bass_tone(pitch: int, frames: int, velocity: float) -> Stereo:
    """A saw through a low-pass that closes, over a sine an octave wide in weight."""
    length = frames + frames_of(0.09)
    seconds = clock(length)
    cutoffs = 330 + 1700 * velocity**2 * np.exp(-seconds / 0.13)
    body = subtractive(pitch, cutoffs, q=1.1) + np.float32(0.7) * wave(float(hz(pitch)) * seconds)
    shape = gate(length, 0.004, 0.09)
    shape *= (0.3 * np.exp(-seconds / 0.35) + 0.7 * np.exp(-seconds / 3)).astype(np.float32)
    sound = np.tanh(np.float32(0.55 * velocity) * body) * shape
    return panned(centred(np.asarray(sound, np.float32), shape), 0.0)


def piano_tone(pitch: int, frames: int, velocity: float) -> Stereo:
    """An electric piano: two operators of frequency modulation, and a tine that dies soon.

    After Chowning, “The synthesis of complex audio spectra by means of frequency modulation”, 1973.
    """
    length = frames + frames_of(0.3)
    ring = decay(length, 5.5 - (pitch - 48) * 0.05) * gate(length, 0.003, 0.28)
    seconds, index = clock(length), 0.22 * velocity * (1 + 1.6 * np.exp(-clock(length) / 0.5))
    strings = []
    for cents in (-2.5, 2.5):
        turns = float(hz(pitch + cents / 100)) * seconds
        tine = np.float32(0.09 * velocity) * wave(14 * turns) * decay(length, 0.35)
        strings.append(wave(turns + index * wave(turns)) + tine)
    first, second = strings
    sides = first + 0.5 * second, second + 0.5 * first
    return np.stack(sides, axis=1) * (ring * np.float32(velocity))[:, None]


def pluck_tone(pitch: int, frames: int, velocity: float) -> Stereo:
    """A short bright note; low notes lean left, high notes right."""
    length = frames + frames_of(0.35)
    cutoffs = 700 + 8500 * velocity * np.exp(-clock(length) / 0.06)
    sound = subtractive(pitch, cutoffs, q=1.5) * decay(length, 0.7) * gate(length, 0.002, 0.1)
    return panned(np.float32(velocity) * sound, float(np.clip((pitch - 74) / 14, -0.8, 0.8)))


def ensemble_tone(
    colour: Response,
    attack_s: float,
    rng: np.random.Generator,
) -> Tone:
    """Held notes of many players with the spectrum `colour`; each pitch is made once."""
    loops: dict[int, Stereo] = {}

    def tone(pitch: int, frames: int, velocity: float) -> Stereo:
        if pitch not in loops:
            loops[pitch] = ensemble(pitch, colour, 17, rng)
        length = frames + frames_of(0.7)
        swell = np.float32(velocity) * gate(length, attack_s, 0.7)
        return looped(loops[pitch], pitch * 7919, length) * swell[:, None]

    return tone


def strings(cutoff_hz: float) -> Response:
    """Colour of a string machine behind a low-pass."""
    return lambda freqs: lowpass(freqs, np.asarray(cutoff_hz), 0.8)


def vowel(openness: float) -> Response:
    """Colour of a throat from “oo” (0) to “ah” (1)."""
    return lambda freqs: _throat(np.asarray(openness), freqs)


def _throat(openness: Curve, freqs: Curve) -> Curve:
    gains = np.full(np.broadcast_shapes(openness.shape, freqs.shape), 0.004)
    for shut, wide in zip(_VOWELS["oo"], _VOWELS["ah"], strict=True):
        centre, level, width = (a + (b - a) * openness for a, b in zip(shut, wide, strict=True))
        gains += level / np.sqrt(1 + ((freqs - centre) / width) ** 2)
    return gains


def lead_line(notes: Sequence[Note], beat_s: float) -> Stereo:
    """Three saws that glide from note to note, brighter where they begin; from beat 0 on."""
    pitches, level = _sung(notes, beat_s, glide_s=0.028, vibrato=0.22)
    saw = 1 / np.arange(1, 19)
    sides = [oscillator(pitches + cents / 100, saw) for cents in (-8, 0, 8)]
    left, right = sides[0] + 1.3 * sides[1], sides[2] + 1.3 * sides[1]
    onsets = np.array([note.beat * beat_s for note in notes])

    def response(seconds: Curve, freqs: Curve) -> Curve:
        since = seconds - onsets[np.maximum(np.searchsorted(onsets, seconds) - 1, 0)]
        return lowpass(freqs, 2300 + 4200 * np.exp(-np.maximum(since, 0) / 0.35), 1.0)

    return np.stack([swept(side, response) * level for side in (left, right)], axis=1)


def voice_line(notes: Sequence[Note], beat_s: float, rng: np.random.Generator) -> Stereo:
    """A wordless singer, doubled: the throat opens as the melody climbs; from beat 0 on."""
    pitches, level = _sung(notes, beat_s, glide_s=0.045, vibrato=0.3)
    glottis = 1 / np.arange(1, 28) ** 1.25
    drift = _wander(len(pitches), rng, 0.09), _wander(len(pitches), rng, 0.09)
    breath = np.float32(0.05) * shaped(
        rng.standard_normal(len(pitches), np.float32), band(1500, 9000, 1)
    )
    open_at = np.clip((pitches - 66) / 12, 0.1, 1.0)

    def response(seconds: Curve, freqs: Curve) -> Curve:
        here = np.minimum((seconds * RATE_HZ).astype(int), len(open_at) - 1)
        return _throat(open_at[here], freqs)

    first, second = (
        swept(oscillator(pitches + away, glottis) + breath, response) * level for away in drift
    )
    return panned(first, -0.3) + panned(second, 0.35)


def _sung(
    notes: Sequence[Note], beat_s: float, glide_s: float, vibrato: float
) -> tuple[Curve, Mono]:
    """Pitch and level of each frame of a line: glides, and a vibrato that waits for long notes."""
    starts = [frames_of(note.beat * beat_s) for note in notes]
    ends = [frames_of((note.beat + note.beats) * beat_s) for note in notes]
    length = ends[-1] + frames_of(0.4)
    level = np.zeros(length, np.float32)
    for note, start, end in zip(notes, starts, ends, strict=True):
        held = min(end + frames_of(0.07), length)
        level[start:held] += np.float32(note.velocity) * gate(held - start, 0.025, 0.09)
    owner = np.maximum(np.searchsorted(starts, np.arange(length), side="right") - 1, 0)
    goals = np.array([float(note.pitch) for note in notes])
    since = (np.arange(length) - np.array(starts)[owner]) / RATE_HZ
    before = np.concatenate([goals[:1], goals[:-1]])[owner]
    glided = goals[owner] + (before - goals[owner]) * np.exp(-since / glide_s)
    depth = vibrato * np.clip((since - 0.28) / 0.35, 0, 1)
    return glided + depth * wave(5.4 * clock(length)), level


def _wander(frames: int, rng: np.random.Generator, semitones: float) -> Curve:
    """A slow, small drift of pitch: a person is not a machine."""
    knots = np.arange(0, frames + RATE_HZ, RATE_HZ // 4)
    return np.interp(np.arange(frames), knots, rng.normal(0, semitones, len(knots)))


def passing_bus(seconds: float, rng: np.random.Generator) -> Stereo:
    """Tyres on a wet road, from the left to the right."""
    frames = frames_of(seconds)
    near = np.exp(-(((clock(frames) / seconds - 0.5) / 0.2) ** 2)).astype(np.float32)
    tyres = swept(
        rng.standard_normal(frames, np.float32),
        lambda at, freqs: (
            band(140, 300)(freqs)
            + np.exp(-(((at / seconds - 0.5) / 0.16) ** 2)) * 0.35 * band(400, 3200, 1)(freqs)
        ),
    )
    angle = np.linspace(0, np.pi / 2, frames, dtype=np.float32)
    sides: Stereo = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    sides *= (tyres * near)[:, None]
    return sides


def riser(seconds: float, rng: np.random.Generator) -> Stereo:
    """Noise that climbs and swells up to the downbeat, and is gone."""
    frames = frames_of(seconds)
    swell = (clock(frames) / seconds).astype(np.float32) ** 2 * gate(frames, 0.2, 0.02)
    sides = [
        swept(
            rng.standard_normal(frames, np.float32),
            lambda at, freqs: np.exp(
                -(np.log2(np.maximum(freqs, 1) / (350 * 2 ** (4.2 * at / seconds))) ** 2) / 0.7
            ),
        )
        for _ in range(2)
    ]
    return np.stack(sides, axis=1) * swell[:, None]
