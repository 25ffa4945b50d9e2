"""Finding anything by what one types: releases and tracks whose words hold every word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, case, select

from indieartist.domain.folding import folded
from indieartist.library import entries
from indieartist.library import tables as t


@dataclass(frozen=True, slots=True)
class Named:
    """A release, or a track where `track_id` says so, as a search by name finds it."""

    release_id: int
    track_id: int | None
    title: str
    about: str  # the artist of a release, the release of a track
    artist_line: str = ""
    code: str = ""  # the ISRC of a track, the catalogue number of a release


def find_names(connection: Connection, words: str, most: int) -> list[Named]:
    """At most `most` releases, then as many tracks, that hold every word; titles that begin with
    the words come first, then titles that hold them, then the newest.
    """
    wanted = folded(words)
    return [*_releases(connection, wanted, most), *_tracks(connection, wanted, most)]


def _releases(connection: Connection, wanted: str, most: int) -> list[Named]:
    query = (
        select(t.release.c.id, t.release.c.title, t.release.c.catalogue_number)
        .add_columns(t.entry.c.artist_line)
        .join(t.entry, t.entry.c.release_id == t.release.c.id)
        .where(t.entry.c.track_id.is_(None))
        .order_by(_nearness(wanted), t.release.c.id.desc())
        .limit(most)
    )
    for word in wanted.split():
        query = query.where(t.entry.c.id.in_(entries.holds(connection, word)))
    return [
        Named(r.id, None, r.title, r.artist_line, r.artist_line, r.catalogue_number)
        for r in connection.execute(query)
    ]


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
