"""Checks of artists and of the names people are credited by (AR-01 to AR-05)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from indieartist.domain import titles
from indieartist.domain.credits import ROLES
from indieartist.domain.preflight.registry import Case, Fix, Outcome, Problem, check, named
from indieartist.domain.release import ARTIST_ROLES, Credit, Track

LONGEST_NAME = 200  # characters; longer ones are refused before any pattern reads them
_FEATURING = re.compile(r"\s+[(\[]?(?:feat\.?|ft\.?|featuring)\s+", re.IGNORECASE)
_JOINED = re.compile(r"\s*,\s*|\s+(?:&|x|X|vs\.?|meets)\s+|\s*;\s*")
_ADDRESS = re.compile(r"https?://|www\.|@|\.(?:com|net|org|io|fm|co)\b", re.IGNORECASE)
_YEARS = re.compile(r"[(\[]?\b(?:19|20)\d\d\s*[-–]\s*(?:(?:19|20)\d\d)?\b|[(\[](?:19|20)\d\d[)\]]")
_FORMER = re.compile(r"[(\[,–-]\s*(?:ex[- ]|formerly\b|former\b|of the band\b)", re.IGNORECASE)
_SUFFIX = re.compile(
    r"^(?P<name>.+?)\s*(?:[(\[](?P<inner>[^)\]]+)[)\]]|(?:,|\s[-–—:])\s*(?P<tail>[\w .]+))$"
)


@dataclass(frozen=True, slots=True)
class _Name:
    """One credit among those of the release (`track_id` None) or of a track."""

    credit: Credit
    credits: tuple[Credit, ...]
    track_id: int | None

    @property
    def text(self) -> str:
        return self.credit.name

    def replaced(self, new: tuple[Credit, ...], label: str, *, asks: bool = False) -> Fix:
        """The edit that puts `new` in its place."""
        at = self.credits.index(self.credit)
        credits = self.credits[:at] + new + self.credits[at + 1 :]
        return Fix("credits", credits, label, self.track_id, asks)

    def problem(self, message: str, hint: str, fix: Fix | None = None) -> Problem:
        """A problem with this name."""
        return Problem(message, "credits", self.track_id, self.text[:LONGEST_NAME], hint, fix)


def _names(case: Case, roles: Collection[str] = tuple(ROLES)) -> Iterator[_Name]:
    fields = [(None, case.release.credits), *((t.id, t.credits) for t in case.tracks)]
    for track_id, credits in fields:
        for credit in dict.fromkeys(credits):
            if credit.role in roles and len(credit.name) <= LONGEST_NAME:
                yield _Name(credit, credits, track_id)


@check
def one_artist_a_field(case: Case) -> Iterator[Outcome]:
    """AR-01: two names in one artist field, unless they are a band that is known."""
    known = {titles.plain(name) for name in case.words["stylised"]}
    for name in _names(case, ARTIST_ROLES):
        parts = _split(name.credit)
        if len(parts) > 1 and titles.plain(name.text) not in known:
            message = f"“{name.text}” looks like {len(parts)} artists in one field."
            hint = "Give each artist a field of their own; keep a band's name as it is."
            label = "Split into " + ", ".join(credit.name for credit in parts)
            yield name.problem(message, hint, name.replaced(parts, label, asks=True))


def _split(credit: Credit) -> tuple[Credit, ...]:
    main, *featured = _FEATURING.split(credit.name)
    found = [Credit(name, credit.role) for name in _JOINED.split(main)]
    found += [Credit(n.strip("()[]"), "featured") for part in featured for n in _JOINED.split(part)]
    return tuple(c for c in found if c.name.strip())


@check
def various_artists(case: Case) -> Iterator[Outcome]:
    """AR-02: Various Artists for four or more artists, spelled out, never on a track."""
    release, most = case.release, case.options["most_artists"]
    if len(release.artists) > most and len(case.tracks) > 1:
        message = f"The release has {len(release.artists)} primary artists, {most} at most."
        hint = "Make the release's artist Various Artists and give each track its own."
        yield Problem(message, "credits", None, release.artist_line, hint)
    slips = case.words["various_slips"]
    for name in _names(case, ARTIST_ROLES):
        plain = titles.plain(name.text)
        if name.track_id is not None and plain in (*case.words["various"], *slips):
            message = f"A track's artist is “{name.text}”."
            yield name.problem(message, "Name the artists of the track.")
        elif plain in slips:
            better = Credit("Various Artists", name.credit.role)
            fix = name.replaced((better,), "Write “Various Artists”")
            message = f"“{name.text}” is not how stores write Various Artists."
            yield name.problem(message, "Write “Various Artists”.", fix)


@check
def generic_artists(case: Case) -> Iterator[Outcome]:
    """AR-03: an artist's name that is a word people search for; and a release without artist."""
    if not case.release.artists:
        yield Problem("The release has no artist.", "credits", hint="Add the primary artist.")
    for name in _names(case, ARTIST_ROLES):
        if titles.plain(name.text) in case.words["generic_artists"]:
            message = f"“{name.text}” is a search word, not an artist's name."
            yield name.problem(
                message, "Stores take such releases down; use the artist's own name."
            )


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
    """AR-05: names of sane length, without role, instrument, years, address or former band."""
    for credit in case.all_credits:
        if len(credit.name) > LONGEST_NAME:
            message = f"A name in the credits has {len(credit.name)} characters."
            hint = f"{LONGEST_NAME} at most."
            yield Problem(message, "credits", None, credit.name[:40], hint)
    for name in _names(case):
        fault = _fault(name.text) or _role_fault(case, name.text)
        if fault and name.text not in case.words["stylised"]:
            message = f"The name “{name.text}” holds {fault}."
            yield name.problem(message, "A name field takes the name only.", _plain_fix(case, name))


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


def _plain_fix(case: Case, name: _Name) -> Fix | None:
    match = _SUFFIX.match(name.text)
    if not match or not _role_fault(case, name.text):
        return None
    instrument = _extra(name.text) if _extra(name.text) in case.words["instruments"] else ""
    better = Credit(match["name"], name.credit.role, name.credit.instrument or instrument)
    return name.replaced((better,), f"Write “{better.name}”")
