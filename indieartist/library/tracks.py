"""The catalogue of tracks: found and sorted as numbers, and read by the page."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Select, asc, desc, func, select

from indieartist.domain.catalogue import Lacking, TrackAnswer, TrackLine, TrackQuestion
from indieartist.domain.folding import folded
from indieartist.library import entries
from indieartist.library import tables as t

_MOST_AT_ONCE = 500
_OWNER = t.entry.alias("owner")  # the entry of a track's release
_OWN_ORDER: dict[str, Any] = {  # each with an index of its own
    "title": t.entry.c.title_key,
    "artist": t.entry.c.artist_key,
    "length": t.entry.c.length_ms,
    "isrc": t.track.c.isrc,
}
_LACKING: dict[Lacking, Any] = {
    "approval": t.track.c.approved_mix_id.is_(None),
    "isrc": t.track.c.isrc == "",
    "advisory": t.track.c.explicit == "",
    "language": t.track.c.language == "",
    "lyrics": (t.track.c.lyrics == "") & (t.track.c.language != "zxx"),
    "audio": ~select(t.mix.c.id).where(t.mix.c.track_id == t.track.c.id).exists(),
}


def find_tracks(connection: Connection, question: TrackQuestion) -> TrackAnswer:
    """Find them by their numbers alone; what does not say stands at the end either way.

    Each word may stand in the track or in its release. Equals stand as they came in.
    """
    total = connection.execute(select(func.count()).select_from(t.track)).scalar_one()
    queries = _ordered(_matching(connection, question), question)
    ids = chain.from_iterable(_numbers(connection, query) for query in queries)
    return TrackAnswer(tuple(ids), total)


def _numbers(connection: Connection, query: Select[Any]) -> Iterable[int]:
    """The numbers that a query gives, in its order.

    On SQLite they come as one text: a hundred thousand rows take five times as long.
    """
    if connection.dialect.name != "sqlite":
        return connection.execute(query).scalars()
    rows = query.subquery()
    text = connection.execute(select(func.group_concat(rows.c.id))).scalar()
    return json.loads(f"[{text}]") if text else ()


def read_page(connection: Connection, ids: Sequence[int]) -> list[TrackLine]:
    """The lines of these tracks, in the order given; one that is gone is left out."""
    found: dict[int, TrackLine] = {}
    for start in range(0, len(ids), _MOST_AT_ONCE):
        some = ids[start : start + _MOST_AT_ONCE]
        mixes = _current_mixes(connection, some)
        for row in connection.execute(_LINES.where(t.track.c.id.in_(some))):
            found[row.id] = _line(row, mixes.get(row.id))
    return [found[number] for number in ids if number in found]


@dataclass(frozen=True, slots=True)
class Owner:
    """What a release says of its tracks."""

    title: str
    label: str
    catalogue_number: str
    release_on: date | None
    artist_line: str
    track_count: int


def read_owners(connection: Connection, release_ids: Collection[int]) -> dict[int, Owner]:
    """What these releases say of their tracks, by their numbers."""
    counted = (
        select(func.count())
        .select_from(t.track)
        .where(t.track.c.release_id == t.release.c.id)
        .scalar_subquery()
    )
    query = (
        select(t.release.c.id, t.release.c.title, t.release.c.label)
        .add_columns(t.release.c.catalogue_number, t.release.c.release_on)
        .add_columns(t.entry.c.artist_line, counted.label("track_count"))
        .join(t.entry, (t.entry.c.release_id == t.release.c.id) & t.entry.c.track_id.is_(None))
    )
    found: dict[int, Owner] = {}
    ids = sorted(release_ids)
    for start in range(0, len(ids), _MOST_AT_ONCE):
        some = ids[start : start + _MOST_AT_ONCE]
        for row in connection.execute(query.where(t.release.c.id.in_(some))):
            found[row.id] = Owner(*row[1:])
    return found


def _matching(connection: Connection, question: TrackQuestion) -> Select[Any]:
    words = folded(question.words).split()
    by_entry = words or question.sort in ("title", "artist", "length")
    query = select(t.track.c.id).select_from(t.track)
    if by_entry and not question.lacking and question.release_id is None:
        query = select(t.entry.c.track_id.label("id")).where(t.entry.c.track_id.is_not(None))
        if question.sort not in ("newest", "title", "artist", "length"):
            query = query.join(t.track, t.track.c.id == t.entry.c.track_id)
    elif by_entry:
        query = query.join(t.entry, t.entry.c.track_id == t.track.c.id)
    for word in words:
        query = query.where(t.entry.c.id.in_(entries.held_by(connection, word)))
    if question.lacking:
        query = query.where(_LACKING[question.lacking])
    if question.release_id is not None:
        query = query.where(t.track.c.release_id == question.release_id)
    return query


def _ordered(query: Select[Any], question: TrackQuestion) -> list[Select[Any]]:
    """The query in its order; in two parts where some do not say what it is sorted by."""
    sort, number = question.sort, query.selected_columns[0]
    turned = desc if question.falling else asc
    if sort == "newest":
        return [query.order_by(number.asc() if question.falling else number.desc())]
    if sort in _OWN_ORDER:
        column = _OWN_ORDER[sort]
        said = column != (0 if sort == "length" else "")
        ordered = query.where(said).order_by(turned(column), turned(number))
        return [ordered, query.where(~said).order_by(number)]
    return _by_release(query, sort, turned, filtered=bool(question.words or question.lacking))


def _by_release(
    query: Select[Any], sort: str, turned: Callable[[Any], Any], *, filtered: bool
) -> list[Select[Any]]:
    """The query in the order of the releases, and on each by position.

    Releases are read off an index in their order and their tracks off another, so that nothing is
    sorted; what does not say comes from a query of its own, which costs nothing where all say.
    Where most tracks are left out, the few are sorted.
    """
    owner, own = (t.release, t.release.c.id) if sort != "release" else (_OWNER, _OWNER.c.release_id)
    query = query.join(owner, own == t.track.c.release_id)
    places = (t.track.c.position, query.selected_columns[0])
    if sort == "position":
        newest_first = own.desc() if turned is asc else own.asc()
        return [query.order_by(newest_first, *map(turned, places))]
    column: Any = t.release.c.release_on
    said: Any = column.is_not(None)
    if sort == "release":
        query = query.where(_OWNER.c.track_id.is_(None))
        column, said = _OWNER.c.title_key, _OWNER.c.title_key > ""
    order = tuple(map(turned, (column, own, *places)))
    if filtered:
        return [query.order_by(~said, *order)]
    return [query.where(said).order_by(*order), query.where(~said).order_by(column, own, *places)]


_LINES = (
    select(
        t.track,
        t.release.c.title.label("release_title"),
        t.release.c.release_on,
        t.release.c.artwork_hash,
        t.entry.c.artist_line,
        t.entry.c.length_ms,
    )
    .join(t.release, t.release.c.id == t.track.c.release_id)
    .join(t.entry, t.entry.c.track_id == t.track.c.id)
)


def _line(row: Any, mixes: list[Any] | None) -> TrackLine:
    mix = _current(row, mixes or [])
    figures = (mix.figures if mix else None) or {}
    return TrackLine(
        id=row.id,
        release_id=row.release_id,
        position=row.position,
        title=row.title,
        version=row.version,
        artist_line=row.artist_line,
        release_title=row.release_title,
        isrc=row.isrc,
        explicit=row.explicit,
        language=row.language,
        genre=row.genre,
        release_on=row.release_on,
        artwork_hash=row.artwork_hash,
        length_ms=row.length_ms,
        mix_count=len(mixes or ()),
        approved=mix is not None and mix.id == row.approved_mix_id,
        audio_hash=mix.audio_hash if mix else None,
        integrated_lufs=figures.get("integrated_lufs"),
        true_peak_dbtp=figures.get("true_peak_dbtp"),
    )


def _current_mixes(connection: Connection, ids: Sequence[int]) -> dict[int, list[Any]]:
    query = (
        select(t.mix.c.id, t.mix.c.track_id, t.mix.c.kind, t.mix.c.audio_hash)
        .add_columns(t.measurement.c.figures)
        .outerjoin(t.measurement, t.measurement.c.audio_hash == t.mix.c.audio_hash)
        .where(t.mix.c.track_id.in_(ids))
        .order_by(t.mix.c.number)
    )
    found: dict[int, list[Any]] = {}
    for mix in connection.execute(query):
        found.setdefault(mix.track_id, []).append(mix)
    return found


def _current(row: Any, mixes: list[Any]) -> Any | None:
    """The approved mix, else the newest master, else the newest bounce (domain `Track.current`)."""
    for mix in mixes:
        if mix.id == row.approved_mix_id:
            return mix
    masters = [mix for mix in mixes if mix.kind == "master"]
    return (masters or mixes or [None])[-1]
