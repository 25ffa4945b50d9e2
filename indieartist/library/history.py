"""The history: every act recorded with each row before and after, undone and redone at any time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from indieartist.errors import UserError
from indieartist.library import entries, numbers, tables
from indieartist.library.database import insert_row

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Past:
    """One act as the history lists it."""

    id: int
    label: str
    done_at: datetime
    undone_at: datetime | None
    final: bool  # it left the machine, or was passed over: no undo
    effect: dict[str, Any] | None

    @property
    def state(self) -> str:
        """What sets it apart: undone, passed over, or final as it left the machine."""
        if self.undone_at:
            return "undone"
        passed = bool(self.effect and self.effect.get("passed"))
        return "passed over" if passed else "final" if self.final else ""


class Act:
    """One undoable step: all its writes, in one transaction, under one label."""

    def __init__(
        self,
        connection: Connection,
        label: str,
        *,
        final: bool = False,
    ) -> None:
        self.connection = connection
        self.label = label
        self.final = final
        self.effect: dict[str, Any] | None = None
        self.id: int | None = None  # once recorded
        self._changes: list[tuple[Table, int, Row | None, Row | None]] = []

    def insert(self, table: Table, **values: Any) -> int:
        """Add a row; return its number."""
        row_id = insert_row(self.connection, table, **values)
        self._changes.append((table, row_id, None, _find(self.connection, table, row_id)))
        return row_id

    def insert_many(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Add rows; return their numbers in the same order."""
        if not rows:
            return []
        query = insert(table).returning(table, sort_by_parameter_order=True)
        added = [dict(row) for row in self.connection.execute(query, list(rows)).mappings()]
        self._changes += [(table, int(row["id"]), None, row) for row in added]
        return [int(row["id"]) for row in added]

    def update(self, table: Table, row_id: int, **values: Any) -> bool:
        """Change a row; return whether anything changed."""
        before = _get(self.connection, table, row_id)
        if all(before[name] == value for name, value in values.items()):
            return False
        self.connection.execute(update(table).where(table.c.id == row_id).values(**values))
        self._changes.append((table, row_id, before, _get(self.connection, table, row_id)))
        return True

    def delete(self, table: Table, row_id: int) -> None:
        """Remove a row."""
        before = _get(self.connection, table, row_id)
        self.connection.execute(table.delete().where(table.c.id == row_id))
        self._changes.append((table, row_id, before, None))

    def record(self) -> None:
        """Write the act to the history, unless it changed nothing; what was undone is let go."""
        if not self._changes and self.effect is None and not self.final:
            return
        self._follow()
        forget_undone(self.connection)
        self.id = insert_row(
            self.connection,
            tables.act,
            label=self.label,
            done_at=datetime.now(UTC),
            final=self.final,
            effect=self.effect,
        )
        rows = [
            {
                "act_id": self.id,
                "table_name": table.name,
                "row_id": row_id,
                "before": _to_json(before),
                "after": _to_json(after),
            }
            for table, row_id, before, after in self._changes
        ]
        if rows:
            self.connection.execute(insert(tables.act_change), rows)

    def _follow(self) -> None:
        changes = [(table.name, before, after) for table, _id, before, after in self._changes]
        numbers.refuse_delivered(self.connection, changes)
        _follow(self.connection, changes)


def forget_undone(connection: Connection) -> None:
    """A new act closes the way to redo what was undone before it."""
    act = tables.act
    connection.execute(update(act).where(act.c.undone_at.is_not(None)).values(discarded=True))


def forget_act(connection: Connection, act_id: int) -> None:
    """Strike an act out whose effect on a file did not come about."""
    connection.execute(tables.act.delete().where(tables.act.c.id == act_id))


def list_acts(connection: Connection, limit: int = 50) -> list[Past]:
    """The newest acts first, those that were undone and let go left out."""
    act = tables.act
    query = select(act).where(~act.c.discarded).order_by(act.c.id.desc()).limit(limit)
    return [_past(row) for row in connection.execute(query)]


def find_undoable(connection: Connection) -> Past | None:
    """The act that undo would take back."""
    act = tables.act
    open_ = act.c.undone_at.is_(None) & ~act.c.final
    return _first(connection, select(act).where(open_).order_by(act.c.id.desc()).limit(1))


def find_redoable(connection: Connection) -> Past | None:
    """The act that redo would do again: of those undone, the earliest."""
    act = tables.act
    undone = act.c.undone_at.is_not(None) & ~act.c.discarded
    return _first(connection, select(act).where(undone).order_by(act.c.id).limit(1))


def undo(connection: Connection, past: Past) -> None:
    """Put every row the act touched back as it was; refuse when one was changed since."""
    changes = _changes_of(connection, past.id)
    back = [(change.table_name, change.after, change.before) for change in reversed(changes)]
    numbers.refuse_delivered(connection, back)
    for change in reversed(changes):
        _replace(connection, past, change, from_="after", to="before")
    _follow(connection, back)
    _mark(connection, past.id, datetime.now(UTC))


def mark_undone(connection: Connection, effect: dict[str, Any]) -> None:
    """The act with this effect on a file was taken back by hand: undo need not do it again."""
    act, same = tables.act, effect.items()
    rows = connection.execute(select(act.c.id, act.c.effect).where(act.c.undone_at.is_(None)))
    for act_id in [row.id for row in rows if same <= (row.effect or {}).items()]:
        undone = {"undone_at": datetime.now(UTC), "discarded": True}
        connection.execute(update(act).where(act.c.id == act_id).values(**undone))


def set_effect(connection: Connection, past: Past, **more: Any) -> None:
    """Keep more of what an act did outside of the rows."""
    effect = (past.effect or {}) | more
    connection.execute(update(tables.act).where(tables.act.c.id == past.id).values(effect=effect))


def pass_over(connection: Connection, past: Past) -> None:
    """Leave an act as it is for good: undo goes on with the one before, redo with the next."""
    same = tables.act.c.id == past.id
    passed = (past.effect or {"kind": "rows"}) | {"passed": True}
    values = {"discarded": True} if past.undone_at else {"final": True, "effect": passed}
    connection.execute(update(tables.act).where(same).values(**values))


def discard(connection: Connection, past: Past) -> None:
    """An undone act that nothing can redo leaves the list."""
    same = tables.act.c.id == past.id
    connection.execute(update(tables.act).where(same).values(discarded=True))


def redo(connection: Connection, past: Past) -> None:
    """Do an undone act again; refuse when a row was changed since."""
    changes = _changes_of(connection, past.id)
    forth = [(change.table_name, change.before, change.after) for change in changes]
    numbers.refuse_delivered(connection, forth)
    for change in changes:
        _replace(connection, past, change, from_="before", to="after")
    _follow(connection, forth)
    _mark(connection, past.id, None)


def _replace(connection: Connection, past: Past, change: Any, *, from_: str, to: str) -> None:
    table = tables.metadata.tables[change.table_name]
    now = _to_json(_find(connection, table, change.row_id))
    expected, wanted = getattr(change, from_), getattr(change, to)
    if not _same(now, expected):
        raise UserError(
            f"“{past.label}” cannot be taken back: what it changed has been changed since.",
            "Edit it by hand instead.",
        )
    if now is not None:
        same = table.c.id == change.row_id
        if wanted is None:
            connection.execute(table.delete().where(same))
        else:
            connection.execute(update(table).where(same).values(**_from_json(table, wanted)))
    elif wanted is not None:
        connection.execute(insert(table).values(**_from_json(table, wanted)))


def _same(now: Row | None, expected: Row | None) -> bool:
    """Whether a row is what the act knew of it; columns younger than the act do not count."""
    if now is None or expected is None:
        return now is expected
    return all(now[name] == value for name, value in expected.items() if name in now)


def _follow(connection: Connection, changes: list[numbers.Change]) -> None:
    """Keep what is derived from the rows: the entries of lists, and the codes ever used."""
    touched = entries.Touched()
    for table, before, after in changes:
        touched.add(table, before, after)
    entries.refresh(connection, touched)
    numbers.remember(connection, changes)


def _changes_of(connection: Connection, act_id: int) -> list[Any]:
    change = tables.act_change
    query = select(change).where(change.c.act_id == act_id).order_by(change.c.id)
    return list(connection.execute(query))


def _mark(connection: Connection, act_id: int, undone_at: datetime | None) -> None:
    act = tables.act
    connection.execute(update(act).where(act.c.id == act_id).values(undone_at=undone_at))


def _first(connection: Connection, query: Any) -> Past | None:
    row = connection.execute(query).first()
    return None if row is None else _past(row)


def _past(row: Any) -> Past:
    return Past(row.id, row.label, row.done_at, row.undone_at, row.final, row.effect)


def _find(connection: Connection, table: Table, row_id: int) -> Row | None:
    row = connection.execute(select(table).where(table.c.id == row_id)).mappings().first()
    return None if row is None else dict(row)


def _get(connection: Connection, table: Table, row_id: int) -> Row:
    row = _find(connection, table, row_id)
    if row is None:
        raise UserError(f"There is no {table.name} {row_id}.", "It may have been removed.")
    return row


def _to_json(row: Row | None) -> Row | None:
    return None if row is None else {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _from_json(table: Table, row: Row) -> Row:
    """Values as the columns want them; columns younger than the act keep their defaults."""
    kinds = {"DATE": date.fromisoformat}
    result = {}
    for name, value in row.items():
        if name not in table.c:
            continue
        kind = table.c[name].type
        parse = datetime.fromisoformat if isinstance(kind, tables.Moment) else kinds.get(str(kind))
        result[name] = parse(value) if parse and value is not None else value
    return result
