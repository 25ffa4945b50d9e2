"""Numbers given out: the series, every code that ever stood in the library, and the delivered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, or_, select

from indieartist.domain.publishing import BINDS, State
from indieartist.domain.series import Series
from indieartist.errors import UserError
from indieartist.library import tables as t

Change = tuple[str, dict[str, Any] | None, dict[str, Any] | None]  # table, before, after
CODES = {"track": ("isrc",), "release": ("gtin", "catalogue_number")}
_LOCKED = ("isrc", "gtin")
_AT_ONCE = 5_000


def list_series(connection: Connection) -> list[Series]:
    """Every series, by kind and owner."""
    rows = connection.execute(select(t.series).order_by(t.series.c.kind, t.series.c.owner))
    return [Series(row.id, row.kind, row.owner, row.pattern) for row in rows]


def list_used(connection: Connection, kind: str, stem: str) -> set[str]:
    """Every code of a kind that begins so and ever stood in the library."""
    begins = t.issued.c.value.startswith(stem, autoescape=True)
    if kind == "gtin":
        begins = begins | t.issued.c.value.startswith(f"0{stem}", autoescape=True)
    query = select(t.issued.c.value).where(t.issued.c.kind == kind, begins)
    return set(connection.execute(query).scalars())


def find_own(connection: Connection, kind: str, owner_id: int) -> str | None:
    """The code that was given to this track or release once and stands nowhere now, if any."""
    owner = t.issued.c.track_id if kind == "isrc" else t.issued.c.release_id
    home = t.track.c.isrc if kind == "isrc" else t.release.c[kind]
    used = select(home).where(home == t.issued.c.value).exists()
    query = select(t.issued.c.value).where(t.issued.c.kind == kind, owner == owner_id, ~used)
    found: str | None = connection.execute(query.order_by(t.issued.c.id.desc()).limit(1)).scalar()
    return found


def remember(connection: Connection, changes: Iterable[Change]) -> None:
    """Keep every code that comes into the library: it counts as used for ever."""
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    for table, _before, after in changes:
        for kind in CODES.get(table, ()):
            if after and after[kind]:
                owner = {"track_id": None, "release_id": None, f"{table}_id": after["id"]}
                seen.setdefault((kind, after[kind]), owner)
    known = _known(connection, seen)
    now = datetime.now(UTC)
    rows = [
        {"kind": kind, "value": value, "issued_at": now, **owner}
        for (kind, value), owner in seen.items()
        if (kind, value) not in known
    ]
    if rows:
        connection.execute(insert(t.issued), rows)


def remember_all(connection: Connection) -> None:
    """Keep the codes of every row: of a library that was made before codes were kept."""
    for name, kinds in CODES.items():
        columns = t.metadata.tables[name].c
        query = select(columns.id, *(columns[kind] for kind in kinds))
        rows = connection.execute(query.where(or_(*(columns[kind] != "" for kind in kinds))))
        remember(connection, [(name, None, dict(row)) for row in rows.mappings()])


def _known(connection: Connection, seen: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    values = sorted({value for _kind, value in seen})
    found: set[tuple[str, str]] = set()
    for start in range(0, len(values), _AT_ONCE):
        query = select(t.issued.c.kind, t.issued.c.value).where(
            t.issued.c.value.in_(values[start : start + _AT_ONCE])
        )
        found.update((row.kind, row.value) for row in connection.execute(query))
    return found


def refuse_delivered(connection: Connection, changes: Iterable[Change]) -> None:
    """UserError where an ISRC or GTIN would change that went out with a delivery that binds."""
    for table, before, after in changes:
        if not before or not _loses(table, before, after):
            continue
        kind = "isrc" if table == "track" else "gtin"
        release_id = before["release_id"] if table == "track" else before["id"]
        if before[kind] in _delivered(connection, release_id, kind):
            name = "ISRC" if kind == "isrc" else "UPC"
            raise UserError(
                f"The {name} {before[kind]} of “{before['title']}” was delivered and is locked.",
                "Stores know the recording by it: take the release down and deliver a new one.",
            )


def _loses(table: str, before: dict[str, Any], after: dict[str, Any] | None) -> bool:
    """Whether a row that stays loses a code that may be locked."""
    if after is None or table not in CODES:
        return False
    return any(before[k] and before[k] != after[k] for k in CODES[table] if k in _LOCKED)


def list_locked(connection: Connection, release_id: int) -> dict[str, set[str]]:
    """The ISRCs and the GTIN under which a release was delivered."""
    return {kind: _delivered(connection, release_id, kind) for kind in _LOCKED}


def _delivered(connection: Connection, release_id: int, kind: str) -> set[str]:
    p = t.publication.c
    query = select(p.item).where(p.release_id == release_id, p.state == State.SENT.value)
    items = [item for item in connection.execute(query).scalars() if item.get(BINDS)]
    if kind == "gtin":
        return {item["gtin"] for item in items if item.get("gtin")}
    return {track["isrc"] for item in items for track in item.get("tracks", ()) if track["isrc"]}
