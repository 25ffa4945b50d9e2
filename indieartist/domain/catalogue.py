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
