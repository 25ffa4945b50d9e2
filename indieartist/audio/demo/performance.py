"""The recording session: every part played on its instrument, onto six dry stereo tracks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from indieartist.audio.demo import instruments, parts
from indieartist.audio.demo.drumkit import TAKES, drum_kit
from indieartist.audio.demo.grooves import drum_hits
from indieartist.audio.demo.score import BPM, FORM, MELODIES, Note, melody, section_beats
from indieartist.audio.demo.synth import Mono, Stereo, frames_of, wave
from indieartist.domain.progress import Report

BEAT_S = 60 / BPM
LEAD_IN_S = 0.15
TAIL_S = 4.5
FRAMES = frames_of(LEAD_IN_S + max(end for _, end in section_beats().values()) * BEAT_S + TAIL_S)

_PAD_BRIGHTNESS = ((0, 0), (16, 0.25), (48, 0.2), (64, 0.75), (95, 0.8), (96, 0.15), (108, 0.3),
                   (112, 0.9), (143, 0.9), (144, 0.35), (162, 0))  # fmt: skip
_PAD_LEVEL = (
    (0, 0.7),
    (16, 0.6),
    (48, 0.7),
    (63, 1),
    (96, 0.8),
    (112, 1),
    (144, 0.9),
    (158, 0.8),
    (166, 0),
)
_VOICE_LEVEL = ((46, 0.85), (48, 0.5), (63, 0.75), (64, 0.85), (111, 0.8), (112, 1))
_CHOIR_OPENNESS = ((48, 0), (63, 0.8), (96, 0.2), (112, 0.6), (128, 1), (144, 0.5))


def record(report: Report) -> dict[str, Stereo]:
    """Play the song: the dry tracks by name, (FRAMES, 2) each."""
    tracks: dict[str, Stereo] = {}
    players = {
        "Drums": _drums,
        "Bass": _bass,
        "Keys": _keys,
        "Pads": _pads,
        "Lead": _lead,
        "Voice": _voice,
    }
    for done, (name, play) in enumerate(players.items()):
        report(done / len(players))
        tracks[name] = play(np.random.default_rng(1000 + done))
    return tracks


def curve(points: Sequence[tuple[float, float]]) -> Mono:
    """An automation lane: straight lines between (beat, value), one value for each frame."""
    first, *_, last = points
    knots = [(0, first[1]), *((frame_at(beat), value) for beat, value in points), (FRAMES, last[1])]
    return np.concatenate(
        [
            np.linspace(here, there, end - start, endpoint=False, dtype=np.float32)
            for (start, here), (end, there) in pairwise(knots)
        ]
    )


def frame_at(beat: float) -> int:
    """The frame on which `beat` falls."""
    return frames_of(LEAD_IN_S + beat * BEAT_S)


def _place(track: Stereo, frame: int, sound: Stereo) -> None:
    start = max(0, frame)
    part = sound[: len(track) - start]
    track[start : start + len(part)] += part


def _perform(notes: Iterable[Note], tone: instruments.Tone) -> Stereo:
    """Play `notes`; equal notes are made once, velocities being eighths."""
    track, made = np.zeros((FRAMES, 2), np.float32), {}
    for note in notes:
        key = note.pitch, frames_of(note.beats * BEAT_S), max(1, round(note.velocity * 8)) / 8
        if key not in made:
            made[key] = tone(*key)
        _place(track, frame_at(note.beat), made[key])
    return track


def _played(notes: Iterable[Note], rng: np.random.Generator) -> list[Note]:
    return parts.by_hand(notes, 1 / BEAT_S, rng)


def _drums(rng: np.random.Generator) -> Stereo:
    track, kit = np.zeros((FRAMES, 2), np.float32), drum_kit(rng)
    for number, hit in enumerate(drum_hits(rng)):
        sound = kit[hit.piece][number % TAKES] * np.float32(hit.velocity**1.4)
        _place(track, frame_at(hit.beat) + frames_of(hit.late_s), sound)
    return track


def _bass(rng: np.random.Generator) -> Stereo:
    return _perform(_played(parts.bass_part(), rng), instruments.bass_tone)


def _keys(rng: np.random.Generator) -> Stereo:
    piano = _perform(_played(parts.keys_part(), rng), instruments.piano_tone)
    period = frames_of(2 * BEAT_S)
    tremolo = np.float32(0.22) * np.resize(wave(np.arange(period) / period), FRAMES)
    piano[:, 0] *= 1 + tremolo
    piano[:, 1] *= 1 - tremolo
    plucks = _perform(_played(parts.arpeggio_part(), rng), instruments.pluck_tone)
    plucks *= np.float32(0.45)
    plucks += piano
    return plucks


def _pads(rng: np.random.Generator) -> Stereo:
    notes = parts.held_chords(*FORM)
    dark, bright = (
        _perform(notes, instruments.ensemble_tone(instruments.strings(cutoff), 0.35, rng))
        for cutoff in (500, 4800)
    )
    track = _morphed(dark, bright, curve(_PAD_BRIGHTNESS))
    track *= curve(_PAD_LEVEL)[:, None]
    for beat in (-1, 98, 148):
        _place(track, frame_at(beat), np.float32(1.2) * instruments.passing_bus(7.0, rng))
    for beat in (56, 108):
        rise = instruments.riser((_section_end(beat) - beat) * BEAT_S, rng)
        _place(track, frame_at(beat), np.float32(2.2) * rise)
    return track


def _section_end(beat: float) -> int:
    """The beat on which the section that holds `beat` ends."""
    return next(end for start, end in section_beats().values() if start <= beat < end)


def _lead(rng: np.random.Generator) -> Stereo:
    track = np.zeros((FRAMES, 2), np.float32)
    for section in _sections_of("lead"):
        line = _played(_from_zero(melody(section, "lead"), section), rng)
        _place(track, frame_at(section_beats()[section][0]), instruments.lead_line(line, BEAT_S))
    return track


def _voice(rng: np.random.Generator) -> Stereo:
    track = np.zeros((FRAMES, 2), np.float32)
    for section in _sections_of("voice"):
        line = _played(_from_zero(melody(section, "voice"), section), rng)
        sung = instruments.voice_line(line, BEAT_S, rng)
        _place(track, frame_at(section_beats()[section][0]), sung)
    held = parts.held_chords("lift", "chorus", "final", "outro")
    oo, ah = (
        _perform(held, instruments.ensemble_tone(instruments.vowel(o), 0.25, rng)) for o in (0, 1)
    )
    track *= curve(_VOICE_LEVEL)[:, None]
    choir = _morphed(oo, ah, curve(_CHOIR_OPENNESS))
    choir *= np.float32(0.16)
    choir += track
    return choir


def _morphed(first: Stereo, second: Stereo, share: Mono) -> Stereo:
    """From `first` (0) to `second` (1), as `share` says; in the place of `second`."""
    second -= first
    second *= share[:, None]
    second += first
    return second


def _sections_of(part: str) -> list[str]:
    return [section for section, who in MELODIES if who == part]


def _from_zero(notes: list[Note], section: str) -> list[Note]:
    start = section_beats()[section][0]
    return [replace(note, beat=note.beat - start) for note in notes]
