"""“Night Bus” on paper: its form, its chords and how they move, its melodies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

BPM = 104
BEATS_PER_BAR = 4
RINGING_BEATS = 3
"""How much longer than its bar the last chord is held."""

FORM = {"intro": 4, "verse": 8, "lift": 4, "chorus": 8, "bridge": 4, "final": 8, "outro": 4}
"""Bars of each section, in order."""

_DEGREES = {"C": 0, "Db": 1, "D": 2, "Eb": 3, "E": 4, "F": 5, "G": 7, "Ab": 8, "A": 9, "Bb": 10}

_CHORDS = {  # bass, then the notes of the upper voices
    "Cm9": ("C", "Eb G Bb D"),
    "Abmaj9": ("Ab", "C Eb G Bb"),
    "Ebmaj9": ("Eb", "G Bb D F"),
    "Bb6": ("Bb", "D F G C"),
    "Gm7": ("G", "Bb D F G"),
    "Fm9": ("F", "Ab C Eb G"),
    "Bbsus": ("Bb", "Eb F Ab C"),
    "Bb9": ("Bb", "D F Ab C"),
    "Dbmaj9": ("Db", "F Ab C Eb"),
}

_VERSE = "Cm9 Abmaj9 Ebmaj9 Bb6 Cm9 Abmaj9 Gm7 Abmaj9"
_CHORUS = "Abmaj9 Bb6 Gm7 Cm9 Fm9 Gm7 Abmaj9 Bbsus/Bb9"
_HARMONY = {  # a bar each; two chords with a stroke share the bar
    "intro": "Cm9 Abmaj9 Ebmaj9 Bb6",
    "verse": _VERSE,
    "lift": "Fm9 Gm7 Abmaj9 Bbsus/Bb9",
    "chorus": _CHORUS,
    "bridge": "Fm9 Cm9 Dbmaj9 Bbsus/Bb9",
    "final": _CHORUS,
    "outro": "Cm9 Abmaj9 Ebmaj9 Ebmaj9",
}

_HOOK = (  # pitch:beats, "-" rests; a bar between strokes
    "Eb5:.5 F5:.5 G5:1.5 F5:.5 Eb5:1 | F5:1.5 Eb5:.5 D5:1 Bb4:.5 C5:.5 |"
    "D5:1.5 F5:.5 D5:1 Bb4:1 | C5:2.5 -:.5 Eb5:.5 F5:.5 |"
    "G5:1.5 Ab5:.5 G5:.5 F5:.5 Eb5:1 | F5:1.5 G5:.5 Bb5:1.5 G5:.5 |"
    "G5:2 F5:.5 Eb5:.5 F5:1 | F5:2 Eb5:1 D5:1"
)
_HARMONY_BELOW = (  # under the hook's second half, in the last chorus
    "-:4 | -:4 | -:4 | -:3 C5:.5 D5:.5 |"
    "Eb5:1.5 F5:.5 Eb5:.5 C5:.5 C5:1 | D5:1.5 Eb5:.5 F5:1.5 D5:.5 |"
    "Eb5:2 C5:.5 C5:.5 C5:1 | C5:2 C5:1 Bb4:1"
)
MELODIES = {  # (section, part): the line
    ("intro", "keys"): "-:4 | -:2 Eb5:.5 F5:.5 G5:1 | -:4 | -:2 Eb5:.5 F5:.5 D5:1",
    ("verse", "voice"): (
        "-:1 G4:.5 Bb4:.5 C5:1.5 Bb4:.5 | C5:1 Bb4:.5 G4:1.5 -:1 |"
        "-:1 G4:.5 Bb4:.5 D5:1 C5:.5 Bb4:.5 | C5:.5 Bb4:.5 F4:2 -:1 |"
        "-:1 G4:.5 Bb4:.5 Eb5:1 D5:.5 C5:.5 | C5:1.5 Bb4:.5 G4:1.5 -:.5 |"
        "-:1 F4:.5 G4:.5 Bb4:1.5 C5:.5 | C5:3 -:1"
    ),
    ("lift", "voice"): "Ab4:2 C5:2 | Bb4:2 D5:2 | C5:2 Eb5:2 | F5:2 D5:1.5 -:.5",
    ("chorus", "lead"): _HOOK,
    ("bridge", "voice"): "-:2 C5:1 Eb5:1 | D5:3 -:1 | -:1 F4:.5 Ab4:.5 C5:2 | C5:2 D5:1.5 -:.5",
    ("final", "lead"): _HOOK,
    ("final", "voice"): _HARMONY_BELOW,
    ("outro", "keys"): "-:2 Eb5:.5 F5:.5 G5:1 | -:4 | -:2 Eb5:.5 F5:.5 G5:1 | -:1 Bb4:3",
}

_VOICE_RANGE = range(53, 77)  # F3 to E5


@dataclass(frozen=True, slots=True)
class Note:
    """One note: when and how long in beats, its MIDI pitch, how hard from 0 to 1."""

    beat: float
    beats: float
    pitch: int
    velocity: float = 0.8


@dataclass(frozen=True, slots=True)
class Chord:
    """A chord as it sounds: the bass, and four upper voices from low to high."""

    section: str
    beat: float
    beats: float
    bass: int
    voices: tuple[int, ...]


def section_beats() -> dict[str, tuple[int, int]]:
    """First and last (exclusive) beat of each section."""
    spans, beat = {}, 0
    for name, bars in FORM.items():
        spans[name] = (beat, beat + bars * BEATS_PER_BAR)
        beat += bars * BEATS_PER_BAR
    return spans


def chords() -> list[Chord]:
    """The whole harmony, each chord voiced by the shortest way from the one before."""
    sounding: list[Chord] = []
    voices: tuple[int, ...] = (58, 63, 67, 70)
    for section, (start, _) in section_beats().items():
        for bar, names in enumerate(_HARMONY[section].split()):
            shared = names.split("/")
            beats = BEATS_PER_BAR / len(shared)
            for place, name in enumerate(shared):
                root, upper = _CHORDS[name]
                voices = _voiced(upper, voices)
                beat = start + bar * BEATS_PER_BAR + place * beats
                sounding.append(Chord(section, beat, beats, _bass(root), voices))
    return [*sounding[:-1], replace(sounding[-1], beats=sounding[-1].beats + RINGING_BEATS)]


def melody(section: str, part: str) -> list[Note]:
    """The line that `part` has in `section`; it swells as it climbs."""
    beat, notes = float(section_beats()[section][0]), []
    for token in MELODIES[section, part].replace("|", " ").split():
        name, beats = token.split(":")
        if name != "-":
            pitch = _pitch(name)
            notes.append(Note(beat, float(beats), pitch, 0.75 + 0.012 * (pitch - 72)))
        beat += float(beats)
    return notes


def _pitch(name: str) -> int:
    return 12 * (int(name[-1]) + 1) + _DEGREES[name[:-1]]


def _bass(root: str) -> int:
    """The root between E1 and E flat 2, where small speakers and large ones both speak."""
    return 28 + (_DEGREES[root] - 28) % 12


def _voiced(upper: str, before: tuple[int, ...]) -> tuple[int, ...]:
    """Of all placings of the notes in the range, the one that moves the least."""
    places = [[p for p in _VOICE_RANGE if p % 12 == _DEGREES[name]] for name in upper.split()]
    spaced = [tuple(sorted(way)) for way in product(*places) if len(set(way)) == len(way)]
    return min(spaced, key=lambda way: (_cost(way, before), way))


def _cost(way: tuple[int, ...], before: tuple[int, ...]) -> int:
    steps = sum(abs(new - old) for new, old in zip(way, before, strict=True))
    drift = abs(sum(way) - 4 * 64) // 8  # keeps the chords from wandering up or down
    wide = max(0, way[-1] - way[0] - 14)
    low_cluster = 4 * (way[1] - way[0] < 3)
    return steps + drift + wide + low_cluster
