"""A question to the catalogue of releases, its answer, and where a release stands by its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Sort = Literal["newest", "title", "artist", "label", "release_on"]
Group = Literal["", "artist", "label", "year", "state"]
State = Literal["undated", "coming", "out"]


@dataclass(frozen=True, slots=True)
class Question:
    """Which releases, in which order, grouped by what; `part` is the one group that is wanted."""

    words: str = ""
    sort: Sort = "newest"
    falling: bool = False
    group: Group = ""
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The releases' numbers in order, how many each group holds, and how many there are at all."""

    ids: tuple[int, ...]
    parts: dict[str, int]
    total: int


def state_of(release_on: date | None, today: date) -> State:
    """Where a release stands by its day."""
    if release_on is None:
        return "undated"
    return "coming" if release_on > today else "out"


TrackSort = Literal[
    "newest", "title", "artist", "release", "release_on", "isrc", "length", "position"
]
Lacking = Literal["", "audio", "approval", "isrc", "advisory", "language", "lyrics"]


@dataclass(frozen=True, slots=True)
class TrackQuestion:
    """Which tracks, in which order; `lacking` asks for those without a fact."""

    words: str = ""
    sort: TrackSort = "newest"
    falling: bool = False
    lacking: Lacking = ""
    release_id: int | None = None


@dataclass(frozen=True, slots=True)
class TrackAnswer:
    """The tracks' numbers in order, and how many tracks there are at all."""

    ids: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class TrackLine:
    """A track as lists show it; figures are those of its current mix, None where unmeasured."""

    id: int
    release_id: int
    position: int
    title: str
    version: str
    artist_line: str
    release_title: str
    isrc: str
    explicit: str
    language: str
    genre: str
    release_on: date | None
    artwork_hash: str | None
    length_ms: int
    mix_count: int
    approved: bool
    audio_hash: str | None
    integrated_lufs: float | None
    true_peak_dbtp: float | None
