"""Checks of what is declared: languages, rights, genre, AI (LG-01, CP-01, GN-01, AI-01)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indieartist.domain.content_id import OPTED_IN
from indieartist.domain.identifiers import find_line
from indieartist.domain.languages import INSTRUMENTAL, find_language
from indieartist.domain.preflight.registry import (
    Case,
    Fix,
    Outcome,
    Problem,
    Severity,
    check,
    named,
)
from indieartist.domain.release import Track
from indieartist.domain.titles import plain

_EXAMPLE = "Use a code such as en, es or pt."


@check
def languages(case: Case) -> Iterator[Outcome]:
    """LG-01: the language of the titles and of each track's words, as ISO 639 has it."""
    metadata = find_language(case.release.language)
    if metadata is None or metadata == INSTRUMENTAL:
        message = "The language of the titles is not set."
        yield Problem(message, "language", None, case.release.language, _EXAMPLE)
    for track in case.tracks:
        yield from _sung_problems(track)


def _sung_problems(track: Track) -> Iterator[Problem]:
    sung = find_language(track.language)
    instrumental = "instrumental" in plain(f"{track.title} {track.version}").split()
    if sung is None:
        hint = f"{_EXAMPLE} An instrumental is {INSTRUMENTAL}."
        fix = (
            Fix("language", INSTRUMENTAL, "It is an instrumental", track.id)
            if instrumental
            else None
        )
        message = f"The language of {named(track)} is not set."
        yield Problem(message, "language", track.id, track.language, hint, fix)
    elif sung == INSTRUMENTAL and track.lyrics.strip():
        message = f"{named(track)} is an instrumental but has lyrics."
        hint = "Set the language of its words, or remove the lyrics."
        yield Problem(message, "language", track.id, track.language, hint)
    elif sung != INSTRUMENTAL and instrumental and not track.lyrics.strip():
        message = f"{named(track)} is an instrumental but has a language."
        fix = Fix("language", INSTRUMENTAL, "It is an instrumental", track.id)
        yield Problem(message, "language", track.id, track.language, "", fix)


@check
def rights_lines(case: Case) -> Iterator[Outcome]:
    """CP-01: P and C lines as 'YYYY Owner', no sign typed, no year after the release."""
    fields = {"p_line": ("P", case.release.p_line), "c_line": ("C", case.release.c_line)}
    for field, (name, text) in fields.items():
        yield from _line_problems(case, field, name, text)


def _line_problems(case: Case, field: str, name: str, text: str) -> Iterator[Problem]:
    line = find_line(text)
    latest = (case.release.release_on or case.today).year
    hint = f"Write the year and the owner: {latest} Name."
    if line is None:
        what = "is not year and owner" if text.strip() else "is missing"
        fix = _suggested_line(case, field, latest) if not text.strip() else None
        yield Problem(f"The {name} line {what}.", field, None, text, hint, fix)
    elif str(line) != text:
        fix = Fix(field, str(line), f"Write “{line}”")
        message = f"The {name} line has a sign or spaces too many; stores print the sign."
        yield Problem(message, field, None, text, "", fix)
    elif line.year > latest:
        message = f"The year of the {name} line is later than the release."
        yield Problem(message, field, None, text, hint)


def _suggested_line(case: Case, field: str, year: int) -> Fix | None:
    owner = case.release.label or case.release.artist_line
    return Fix(field, f"{year} {owner}", f"Write “{year} {owner}”", asks=True) if owner else None


@check
def genres(case: Case) -> Iterator[Outcome]:
    """GN-01: a genre on the release or on every track, known, and not one with rules of its own."""
    release = case.release
    without = [track for track in case.tracks if not (track.genre or release.genre).strip()]
    if without or not (case.tracks or release.genre.strip()):
        yield Problem("The release has no genre.", "genre", hint="Choose the one that fits best.")
    chosen = [(None, release.genre), *((track.id, track.genre) for track in case.tracks)]
    for track_id, genre in chosen:
        if genre.strip():
            yield from _genre_problems(case, track_id, genre)


def _genre_problems(case: Case, track_id: int | None, genre: str) -> Iterator[Problem]:
    known = {plain(name): name for name in case.words["genres"]}
    name = known.get(plain(genre))
    if name is None:
        message = f"“{genre}” is not among the genres that stores have in common."
        hint = "Choose the nearest; the distributor's own list may have it."
        yield Problem(message, "genre", track_id, genre, hint, at_most=Severity.WARNING)
    elif name != genre:
        fix = Fix("genre", name, f"Write “{name}”", track_id)
        message = f"The genre is written “{name}”."
        yield Problem(message, "genre", track_id, genre, "", fix, Severity.INFO)
    elif name in case.words["restricted_genres"]:
        message = f"{name} has rules of its own at stores."
        hint = "Classical asks for work and movement; Soundtrack for a film, series or game."
        yield Problem(message, "genre", track_id, genre, hint, at_most=Severity.WARNING)


@check
def ai_declared(case: Case) -> Iterator[Outcome]:
    """AI-01: the question about AI is answered."""
    if not case.release.ai_disclosure.strip():
        hint = "Say none, or what was made with AI: artwork, track, composition, video."
        fix = Fix("ai_disclosure", "none", "No AI was used", asks=True)
        message = "The use of AI is not declared."
        yield Problem(message, "ai_disclosure", hint=hint, fix=fix)


@check
def content_id(case: Case) -> Iterator[Outcome]:
    """CI-01: the question is answered; what opts in is long enough, short enough, and one's own."""
    answer = case.release.content_id
    if not answer:
        message = "Whether Content ID is used is not decided."
        hint = "Use it only where every beat, loop, sample and song is yours alone."
        fix = Fix("content_id", "no", "Do not use Content ID", asks=True)
        yield Problem(message, "content_id", None, "", hint, fix, Severity.INFO)
    if answer != OPTED_IN:
        return
    for track in case.tracks:
        yield from _content_id_problems(case, track)


def _content_id_problems(case: Case, track: Track) -> Iterator[Problem]:
    field, seconds = "content_id", track.duration_ms / 1000
    named_as = plain(f"{track.title} {track.version}")
    words = [w for w in case.words["not_ones_own"] if re.search(rf"\b{re.escape(w)}\b", named_as)]
    if words:
        message = f"{named(track)} does not look like a recording that is yours alone."
        hint = "Covers, karaoke, sound-alikes and type beats are refused by Content ID."
        yield Problem(message, field, track.id, words[0], hint)
    if track.current and seconds <= case.options["shortest_seconds"]:
        message = f"{named(track)} is too short for Content ID."
        hint = f"It takes recordings of more than {case.options['shortest_seconds']} seconds."
        yield Problem(message, field, track.id, f"{seconds:.0f} s", hint)
    if seconds > case.options["longest_seconds"]:
        message = f"{named(track)} is longer than some distributors take for Content ID."
        limit = f"Soundrop takes {case.options['longest_seconds'] // 60} minutes."
        yield Problem(message, field, track.id, f"{seconds:.0f} s", limit, at_most=Severity.WARNING)
