"""Commands that bring a whole catalogue in: a folder, a table, or another library."""

from __future__ import annotations

from pathlib import Path

import click

from indieartist.cli.output import print_error, print_rows
from indieartist.cli.session import Session, TeachingGroup, pass_session
from indieartist.domain import figures
from indieartist.domain.catalogue_plan import CataloguePlan
from indieartist.domain.columns import COLUMNS
from indieartist.errors import UserError
from indieartist.services import catalogue_audio, catalogue_import, importing, library_import
from indieartist.services.catalogue_import import Imported

_MOST_PROBLEMS = 20
FOLDER = click.Path(path_type=Path)
DRY_RUN = click.option("--dry-run", is_flag=True, help="Show what would come in, and keep nothing.")


@click.group(cls=TeachingGroup)
def catalogue() -> None:
    """Bring in a whole catalogue: tagged files, a spreadsheet, another library."""


@catalogue.command("folder")
@click.argument("path", type=FOLDER)
@click.option("--audio", is_flag=True, help="Hear each file, and take it in as its track's mix.")
@DRY_RUN
@pass_session
def folder(session: Session, /, path: Path, audio: bool, dry_run: bool) -> None:
    """Make releases of the tagged files under PATH. The files are read and never touched."""
    with session.progress("Reading tags") as report:
        plan = catalogue_import.plan_folder(session.studio, path, report)
    _finish(session, plan, path.name, dry_run, audio=audio)


@catalogue.command("table")
@click.argument("path", type=FOLDER)
@click.option(
    "--column",
    "pairs",
    multiple=True,
    metavar="COLUMN=HEADING",
    help="What a heading holds, such as isrc=Code; repeat. COLUMN= leaves it out.",
)
@DRY_RUN
@pass_session
def table(session: Session, /, path: Path, pairs: tuple[str, ...], dry_run: bool) -> None:
    """Make releases of the rows of a CSV file.

    The columns are guessed from their headings in many languages; --dry-run shows the guess.
    """
    found, guessed = catalogue_import.read_table(path)
    columns = _renamed(guessed, found.headings, pairs)
    if not session.as_json:
        for place, heading in enumerate(found.headings):
            said = COLUMNS[columns[place]].label if place in columns else "left out"
            click.echo(f"  {heading} → {said}", err=True)
    plan = catalogue_import.plan_table(session.studio, found, columns)
    _finish(session, plan, path.name, dry_run)


def _renamed(
    guessed: dict[int, str], headings: tuple[str, ...], pairs: tuple[str, ...]
) -> dict[int, str]:
    columns = dict(guessed)
    for pair in pairs:
        key, _, heading = pair.partition("=")
        if key not in COLUMNS:
            raise UserError(f"There is no column “{key}”.", f"Columns: {', '.join(COLUMNS)}.")
        if heading and heading not in headings:
            raise UserError(
                f"There is no heading “{heading}”.", f"Headings: {', '.join(headings)}."
            )
        columns = {place: known for place, known in columns.items() if known != key}
        if heading:
            columns[headings.index(heading)] = key
    return columns


@catalogue.command("library")
@click.argument("path", type=FOLDER)
@pass_session
def library(session: Session, /, path: Path) -> None:
    """Bring in the releases of another IndieArtist library, with tracks, mixes and audio."""
    with session.progress("Reading") as report:
        merged = library_import.import_library(session.studio, path, report)

    def show() -> None:
        releases = figures.count(len(merged.release_ids), "release")
        counts = f"{releases}, {figures.count(merged.track_count, 'track')}"
        click.echo(f"{counts} and {merged.mix_count} mixes came in; {merged.known} were here.")
        for name in merged.missing:
            click.secho(f"The audio of {name} is missing there.", fg="yellow", err=True)

    session.say(merged, show)


def _finish(
    session: Session, plan: CataloguePlan, name: str, dry_run: bool, *, audio: bool = False
) -> None:
    made = Imported((), (), ())
    if not dry_run:
        made = catalogue_import.carry_out(session.studio, plan, name)
    refused = _hear(session, made) if audio else []
    session.say(
        {"imported": not dry_run, "plan": plan, "made": made, "refused": refused},
        lambda: _say_plan(plan, dry_run),
    )
    for refusal in refused:
        print_error(refusal.error, as_json=session.as_json)


def _hear(session: Session, made: Imported) -> list[importing.Refused]:
    with session.progress("Listening") as report:
        return catalogue_audio.take_audio(session.studio, made, report)


def _say_plan(plan: CataloguePlan, dry_run: bool) -> None:
    rows = [
        (
            "=" if release.known else "+",
            release.values["title"],
            ", ".join(credit.name for credit in release.credits),
            str(release.release_on or ""),
            figures.count(len(release.tracks), "track"),
        )
        for release in plan.releases
    ]
    print_rows(rows if dry_run else [])
    for problem in plan.problems[:_MOST_PROBLEMS]:
        click.secho(problem, fg="yellow", err=True)
    if len(plan.problems) > _MOST_PROBLEMS:
        click.echo(f"and {len(plan.problems) - _MOST_PROBLEMS} more; --json has them all", err=True)
    verb = "would come in" if dry_run else "came in"
    click.echo(
        f"{len(plan.new_releases)} releases and {plan.track_count} tracks {verb};"
        f" {plan.known_tracks} tracks were here already."
    )
