"""What the library knows of sounds to group bounces by, and of the files that a watch has seen."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from indieartist.library import tables as t

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Heard:
    """A mix as a new bounce is compared with it."""

    mix_id: int
    track_id: int
    release_id: int
    title: str
    name: str  # of its file
    number: int
    approved: bool
    audio_hash: str
    duration_ms: int
    lossless: bool
    loudness_lufs: float | None
    fingerprint: str | None


@dataclass(frozen=True, slots=True)
class Printed:
    """An audio file of the vault by its fingerprint and length."""

    audio_hash: str
    fingerprint: str
    length_ms: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A file of a watched folder, as it was when it was last looked at, and what became of it."""

    path: str
    size_bytes: int
    mtime_ns: int
    outcome: str
    note: str = ""
    mix_id: int | None = None

    @property
    def stamp(self) -> tuple[int, int]:
        """What changes when a file is written to."""
        return self.size_bytes, self.mtime_ns


def list_heard(connection: Connection) -> list[Heard]:
    """Every mix, the newest first."""
    return [_heard(row) for row in connection.execute(_mixes().order_by(t.mix.c.id.desc()))]


def list_prints(connection: Connection, hashes: Collection[str]) -> tuple[Printed, ...]:
    """The fingerprints of these files, as far as they have one, by hash."""
    a, wanted = t.audio.c, sorted(hashes)
    query = select(a.hash, a.info, t.measurement.c.figures).join(
        t.measurement, t.measurement.c.audio_hash == a.hash
    )
    found: list[Printed] = []
    for start in range(0, len(wanted), _AT_ONCE):
        batch = a.hash.in_(wanted[start : start + _AT_ONCE])
        for row in connection.execute(query.where(batch).order_by(a.hash)):
            if fingerprint := row.figures.get("fingerprint"):
                found.append(Printed(row.hash, fingerprint, _length_ms(row.info)))
    return tuple(found)


def _length_ms(info: dict[str, Any]) -> int:
    rate = info["sample_rate_hz"]
    return round(info["frames"] * 1000 / rate) if rate else 0


def find_mix_of(connection: Connection, audio_hash: str) -> Heard | None:
    """The mix that has these very bytes, the approved one of several, or None."""
    rows = connection.execute(_mixes().where(t.mix.c.audio_hash == audio_hash))
    found = [_heard(row) for row in rows]
    return max(found, key=lambda heard: (heard.approved, -heard.mix_id), default=None)


def _mixes() -> Select[Any]:
    track = t.track.c
    return (
        select(t.mix, track.title, track.release_id, track.approved_mix_id)
        .add_columns(t.audio.c.info, t.measurement.c.figures)
        .join(t.track, track.id == t.mix.c.track_id)
        .join(t.audio, t.audio.c.hash == t.mix.c.audio_hash)
        .outerjoin(t.measurement, t.measurement.c.audio_hash == t.mix.c.audio_hash)
    )


def _heard(row: Any) -> Heard:
    info, figures = row.info, row.figures or {}
    return Heard(
        mix_id=row.id,
        track_id=row.track_id,
        release_id=row.release_id,
        title=row.title,
        name=row.name,
        number=row.number,
        approved=row.approved_mix_id == row.id,
        audio_hash=row.audio_hash,
        duration_ms=_length_ms(info),
        lossless=info["lossless"],
        loudness_lufs=figures.get("integrated_lufs"),
        fingerprint=figures.get("fingerprint"),
    )


def read_seen(connection: Connection, folder: str) -> dict[str, Seen]:
    """All files below a folder that were seen, by path."""
    query = select(t.seen_file).where(t.seen_file.c.path.startswith(folder, autoescape=True))
    return {row.path: _seen(row) for row in connection.execute(query)}


def find_seen(connection: Connection, path: str) -> Seen | None:
    """What became of a file, or None where it was never seen."""
    row = connection.execute(select(t.seen_file).where(t.seen_file.c.path == path)).first()
    return None if row is None else _seen(row)


def remember_seen(connection: Connection, seen: Iterable[Seen], seen_at: datetime) -> None:
    """Keep what became of files; the last word on each counts."""
    for each in seen:
        connection.execute(t.seen_file.delete().where(t.seen_file.c.path == each.path))
        values = {
            "size_bytes": each.size_bytes,
            "mtime_ns": each.mtime_ns,
            "outcome": each.outcome,
            "note": each.note,
            "mix_id": each.mix_id,
        }
        connection.execute(t.seen_file.insert().values(path=each.path, seen_at=seen_at, **values))


def _seen(row: Any) -> Seen:
    names = ("path", "size_bytes", "mtime_ns", "outcome", "note", "mix_id")
    return Seen(*(getattr(row, name) for name in names))
