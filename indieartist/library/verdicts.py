"""What checks came to, kept by release and destinations; facts that no undo takes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import Connection, delete, insert, select

from indieartist.domain.preflight.verdict import Verdict
from indieartist.library import tables as t


def list_verdicts(connection: Connection, destinations: str) -> dict[int, Verdict]:
    """The verdicts for these destinations, by release."""
    v = t.verdict.c
    columns = (v.release_id, v.errors, v.warnings, v.notes, v.digest)
    rows = connection.execute(select(*columns).where(v.destinations == destinations))
    return {row.release_id: Verdict(*row) for row in rows}


def remember_verdicts(
    connection: Connection, destinations: str, verdicts: Iterable[Verdict]
) -> None:
    """Keep these verdicts in the place of older ones."""
    rows = [{"destinations": destinations, **asdict(verdict)} for verdict in verdicts]
    if not rows:
        return
    ids = [row["release_id"] for row in rows]
    same = (t.verdict.c.destinations == destinations) & t.verdict.c.release_id.in_(ids)
    connection.execute(delete(t.verdict).where(same))
    connection.execute(insert(t.verdict), rows)
