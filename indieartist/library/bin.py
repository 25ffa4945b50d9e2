"""The bin: what was removed and is kept until the bin is emptied, read from the history itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Date, Table, func, select, update

from indieartist.errors import UserError
from indieartist.library import tables as t
from indieartist.library.history import Act

FACTS = (t.audio, t.artwork, t.attached_file)
HASHES = ("audio_hash", "artwork_hash", "file_hash")
KINDS = (t.release, t.track, t.mix)
"""What is thrown away as a whole; what hangs on it goes and comes back with it."""


@dataclass(frozen=True, slots=True)
class Binned:
    """One thing in the bin: `kind` is release, track, mix or artwork, `id` the bin's own name."""

    id: str
    kind: str
    title: str
    removed_at: datetime
    hashes: tuple[str, ...] = ()  # of the audio and artwork that it holds
    rows: tuple[tuple[str, dict[str, Any]], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Waste:
    """Files that nothing in the library names any more: audio and artwork, by hash and suffix."""

    files: tuple[tuple[str, str], ...]
    size_bytes: int


def list_binned(connection: Connection) -> list[Binned]:
    """What can be brought back, what was removed last first."""
    found = [*_removed(connection), *_covers(connection)]
    return sorted(found, key=lambda one: (one.removed_at, one.id), reverse=True)


def _removed(connection: Connection) -> Iterator[Binned]:
    """Acts that deleted something whose rows are still gone."""
    change = t.act_change
    query = (
        select(change, t.act.c.done_at)
        .join(t.act, t.act.c.id == change.c.act_id)
        .where(t.act.c.undone_at.is_(None), change.c.after.is_(None))
        .order_by(change.c.act_id, change.c.id)
    )
    acts: dict[int, list[Any]] = {}
    for row in connection.execute(query):
        acts.setdefault(row.act_id, []).append(row)
    for act_id, rows in acts.items():
        top = _top(connection, rows)
        if top is not None:
            held = tuple((row.table_name, row.before) for row in reversed(rows))
            kind, title = top
            yield Binned(str(act_id), kind, title, rows[0].done_at, _hashes(held), held)


def _top(connection: Connection, rows: Sequence[Any]) -> tuple[str, str] | None:
    """What an act threw away, named; None where it was nothing whole or it is back."""
    for table in KINDS:
        own = [row for row in rows if row.table_name == table.name]
        if own:
            gone = [row for row in own if not _exists(connection, table, row.row_id)]
            names = [row.before.get("title") or row.before.get("name") or "" for row in gone]
            more = f" and {len(names) - 1} more" if len(names) > 1 else ""
            return (table.name, names[0] + more) if names else None
    return None


def _covers(connection: Connection) -> Iterator[Binned]:
    """Covers that were taken off a release which is still there, and that no release wears."""
    change, worn = t.act_change, set(_live(connection, t.artwork))
    query = (
        select(change, t.act.c.done_at, t.release.c.title)
        .join(t.act, t.act.c.id == change.c.act_id)
        .join(t.release, t.release.c.id == change.c.row_id)
        .where(t.act.c.undone_at.is_(None), change.c.table_name == t.release.name)
        .order_by(change.c.id.desc())
    )
    kept = set(connection.execute(select(t.artwork.c.hash)).scalars())
    for row in connection.execute(query):
        old = str((row.before or {}).get("artwork_hash") or "")
        taken = row.after is not None and old and row.after.get("artwork_hash") != old
        if taken and old in kept and old not in worn:
            worn.add(old)
            rows = ((t.release.name, {"id": row.row_id, "artwork_hash": old}),)
            yield Binned(f"C{row.id}", "artwork", row.title, row.done_at, (old,), rows)


def get_binned(connection: Connection, name: str) -> Binned:
    """The thing of this name; raises UserError where the bin has none."""
    for one in list_binned(connection):
        if one.id == name:
            return one
    raise UserError(f"There is no {name} in the bin.", "`indieartist bin list` shows it.")


def bring_back(act: Act, binned: Binned) -> None:
    """Put a thing back where it was; a track comes last. UserError where its place is gone."""
    if binned.kind == "artwork":
        _, row = binned.rows[0]
        act.update(t.release, row["id"], artwork_hash=row["artwork_hash"])
        return
    for name, before in sorted(binned.rows, key=_order):
        table = t.metadata.tables[name]
        if not _exists(act.connection, table, before["id"]):
            act.insert(table, **_placed(act.connection, table, _values(table, before)))


def _order(row: tuple[str, dict[str, Any]]) -> tuple[int, int]:
    """Parents before what hangs on them, tracks as they stood."""
    name, before = row
    return [each.name for each in t.metadata.sorted_tables].index(name), before.get("position") or 0


def _placed(connection: Connection, table: Table, values: dict[str, Any]) -> dict[str, Any]:
    for column in table.c:
        for key in column.foreign_keys:
            parent, wanted = key.column, values.get(column.name)
            query = select(parent).where(parent == wanted)
            if wanted is not None and connection.execute(query).first() is None:
                noun = parent.table.name
                raise UserError(
                    f"The {noun} it belonged to is gone.", f"Bring the {noun} back first."
                )
    if table is t.track:
        last = select(func.max(t.track.c.position)).where(
            t.track.c.release_id == values["release_id"]
        )
        values["position"] = (connection.execute(last).scalar() or 0) + 1
    return values


def _values(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """A row of the history as its columns want it; columns it does not know keep their default."""
    return {name: _parsed(table.c[name], value) for name, value in row.items() if name in table.c}


def _parsed(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, t.Moment):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value


def _exists(connection: Connection, table: Table, row_id: int) -> bool:
    return connection.execute(select(table.c.id).where(table.c.id == row_id)).first() is not None


def _hashes(rows: Sequence[tuple[str, dict[str, Any]]]) -> tuple[str, ...]:
    named = (row.get(key) for _, row in rows for key in HASHES)
    return tuple(dict.fromkeys(filter(None, named)))


def _columns(facts: Table) -> Iterator[Column[Any]]:
    """The columns of all tables that name a row of facts by the hash of its file."""
    for table in t.metadata.tables.values():
        for column in table.c:
            if any(key.column.table is facts for key in column.foreign_keys):
                yield column


def _live(connection: Connection, facts: Table) -> Iterator[str]:
    """The hashes that something in use names; a table of facts by hash is no use."""
    for column in _columns(facts):
        if not column.primary_key:
            yield from connection.execute(select(column).distinct()).scalars()


def find_waste(connection: Connection) -> Waste:
    """The files that emptying the bin deletes."""
    files, size = [], 0
    for facts in FACTS:
        live = set(_live(connection, facts))
        rows = connection.execute(select(facts.c.hash, facts.c.suffix, facts.c.size_bytes))
        for row in rows:
            if row.hash not in live:
                files.append((row.hash, row.suffix))
                size += row.size_bytes
    return Waste(tuple(files), size)


def empty(connection: Connection) -> Waste:
    """Forget what is in the bin: its facts go, and acts that would need it have no undo any more.

    The files of the waste are to be deleted once this is on the disk.
    """
    waste = find_waste(connection)
    gone = {hashed for hashed, _ in waste.files}
    binned = list_binned(connection)
    rows = {(name, row["id"]) for one in binned if one.kind != "artwork" for name, row in one.rows}
    _close(connection, rows, gone)
    for facts in FACTS:
        for column in _columns(facts):
            if column.primary_key:
                connection.execute(column.table.delete().where(column.in_(gone)))
        connection.execute(facts.delete().where(facts.c.hash.in_(gone)))
    return waste


def _close(connection: Connection, rows: set[tuple[str, int]], gone: set[str]) -> None:
    """Acts that touched what goes become final, and their rows are forgotten with it."""
    acts = set()
    for change in connection.execute(select(t.act_change)):
        named = {(side or {}).get(key) for side in (change.before, change.after) for key in HASHES}
        if (change.table_name, change.row_id) in rows or named & gone:
            acts.add(change.act_id)
    connection.execute(t.act_change.delete().where(t.act_change.c.act_id.in_(acts)))
    connection.execute(update(t.act).where(t.act.c.id.in_(acts)).values(final=True))
