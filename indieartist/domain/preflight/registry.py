"""What a check is given, what it may say, and the table of checks by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Any

from indieartist.domain.languages import INSTRUMENTAL, find_language
from indieartist.domain.preflight.known import Known
from indieartist.domain.release import Credit, Release, Track

LONGEST_TITLE = 500  # characters; longer ones are refused before any pattern reads them


class Severity(IntEnum):
    """How bad a finding is: an error is refused, a warning corrected or delayed, info is advice."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The word for it in data and output."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Redraw:
    """A cover drawn anew: square from its middle, RGB, JPEG, no wider than `side_px`."""

    side_px: int


FixValue = str | date | tuple[Credit, ...] | Redraw


@dataclass(frozen=True, slots=True)
class Fix:
    """An edit that a machine can make: `field` of the release, or of the track, becomes `value`.

    `asks` marks a guess or a decision: offer it, but never make it without being told to.
    """

    field: str
    value: FixValue
    label: str
    track_id: int | None = None
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check saw, on the release (`track_id` None) or on one track.

    `at_most` keeps a lighter case of a rule below the rule's own severity.
    """

    message: str
    field: str
    track_id: int | None = None
    evidence: str = ""
    hint: str = ""
    fix: Fix | None = None
    at_most: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Unseen:
    """What a check could not judge, because the evidence is not there."""

    needs: str
    track_id: int | None = None


@dataclass(frozen=True, slots=True)
class Titled:
    """The release or a track, as something with a title."""

    title: str
    version: str
    track_id: int | None
    language: str | None  # of the title; None where it cannot be told

    @property
    def name(self) -> str:
        """How a message calls it."""
        return f"The release “{self.title}”" if self.track_id is None else f"“{self.title}”"

    def retitle(self, title: str, label: str) -> Fix | None:
        """The edit to another title; none where nothing would be left."""
        title = " ".join(title.split())
        return Fix("title", title, label, self.track_id) if title and title != self.title else None


@dataclass(frozen=True)
class Case:
    """One release under one destination's options, on one day."""

    release: Release
    today: date
    words: Mapping[str, tuple[str, ...]]
    known: Known = field(default_factory=Known)
    destination: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def tracks(self) -> tuple[Track, ...]:
        """The tracks of the release."""
        return self.release.tracks

    @cached_property
    def titled(self) -> tuple[Titled, ...]:
        """The release and its tracks, those with a title of sane length.

        A release that is called like its only track is named once, as the release.
        """
        release = self.release
        language = find_language(release.language)
        everything = (
            Titled(release.title, release.version, None, language),
            *(Titled(t.title, t.version, t.id, _title_language(language, t)) for t in self.tracks),
        )
        named = everything[:1] if release.called_like_its_track else everything
        return tuple(t for t in named if 0 < len(t.title) <= LONGEST_TITLE)

    @cached_property
    def kept_spellings(self) -> tuple[str, ...]:
        """Names whose spelling is meant: the known stylisations, and everyone credited here."""
        return (*self.words["stylised"], *dict.fromkeys(c.name for c in self.all_credits))

    @cached_property
    def all_credits(self) -> tuple[Credit, ...]:
        """Every credit of the release and of its tracks, in order."""
        return self.release.credits + tuple(c for track in self.tracks for c in track.credits)

    def credits_of(self, track: Track) -> tuple[Credit, ...]:
        """The track's credits and those that the release gives to all its tracks."""
        own = self.release.credits_of(track)
        return own + tuple(c for c in self.release.credits if c.role != "artist")


Outcome = Problem | Unseen
Check = Callable[[Case], Iterator[Outcome]]
CHECKS: dict[str, Check] = {}


def check(function: Check) -> Check:
    """Enter a check under its name, by which `rules.toml` calls it."""
    CHECKS[function.__name__] = function
    return function


def named(track: Track) -> str:
    """How a message calls a track."""
    return f"“{track.title}”" if track.title else f"Track {track.position}"


def _title_language(metadata: str | None, track: Track) -> str | None:
    sung = find_language(track.language)
    foreign = sung not in (None, INSTRUMENTAL, metadata)
    return None if foreign else metadata
