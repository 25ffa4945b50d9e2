"""Checks of artists and of the names people are credited by (AR-01 to AR-05)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indieartist.domain import titles
from indieartist.domain.preflight.registry import Case, Fix, Outcome, Problem, check, named
from indieartist.domain.release import ARTIST_ROLES, Credit, Track

_FEATURING = re.compile(r"\s+[(\[]?(?:feat\.?|ft\.?|featuring)\s+", re.IGNORECASE)
_JOINED = re.compile(r"\s*,\s*|\s+(?:&|x|X|vs\.?|meets)\s+|\s*;\s*")
_ADDRESS = re.compile(r"https?://|www\.|@|\.(?:com|net|org|io|fm|co)\b", re.IGNORECASE)
_YEARS = re.compile(r"[(\[]?\b(?:19|20)\d\d\s*[-–]\s*(?:(?:19|20)\d\d)?\b|[(\[](?:19|20)\d\d[)\]]")
_FORMER = re.compile(r"[(\[,–-]\s*(?:ex[- ]|formerly\b|former\b|of the band\b)", re.IGNORECASE)
_SUFFIX = re.compile(
    r"^(?P<name>.+?)\s*(?:[(\[](?P<inner>[^)\]]+)[)\]]|(?:,|\s[-–—:])\s*(?P<tail>[\w .]+))$"
)


@check
def one_artist_a_field(case: Case) -> Iterator[Outcome]:
    """AR-01: two names in one artist field, unless they are a band that is known."""
    for track_id, credits in _artist_fields(case):
        for credit in credits:
            names = _split(case, credit)
            if len(names) > 1:
                fix = Fix(
                    "credits", _replaced(credits, credit, names), _split_label(names), track_id
                )
                message = f"“{credit.name}” looks like {len(names)} artists in one field."
                hint = "Give each artist a field of their own; keep a band's name as it is."
                yield Problem(message, "credits", track_id, credit.name, hint, fix)


def _artist_fields(case: Case) -> list[tuple[int | None, tuple[Credit, ...]]]:
    fields: list[tuple[int | None, tuple[Credit, ...]]] = [(None, case.release.credits)]
    return fields + [(track.id, track.credits) for track in case.tracks]


def _split(case: Case, credit: Credit) -> tuple[Credit, ...]:
    known = {titles.plain(name) for name in case.words["stylised"]}
    if credit.role not in ARTIST_ROLES or titles.plain(credit.name) in known:
        return (credit,)
    main, *featured = _FEATURING.split(credit.name)
    found = [Credit(name, credit.role) for name in _JOINED.split(main)]
    found += [Credit(n.strip("()[]"), "featured") for part in featured for n in _JOINED.split(part)]
    return tuple(c for c in found if c.name.strip()) or (credit,)


def _split_label(names: tuple[Credit, ...]) -> str:
    return "Split into " + ", ".join(credit.name for credit in names)


def _replaced(
    credits: tuple[Credit, ...], old: Credit, new: tuple[Credit, ...]
) -> tuple[Credit, ...]:
    at = credits.index(old)
    return credits[:at] + new + credits[at + 1 :]


@check
def various_artists(case: Case) -> Iterator[Outcome]:
    """AR-02: Various Artists for four or more artists, spelled out, never on a track."""
    release, most = case.release, case.options["most_artists"]
    if len(release.artists) > most and len(case.tracks) > 1:
        message = f"The release has {len(release.artists)} primary artists, {most} at most."
        hint = "Make the release's artist Various Artists and give each track its own."
        yield Problem(message, "credits", None, release.artist_line, hint)
    for track_id, credits in _artist_fields(case):
        for credit in credits:
            yield from _various_problems(case, track_id, credits, credit)


def _various_problems(
    case: Case, track_id: int | None, credits: tuple[Credit, ...], credit: Credit
) -> Iterator[Problem]:
    name = titles.plain(credit.name)
    if credit.role not in ARTIST_ROLES:
        return
    if track_id is not None and name in (*case.words["various"], *case.words["various_slips"]):
        message = f"A track's artist is “{credit.name}”."
        yield Problem(message, "credits", track_id, credit.name, "Name the artists of the track.")
    elif name in case.words["various_slips"]:
        better = (Credit("Various Artists", credit.role),)
        fix = Fix("credits", _replaced(credits, credit, better), "Write “Various Artists”")
        message = f"“{credit.name}” is not how stores write Various Artists."
        yield Problem(message, "credits", None, credit.name, "Write “Various Artists”.", fix)


@check
def generic_artists(case: Case) -> Iterator[Outcome]:
    """AR-03: an artist's name that is a word people search for; and a release without artist."""
    if not case.release.artists:
        hint = "Add the primary artist."
        yield Problem("The release has no artist.", "credits", hint=hint)
    for track_id, credits in _artist_fields(case):
        for credit in credits:
            if (
                credit.role in ARTIST_ROLES
                and titles.plain(credit.name) in case.words["generic_artists"]
            ):
                message = f"“{credit.name}” is a search word, not an artist's name."
                hint = "Stores take such releases down; use the artist's own name."
                yield Problem(message, "credits", track_id, credit.name, hint)


@check
def artist_once(case: Case) -> Iterator[Outcome]:
    """AR-04: nobody is primary and featured, nor feat. and with, on one track."""
    for track in case.tracks:
        primary = {titles.plain(c.name) for c in case.credits_of(track) if c.role == "artist"}
        doubled = [
            c for c in track.credits if c.role == "featured" and titles.plain(c.name) in primary
        ]
        for credit in doubled:
            kept = tuple(c for c in track.credits if c not in doubled)
            fix = Fix("credits", kept, f"Remove the featured credit of {credit.name}", track.id)
            message = f"{credit.name} is primary and featured artist of {named(track)}."
            yield Problem(message, "credits", track.id, credit.name, "Keep one of the two.", fix)
        yield from _guests_again(track, primary)


def _guests_again(track: Track, primary: set[str]) -> Iterator[Problem]:
    guests = [titles.plain(name) for name in titles.guests(track.title)]
    for name in titles.guests(track.title):
        plain = titles.plain(name)
        if plain in primary or guests.count(plain) > 1:
            message = f"The title of {named(track)} names {name} once too often."
            hint = "A primary artist is no guest, and a guest is named once."
            yield Problem(message, "title", track.id, track.title, hint)
            return


@check
def plain_names(case: Case) -> Iterator[Outcome]:
    """AR-05: names without role, instrument, years, address or former band."""
    for track_id, credits in _artist_fields(case):
        for credit in credits:
            if credit.name in case.words["stylised"]:
                continue
            fault = _fault(credit.name) or _role_fault(case, credit.name)
            if fault:
                fix = _plain_fix(case, track_id, credits, credit)
                message = f"The name “{credit.name}” holds {fault}."
                hint = "A name field takes the name only."
                yield Problem(message, "credits", track_id, credit.name, hint, fix)


def _fault(name: str) -> str:
    if _ADDRESS.search(name):
        return "an address"
    if _YEARS.search(name):
        return "years"
    return "a former band" if _FORMER.search(name) else ""


def _role_fault(case: Case, name: str) -> str:
    extra = _extra(name)
    if extra in case.words["roles"]:
        return "a role"
    return "an instrument" if extra in case.words["instruments"] else ""


def _extra(name: str) -> str:
    match = _SUFFIX.match(name)
    return titles.plain(match["inner"] or match["tail"]) if match else ""


def _plain_fix(
    case: Case, track_id: int | None, credits: tuple[Credit, ...], credit: Credit
) -> Fix | None:
    match = _SUFFIX.match(credit.name)
    if not match or not _role_fault(case, credit.name):
        return None
    instrument = _extra(credit.name) if _extra(credit.name) in case.words["instruments"] else ""
    better = Credit(match["name"], credit.role, credit.instrument or instrument)
    return Fix("credits", _replaced(credits, credit, (better,)), f"Write “{better.name}”", track_id)
