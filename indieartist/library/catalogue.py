"""The catalogue: all releases found, grouped and sorted as numbers, and read by the page."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from indieartist.domain.catalogue import Answer, Group, Question, Sort, state_of
from indieartist.library import tables as t
from indieartist.library.releases import ReleaseLine, artist_of, holds_word, read_lines

NOT_SAID = ""


def find_releases(connection: Connection, question: Question, today: date) -> Answer:
    """Find them. Names sort by their letters, whatever their case or accents."""
    found = connection.execute(_matching(question)).all()
    parts: dict[str, int] = {}
    for row in found if question.group else ():
        part = part_of(row, question.group, today)
        parts[part] = parts.get(part, 0) + 1
    if question.group and question.part is not None:
        found = [row for row in found if part_of(row, question.group, today) == question.part]
    ordered = sorted(found, key=lambda row: _key(row, question.sort), reverse=question.falling)
    total = connection.execute(select(func.count()).select_from(t.release)).scalar_one()
    return Answer(tuple(row.id for row in ordered), parts, total)


def read_page(connection: Connection, ids: Sequence[int]) -> list[ReleaseLine]:
    """The lines of these releases, in the order given; one that is gone is left out."""
    lines = {line.id: line for line in read_lines(connection, t.release.c.id.in_(ids))}
    return [lines[number] for number in ids if number in lines]


def _matching(question: Question) -> Select[Any]:
    query = select(
        t.release.c.id, t.release.c.title, t.release.c.label, t.release.c.release_on, artist_of()
    )
    columns = (t.release.c.title, t.release.c.label, t.release.c.catalogue_number, t.release.c.gtin)
    for word in question.words.split():
        credited = (
            select(t.credit.c.id)
            .where(t.credit.c.release_id == t.release.c.id, holds_word(word, t.credit.c.name))
            .exists()
        )
        query = query.where(or_(holds_word(word, *columns), credited))
    return query


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


def _key(row: Any, sort: Sort) -> tuple[Any, ...]:
    """What is not said stands at the end; equals stand newest first."""
    match sort:
        case "newest":
            return (-row.id,)
        case "release_on":
            return (row.release_on is None, row.release_on or date.max, -row.id)
        case _:
            words = letters(str(getattr(row, sort) or ""))
            return (not words, words, -row.id)


def letters(words: str) -> str:
    """Words as one looks them up: 'Ähre' beside 'Ahre'."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
