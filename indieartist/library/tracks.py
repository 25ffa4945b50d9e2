"""The catalogue of tracks: found and sorted as numbers, and read by the page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from indieartist.domain.catalogue import Lacking, TrackAnswer, TrackLine, TrackQuestion
from indieartist.domain.folding import folded
from indieartist.library import entries
from indieartist.library import tables as t

_MOST_AT_ONCE = 500
_OF_RELEASE = t.entry.alias("of_release")
_SORTS: dict[str, Any] = {
    "title": t.entry.c.title_key,
    "artist": t.entry.c.artist_key,
    "isrc": t.track.c.isrc,
    "length": t.entry.c.length_ms,
    "release": _OF_RELEASE.c.title_key,
    "release_on": t.release.c.release_on,
}
_UNSAID: dict[str, Any] = {
    "length": t.entry.c.length_ms == 0,
    "release_on": t.release.c.release_on.is_(None),
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

    Each word may stand in the track or in its release. Equals stand as on the record.
    """
    ids = connection.execute(_matching(connection, question)).scalars()
    total = connection.execute(select(func.count()).select_from(t.track)).scalar_one()
    return TrackAnswer(tuple(ids), total)


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
    query = select(t.track.c.id).select_from(t.track)
    if question.words or question.sort in ("title", "artist", "length"):
        query = query.join(t.entry, t.entry.c.track_id == t.track.c.id)
    for word in folded(question.words).split():
        query = query.where(t.entry.c.id.in_(entries.held_by(connection, word)))
    if question.lacking:
        query = query.where(_LACKING[question.lacking])
    if question.release_id is not None:
        query = query.where(t.track.c.release_id == question.release_id)
    return _ordered(query, question)


def _ordered(query: Select[Any], question: TrackQuestion) -> Select[Any]:
    sort, falling = question.sort, question.falling
    place = (t.track.c.release_id.desc(), t.track.c.position, t.track.c.id)
    if sort == "newest":
        number = t.track.c.id
        return query.order_by(number.asc() if falling else number.desc())
    if sort == "position":
        backwards = (t.track.c.release_id, t.track.c.position.desc(), t.track.c.id.desc())
        return query.order_by(*(backwards if falling else place))
    if sort == "release_on":
        query = query.join(t.release, t.release.c.id == t.track.c.release_id)
    if sort == "release":
        query = query.join(
            _OF_RELEASE,
            (_OF_RELEASE.c.release_id == t.track.c.release_id) & _OF_RELEASE.c.track_id.is_(None),
        )
    column = _SORTS[sort]
    unsaid = _UNSAID.get(sort, column == "")
    return query.order_by(unsaid, column.desc() if falling else column.asc(), *place)


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
