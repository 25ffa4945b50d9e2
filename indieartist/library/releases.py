"""Reading releases, tracks and mixes back as the domain's nouns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from indieartist.domain.cover import CoverLook, CoverWord
from indieartist.domain.measurement import AudioInfo, Measurement, Source
from indieartist.domain.release import Artwork, Credit, Mix, MixKind, Release, Track
from indieartist.errors import UserError
from indieartist.library import tables as t
from indieartist.library.attached import list_attachments

_MOST_AT_ONCE = 500


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
    row = connection.execute(select(t.release).where(t.release.c.id == release_id)).first()
    if row is None:
        raise UserError(
            f"There is no release R{release_id}.", "`indieartist release list` names them."
        )
    credits = _credits(connection, t.credit.c.release_id == release_id)
    links = connection.execute(
        select(t.link).where(t.link.c.release_id == release_id).order_by(t.link.c.position)
    )
    return Release(
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
        artwork=_find_artwork(connection, row.artwork_hash),
        credits=tuple(_credit(c) for c in credits),
        links=tuple((link.service, link.url) for link in links),
        tracks=tuple(_tracks(connection, t.track.c.release_id == release_id)),
        attachments=list_attachments(connection, release_id),
    )


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
        measurement=_measurement(row.figures) if row.figures else None,
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


def _find_artwork(connection: Connection, artwork_hash: str | None) -> Artwork | None:
    if artwork_hash is None:
        return None
    row = connection.execute(select(t.artwork).where(t.artwork.c.hash == artwork_hash)).one()
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


def remember_look(connection: Connection, artwork_hash: str, look: CoverLook) -> None:
    """Keep what was seen on a picture in the vault."""
    same = t.artwork.c.hash == artwork_hash
    connection.execute(t.artwork.update().where(same).values(look=asdict(look)))


def info_of(connection: Connection, audio_hash: str) -> tuple[AudioInfo, str]:
    """What is known of a file in the vault, and its suffix."""
    row = connection.execute(select(t.audio).where(t.audio.c.hash == audio_hash)).one()
    return AudioInfo(**row.info), row.suffix


def remember_audio(
    connection: Connection, audio_hash: str, suffix: str, size_bytes: int, info: AudioInfo
) -> None:
    """Keep the facts of a file in the vault; nothing happens when they are known."""
    if connection.execute(select(t.audio.c.hash).where(t.audio.c.hash == audio_hash)).first():
        return
    values = {"hash": audio_hash, "suffix": suffix, "size_bytes": size_bytes, "info": asdict(info)}
    connection.execute(t.audio.insert().values(**values))


def remember_artwork(connection: Connection, artwork: Artwork, suffix: str) -> None:
    """Keep the facts of a picture in the vault."""
    if connection.execute(select(t.artwork.c.hash).where(t.artwork.c.hash == artwork.hash)).first():
        return
    connection.execute(t.artwork.insert().values(suffix=suffix, **asdict(artwork)))


def artwork_suffix(connection: Connection, artwork_hash: str) -> str:
    """The file suffix of a picture in the vault."""
    query = select(t.artwork.c.suffix).where(t.artwork.c.hash == artwork_hash)
    return str(connection.execute(query).scalar_one())


def find_measurement(connection: Connection, audio_hash: str) -> tuple[Measurement, bytes] | None:
    """The stored figures and waveform of a file, if it has been measured."""
    query = select(t.measurement).where(t.measurement.c.audio_hash == audio_hash)
    row = connection.execute(query).first()
    return None if row is None else (_measurement(row.figures), row.waveform)


def find_profile(connection: Connection, audio_hash: str) -> bytes | None:
    """The stored long-term spectrum of a file, if it has been measured wholly."""
    query = select(t.measurement.c.profile).where(t.measurement.c.audio_hash == audio_hash)
    return connection.execute(query).scalar()


def remember_measurement(
    connection: Connection,
    audio_hash: str,
    figures: Measurement,
    waveform: bytes,
    profile: bytes | None = None,
) -> None:
    """Keep what was measured in a file; the loudness alone never takes the place of everything."""
    stored = find_measurement(connection, audio_hash)
    values = {"figures": asdict(figures), "waveform": waveform, "profile": profile}
    if stored is None:
        connection.execute(t.measurement.insert().values(audio_hash=audio_hash, **values))
    elif figures.complete and not stored[0].complete:
        mine = t.measurement.c.audio_hash == audio_hash
        connection.execute(t.measurement.update().where(mine).values(**values))


def _measurement(figures: dict[str, Any]) -> Measurement:
    source = figures.get("source")
    return Measurement(**figures | {"source": Source(source) if source else None})


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
