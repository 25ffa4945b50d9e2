"""Checks of who must be credited: writers, and Apple's three groups (AR-06, AR-07)."""

from __future__ import annotations

from collections.abc import Iterator

from indieartist.domain.credits import ROLES
from indieartist.domain.languages import INSTRUMENTAL, find_language
from indieartist.domain.preflight.registry import Case, Outcome, Problem, Severity, check, named
from indieartist.domain.release import Credit, Track

_MUSIC, _WORDS = ("composer", "writer"), ("lyricist", "writer")
_GROUPS = {
    "writing": ("writer", "composer, lyricist or arranger"),
    "performance": ("performer", "a voice or an instrument"),
    "production": ("producer or engineer", "producer, recording, mixing or mastering engineer"),
}


@check
def writers(case: Case) -> Iterator[Outcome]:
    """AR-06: a composer on every track, a lyricist where there are words, legal names."""
    for track in case.tracks:
        credits = case.credits_of(track)
        if not _with_roles(credits, _MUSIC):
            hint = "Add a composer or songwriter by legal first and last name."
            yield Problem(f"{named(track)} has no composer.", "credits", track.id, hint=hint)
        elif _has_words(track) and not _with_roles(credits, _WORDS):
            hint = "Add a lyricist, or make the composer a songwriter."
            yield Problem(
                f"{named(track)} has words but no lyricist.", "credits", track.id, hint=hint
            )
        yield from _mononyms(track, credits)


def _with_roles(credits: tuple[Credit, ...], roles: tuple[str, ...]) -> list[Credit]:
    return [credit for credit in credits if credit.role in roles and credit.name.strip()]


def _has_words(track: Track) -> bool:
    sung = find_language(track.language)
    return bool(track.lyrics.strip()) or sung not in (None, INSTRUMENTAL)


def _mononyms(track: Track, credits: tuple[Credit, ...]) -> Iterator[Problem]:
    single = [
        c.name for c in _with_roles(credits, (*_MUSIC, "lyricist")) if len(c.name.split()) < 2
    ]
    for name in dict.fromkeys(single):
        message = f"“{name}” is one word; writers are credited by first and last name."
        hint = "Use the name that the collecting society knows."
        yield Problem(message, "credits", track.id, name, hint, at_most=Severity.WARNING)


@check
def credit_groups(case: Case) -> Iterator[Outcome]:
    """AR-07: on every track a writer, a performer, and a producer or engineer."""
    for track in case.tracks:
        there = {ROLES[c.role].group for c in case.credits_of(track) if c.role in ROLES}
        for group, (noun, examples) in _GROUPS.items():
            if group not in there:
                message = f"{named(track)} credits no {noun}."
                hint = f"Add at least one: {examples}."
                yield Problem(message, "credits", track.id, hint=hint)
