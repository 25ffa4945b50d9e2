"""What the library knows beside a release: the names of the catalogue, and what was delivered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from indieartist.domain.publishing import BINDS, State
from indieartist.library import tables as t


def list_names(connection: Connection) -> dict[str, frozenset[int]]:
    """Each name that is credited anywhere, and the numbers of the releases it stands on."""
    c = t.credit.c
    on = func.coalesce(c.release_id, t.track.c.release_id)
    query = select(c.name, on).select_from(t.credit.outerjoin(t.track, t.track.c.id == c.track_id))
    found: dict[str, set[int]] = {}
    for name, release_id in connection.execute(query.distinct()):
        found.setdefault(name, set()).add(release_id)
    return {name: frozenset(releases) for name, releases in found.items()}


def list_sent(
    connection: Connection, release_id: int
) -> list[tuple[str, dict[str, Any], datetime]]:
    """Adapter, item and time of each delivery of a release that binds, oldest first."""
    p = t.publication.c
    sent = (p.release_id == release_id) & (p.state == State.SENT.value)
    query = select(p.adapter, p.item, p.sent_at).where(sent).order_by(p.sent_at, p.id)
    rows = connection.execute(query)
    return [(row.adapter, row.item, row.sent_at) for row in rows if row.item.get(BINDS)]


def list_suffixes(connection: Connection, hashes: Collection[str]) -> dict[str, str]:
    """The suffixes under which these audio files lie in the vault."""
    a = t.audio.c
    rows = connection.execute(select(a.hash, a.suffix).where(a.hash.in_(hashes)))
    return {row.hash: row.suffix for row in rows}
