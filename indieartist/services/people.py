"""The people whom credits name: their IPI and ISNI, kept once for each name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from indieartist.domain.codes import KINDS, parse_code
from indieartist.domain.credits import ROLES
from indieartist.errors import UserError
from indieartist.library import tables as t
from indieartist.services.studio import Studio

CODES = ("ipi", "isni")


@dataclass(frozen=True, slots=True)
class Person:
    """A name as credits spell it, its codes bare, and what it is credited for."""

    name: str
    ipi: str = ""
    isni: str = ""
    credit_count: int = 0
    roles: tuple[str, ...] = ()


def list_people(studio: Studio) -> list[Person]:
    """Everybody who is credited or has codes, by name."""
    with studio.library.read() as connection:
        return _people(connection)


def get_person(studio: Studio, name: str) -> Person:
    """One of them by the name alone, its case and spaces aside; UserError where nobody is."""
    wanted = " ".join(name.split()).casefold()
    found = [person for person in list_people(studio) if person.name.casefold() == wanted]
    exact = [person for person in found if person.name == " ".join(name.split())]
    if len(exact or found) != 1:
        what = "Several are" if found else "Nobody is"
        raise UserError(f"{what} called “{name}”.", "`indieartist people` lists them all.")
    return (exact or found)[0]


def find_codes(studio: Studio, name: str) -> Person:
    """A name with its codes, none where nothing is known of it."""
    name = " ".join(name.split())
    with studio.library.read() as connection:
        query = select(t.person.c.ipi, t.person.c.isni).where(t.person.c.name == name)
        row = connection.execute(query).first()
    return Person(name, *(row or ("", "")))


def set_codes(studio: Studio, name: str, values: Mapping[str, str]) -> None:
    """Keep codes of a person, '' for none; raises UserError for what is none, or is another's.

    They hold wherever this name is credited, and one act of undo takes them back.
    """
    name = " ".join(name.split())
    if not name:
        raise UserError("Nobody is named.", "Write the name first.")
    parsed = {kind: _parsed(kind, text) for kind, text in values.items()}
    what = " and ".join(KINDS[kind].name for kind in parsed)
    with studio.library.act(f"{what} of {name}") as act:
        for kind, code in parsed.items():
            _refuse_taken(act.connection, name, kind, code)
        query = select(t.person.c.id).where(t.person.c.name == name)
        row_id = act.connection.execute(query).scalar()
        if row_id is not None:
            act.update(t.person, row_id, **parsed)
        elif any(parsed.values()):
            act.insert(t.person, name=name, **parsed)


def _parsed(kind: str, text: str) -> str:
    if kind not in CODES:
        raise UserError(f"People have no “{kind}”.", "They have an ipi and an isni.")
    return parse_code(kind, text) if text.strip() else ""


def _refuse_taken(connection: Connection, name: str, kind: str, code: str) -> None:
    """An IPI name number and an ISNI belong to one name; a base number to all of a person's."""
    if not code or code.startswith("I"):
        return
    others = (t.person.c[kind] == code) & (t.person.c.name != name)
    if other := connection.execute(select(t.person.c.name).where(others)).scalar():
        raise UserError(
            f"This {KINDS[kind].name} is that of {other}.", "Compare it digit by digit."
        )


def _people(connection: Connection) -> list[Person]:
    codes = {row.name: (row.ipi, row.isni) for row in connection.execute(select(t.person))}
    c = t.credit.c
    query = select(c.name, c.role, func.count().label("n")).group_by(c.name, c.role)
    counts: dict[str, dict[str, int]] = {name: {} for name in codes}
    for row in connection.execute(query):
        counts.setdefault(row.name, {})[row.role] = row.n
    return [
        Person(name, *codes.get(name, ("", "")), sum(roles.values()), _ordered(roles))
        for name, roles in sorted(counts.items(), key=lambda item: (item[0].casefold(), item[0]))
        if roles or any(codes[name])
    ]


def _ordered(roles: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(role for role in ROLES if role in roles)
