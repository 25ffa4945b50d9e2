"""Commands on the way to release day: check and checklist."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indieartist.cli.output import print_rows
from indieartist.cli.session import Session, TeachingCommand, pass_session
from indieartist.domain.preflight.changes import tell_change
from indieartist.domain.preflight.findings import Finding, Preflight
from indieartist.domain.release import Release
from indieartist.services import attaching, checking, checklist, covers, finding

if TYPE_CHECKING:
    from indieartist.services.catalogue_check import CheckedRelease
    from indieartist.services.studio import Studio

EXIT_NOT_READY = 5
OUT = click.Path(path_type=Path, dir_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command(cls=TeachingCommand)
@click.argument("release_ref", metavar="[RELEASE]", default="")
@click.option("--for", "destinations", multiple=True, help="A destination; repeat for several.")
@click.option("--fix", is_flag=True, help="Correct what takes no decision, one undo for all.")
@click.option("--all", "whole", is_flag=True, help="Every release; what has not changed is kept.")
@pass_session
def check(
    session: Session, /, release_ref: str, destinations: tuple[str, ...], **how: bool
) -> None:
    """Check a RELEASE against what destinations reject. Exit code 5: something would be refused.

    Each finding names its rule, its source and, where there is one, the fix and what it changes.
    """
    if how["whole"] == bool(release_ref):
        raise click.UsageError("Name a release, or say --all.")
    ready = (
        _check_all(session, destinations)
        if how["whole"]
        else _check_one(session, release_ref, destinations, fix=how["fix"])
    )
    if not ready:
        raise click.exceptions.Exit(EXIT_NOT_READY)


def _check_one(session: Session, ref: str, destinations: tuple[str, ...], *, fix: bool) -> bool:
    studio = session.studio
    found = covers.look_at(studio, finding.get_release(studio, ref))
    if fix:
        checking.correct_release(studio, found, destinations)
        found = covers.look_at(studio, finding.get_release(studio, f"R{found.id}"))
    result = checking.check_release(studio, found, destinations)
    session.say(_check_json(found, result), lambda: _say_check(found, result))
    return result.ready


def _check_all(session: Session, destinations: tuple[str, ...]) -> bool:
    from indieartist.services.catalogue_check import check_catalogue

    with session.progress("Checking the catalogue") as report:
        checked = check_catalogue(session.studio, destinations, report)
    rows = [
        {
            "release": f"R{each.release.id}",
            "title": each.release.title,
            "ready": each.verdict.ready,
            "errors": each.verdict.errors,
            "warnings": each.verdict.warnings,
            "notes": each.verdict.notes,
        }
        for each in checked
    ]
    session.say(rows, lambda: _say_all(checked))
    return all(each.verdict.ready for each in checked)


def _say_all(checked: Sequence[CheckedRelease]) -> None:
    print_rows(
        [
            (
                f"R{each.release.id}",
                "ready" if each.verdict.ready else f"{each.verdict.errors} would be refused",
                f"{each.verdict.warnings} warnings",
                each.release.title,
            )
            for each in checked
        ]
    )
    ready, fresh = (sum(each.verdict.ready for each in checked), sum(c.fresh for c in checked))
    click.secho(f"{ready} of {len(checked)} ready", bold=True, nl=False)
    click.echo(f"; {fresh} checked anew, the others have not changed.")


def _check_json(release: Release, result: Preflight) -> dict[str, Any]:
    return {
        "ready": result.ready,
        "destinations": result.destinations,
        "findings": [
            {
                "rule": f.rule_id,
                "severity": f.severity.label,
                "severities": {key: s.label for key, s in f.severities.items()},
                "track_id": f.track_id,
                "field": f.field,
                "message": f.message,
                "evidence": f.evidence,
                "hint": f.hint,
                "fix": f.fix.label if f.fix else None,
                "change": tell_change(release, f.fix) if f.fix else None,
                "sources": [source.url for source in f.sources],
            }
            for f in result.findings
        ],
        "not_checked": result.not_checked,
    }


COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}


def _say_check(release: Release, result: Preflight) -> None:
    for found in result.findings:
        _say_finding(release, found, _where(release, found))
    count, unseen = len(result.errors), len({n.rule_id for n in result.not_checked})
    verdict = "Ready." if result.ready else f"{count} would be refused."
    click.secho(verdict, bold=True, nl=False)
    click.echo(f" {len(result.warnings)} warnings; {unseen} rules need what nobody has looked at.")


def _where(release: Release, found: Finding) -> str:
    """The track that a finding is about, where its own words do not tell."""
    titles = [track.title for track in release.tracks]
    for track in release.tracks:
        told = f"“{track.title}”" in found.message and titles.count(track.title) == 1
        if track.id == found.track_id and not told:
            return f"{track.position}. {track.title}: "
    return ""


def _say_finding(release: Release, found: Finding, where: str) -> None:
    word = found.severity.label
    click.secho(f"{word:8}", fg=COLOURS[word], nl=False)
    click.echo(f"{found.rule_id}  {where}{found.message}")
    for line in (found.hint, _tell_fix(release, found)):
        if line:
            click.echo(f"{'':15}{line}")
    if found.sources:
        click.secho(f"{'':15}{found.sources[0].url}", dim=True)


def _tell_fix(release: Release, found: Finding) -> str:
    if not found.fix:
        return ""
    before, after = tell_change(release, found.fix)
    return f"Fix: {found.fix.label}  ({before or 'nothing'} → {after or 'nothing'})"


@click.command("checklist", cls=TeachingCommand)
@click.argument("release_ref", metavar="RELEASE")
@click.option("--tick", help="A task you attest to, by its key.")
@click.option("--skip", help="A task that does not apply to this release.")
@click.option("--untick", help="Take a tick or a skip back.")
@click.option("--pdf", type=OUT, help="Write it as a PDF to print; a file there is replaced.")
@click.option("--proof", default="", help="With --tick: a number, a link, who said so.")
@click.option("--attach", multiple=True, type=FILE, help="With --tick: a file that proves it.")
@pass_session
def checklist_(
    session: Session,
    /,
    release_ref: str,
    proof: str,
    pdf: Path | None,
    attach: tuple[Path, ...],
    **keys: str | None,
) -> None:
    """Show the way to release day: what is done, what is due, and on what evidence.

    A file that proves a task is kept in the library; `--json` says where it lies.
    """
    if attach and not keys["tick"]:
        raise click.UsageError("Name the task that the file proves: --tick KEY.")
    studio = session.studio
    found = finding.get_release(studio, release_ref)
    if tick := keys["tick"] or keys["skip"]:
        skips = keys["tick"] is None
        checklist.attest(studio, found, tick, proof, skips=skips, paths=attach)
        found = finding.get_release(studio, f"R{found.id}")
    if keys["untick"]:
        checklist.withdraw(studio, found, keys["untick"])
        found = finding.get_release(studio, f"R{found.id}")
    if pdf is not None:
        board = checklist.export_sheet(studio, found, pdf, force=True)
    else:
        board = checklist.read_board(studio, found)
    session.say(_board_json(studio, board), lambda: _say_board(board))


def _board_json(studio: Studio, board: checklist.Board) -> dict[str, Any]:
    tasks = [
        {
            "key": state.key,
            "title": state.title,
            "how": state.how,
            "due_on": state.due_on,
            "state": state.state,
            "evidence": state.evidence,
            "proof": state.proof.words,
            "files": [
                {"name": file.name, "path": str(attaching.path_of(studio, file))}
                for file in state.proof.files
            ],
        }
        for state in board.tasks
    ]
    ready = board.readiness
    return {"done": ready.done, "total": ready.total, "percent": ready.percent, "tasks": tasks}


def _say_board(board: checklist.Board) -> None:
    print_rows(
        [
            (
                state.state.value.replace("_", " "),
                str(state.due_on or "—"),
                state.key,
                f"{state.title} — {state.evidence}",
            )
            for state in board.tasks
        ]
    )
    ready = board.readiness
    click.secho(f"{ready.done} of {ready.total} done before release day", bold=True)
