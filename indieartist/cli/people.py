"""The command on people: who is credited, and the IPI and ISNI of each."""

from __future__ import annotations

import click

from indieartist.cli.output import print_rows
from indieartist.cli.session import Session, TeachingCommand, pass_session
from indieartist.domain.codes import shown_code
from indieartist.domain.credits import ROLES
from indieartist.services import people as service
from indieartist.services.people import Person


@click.command(cls=TeachingCommand)
@click.argument("name", required=False)
@click.option("--ipi", help="Of a writer or publisher: 00014107338; '' takes it away.")
@click.option("--isni", help="Of anybody: 0000 0001 2281 955X; '' takes it away.")
@pass_session
def people(session: Session, /, name: str | None, ipi: str | None, isni: str | None) -> None:
    """List everybody who is credited, or give a person the codes that hold wherever it is named.

    \b
    indieartist people
    indieartist people "Mara Vale" --ipi 00014107338 --isni "0000 0001 2281 955X"
    """
    given = {kind: text for kind, text in (("ipi", ipi), ("isni", isni)) if text is not None}
    if given and not name:
        raise click.UsageError("Say whose they are: indieartist people NAME --ipi …")
    if name and given:
        known = service.get_person(session.studio, name)
        service.set_codes(session.studio, known.name, given)
    found = service.list_people(session.studio)
    if name:
        found = [service.get_person(session.studio, name)]
    rows = [_cells(person) for person in found]
    session.say(found, lambda: print_rows(rows or [("Nobody is credited yet.", "")]))


def _cells(person: Person) -> tuple[str, ...]:
    roles = ", ".join(ROLES[role].label for role in person.roles)
    ipi, isni = shown_code("ipi", person.ipi), shown_code("isni", person.isni)
    return person.name, ipi or "—", isni or "—", roles
