"""The catalogue of releases: found, grouped and sorted as numbers, and read by the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from indieartist.domain.catalogue import Answer, Group, Question, Sort, state_of
from indieartist.domain.folding import folded
from indieartist.library import entries
from indieartist.library import tables as t
from indieartist.library.releases import ReleaseLine, artist_of, read_lines

NOT_SAID = ""
_KEYS = {"title": t.entry.c.title_key, "artist": t.entry.c.artist_key, "label": t.entry.c.label_key}


def find_releases(connection: Connection, question: Question, today: date) -> Answer:
    """Find them. Names sort by their letters, whatever their case or accents.

    What does not say stands at the end, whichever way it is sorted; equals stand newest first.
    """
    query = _matching(connection, question)
    total = connection.execute(select(func.count()).select_from(t.release)).scalar_one()
    if not question.group:
        return Answer(tuple(connection.execute(query).scalars()), {}, total)
    found = connection.execute(query.add_columns(*_GROUPED)).all()
    parts: dict[str, int] = {}
    for row in found:
        part = part_of(row, question.group, today)
        parts[part] = parts.get(part, 0) + 1
    if question.part is not None:
        found = [row for row in found if part_of(row, question.group, today) == question.part]
    return Answer(tuple(row.id for row in found), parts, total)


_GROUPED = (t.release.c.label, t.release.c.release_on, artist_of())


def read_page(connection: Connection, ids: Sequence[int]) -> list[ReleaseLine]:
    """The lines of these releases, in the order given; one that is gone is left out."""
    lines = {line.id: line for line in read_lines(connection, t.release.c.id.in_(ids))}
    return [lines[number] for number in ids if number in lines]


def _matching(connection: Connection, question: Question) -> Select[Any]:
    own = and_(t.entry.c.release_id == t.release.c.id, t.entry.c.track_id.is_(None))
    query = select(t.release.c.id).select_from(t.release).join(t.entry, own)
    for word in folded(question.words).split():
        query = query.where(t.entry.c.id.in_(entries.holds(connection, word)))
    return query.order_by(*_order(question.sort, question.falling))


def part_of(row: Any, group: Group, today: date) -> str:
    """The group that a release belongs to; empty where it does not say."""
    match group:
        case "artist":
            return str(row.artist or NOT_SAID)
        case "label":
            return str(row.label)
        case "year":
            return str(row.release_on.year) if row.release_on else NOT_SAID
        case _:
            return state_of(row.release_on, today)


def _order(sort: Sort, falling: bool) -> tuple[Any, ...]:
    if sort == "newest":
        return (t.release.c.id.asc() if falling else t.release.c.id.desc(),)
    column = t.release.c.release_on if sort == "release_on" else _KEYS[sort]
    unsaid = column.is_(None) if sort == "release_on" else column == ""
    return unsaid, column.desc() if falling else column.asc(), t.release.c.id.desc()
