"""Reading releases, tracks and mixes back as the domain's nouns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from indieartist.domain.cover import CoverLook, CoverWord
from indieartist.domain.measurement import AudioInfo
from indieartist.domain.release import Artwork, Credit, Mix, MixKind, Release, Track
from indieartist.errors import UserError
from indieartist.library import tables as t
from indieartist.library.attached import list_attachments
from indieartist.library.contents import measurement_of

_MOST_AT_ONCE = 500
_RELEASES_AT_ONCE = 100  # with all their tracks


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release as lists show it."""

    id: int
    title: str
    artist_line: str
    release_on: date | None
    track_count: int
    artwork_hash: str | None
    added_at: datetime
    label: str = ""


def list_releases(connection: Connection) -> list[ReleaseLine]:
    """All releases, the newest first."""
    return read_lines(connection, t.release.c.id.is_not(None))


def list_ids(connection: Connection) -> list[int]:
    """The numbers of all releases, the oldest first."""
    return list(connection.execute(select(t.release.c.id).order_by(t.release.c.id)).scalars())


def read_lines(connection: Connection, where: Any) -> list[ReleaseLine]:
    """The lines of the releases that `where` names, the newest first."""
    wanted = select(t.release.c.id).where(where)
    tally = (
        select(t.track.c.release_id, func.count())
        .where(t.track.c.release_id.in_(wanted))
        .group_by(t.track.c.release_id)
    )
    counts = {row[0]: row[1] for row in connection.execute(tally)}
    names = _grouped(
        connection.execute(
            select(t.credit)
            .where(t.credit.c.role == "artist", t.credit.c.release_id.in_(wanted))
            .order_by(t.credit.c.position)
        ),
        "release_id",
    )
    rows = connection.execute(select(t.release).where(where).order_by(t.release.c.id.desc()))
    return [
        ReleaseLine(
            row.id,
            row.title,
            ", ".join(credit.name for credit in names[row.id]),
            row.release_on,
            counts.get(row.id, 0),
            row.artwork_hash,
            row.added_at,
            row.label,
        )
        for row in rows
    ]


def get_release(connection: Connection, release_id: int) -> Release:
    """The whole release; raises UserError when there is none."""
    found = read_releases(connection, [release_id])
    if not found:
        raise UserError(
            f"There is no release R{release_id}.", "`indieartist release list` names them."
        )
    return found[0]


def read_releases(connection: Connection, ids: Sequence[int]) -> list[Release]:
    """These releases whole, in the order given; one that is gone is left out."""
    found: dict[int, Release] = {}
    for start in range(0, len(ids), _RELEASES_AT_ONCE):
        found |= _releases(connection, ids[start : start + _RELEASES_AT_ONCE])
    return [found[number] for number in ids if number in found]


def _releases(connection: Connection, ids: Sequence[int]) -> dict[int, Release]:
    links = select(t.link).where(t.link.c.release_id.in_(ids)).order_by(t.link.c.position)
    linked = _grouped(connection.execute(links), "release_id")
    credits = _grouped(_credits(connection, t.credit.c.release_id.in_(ids)), "release_id")
    tracks = _grouped(_tracks(connection, t.track.c.release_id.in_(ids)), "release_id")
    attached = list_attachments(connection, ids)
    rows = connection.execute(select(t.release).where(t.release.c.id.in_(ids))).all()
    artworks = _artworks(connection, {row.artwork_hash for row in rows if row.artwork_hash})
    return {
        row.id: Release(
            id=row.id,
            title=row.title,
            version=row.version,
            label=row.label,
            catalogue_number=row.catalogue_number,
            gtin=row.gtin,
            release_on=row.release_on,
            original_release_on=row.original_release_on,
            genre=row.genre,
            language=row.language,
            p_line=row.p_line,
            c_line=row.c_line,
            ai_disclosure=row.ai_disclosure,
            content_id=row.content_id,
            description=row.description,
            artwork=artworks.get(row.artwork_hash),
            credits=tuple(_credit(credit) for credit in credits[row.id]),
            links=tuple((link.service, link.url) for link in linked[row.id]),
            tracks=tuple(tracks[row.id]),
            attachments=attached.get(row.id, ()),
        )
        for row in rows
    }


def get_track(connection: Connection, track_id: int) -> Track:
    """One track with its mixes; raises UserError when there is none."""
    found = _tracks(connection, t.track.c.id == track_id)
    if not found:
        raise UserError(
            f"There is no track T{track_id}.",
            "`indieartist release show` names a release's tracks.",
        )
    return found[0]


def read_tracks(connection: Connection, ids: Sequence[int]) -> list[Track]:
    """These tracks, in the order given; one that is gone is left out."""
    found: dict[int, Track] = {}
    for start in range(0, len(ids), _MOST_AT_ONCE):
        some = ids[start : start + _MOST_AT_ONCE]
        found |= {track.id: track for track in _tracks(connection, t.track.c.id.in_(some))}
    return [found[number] for number in ids if number in found]


def _tracks(connection: Connection, where: Any) -> list[Track]:
    rows = connection.execute(select(t.track).where(where).order_by(t.track.c.position)).all()
    ids = [row.id for row in rows]
    credits = _grouped(_credits(connection, t.credit.c.track_id.in_(ids)), "track_id")
    mixes = _grouped(_mix_rows(connection, ids), "track_id")
    return [
        Track(
            id=row.id,
            release_id=row.release_id,
            position=row.position,
            title=row.title,
            version=row.version,
            isrc=row.isrc,
            iswc=row.iswc,
            explicit=row.explicit,
            language=row.language,
            genre=row.genre,
            lyrics=row.lyrics,
            approved_mix_id=row.approved_mix_id,
            credits=tuple(_credit(c) for c in credits[row.id]),
            mixes=tuple(_mix(m) for m in mixes[row.id]),
        )
        for row in rows
    ]


def _mix_rows(connection: Connection, track_ids: list[int]) -> Iterable[Any]:
    query = (
        select(t.mix, t.audio.c.info, t.measurement.c.figures)
        .join(t.audio, t.audio.c.hash == t.mix.c.audio_hash)
        .outerjoin(t.measurement, t.measurement.c.audio_hash == t.mix.c.audio_hash)
        .where(t.mix.c.track_id.in_(track_ids))
        .order_by(t.mix.c.number)
    )
    return connection.execute(query)


def _mix(row: Any) -> Mix:
    return Mix(
        id=row.id,
        track_id=row.track_id,
        number=row.number,
        kind=MixKind(row.kind),
        name=row.name,
        audio_hash=row.audio_hash,
        info=AudioInfo(**row.info),
        added_at=row.added_at,
        parent_id=row.parent_id,
        settings=row.settings,
        measurement=measurement_of(row.figures) if row.figures else None,
    )


def _credits(connection: Connection, where: Any) -> Iterable[Any]:
    query = (
        select(t.credit, t.person.c.ipi, t.person.c.isni)
        .outerjoin(t.person, t.person.c.name == t.credit.c.name)
        .where(where)
    )
    return connection.execute(query.order_by(t.credit.c.position))


def _credit(row: Any) -> Credit:
    return Credit(row.name, row.role, row.instrument, row.ipi or "", row.isni or "")


def _grouped(rows: Iterable[Any], column: str) -> defaultdict[int, list[Any]]:
    groups: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, column)].append(row)
    return groups


def _artworks(connection: Connection, hashes: set[str]) -> dict[str, Artwork]:
    if not hashes:
        return {}
    rows = connection.execute(select(t.artwork).where(t.artwork.c.hash.in_(hashes)))
    return {row.hash: _artwork(row) for row in rows}


def _artwork(row: Any) -> Artwork:
    measures = (row.hash, row.width_px, row.height_px, row.mode, row.format, row.size_bytes)
    return Artwork(*measures, look=_look(row.look))


def _look(kept: dict[str, Any] | None) -> CoverLook | None:
    if kept is None:
        return None
    words = kept["words"]
    return CoverLook(
        detail=kept["detail"],
        padding_px=tuple(kept["padding_px"]),
        spread=kept["spread"],
        codes=None if kept["codes"] is None else tuple(kept["codes"]),
        words=None if words is None else tuple(CoverWord(**word) for word in words),
    )


def artist_of() -> Any:
    """The first artist of a release, as a column called `artist`."""
    return (
        select(t.credit.c.name)
        .where(t.credit.c.release_id == t.release.c.id, t.credit.c.role == "artist")
        .order_by(t.credit.c.position)
        .limit(1)
        .scalar_subquery()
        .label("artist")
    )
