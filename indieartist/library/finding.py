"""Finding anything by what one types: releases, tracks and people who hold every word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, case, select

from indieartist.domain.folding import folded
from indieartist.library import entries
from indieartist.library import tables as t
from indieartist.library.lookup import Named
from indieartist.library.words import plain


@dataclass(frozen=True, slots=True)
class Credited:
    """A person whom credits name, and the roles they have there, the most frequent first."""

    name: str
    roles: tuple[str, ...]


_LOOKED_THROUGH = 2_000  # entries, the newest, whose credits are read for people


def find_names(connection: Connection, words: str, most: int) -> list[Named]:
    """At most `most` releases, then as many tracks, that hold every word; titles that begin with
    the words come first, then titles that hold them, then the newest.
    """
    wanted = plain(words)
    return [*_releases(connection, wanted, most), *_tracks(connection, wanted, most)]


def find_people(connection: Connection, words: str, most: int) -> list[Credited]:
    """At most `most` people whose name holds every word: names that begin so first, then the most
    often credited. Where more than 2,000 releases or tracks hold the words, the newest count.
    """
    wanted = folded(words)
    roles: dict[str, dict[str, int]] = {}
    for owner in ("release_id", "track_id"):
        for row in connection.execute(_credits_of(connection, wanted, owner)):
            if all(word in folded(row.name) for word in wanted.split()):
                counted = roles.setdefault(row.name, {})
                counted[row.role] = counted.get(row.role, 0) + 1
    found = sorted(
        roles.items(),
        key=lambda item: (
            not folded(item[0]).startswith(wanted),
            -sum(item[1].values()),
            item[0],
        ),
    )
    return [
        Credited(name, tuple(sorted(counted, key=lambda role: -counted[role])))
        for name, counted in found[:most]
    ]


def _credits_of(connection: Connection, wanted: str, owner: str) -> Any:
    """The credits of the newest releases, or tracks, that hold the words themselves."""
    entry = t.entry.c
    holding = select(entry[owner]).order_by(entry.id.desc()).limit(_LOOKED_THROUGH)
    holding = holding.where(entry.track_id.is_(None) == (owner == "release_id"))
    for word in wanted.split():
        holding = holding.where(entry.id.in_(entries.holds(connection, word)))
    credit = t.credit.c
    return select(credit.name, credit.role).where(credit[owner].in_(holding))


def _releases(connection: Connection, wanted: str, most: int) -> list[Named]:
    query = (
        select(t.release.c.id, t.release.c.title, t.release.c.catalogue_number, t.release.c.gtin)
        .add_columns(t.entry.c.artist_line)
        .join(t.entry, t.entry.c.release_id == t.release.c.id)
        .where(t.entry.c.track_id.is_(None))
        .order_by(_nearness(wanted), t.release.c.id.desc())
        .limit(most)
    )
    for word in wanted.split():
        query = query.where(t.entry.c.id.in_(entries.holds(connection, word)))
    return [
        Named(r.id, None, r.title, r.artist_line, r.artist_line, _code_of(r, wanted))
        for r in connection.execute(query)
    ]


def _code_of(release: Any, wanted: str) -> str:
    by_gtin = bool(wanted) and wanted in release.gtin
    return str(release.gtin if by_gtin else release.catalogue_number)


def _tracks(connection: Connection, wanted: str, most: int) -> list[Named]:
    query = (
        select(t.track.c.id, t.track.c.release_id, t.track.c.title, t.track.c.isrc)
        .add_columns(t.release.c.title.label("on"), t.entry.c.artist_line)
        .join(t.release, t.release.c.id == t.track.c.release_id)
        .join(t.entry, t.entry.c.track_id == t.track.c.id)
        .order_by(_nearness(wanted), t.track.c.id.desc())
        .limit(most)
    )
    for word in wanted.split():
        query = query.where(t.entry.c.id.in_(entries.held_by(connection, word)))
    return [
        Named(r.release_id, r.id, r.title, r.on, r.artist_line, r.isrc)
        for r in connection.execute(query)
    ]


def _nearness(wanted: str) -> Any:
    title = t.entry.c.title_key
    return case(
        (title == wanted, 0),
        (title.startswith(wanted, autoescape=True), 1),
        (title.contains(wanted, autoescape=True), 2),
        else_=3,
    )
