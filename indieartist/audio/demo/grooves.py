"""The drummer's page: patterns, fills and accents, played with swing and a human hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indieartist.audio.demo.score import BEATS_PER_BAR, section_beats

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

SWING = 0.56
"""Where the second sixteenth of a pair falls; 0.5 is straight, 0.67 a triplet."""

_STRENGTHS = {"X": 1.0, "x": 0.75, "o": 0.45, "-": 0.25}

_GROOVES = {  # a sixteenth for each sign; a pattern repeats through the section
    "intro": {"tick": "x...o...x...o...", "shaker": "-.o.-.o.-.o.-.o."},
    "verse": {
        "kick": "X......o..x.....X......x..x...o.",
        "rim": "....x.......x.......x.......x..-",
        "hat": "x.o.x.o-x.o.x-o.x.o.x.o-x.o.x.oo",
        "shaker": "-.o.-.o.-.o.-.o.",
    },
    "lift": {
        "kick": "x...o...x...o...",
        "clap": "....o.......o...",
        "hat": "-.o.-.o.-.o.-.oo",
        "shaker": "o-x-o-x-o-x-o-x-",
    },
    "chorus": {
        "kick": "X...X...X...X...X...X...X..oX.x.",
        "snare": "....X.......X..-....X..-....X...",
        "clap": "....x.......x...",
        "hat": "o-.-o-.-o-.-o-.-",
        "open": "..x...x...x...x.",
        "shaker": "-.o--.o--.o--.oo",
    },
    "bridge": {
        "rim": "....o.......o..-",
        "hat": "o...-.o.o...-...",
        "shaker": "-.o.-.o.-.o.-.o.",
    },
    "outro": {
        "kick": "X......o..x.....",
        "rim": "....o.......o...",
        "hat": "o.-.o.--o.-.o.-.",
    },
}
_GROOVES["final"] = _GROOVES["chorus"] | {"ride": "x...o...x...o..."}

_FILLS = {  # in the section's last bar; what has no fill there plays on
    "intro": {"shaker": "-.o.-.o.-.o.oooo", "tom": "............o.x."},
    "verse": {"kick": "X......o..x.....", "rim": "....x.......x.oo", "tom": "..........o.x.x."},
    "lift": {"kick": "X...x...x.......", "snare": "--o-o-oooxoxxxXX"},
    "chorus": {"kick": "X...X...X.......", "snare": "....X.......X.xX", "tom": "..........x.x..."},
    "bridge": {"kick": "........x...x.x.", "snare": "....--o-o-oooxxX", "tom": "........o.x.x..."},
    "final": {"kick": "X...X...X...X...", "snare": "....X.......X.xX", "open": "..x...x...x....."},
    "outro": {"kick": "X...............", "rim": "................", "hat": "o..............."},
}

_OPENINGS = {  # on the section's first beat
    "verse": ("ride",),
    "chorus": ("crash", "boom"),
    "bridge": ("boom",),
    "final": ("crash", "boom"),
    "outro": ("crash",),
}

_LOOSENESS_S = 0.003  # a good drummer's spread around the beat
_TIGHT = frozenset({"kick", "crash", "boom", "tick"})


@dataclass(frozen=True, slots=True)
class Hit:
    """One stroke: its beat, how far the hand is off in seconds, the piece, and 0..1 of force."""

    beat: float
    late_s: float
    piece: str
    velocity: float


def swung(beat: float) -> float:
    """The beat as played: second sixteenths come a little late."""
    pair, within = divmod(beat, 0.5)
    return pair * 0.5 + within + min(within, 0.5 - within) * (2 * SWING - 1)


def drum_hits(rng: np.random.Generator) -> list[Hit]:
    """Every stroke of the song."""
    return [_by_hand(hit, rng) for section in _GROOVES for hit in _section_hits(section)]


def kick_beats() -> list[float]:
    """Where the kick falls, for what ducks beneath it."""
    hits = (hit for section in _GROOVES for hit in _section_hits(section))
    return sorted(hit.beat for hit in hits if hit.piece == "kick")


def _section_hits(section: str) -> Iterator[Hit]:
    start, end = section_beats()[section]
    last_bar = end - BEATS_PER_BAR
    yield from (Hit(start, 0.0, piece, 0.9) for piece in _OPENINGS.get(section, ()))
    yield from _pattern_hits(_GROOVES[section], start, last_bar)
    yield from _pattern_hits(_GROOVES[section] | _FILLS[section], last_bar, end)


def _pattern_hits(patterns: dict[str, str], start: int, end: int) -> Iterator[Hit]:
    for piece, pattern in patterns.items():
        for step in range((end - start) * 4):
            strength = _STRENGTHS.get(pattern[step % len(pattern)])
            if strength:
                yield Hit(swung(start + step / 4), 0.0, piece, strength)


def _by_hand(hit: Hit, rng: np.random.Generator) -> Hit:
    loose = 0.0 if hit.piece in _TIGHT else float(rng.normal(0, _LOOSENESS_S))
    force = hit.velocity * (1 + float(rng.normal(0, 0.06)))
    return Hit(hit.beat, loose, hit.piece, min(max(force, 0.05), 1.0))
