"""What both libraries are filled with and asked; standard library only, for the peers' Python."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import NamedTuple

WORDS = (
    "Night", "River", "Glass", "Salt", "Ember", "Tide", "Signal", "Paper", "Garden", "Winter",
    "Ähre", "Velvet", "Moon", "Road",
)  # fmt: skip
EACH, TURNS = 10, 5


class Asked(NamedTuple):
    """One question: what it is called, how ours is asked, and how beets is."""

    what: str
    ours: dict[str, str]
    theirs: str


QUESTIONS = (
    Asked("first 100 of all tracks by title, inside", {"sort": "title"}, "title+"),
    Asked("first 100 of all tracks by artist, inside", {"sort": "artist"}, "artist+"),
    Asked(
        "first 100 tracks that hold a word, inside",
        {"words": "ember 77", "sort": "title"},
        "ember 77 title+",
    ),
    Asked(
        "first 100 tracks that hold a part of a word, inside",
        {"words": "elve", "sort": "title"},
        "elve title+",
    ),
    Asked("the track of an ISRC, inside", {"words": "GBAYE0000013"}, "isrc:GBAYE0000013"),
)


class Song(NamedTuple):
    """One of the many tracks inside."""

    number: int
    title: str
    release: int
    position: int
    isrc: str

    @property
    def artist(self) -> str:
        """Whose release it is on."""
        return artist_of(self.release)


def two_words(chance: random.Random) -> str:
    """The beginning of a title."""
    return f"{chance.choice(WORDS)} {chance.choice(WORDS)}"


def artist_of(release: int) -> str:
    """Sixty artists have all the releases."""
    return f"Artist {release % 60}"


def make_songs(many: int) -> list[Song]:
    """The same songs each time."""
    chance = random.Random(1)
    return [
        Song(
            number + 1,
            f"{two_words(chance)} {number}",
            number // EACH + 1,
            number % EACH + 1,
            f"GBAYE{number // 100_000:02}{number % 100_000:05}",
        )
        for number in range(many)
    ]


def best(work: Callable[[], object]) -> float:
    """The least of a few turns, in seconds."""
    took = []
    for _ in range(TURNS):
        started = time.perf_counter()
        work()
        took.append(time.perf_counter() - started)
    return min(took)
