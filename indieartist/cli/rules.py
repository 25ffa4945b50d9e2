"""The command that shows the rules: what is checked, for whom, and where it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from indieartist.cli.output import print_rows
from indieartist.cli.session import Session, TeachingCommand, pass_session

if TYPE_CHECKING:
    from indieartist.domain.preflight.rulebook import Rule, RuleBook


@click.command(cls=TeachingCommand)
@click.argument("rule_id", metavar="[RULE]", default="")
@click.option("--for", "destination", default="", help="Only what this destination applies.")
@pass_session
def rules(session: Session, /, rule_id: str, destination: str) -> None:
    """List the rules that are checked, or tell of one RULE such as TI-05.

    Your own destinations, and changes to ours, go into `Rules/destinations.toml` of the library.
    """
    from indieartist.services.checking import read_rulebook

    book = read_rulebook(session.studio)
    if rule_id:
        rule = book.get_rule(rule_id.upper())
        session.say(_json(book, rule), lambda: _say_rule(book, rule))
        return
    applied = book.get_destination(destination).settings if destination else None
    chosen = [rule for rule in book.rules if applied is None or rule.id in applied]
    session.say(
        [_json(book, rule) for rule in chosen],
        lambda: print_rows([(rule.id, rule.severity.label, rule.title) for rule in chosen]),
    )


def _json(book: RuleBook, rule: Rule) -> dict[str, Any]:
    places = book.destinations.values()
    return {
        "id": rule.id,
        "title": rule.title,
        "severity": rule.severity.label,
        "why": rule.why,
        "checked": bool(rule.check),
        "needs": rule.needs,
        "checked_on": rule.checked_on,
        "sources": [source.url for source in rule.sources],
        "destinations": [place.key for place in places if rule.id in place.settings],
    }


def _say_rule(book: RuleBook, rule: Rule) -> None:
    click.secho(f"{rule.id}  {rule.title}", bold=True)
    click.echo(f"{rule.severity.label}: {rule.why}")
    if rule.needs:
        click.echo(f"Not checked yet; it needs {rule.needs}.")
    for place in book.destinations.values():
        setting = place.settings.get(rule.id)
        if setting and (setting.severity != rule.severity or setting.note):
            click.echo(f"{place.title}: {setting.severity.label}. {setting.note}".rstrip())
    for source in rule.sources:
        click.secho(f"{source.title}  {source.url}", dim=True)
    click.secho(f"Read on {rule.checked_on.isoformat()}", dim=True)
