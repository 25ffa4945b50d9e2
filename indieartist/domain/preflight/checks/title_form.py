"""Checks of how a title is put together: guests, versions, parts, signs (TI-04 to 07, 12, 13)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from indieartist.domain import titles
from indieartist.domain.preflight.registry import (
    Case,
    Fix,
    Outcome,
    Problem,
    Titled,
    check,
    named,
)
from indieartist.domain.release import Credit, Track

_DASH = re.compile(r"^(?P<title>.*\S)\s+[-–—]\s+(?P<version>[^-–—()\[\]]+)$")


@check
def parts_and_volumes(case: Case) -> Iterator[Outcome]:
    """TI-04: Part and Volume as Pt. and Vol., after a comma."""
    for titled in case.titled:
        expected = titles.abbreviate_parts(titled.title)
        if expected != titled.title:
            message = f"{titled.name} writes its part or volume out."
            yield _better(titled, message, expected)


@check
def featuring_form(case: Case) -> Iterator[Outcome]:
    """TI-05: guests as (feat. Name) or (with Name), in no other spelling."""
    for titled in case.titled:
        expected = titles.bracket_guests(titled.title)
        if expected != titled.title:
            yield _better(
                titled, f"{titled.name} names its guest in another way than stores do.", expected
            )


@check
def featuring_place(case: Case) -> Iterator[Outcome]:
    """TI-06: a guest in the title is credited, and stands there only where `in_title` allows."""
    for track in case.tracks:
        in_title = titles.guests(track.title)
        artists = [c for c in case.credits_of(track) if c.role in ("artist", "featured")]
        credited = {titles.plain(credit.name) for credit in artists}
        missing = [name for name in in_title if titles.plain(name) not in credited]
        if missing:
            yield _uncredited(track, missing)
        elif in_title and not case.options["in_title"]:
            title = titles.without_guests(track.title)
            fix = Fix("title", title, f"Write “{title}”", track.id)
            message = f"{named(track)} has a guest in its title; it belongs in the credits only."
            yield Problem(message, "title", track.id, track.title, "The credit stays.", fix)


def _uncredited(track: Track, missing: list[str]) -> Problem:
    guests = tuple(Credit(name, "featured") for name in missing)
    fix = Fix(
        "credits", track.credits + guests, f"Credit {', '.join(missing)} as featured", track.id
    )
    message = f"{named(track)} names {', '.join(missing)} in its title but not in its credits."
    return Problem(message, "credits", track.id, track.title, "Stores link guests by credit.", fix)


@check
def version_form(case: Case) -> Iterator[Outcome]:
    """TI-07: versions in brackets, the second in square ones, none for the original."""
    for titled in case.titled:
        problem = (
            _needless_version(case, titled)
            or _dashed_version(case, titled)
            or _second_version(titled)
            or _bracketed_field(titled)
        )
        if problem:
            yield problem


def _needless_version(case: Case, titled: Titled) -> Problem | None:
    noise = case.words["version_noise"]
    message = f"{titled.name} says that it is the original."
    hint = "The original needs no version."
    if titles.plain(titled.version.strip("()[]")) in noise:
        fix = Fix("version", "", "Clear the version", titled.track_id)
        return Problem(message, "version", titled.track_id, titled.version, hint, fix)
    for inner in titles.bracketed(titled.title):
        if titles.plain(inner) in noise:
            return _better(titled, message, titles.without_bracket(titled.title, inner), hint)
    return None


def _dashed_version(case: Case, titled: Titled) -> Problem | None:
    match = _DASH.match(titled.title)
    if not match or not _is_version(case, match["version"]):
        return None
    expected = f"{match['title']} ({match['version'].strip()})"
    return _better(titled, f"{titled.name} has its version after a dash.", expected)


def _is_version(case: Case, text: str) -> bool:
    words = titles.plain(text)
    return any(
        words == version or words.endswith(f" {version}") for version in case.words["versions"]
    )


def _second_version(titled: Titled) -> Problem | None:
    expected = re.sub(r"\)\s*\(([^()]*)\)", r") [\1]", titles.without_guests(titled.title))
    if expected == titles.without_guests(titled.title):
        return None
    guests = "".join(match[0] for match in titles.GUESTS.finditer(titled.title))
    first, bracket, rest = expected.partition(" (")
    expected = f"{first}{guests}{bracket}{rest}"
    return _better(titled, f"{titled.name} has two versions in round brackets.", expected)


def _bracketed_field(titled: Titled) -> Problem | None:
    version = titled.version.strip()
    inner = version.strip("()[]").strip()
    if not version or version == inner or "(" in inner:
        return None
    fix = Fix("version", inner, f"Write “{inner}”", titled.track_id)
    message = f"The version of {titled.name} has brackets; they are added where they are needed."
    return Problem(message, "version", titled.track_id, version, "", fix)


@check
def odd_signs(case: Case) -> Iterator[Outcome]:
    """TI-12: emoji and signs that are no text, in title and version."""
    for titled in case.titled:
        if titled.title in case.words["stylised"]:
            continue
        signs = titles.odd_signs(titled.title)
        if signs:
            expected = titles.without_odd_signs(titled.title)
            message = f"{titled.name} has signs that stores do not take."
            problem = _better(titled, message, expected)
            yield replace(problem, evidence=" ".join(_shown(sign) for sign in signs))


def _shown(sign: str) -> str:
    return sign if sign.isprintable() else f"U+{ord(sign):04X}"


@check
def title_slashes(case: Case) -> Iterator[Outcome]:
    """TI-13: spaces around the slash between two titles."""
    for titled in case.titled:
        expected = titles.space_slashes(titled.title)
        if expected != titled.title and titled.title not in case.kept_spellings:
            yield _better(titled, f"{titled.name} has a slash without spaces around it.", expected)


def _better(titled: Titled, message: str, expected: str, hint: str = "") -> Problem:
    fix = titled.retitle(expected, f"Write “{expected}”")
    hint = hint or (f"“{expected}”" if fix else "Give it another title.")
    return Problem(message, "title", titled.track_id, titled.title, hint, fix)
