"""Finding a release or a track by what a person calls it: R3, T7, R3.2, or its title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection, select

from indieartist.domain.names import same_name
from indieartist.domain.release import Release, Track
from indieartist.errors import UserError
from indieartist.library import finding, releases
from indieartist.library import tables as t
from indieartist.library.finding import Credited
from indieartist.library.lookup import Named
from indieartist.library.releases import ReleaseLine
from indieartist.services.studio import Studio

__all__ = [
    "Credited", "Found", "Named", "ReleaseLine", "find_anything", "find_names", "get_release",
    "get_track", "list_releases",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """What a search finds, by its kind."""

    releases: tuple[Named, ...] = ()
    tracks: tuple[Named, ...] = ()
    people: tuple[Credited, ...] = ()


def get_release(studio: Studio, reference: str) -> Release:
    """The release called `R3`, `3` or by its title; raises UserError when none or several are."""
    with studio.library.read() as connection:
        return releases.get_release(connection, _release_id(connection, reference.strip()))


def get_track(studio: Studio, reference: str) -> Track:
    """The track called `T7`, `R3.2` (the release's second) or by its title."""
    with studio.library.read() as connection:
        return releases.get_track(connection, _track_id(connection, reference.strip()))


def list_releases(studio: Studio) -> list[ReleaseLine]:
    """All releases as lists show them, the newest first."""
    with studio.library.read() as connection:
        return releases.list_releases(connection)


def find_names(studio: Studio, words: str, most: int = 8) -> list[Named]:
    """Releases and tracks that hold every word in title, people or codes; `most` of each."""
    with studio.library.read() as connection:
        return finding.find_names(connection, words, most)


def find_anything(studio: Studio, words: str, most: int) -> Found:
    """Releases, tracks and people that hold every word; at most `most` of each."""
    with studio.library.read() as connection:
        named = finding.find_names(connection, words, most)
        people = finding.find_people(connection, words, most)
    return Found(
        tuple(each for each in named if each.track_id is None),
        tuple(each for each in named if each.track_id is not None),
        tuple(people),
    )


def _release_id(connection: Connection, reference: str) -> int:
    if match := re.fullmatch(r"[Rr]?(\d+)", reference):
        return int(match[1])
    rows = connection.execute(select(t.release.c.id, t.release.c.title))
    return _one(reference, "release", "R", [(row.id, row.title) for row in rows])


def _track_id(connection: Connection, reference: str) -> int:
    if match := re.fullmatch(r"[Tt](\d+)", reference):
        return int(match[1])
    if match := re.fullmatch(r"[Rr](\d+)\.(\d+)", reference):
        return _track_at(connection, int(match[1]), int(match[2]))
    rows = connection.execute(select(t.track.c.id, t.track.c.title))
    return _one(reference, "track", "T", [(row.id, row.title) for row in rows])


def _track_at(connection: Connection, release_id: int, position: int) -> int:
    query = select(t.track.c.id).where(
        t.track.c.release_id == release_id, t.track.c.position == position
    )
    found = connection.execute(query).scalar()
    if found is None:
        raise UserError(f"Release R{release_id} has no track {position}.", "Look with `show`.")
    return int(found)


def _one(reference: str, noun: str, letter: str, rows: list[tuple[int, str]]) -> int:
    wanted = same_name(reference)
    found = [(number, title) for number, title in rows if same_name(title) == wanted]
    found = found or [(n, title) for n, title in rows if same_name(title).startswith(wanted)]
    if not found:
        raise UserError(
            f"There is no {noun} “{reference}”.", "`indieartist release list` shows what there is."
        )
    if len(found) > 1:
        names = ", ".join(f"{letter}{number} {title}" for number, title in found[:5])
        raise UserError(f"Several are called “{reference}”: {names}.", "Use the number.")
    return found[0][0]
