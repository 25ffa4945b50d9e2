"""Commands that send: accounts, deliver, post, publish-due and the outbox."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from indieartist.cli.output import print_rows
from indieartist.cli.session import Session, TeachingCommand, TeachingGroup, pass_session
from indieartist.domain.publishing import STUCK_STATES, Publication, State
from indieartist.errors import AdapterFailure, UserError
from indieartist.services import accounts, checking, finding, outbox, publishing
from indieartist.services.publishing import Route


@click.command(cls=TeachingCommand)
@click.argument("release_ref", metavar="RELEASE")
@click.option("--to", "destination", required=True, help="folder, site, or an installed adapter.")
@click.option("--out", "out_path", type=click.Path(path_type=Path), help="Build it in this folder.")
@click.option("--base-url", default="", help="The address your site will have, for its feed.")
@click.option("--account", help="Which account, where there are several.")
@click.option("--anyway", is_flag=True, help="Deliver although the check found errors.")
@pass_session
def deliver(
    session: Session, /, release_ref: str, destination: str, out_path: Path | None, **given: str
) -> None:
    """Deliver a RELEASE: the package for a distributor, or your own page. No undo; do it again.

    Only approved mixes are delivered, without embedded tags; built twice, a package is identical
    to the byte.
    """
    studio = session.studio
    release = finding.get_release(studio, release_ref)
    if not given["anyway"]:
        checking.require_ready(studio, release, destination)
    route = Route(destination, given["account"], out_path, given["base_url"])
    with session.progress("Delivering") as report:
        publication = publishing.deliver(studio, release, route, report)
    _report(session, publication)


@click.command(cls=TeachingCommand)
@click.argument("release_ref", metavar="RELEASE")
@click.option("--to", "destination", required=True, help="share-kit, mastodon, …")
@click.option("--at", help="When, in your local time: '2026-12-04 09:00'. Now if left out.")
@click.option("--text", default="", help="Your words; drafted from the release if left out.")
@click.option("--link", default="", help="The address to point at.")
@click.option(
    "--out", "out_path", type=click.Path(path_type=Path), help="For share-kit: the folder."
)
@click.option("--account", help="Which account, where there are several.")
@pass_session
def post(
    session: Session, /, release_ref: str, destination: str, at: str | None, **given: str
) -> None:
    """Announce a RELEASE. With --at it waits in the outbox and `publish-due` sends it, once.

    It can be cancelled until it is sent; afterwards there is no undo.
    """
    studio = session.studio
    release = finding.get_release(studio, release_ref)
    out_path = Path(given["out_path"]) if given["out_path"] else None
    route = Route(destination, given["account"], out_path, at=_moment(at))
    publication = publishing.post(studio, release, route, text=given["text"], link=given["link"])
    _report(session, publication)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError as error:
        raise UserError(f"“{text}” is not a time.", "Write it as 2026-12-04 09:00.") from error


def _report(session: Session, publication: Publication) -> None:
    """Say how it stands; what did not go out is an exit code of its own."""
    session.say(publication, lambda: click.echo(_line(publication)))
    if publication.state in STUCK_STATES or publication.problem:
        raise click.exceptions.Exit(AdapterFailure.exit_code)


def _line(p: Publication) -> str:
    when = p.handed_at or p.sent_at or p.next_at or p.due_at
    where = p.url or (p.out_path if p.state is State.SENT else "")
    state = "handed over" if p.handed_at else "built" if p.awaits_person else p.state.value
    parts = [f"P{p.id}", state, f"{when.astimezone():%Y-%m-%d %H:%M}", p.summary, where]
    return "  ".join(part for part in [*parts, p.problem] if part)


@click.command("publish-due", cls=TeachingCommand)
@pass_session
def publish_due(session: Session) -> None:
    """Send what is due, look into what was cut off. Run it from a timer, or by hand."""
    with session.progress("Publishing") as report:
        worked_on = outbox.publish_due(session.studio, report)
    session.say(worked_on, lambda: _say_lines(worked_on, "Nothing is due."))
    if any(p.state in STUCK_STATES for p in worked_on):
        raise click.exceptions.Exit(AdapterFailure.exit_code)


def _say_lines(publications: list[Publication], nothing: str) -> None:
    for publication in publications:
        click.echo(_line(publication))
    if not publications:
        click.echo(nothing)


@click.group("outbox", cls=TeachingGroup)
def outbox_() -> None:
    """What is on its way out: list, cancel, send after all, settle."""


@outbox_.command("list")
@pass_session
def list_(session: Session) -> None:
    """List everything planned, sent or stuck."""
    found = outbox.list_publications(session.studio)
    session.say(found, lambda: _say_lines(found, "The outbox is empty."))


@outbox_.command()
@click.argument("publication")
@pass_session
def cancel(session: Session, /, publication: str) -> None:
    """Cancel a PUBLICATION (P1) of which nothing has left the machine."""
    found = _publication(session, publication)
    outbox.cancel_publication(session.studio, found)
    _report(session, outbox.get_publication(session.studio, found.id))


@outbox_.command()
@click.argument("publication")
@pass_session
def send(session: Session, /, publication: str) -> None:
    """Send a PUBLICATION after all that was missed, refused or cancelled."""
    found = _publication(session, publication)
    outbox.send_missed(session.studio, found)
    _report(session, outbox.publish_now(session.studio, found.id))


@outbox_.command()
@click.argument("publication")
@click.option("--sent/--not-sent", "was_sent", required=True, help="Did it go out?")
@click.option("--url", default="", help="With --sent: where it can be seen.")
@pass_session
def settle(session: Session, /, publication: str, was_sent: bool, url: str) -> None:
    """Say of an uncertain PUBLICATION whether it went out; if not, it is sent again."""
    found = _publication(session, publication)
    outbox.settle(session.studio, found, was_sent=was_sent, url=url)
    _report(session, outbox.publish_now(session.studio, found.id))


@outbox_.command()
@click.argument("publication")
@click.option("--upc", default="", help="The UPC that the store gave the release.")
@click.option("--url", default="", help="Where the release can be seen.")
@click.option("--not", "taken_back", is_flag=True, help="It was not handed over after all.")
@pass_session
def handed(session: Session, /, publication: str, upc: str, url: str, taken_back: bool) -> None:
    """Say of a package (P1) that you gave it to the store: its ISRCs and UPC are locked then.

    Until then it can be changed and built again as often as you like.
    """
    found = _publication(session, publication)
    if taken_back:
        found = outbox.take_handover_back(session.studio, found)
    else:
        found = outbox.hand_over(session.studio, found, gtin=upc, url=url)
    _report(session, found)


def _publication(session: Session, reference: str) -> Publication:
    digits = reference.lstrip("Pp")
    if not digits.isdecimal():
        raise UserError(f"“{reference}” is no publication.", "They are called P1, P2, …")
    return outbox.get_publication(session.studio, int(digits))


@click.group(cls=TeachingGroup)
def account() -> None:
    """Connect and disconnect the accounts that posts go through."""


@account.command("add")
@click.argument("adapter")
@click.option("--url", "base_url", required=True, help="The server, https://…")
@click.option("--label", default="", help="Your name for it; the server's if left out.")
@click.option("--token", help="The access token; asked for, and not shown, if left out.")
@pass_session
def add(session: Session, /, adapter: str, base_url: str, label: str, token: str | None) -> None:
    """Connect an account; its token goes to the system's keyring, never into a file."""
    names = accounts.secret_names(session.studio, adapter)
    secret = token if token is not None or not names else click.prompt("Token", hide_input=True)
    found = accounts.connect_account(session.studio, adapter, base_url, secret or "", label)
    kept = session.studio.secrets.where
    session.say(found, lambda: click.echo(f"A{found.id} {found.label}; its token is kept {kept}."))


@account.command("list")
@pass_session
def list_accounts(session: Session) -> None:
    """List the connected accounts."""
    found = accounts.list_accounts(session.studio)
    rows = [(f"A{a.id}", a.adapter, a.label, a.base_url) for a in found]
    session.say(found, lambda: print_rows(rows or [("No accounts.", "")]))


@account.command("remove")
@click.argument("adapter")
@click.option("--account", "label", help="Which one, where there are several.")
@pass_session
def remove(session: Session, /, adapter: str, label: str | None) -> None:
    """Disconnect an account and forget its token."""
    found = accounts.get_account(session.studio, adapter, label)
    accounts.disconnect_account(session.studio, found)
    session.say(found, lambda: click.echo(f"{found.label} is disconnected."))


@click.command(cls=TeachingCommand)
@pass_session
def destinations(session: Session) -> None:
    """List where releases and posts can go."""
    found = accounts.list_destinations(session.studio)
    rows = [(d.key, d.kind, d.name, "needs an account" if d.needs_account else "") for d in found]
    session.say(found, lambda: print_rows(rows))
