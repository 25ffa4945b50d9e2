"""Checks of what titles say: names, promotion, placeholders, repeats (TI-08 to 11, 14, 15)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indieartist.domain import titles
from indieartist.domain.names import title_from_name
from indieartist.domain.preflight.registry import (
    LONGEST_TITLE,
    Case,
    Fix,
    Outcome,
    Problem,
    Severity,
    Titled,
    check,
    named,
)

_KIND = re.compile(r" ?(?:[-–—] ?(?:single|ep|e\.p\.)|\((?:single|ep|e\.p\.)\))$", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:track|title|audio|untitled)\s*#?\d+", re.IGNORECASE)
_FILE = re.compile(
    r"\.(?:wav|aiff?|flac|mp3|m4a|ogg|opus)$|_|\b(?:final|mix|master|v)\d+$", re.IGNORECASE
)
_PRODUCED = re.compile(
    r"\s*[(\[]?\s*\bprod(?:\.|uced)?(?:\s+by)?\s+[^()\[\]]+[)\]]?", re.IGNORECASE
)


@check
def names_in_title(case: Case) -> Iterator[Outcome]:
    """TI-08: the artist or the producer set off in a title: 'Ana - Song', 'Song (prod. Bo)'."""
    names = dict.fromkeys(c.name for c in case.all_credits if c.role in ("artist", "producer"))
    for titled in case.titled:
        bare = _PRODUCED.sub("", titled.title) if "prod" in titled.title.lower() else titled.title
        for name in names:
            bare = _without_name(bare, name)
        if bare != titled.title:
            message = f"{titled.name} holds the name of an artist or a producer."
            fix = titled.retitle(bare, f"Write “{bare}”")
            hint = "Names belong in the credits."
            yield Problem(message, "title", titled.track_id, titled.title, hint, fix)


def _without_name(title: str, name: str) -> str:
    spelled = re.escape(name)
    set_off = (
        rf"^{spelled}\s+[-–—|:]\s+|^{spelled}:\s+",
        rf"\s+(?:[-–—|:]|by)\s+{spelled}$",
        rf"\s*[(\[](?:by\s+)?{spelled}[)\]]",
    )
    return re.sub("|".join(set_off), "", title, flags=re.IGNORECASE)


@check
def promotion_in_title(case: Case) -> Iterator[Outcome]:
    """TI-09: Official, New, (Explicit) and their like, set off in a title or as version."""
    for titled in case.titled:
        if titles.plain(titled.version.strip("()[]")) in case.words["promotion"]:
            clear = Fix("version", "", "Clear the version", titled.track_id)
            message = f"The version of {titled.name} is promotion or a mark of its own field."
            yield Problem(message, "version", titled.track_id, titled.version, _OWN_FIELD, clear)
        bare = _without_promotion(case, titled.title)
        if bare != titled.title:
            message = f"{titled.name} holds promotion or a mark that has its own field."
            fix = titled.retitle(bare, f"Write “{bare}”")
            yield Problem(message, "title", titled.track_id, titled.title, _OWN_FIELD, fix)


_OWN_FIELD = "Explicit and clean are set on the track; the rest is for posts."


def _without_promotion(case: Case, title: str) -> str:
    for inner in titles.bracketed(title):
        if titles.plain(inner) in case.words["promotion"]:
            title = titles.without_bracket(title, inner)
    head, dash, tail = title.rpartition(" - ")
    if dash and titles.plain(tail) in case.words["promotion"]:
        title = head
    for phrase in case.words["promotion_anywhere"]:
        title = re.sub(rf"[\s,:!–—-]*\b{re.escape(phrase)}\b!*", "", title, flags=re.IGNORECASE)
    return title.strip() if title.strip() else title


@check
def title_twice(case: Case) -> Iterator[Outcome]:
    """TI-10: two tracks of one title and one version."""
    seen: dict[tuple[str, str], str] = {}
    for track in case.tracks:
        key = titles.plain(titles.without_guests(track.title)), titles.plain(track.version)
        if key[0] and key in seen:
            message = f"{named(track)} is on the release twice."
            hint = "Give one of them a version: Live, Acoustic, Reprise."
            yield Problem(message, "title", track.id, track.title, hint)
        seen.setdefault(key, track.title)


@check
def title_given(case: Case) -> Iterator[Outcome]:
    """TI-11: a title is there, of sane length, no placeholder, and no file's name."""
    yield from _absent_titles(case)
    for titled in case.titled:
        plain = titles.plain(titled.title)
        if plain in case.words["generic_titles"] or _NUMBERED.fullmatch(plain):
            message = f"{titled.name} is a placeholder, not a title."
            yield Problem(message, "title", titled.track_id, titled.title, "Give it its name.")
        elif plain in case.words["file_titles"] or _FILE.search(titled.title):
            yield _file_name(titled)


def _absent_titles(case: Case) -> Iterator[Problem]:
    fields: list[tuple[int | None, str, str]] = [(None, "The release", case.release.title)]
    fields += [(track.id, f"Track {track.position}", track.title) for track in case.tracks]
    for track_id, name, title in fields:
        if not title.strip():
            yield Problem(f"{name} has no title.", "title", track_id, hint="Give it its name.")
        elif len(title) > LONGEST_TITLE:
            message = f"The title of {name.lower()} has {len(title)} characters."
            yield Problem(message, "title", track_id, title[:40], f"{LONGEST_TITLE} at most.")


def _file_name(titled: Titled) -> Problem:
    title = title_from_name(re.sub(r"\.\w{2,4}$", "", titled.title))
    fix = titled.retitle(title, f"Write “{title}”")
    message = f"{titled.name} reads like the name of a file."
    hint = "Give it the name that listeners should see."
    return Problem(message, "title", titled.track_id, titled.title, hint, fix, Severity.WARNING)


@check
def one_track_title(case: Case) -> Iterator[Outcome]:
    """TI-14: a release of one track is called like the track, version included."""
    if len(case.tracks) != 1 or not case.tracks[0].title.strip():
        return
    release, track = case.release, case.tracks[0]
    if titles.plain(_without_kind(release.title)) != titles.plain(_without_kind(track.title)):
        fix = Fix("title", track.title, f"Call the release “{track.title}”", asks=True)
        evidence = f"“{release.title}” and “{track.title}”"
        yield Problem(
            "The release and its only track have two titles.", "title", None, evidence, fix=fix
        )
    elif titles.plain(release.version) != titles.plain(track.version):
        fix = Fix(
            "version", track.version, f"Give the release the version “{track.version}”", asks=True
        )
        evidence = f"“{release.version}” and “{track.version}”"
        yield Problem(
            "The release and its only track have two versions.", "version", None, evidence, fix=fix
        )


@check
def kind_in_title(case: Case) -> Iterator[Outcome]:
    """TI-15: '- Single' and '- EP' at the end of the release's title."""
    title = case.release.title
    bare = _without_kind(title)
    if bare != title:
        fix = Fix("title", bare, f"Write “{bare}”")
        hint = "Stores add it where they want it."
        yield Problem("The title names the kind of release.", "title", None, title, hint, fix)


def _without_kind(title: str) -> str:
    bare = _KIND.sub("", title)
    return bare if bare.strip() else title
