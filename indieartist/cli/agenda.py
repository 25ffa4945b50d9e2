"""Commands over all releases: what is due, how ready each is, and the calendar file."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indieartist.cli.output import print_rows
from indieartist.cli.session import Session, TeachingCommand, pass_session
from indieartist.domain.agenda import (
    BoardOrder,
    Entry,
    InProgress,
    list_entries,
    narrow_going,
    sort_going,
)
from indieartist.domain.checklist import Standing

if TYPE_CHECKING:
    from datetime import date

DAYS = 14


@click.command("agenda", cls=TeachingCommand)
@click.option("--days", default=DAYS, show_default=True, help="How far to look ahead.")
@pass_session
def agenda_(session: Session, /, days: int) -> None:
    """What is late, and what is due in the next days, over all releases."""
    from indieartist.services import agenda

    today = session.studio.today
    with session.progress("Reading the checklists") as report:
        going = agenda.read_agenda(session.studio, report)
    entries = [e for e in list_entries(going, last=today + timedelta(days=days)) if _is_open(e)]
    session.say([_entry_json(entry) for entry in entries], lambda: _say_entries(entries, today))


def _is_open(entry: Entry) -> bool:
    if entry.task is None:
        return True
    return entry.task.state not in (Standing.DONE, Standing.NOT_APPLICABLE)


def _entry_json(entry: Entry) -> dict[str, Any]:
    task = entry.task
    return {
        "on": entry.on,
        "release": f"R{entry.release.release_id}",
        "title": entry.release.title,
        "task": task.key if task else "release-day",
        "what": task.title if task else "Release day",
        "state": task.state if task else None,
        "evidence": task.evidence if task else "",
    }


def _say_entries(entries: list[Entry], today: date) -> None:
    if not entries:
        click.echo("Nothing is due.")
    print_rows(
        [
            (
                entry.on.isoformat(),
                "today" if entry.on == today else entry.task.state.value if entry.task else "out",
                f"R{entry.release.release_id}",
                entry.release.title,
                entry.task.title if entry.task else "Release day",
            )
            for entry in entries
        ]
    )


@click.command("board", cls=TeachingCommand)
@click.option("--label", default="", help="Only the releases of this label.")
@click.option("--find", "words", default="", help="Only those whose title, artist or label it is.")
@click.option(
    "--sort",
    type=click.Choice([order.value for order in BoardOrder]),
    default="day",
    show_default=True,
)
@click.option("--falling", is_flag=True, help="Turn the order round.")
@click.option("--why", is_flag=True, help="Say what is missing of each.")
@pass_session
def board(session: Session, /, label: str, words: str, sort: str, **how: bool) -> None:
    """Every release on its way: how ready it is, why, and its next task."""
    from indieartist.services import agenda

    with session.progress("Reading the checklists") as report:
        going = agenda.read_agenda(session.studio, report)
    mine = [each for each in going if label.casefold() in each.label.casefold()]
    shown = sort_going(narrow_going(mine, words), BoardOrder(sort), falling=how["falling"])
    session.say([_board_json(each) for each in shown], lambda: _say_board(shown, why=how["why"]))


def _board_json(each: InProgress) -> dict[str, Any]:
    following = each.next_task
    return {
        "release": f"R{each.release_id}",
        "title": each.title,
        "label": each.label,
        "release_on": each.release_on,
        "artist": each.artist_line,
        "percent": each.readiness.percent,
        "missing": each.readiness.reasons,
        "overdue": each.overdue,
        "next": following.key if following else None,
        "next_on": following.due_on if following else None,
    }


def _say_board(shown: list[InProgress], *, why: bool) -> None:
    rows = []
    for each in shown:
        following = each.next_task
        then = f"{following.due_on or '—'}  {following.title}" if following else "all done"
        late = f"{each.overdue} late" if each.overdue else ""
        day = str(each.release_on or "no date")
        rows.append(
            (f"R{each.release_id}", day, f"{each.readiness.percent} %", late, each.title, then)
        )
    print_rows(rows)
    for each in shown if why else ():
        click.secho(f"\nR{each.release_id}  {each.title}", bold=True)
        print_rows([(f"  {reason}",) for reason in each.readiness.reasons])


@click.command("live", cls=TeachingCommand)
@click.argument("release_ref", metavar="RELEASE")
@pass_session
def live(session: Session, /, release_ref: str) -> None:
    """When a RELEASE is out in each territory: at midnight there, by your own clock here."""
    from indieartist.services import agenda, finding

    found = agenda.read_live(session.studio, finding.get_release(session.studio, release_ref))
    rows = [
        {"territory": each.territory.name, "zone": each.territory.zone, "at": each.at}
        for each in found
    ]
    shown = [(each.territory.name, f"{each.at.astimezone():%a %Y-%m-%d %H:%M}") for each in found]
    session.say(rows, lambda: print_rows(shown or [("No release day yet.",)]))


@click.command("calendar", cls=TeachingCommand)
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@pass_session
def calendar(session: Session, /, path: Path, force: bool) -> None:
    """Write every task and release day into a calendar file; written anew, it moves its events."""
    from indieartist.services import agenda

    with session.progress("Reading the checklists") as report:
        count = agenda.export_calendar(session.studio, path, force=force, report=report)
    session.say({"path": path, "events": count}, lambda: click.echo(f"{count} events in {path}"))
