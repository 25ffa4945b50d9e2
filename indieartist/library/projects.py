"""What tracks have taken over from their DAW projects, and where their bounces came from."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from indieartist.domain.project import Marker, TrackProject
from indieartist.library import tables as t
from indieartist.library.history import Act


def find_track_project(connection: Connection, track_id: int) -> TrackProject | None:
    """What a track took over, or None."""
    row = _find_row(connection, track_id)
    if row is None:
        return None
    markers = tuple(Marker(**marker) for marker in row.markers)
    return TrackProject(row.path, row.daw, row.tempo_bpm, row.time_signature or None, markers)


def keep_track_project(act: Act, track_id: int, taken: TrackProject, read_at: datetime) -> None:
    """Keep what a track takes over, in the place of what it had."""
    values: dict[str, Any] = {
        "path": taken.path,
        "daw": taken.daw,
        "tempo_bpm": taken.tempo_bpm,
        "time_signature": taken.time_signature or "",
        "markers": [asdict(marker) for marker in taken.markers],
        "read_at": read_at,
    }
    row = _find_row(act.connection, track_id)
    if row is None:
        act.insert(t.track_project, track_id=track_id, **values)
    else:
        act.update(t.track_project, row.id, **values)


def drop_track_project(act: Act, track_id: int) -> None:
    """Let go of what a track took over."""
    if (row := _find_row(act.connection, track_id)) is not None:
        act.delete(t.track_project, row.id)


def list_sources(connection: Connection, track_id: int) -> list[str]:
    """Where the bounces of a track lay when they came in, the newest first."""
    query = (
        select(t.mix.c.source_path)
        .where(t.mix.c.track_id == track_id, t.mix.c.source_path.is_not(None))
        .order_by(t.mix.c.number.desc())
    )
    return list(connection.execute(query).scalars())


def _find_row(connection: Connection, track_id: int) -> Any:
    query = select(t.track_project).where(t.track_project.c.track_id == track_id)
    return connection.execute(query.order_by(t.track_project.c.id.desc())).first()
