"""The release's page: what stands on it, and the template filled in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.adapters.distributors.site.palette import Palette
from indieartist.adapters.distributors.site.structured import structured_data
from indieartist.adapters.distributors.site.words import (
    KINDS,
    clock,
    day_in_words,
    language_tag,
    summary_of,
    total_in_words,
)
from indieartist.adapters.templates import make_environment, web_address
from indieartist.sdk.views import CreditView, ReleaseView, TrackView

if TYPE_CHECKING:
    from jinja2 import Environment

GROUPS = (("performance", "Performance"), ("writing", "Writing"), ("production", "Production"))


@dataclass(frozen=True, slots=True)
class Song:
    """A row of the list of songs."""

    track: TrackView
    audio: str  # address relative to the page
    length: str
    language: str
    guests: str  # who else is on it: 'feat. Ines Okafor'


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the credits: who, as what, and on which songs if not on all."""

    name: str
    roles: str
    songs: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the page will lie: `root` ends with a slash, or is empty when nobody knows yet."""

    root: str
    folder: str

    @property
    def url(self) -> str:
        """Address of the release's folder, or nothing."""
        return f"{self.root}{self.folder}/" if self.root else ""


def render_page(release: ReleaseView, audio: list[str], place: Place, palette: Palette) -> str:
    """The whole page; `audio` holds the songs' addresses relative to it."""
    pairs = zip(release.tracks, audio, strict=True)
    return (
        environment()
        .get_template("release.html")
        .render(
            release=release,
            songs=[_song(release, track, name) for track, name in pairs],
            credits=_credits_of(release),
            links=[(link.service, web_address(link.url)) for link in release.links],
            language=language_tag(release.language),
            kind=KINDS.get(release.kind, "Release"),
            day=day_in_words(release.release_on),
            total=total_in_words(release),
            summary=summary_of(release),
            place=place,
            palette=palette,
            structured=structured_data(release, audio, place.url),
        )
    )


@cache
def environment() -> Environment:
    """The templates of this adapter."""
    return make_environment(Path(__file__).parent / "templates")


def _song(release: ReleaseView, track: TrackView, audio: str) -> Song:
    featured = [c.name for c in track.credits if c.role == "featured"]
    return Song(
        track=track,
        audio=audio,
        length=clock(track.duration_ms),
        language=language_tag(track.language or release.language),
        guests="feat. " + ", ".join(featured) if featured else "",
    )


def _credits_of(release: ReleaseView) -> list[tuple[str, list[Person]]]:
    groups = [(title, _people_of(release, group)) for group, title in GROUPS]
    return [(title, people) for title, people in groups if people]


def _people_of(release: ReleaseView, group: str) -> list[Person]:
    """Everybody of a group once per set of songs, in the order of first appearance."""
    found: dict[tuple[str, str], list[int]] = {}
    everywhere = list(range(1, len(release.tracks) + 1))
    for credit in release.credits:
        if credit.group == group:
            found[credit.name, _role_of(credit)] = everywhere
    for number, track in enumerate(release.tracks, 1):
        for credit in track.credits:
            if credit.group == group:
                songs = found.setdefault((credit.name, _role_of(credit)), [])
                found[credit.name, _role_of(credit)] = sorted({*songs, number})
    return _merged(found, everywhere)


def _merged(found: dict[tuple[str, str], list[int]], everywhere: list[int]) -> list[Person]:
    """One line for a person who did several things on the same songs."""
    roles: dict[tuple[str, str], list[str]] = {}
    for (name, role), songs in found.items():
        where = "" if songs == everywhere else "on " + ", ".join(map(str, songs))
        roles.setdefault((name, where), []).append(role)
    return [Person(name, ", ".join(done), where) for (name, where), done in roles.items()]


def _role_of(credit: CreditView) -> str:
    return credit.instrument or credit.label.lower()
