"""Commands that edit many at once: set, replace, case, rename, and a list of ISRCs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from indieartist.cli.output import print_rows
from indieartist.cli.session import Session, TeachingCommand, pass_session
from indieartist.domain.catalogue import TrackQuestion
from indieartist.domain.identifiers import format_isrc
from indieartist.domain.pasting import TAKEN, Aligned
from indieartist.domain.rewriting import CASES, Plan, Rewrite, Search, Table
from indieartist.errors import UserError
from indieartist.services import catalogue, finding, numbers, renaming, rewriting
from indieartist.services.rewriting import Row

_SHOWN = 44
DRY_RUN = click.option("--dry-run", is_flag=True, help="Show what would change, and keep nothing.")
SUBJECTS = click.argument("subjects", nargs=-1, metavar="TRACK|RELEASE…")
FOUND = click.option(
    "--find", "words", help="Also every track that holds these words; '' takes all tracks."
)


def _chosen(session: Session, subjects: Sequence[str], words: str | None) -> list[list[Row]]:
    """Tracks, then releases, that the command is about."""
    studio, tracks, records = session.studio, list[int](), list[int]()
    for subject in subjects:
        if subject.endswith(".*"):
            tracks += [track.id for track in finding.get_release(studio, subject[:-2]).tracks]
        elif subject[:1] in "Rr" and "." not in subject:
            records.append(finding.get_release(studio, subject).id)
        else:
            tracks.append(finding.get_track(studio, subject).id)
    if words is not None:
        question = TrackQuestion(words=words, sort="position")
        tracks += catalogue.find_tracks(studio, question).ids
    if not tracks and not records:
        raise UserError("Nothing is chosen.", "Name tracks (T1), releases (R1, R1.*) or --find.")
    kinds: tuple[tuple[Table, list[int]], ...] = (("track", tracks), ("release", records))
    return [
        rewriting.read_rows(studio, table, list(dict.fromkeys(ids))) for table, ids in kinds if ids
    ]


def _finish(session: Session, plans: Sequence[Plan], dry_run: bool, label: str = "") -> None:
    whole = Plan(
        tuple(r for plan in plans for r in plan.rewrites),
        tuple(p for plan in plans for p in plan.problems),
    )
    if whole.problems and not dry_run:
        raise UserError(whole.problems[0], "Nothing was changed; --dry-run shows everything.")
    if whole.rewrites and not dry_run:
        rewriting.carry_out(session.studio, whole, label)
    session.say({"changed": not dry_run, "plan": whole}, lambda: _say_plan(whole, dry_run))


def _say_plan(plan: Plan, dry_run: bool) -> None:
    print_rows([_cells(rewrite) for rewrite in plan.rewrites])
    for problem in plan.problems:
        click.secho(problem, fg="red")
    verb = "would change" if dry_run else "changed; `indieartist undo` takes it back"
    click.echo(f"{len(plan.rewrites)} {verb}." if plan.rewrites else "Nothing changes.")


def _cells(rewrite: Rewrite) -> tuple[str, ...]:
    key = f"{rewrite.table[0].upper()}{rewrite.row_id}"
    return key, rewrite.field, _short(rewrite.before), "→", _short(rewrite.after)


def _short(text: str) -> str:
    line = text.replace("\n", " / ") or "—"
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


@click.command(cls=TeachingCommand)
@SUBJECTS
@FOUND
@click.option("--set", "pairs", multiple=True, metavar="FIELD=VALUE", help="Repeat for several.")
@click.option("--case", type=click.Choice(list(CASES)), help="Letters of this language's titles.")
@click.option("--in", "fields", default="title", help="Fields for --case. [default: title]")
@click.option("--numbers-off", is_flag=True, help="Take track numbers off the titles.")
@DRY_RUN
@pass_session
def edit(
    session: Session, /, subjects: tuple[str, ...], words: str | None, dry_run: bool, **given: Any
) -> None:
    """Edit many tracks (T1, R1.* for all of a release) or releases (R1) as one act.

    \b
    indieartist edit R1.* --set genre=Indie --set "composer=Mara Vale; Tom Reyes" --dry-run
    indieartist edit T4 T5 T6 --set "title=Interlude {n}"
    indieartist edit --find "mara vale" --case es --in title,version
    """
    plans: list[Plan] = []
    values = dict(_pair(text) for text in given["pairs"])
    case, numbers_off = given["case"], given["numbers_off"]
    for rows in _chosen(session, subjects, words):
        if values:
            plans.append(rewriting.plan_values(rows, values))
        if case:
            plans.append(rewriting.plan_case(session.studio, rows, _listed(given["fields"]), case))
        if numbers_off:
            plans.append(rewriting.plan_numbers_off(rows))
    if sum(map(bool, (values, case, numbers_off))) != 1:
        raise UserError("Say one thing to do.", "--set FIELD=VALUE, --case or --numbers-off.")
    _finish(session, plans, dry_run)


def _pair(text: str) -> tuple[str, str]:
    field, separator, value = text.partition("=")
    if not separator:
        raise UserError(f"“{text}” is no FIELD=VALUE.", "Such as: --set genre=Indie")
    return field.strip(), value


def _listed(text: str) -> list[str]:
    return [field.strip() for field in text.split(",") if field.strip()]


@click.command(cls=TeachingCommand)
@click.argument("find", metavar="FIND")
@click.argument("by")
@SUBJECTS
@FOUND
@click.option("--in", "fields", default="title", help="Fields, by commas. [default: title]")
@click.option("--pattern", is_flag=True, help=r"FIND is a regular expression; \1 in BY is a group.")
@click.option("--match-case", is_flag=True)
@click.option("--whole-words", is_flag=True)
@DRY_RUN
@pass_session
def replace(
    session: Session, /, find: str, by: str, subjects: tuple[str, ...], **given: Any
) -> None:
    """Find FIND and put BY in its place, in tracks and releases, as one act.

    \b
    indieartist replace "feat" "feat." R1.* --whole-words --dry-run
    indieartist replace "Mara Vale" "MARA VALE" --find "" --in artist,composer
    """
    search = Search(find, by, given["pattern"], given["match_case"], given["whole_words"])
    plans = [
        rewriting.plan_replacing(rows, _listed(given["fields"]), search)
        for rows in _chosen(session, subjects, given["words"])
    ]
    _finish(session, plans, given["dry_run"], f"Replace “{find}” by “{by}”")


@click.command(cls=TeachingCommand)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as", "pattern", required=True, help="Such as '{position:02} {title}'.")
@DRY_RUN
@pass_session
def rename(session: Session, /, files: tuple[Path, ...], pattern: str, dry_run: bool) -> None:
    """Rename FILES after their track in the library, or after their own tags.

    The pattern knows {n} {name} {position} {title} {version} {mix} {artist} {release} {label}
    {catalogue} {isrc} {year}. No file is written over; undo gives all their names back, and redo
    the new ones.
    """
    with session.progress("Renaming"):
        plan = renaming.plan_renames(session.studio, files, pattern)
        if not dry_run:
            renaming.carry_out(session.studio, plan)

    def show() -> None:
        print_rows([(move.old.name, "→", move.new.name) for move in plan.moves])
        for problem in plan.problems:
            click.secho(problem, fg="red")
        word = "would be renamed" if dry_run else "renamed"
        click.echo(f"{len(plan.moves)} {word}, {plan.unchanged} are called so already.")

    value = {"renamed": not dry_run, "plan": plan, "problems": plan.problems}
    session.say(value, show)


_MARKS = {"new": "+", "replaces": "~", "same": "=", "gap": " "}


def paste(
    session: Session, subjects: Sequence[str], file: Path, replaces: bool, dry_run: bool
) -> None:
    """Lay the ISRCs of a file against the tracks; see `indieartist isrc paste`."""
    rows = [row for rows in _chosen(session, subjects, None) for row in rows]
    if any(row.table != "track" for row in rows):
        raise UserError("ISRCs belong to tracks.", "Name a release's tracks as R1.*")
    aligned = numbers.align_isrcs(session.studio, [row.id for row in rows], _text_of(file))
    skip = [r.track_id for r in aligned if r.status == "replaces" and not replaces and r.track_id]
    plan = numbers.isrc_plan(aligned, skip)
    if plan.rewrites and not dry_run:
        rewriting.carry_out(session.studio, plan, "")
    session.say(
        {"changed": not dry_run, "aligned": aligned, "plan": plan},
        lambda: _say_aligned(aligned, plan, dry_run, len(skip)),
    )


def _text_of(file: Path) -> str:
    if str(file) == "-":
        return sys.stdin.read()
    from indieartist.services.catalogue_import import read_text

    return read_text(file)


def _say_aligned(rows: Sequence[Aligned], plan: Plan, dry_run: bool, skipped: int) -> None:
    print_rows([_aligned_cells(row) for row in rows])
    verb = "would be set" if dry_run else "set"
    click.echo(f"{len(plan.rewrites)} {verb}.")
    if skipped:
        click.echo(f"{skipped} would replace an ISRC: --replace does it.")


def _aligned_cells(row: Aligned) -> tuple[str, ...]:
    code = format_isrc(row.isrc) if row.isrc else row.text[:24] or "—"
    key = f"T{row.track_id}" if row.track_id else "?"
    mark = _MARKS.get(row.status, "!")
    word = "" if row.status in (*TAKEN, "same") else row.status
    return mark, key, row.title, code, f"{word} {row.note}".strip()
