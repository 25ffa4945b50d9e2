"""Checks of ISRC, UPC or EAN, catalogue number, ISWC, IPI, ISNI and artist pages (ID-01 to 08)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from indieartist.domain import codes
from indieartist.domain import identifiers as ids
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

# How a link to an artist's page looks, and what else of the store people paste instead.
_PAGES = {
    "spotify": (
        re.compile(
            r"^(?:https?://open\.spotify\.com/(?:intl-\w+/)?artist/|spotify:artist:)[0-9A-Za-z]{22}(?:[/?#]|$)"
        ),
        re.compile(r"open\.spotify\.com/|^spotify:"),
    ),
    "apple-music": (
        re.compile(
            r"^https?://(?:music|itunes)\.apple\.com/(?:\w\w/)?artist/(?:[^/?#]+/)?(?:id)?\d{5,}(?:[/?#]|$)"
        ),
        re.compile(r"(?:music|itunes)\.apple\.com/"),
    ),
}
_PAGE_NAMES = {"spotify": "Spotify", "apple-music": "Apple Music"}


@check
def isrc_form(case: Case) -> Iterator[Outcome]:
    """ID-01: form, spelling and prefix of each track's ISRC; a missing one is advice only."""
    for track in case.tracks:
        yield from _isrc_problems(track)


def _isrc_problems(track: Track) -> Iterator[Problem]:
    isrc = ids.find_isrc(track.isrc)
    if not track.isrc.strip():
        yield Problem(
            f"{named(track)} has no ISRC.",
            "isrc",
            track.id,
            hint="Most distributors assign one; enter your own if you have a range.",
            at_most=Severity.INFO,
        )
    elif isrc is None:
        meant = ids.suggest_isrc(track.isrc)
        fix = Fix("isrc", meant, f"Use {ids.format_isrc(meant)}", track.id, True) if meant else None
        message = f"The ISRC of {named(track)} is not one."
        yield Problem(message, "isrc", track.id, track.isrc, ids.isrc_hint(track.isrc), fix)
    elif isrc != track.isrc:
        yield Problem(
            f"The ISRC of {named(track)} has signs that do not belong to it.",
            "isrc",
            track.id,
            track.isrc,
            "Stored without hyphens, spaces and the word ISRC it suits every form.",
            Fix("isrc", isrc, f"Store as {isrc}", track.id),
            Severity.WARNING,
        )
    elif isrc[:2] not in ids.ISRC_PREFIXES:
        yield Problem(
            f"No ISRC agency is known to give out codes that begin with {isrc[:2]}.",
            "isrc",
            track.id,
            ids.format_isrc(isrc),
            "Compare it with the code you were given.",
            at_most=Severity.WARNING,
        )


@check
def isrc_recordings(case: Case) -> Iterator[Outcome]:
    """ID-02: one ISRC on two recordings, or two ISRCs on one."""
    for one, other in combinations(case.tracks, 2):
        sounds = [track.current.audio_hash for track in (one, other) if track.current]
        isrcs = [ids.find_isrc(track.isrc) or "" for track in (one, other)]
        if all(isrcs) and len(sounds) == 2:
            yield from _recording_problems(one, other, isrcs, sounds[0] == sounds[1])


def _recording_problems(
    one: Track, other: Track, isrcs: list[str], same_sound: bool
) -> Iterator[Problem]:
    if isrcs[0] == isrcs[1] and not same_sound:
        yield Problem(
            f"{named(one)} and {named(other)} are different recordings with one ISRC.",
            "isrc",
            other.id,
            ids.format_isrc(isrcs[0]),
            "Each recording, edit, remaster and clean version needs its own ISRC.",
        )
    elif isrcs[0] != isrcs[1] and same_sound:
        yield Problem(
            f"{named(one)} and {named(other)} are the same recording with two ISRCs.",
            "isrc",
            other.id,
            " / ".join(ids.format_isrc(isrc) for isrc in isrcs),
            "Keep the ISRC that the recording had first.",
            Fix("isrc", isrcs[0], f"Use {ids.format_isrc(isrcs[0])}", other.id, True),
            Severity.WARNING,
        )


@check
def gtin_form(case: Case) -> Iterator[Outcome]:
    """ID-03: length, check digit and placeholders of the UPC or EAN; none is advice only."""
    text = case.release.gtin
    gtin = ids.find_gtin(text)
    if not text.strip():
        hint = "Most distributors assign one; enter your own if you have bought it."
        yield Problem("The release has no UPC or EAN.", "gtin", hint=hint, at_most=Severity.INFO)
    elif gtin is None:
        meant = ids.suggest_gtin(text)
        fix = Fix("gtin", meant, f"Use {meant}", asks=True) if meant else None
        hint = ids.gtin_hint(text)
        yield Problem("The UPC or EAN is not right.", "gtin", None, text, hint, fix)
    elif ids.is_placeholder_gtin(gtin):
        hint = "Leave it empty and the distributor assigns one."
        fix = Fix("gtin", "", "Clear the field")
        yield Problem("The UPC or EAN is a placeholder.", "gtin", None, text, hint, fix)
    elif gtin != text:
        fix = Fix("gtin", gtin, f"Store as {gtin}")
        message = "The UPC or EAN has signs that are no digits."
        yield Problem(message, "gtin", None, text, "", fix, Severity.WARNING)


@check
def catalogue_number(case: Case) -> Iterator[Outcome]:
    """ID-07: a catalogue number that is an ISRC or a barcode, or longer than `max_characters`."""
    number = case.release.catalogue_number.strip()
    longest = case.options.get("max_characters", len(number))
    if ids.is_isrc(number):
        message = "The catalogue number is an ISRC; that belongs to a track."
        yield Problem(
            message, "catalogue_number", None, number, "Give the release a number of its own."
        )
    elif number.isdigit() and ids.is_gtin(number):
        message = "The catalogue number is a UPC or EAN; that has its own field."
        yield Problem(
            message, "catalogue_number", None, number, "Give the release a number of its own."
        )
    elif len(number) > longest:
        message = f"The catalogue number has {len(number)} characters, {longest} at most."
        yield Problem(
            message, "catalogue_number", None, number, "Shorten it: letters, a year, a number."
        )


@check
def works_and_people(case: Case) -> Iterator[Outcome]:
    """ID-08: the ISWC of each track, the IPI and ISNI of everybody, and one ISWC on two works."""
    for track in case.tracks:
        if track.iswc and codes.find_iswc(track.iswc) is None:
            message = f"The ISWC of {named(track)} is not one."
            yield Problem(message, "iswc", track.id, track.iswc, "One looks like T-034.524.680-1.")
    for one, other in combinations(case.tracks, 2):
        if one.iswc and one.iswc == other.iswc and _writers_apart(one, other):
            yield Problem(
                f"{named(one)} and {named(other)} have one ISWC and other writers.",
                "iswc",
                other.id,
                codes.shown_code("iswc", one.iswc),
                "An ISWC is of one song; its versions and live takes share it.",
            )
    for credit in {credit.name: credit for credit in case.all_credits}.values():
        for kind in ("ipi", "isni"):
            code = getattr(credit, kind)
            if code and codes.KINDS[kind].find(code) is None:
                message = f"The {codes.KINDS[kind].name} of {credit.name} is not one."
                yield Problem(message, "credits", None, code, "Compare it digit by digit.")


def _writers_apart(one: Track, other: Track) -> bool:
    both = [set(track.named("composer", "writer", "lyricist")) for track in (one, other)]
    return bool(both[0] and both[1]) and not both[0] & both[1]


@check
def artist_pages(case: Case) -> Iterator[Outcome]:
    """ID-06: a link to the artist's page at each store of `pages`; albums and tracks are none."""
    for store in case.options["pages"]:
        page, of_store = _PAGES[store]
        links = [(kind, url) for kind, url in case.release.links if of_store.search(url.strip())]
        if any(page.search(url.strip()) for _, url in links):
            continue
        meant = [url for kind, url in links if "artist" in kind.lower()]
        name = _PAGE_NAMES[store]
        if meant:
            message = f"The link to the artist at {name} is not an artist's page."
            hint = "Copy the link of the artist's page, not of an album or a song."
            yield Problem(message, "links", None, meant[0], hint)
        else:
            message = f"The artist's page at {name} is not known."
            hint = "Add its link, or go on if this is the artist's first release there."
            yield Problem(message, "links", hint=hint, at_most=Severity.WARNING)
