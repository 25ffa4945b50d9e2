"""What each melodic player does with the score: bass lines, comping, arpeggios, held chords."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from indieartist.audio.demo.grooves import swung
from indieartist.audio.demo.score import MELODIES, Chord, Note, chords, melody

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np

_SCALE = (0, 2, 3, 5, 7, 8, 10)  # C minor

_Figure = tuple[tuple[float, float, int, float], ...]  # beat, beats, semitones or voice, velocity

_WALKING: _Figure = ((0, 1.2, 0, 0.9), (1.75, 0.4, 0, 0.6), (2.5, 0.9, 0, 0.8))
_DRIVING: _Figure = (
    (0, 0.42, 0, 0.95), (0.5, 0.42, 0, 0.75), (1, 0.42, 12, 0.85), (1.5, 0.42, 0, 0.75),
    (2, 0.42, 0, 0.9), (2.5, 0.42, 12, 0.8), (3, 0.42, 0, 0.85),
)  # fmt: skip
_HOLDING: _Figure = ((0, 8, 0, 0.8),)
_BASS = {
    "verse": _WALKING, "lift": _WALKING, "chorus": _DRIVING, "bridge": _HOLDING,
    "final": _DRIVING, "outro": _HOLDING,
}  # fmt: skip

_STABS: _Figure = ((0, 1.4, 0, 0.7), (1.75, 0.5, 0, 0.5), (2.5, 1.3, 0, 0.6))
_OFFBEATS: _Figure = (
    (0.5, 0.4, 0, 0.5),
    (1.5, 0.4, 0, 0.6),
    (2.5, 0.4, 0, 0.5),
)
_COMPING = {"verse": _STABS, "lift": _STABS, "chorus": _OFFBEATS, "final": _OFFBEATS}

_ARPEGGIO = (0, 2, 1, 3, 2, 4, 1, 3, 0, 2, 4, 3, 1, 3, 2, 5)  # voices; 4 and 5 an octave up
_ARPEGGIATED = ("lift", "chorus", "final")
_BROKEN = ("intro", "bridge", "outro")  # the keys play their chords note by note

_LOOSENESS_S = 0.006


def bass_part() -> list[Note]:
    """The bass: each chord's figure, and a step of the scale that leads into the next root."""
    notes = []
    for chord, following in pairwise([*chords(), chords()[-1]]):
        figure = _BASS.get(chord.section, ())
        notes += [replace(n, pitch=chord.bass + n.pitch) for n in _figured(figure, chord)]
        if figure in (_WALKING, _DRIVING):
            lead = chord.beat + chord.beats - 0.5
            notes.append(Note(lead, 0.42, _leading(chord.bass, following.bass), 0.75))
    return notes


def keys_part() -> list[Note]:
    """The electric piano: its melodies over broken chords, else chords in the section's figure."""
    notes = []
    for chord in chords():
        if chord.section in _BROKEN:
            notes += _broken(chord)
        for stab in _figured(_COMPING.get(chord.section, ()), chord):
            notes += [replace(stab, pitch=voice) for voice in chord.voices]
    return notes + line("keys")


def arpeggio_part() -> list[Note]:
    """Sixteenths through the chord; every other one softer."""
    notes = []
    for chord in chords():
        if chord.section in _ARPEGGIATED:
            voices = (*chord.voices, chord.voices[1] + 12, chord.voices[2] + 12)
            for step in range(int(chord.beats * 4)):
                pitch = voices[_ARPEGGIO[step % len(_ARPEGGIO)]] + 12
                beat = chord.beat + step / 4
                notes.append(Note(swung(beat), 0.2, pitch, (0.8, 0.45, 0.65, 0.5)[step % 4]))
    return notes


def held_chords(*sections: str) -> list[Note]:
    """The chords of `sections`, held from change to change."""
    held = (chord for chord in chords() if chord.section in sections)
    return [Note(c.beat, c.beats, pitch) for c in held for pitch in (c.bass + 12, *c.voices)]


def line(part: str) -> list[Note]:
    """All that `part` sings or plays alone, through the song."""
    return [note for section, who in MELODIES if who == part for note in melody(section, who)]


def by_hand(notes: Iterable[Note], beats_per_s: float, rng: np.random.Generator) -> list[Note]:
    """The notes as a person plays them: a little early or late, a little louder or softer."""
    return [
        replace(
            note,
            beat=max(0.0, note.beat + float(rng.normal(0, _LOOSENESS_S)) * beats_per_s),
            velocity=min(1.0, note.velocity * (1 + float(rng.normal(0, 0.08)))),
        )
        for note in notes
    ]


def _figured(figure: _Figure, chord: Chord) -> list[Note]:
    return [
        Note(swung(chord.beat + beat), min(beats, chord.beats - beat), step, velocity)
        for beat, beats, step, velocity in figure
        if beat < chord.beats - 0.5
    ]


def _broken(chord: Chord) -> list[Note]:
    order = (0, 1, 2, 3, 2, 1, 2, 1)[: int(chord.beats * 2)]
    rest = chord.beat + chord.beats
    return [
        Note(beat, min(2.0, rest - beat), chord.voices[voice], 0.6 if step % 4 == 0 else 0.45)
        for step, voice in enumerate(order)
        for beat in (chord.beat + step / 2,)
    ]


def _leading(here: int, there: int) -> int:
    """The note of the scale beside the next root, on the side one comes from."""
    way = -1 if here <= there else 1
    return next(p for p in range(there + way, there + 4 * way, way) if p % 12 in _SCALE)
