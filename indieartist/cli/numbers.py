"""Commands on numbers: ISRCs and series, what a code is, and codes that contradict each other."""

from __future__ import annotations

from pathlib import Path

import click

from indieartist.cli.output import print_rows
from indieartist.cli.rewriting import paste
from indieartist.cli.session import Session, TeachingCommand, TeachingGroup, pass_session
from indieartist.domain import codes
from indieartist.domain.identifiers import format_isrc, gtin_hint, isrc_hint
from indieartist.domain.series import KINDS, Series
from indieartist.errors import UserError
from indieartist.services import finding, numbers

OWNER = click.option(
    "--for", "owner", default="", help="The label or artist it belongs to. [default: everybody]"
)
DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would be, and keep nothing.")


@click.group(cls=TeachingGroup)
def isrc() -> None:
    """Your ISRC prefixes, and the next ISRC of each."""


@isrc.command("prefix")
@click.argument("prefix")
@OWNER
@pass_session
def prefix_(session: Session, /, prefix: str, owner: str) -> None:
    """Say that ISRCs of a label or artist begin with PREFIX, as the agency gave it: GB-AYE."""
    made = numbers.set_series(session.studio, "isrc", prefix, owner)
    session.say(made, lambda: _say_series([made]))


@isrc.command("next")
@click.argument("subjects", nargs=-1, required=True, metavar="TRACK|RELEASE…")
@DRY_RUN
@pass_session
def next_(session: Session, /, subjects: tuple[str, ...], dry_run: bool) -> None:
    """Give the tracks (T1), or all tracks of the releases (R1), that have none their next ISRC.

    No ISRC is ever given out twice, not even after undo or when its track is gone.
    """
    studio = session.studio
    if dry_run:
        tracks = [finding.get_track(studio, f"T{n}") for n in _track_ids(session, subjects)]
        bare = [track for track in tracks if not track.isrc][:1]
        made = [
            numbers.Given(t.id, t.release_id, t.title, numbers.next_isrc(studio, t)) for t in bare
        ]
    else:
        made = numbers.assign_isrcs(studio, _track_ids(session, subjects))
    rows = [(f"T{g.track_id}", format_isrc(g.number), g.title) for g in made]
    session.say(made, lambda: print_rows(rows or [("All of them have an ISRC.", "")]))


def _track_ids(session: Session, subjects: tuple[str, ...]) -> list[int]:
    found: list[int] = []
    for subject in subjects:
        if subject[:1] in "Rr" and "." not in subject:
            release = finding.get_release(session.studio, subject)
            found += [track.id for track in release.tracks]
        else:
            found.append(finding.get_track(session.studio, subject).id)
    return list(dict.fromkeys(found))


@click.group(cls=TeachingGroup)
def number() -> None:
    """Series of catalogue numbers, UPCs and ISRCs, and what a code is."""


@number.command()
@click.argument("kind", type=click.Choice(list(KINDS)), required=False)
@click.argument("pattern", required=False)
@OWNER
@click.option("--remove", is_flag=True, help="Forget the series of that kind and owner.")
@pass_session
def series(
    session: Session, /, kind: str | None, pattern: str | None, owner: str, remove: bool
) -> None:
    """List all series, or set the PATTERN of one KIND: # counts, {yy} and {yyyy} are the year.

    \b
    indieartist number series catalogue_number "MOSS ###" --for Moss
    indieartist number series gtin 501234567###             the check digit comes by itself
    """
    studio = session.studio
    if kind and remove:
        same = [s for s in numbers.list_series(studio) if (s.kind, s.owner) == (kind, owner)]
        if not same:
            raise UserError(f"There is no such series of “{owner}”.", "`number series` lists them.")
        numbers.remove_series(studio, same[0])
    elif kind and pattern:
        numbers.set_series(studio, kind, pattern, owner)
    elif kind:
        raise UserError("The pattern is missing.", "Such as: catalogue_number 'MOSS ###'")
    found = numbers.list_series(studio)
    session.say(found, lambda: _say_series(found))


def _say_series(found: list[Series]) -> None:
    rows = [(KINDS[s.kind], s.pattern, s.owner or "everybody") for s in found]
    print_rows(rows or [('No series yet: indieartist isrc prefix GB-AYE --for "Your label"', "")])


@number.command("next")
@click.argument("kind", type=click.Choice([kind for kind in KINDS if kind != "isrc"]))
@click.argument("refs", nargs=-1, required=True, metavar="RELEASE…")
@DRY_RUN
@pass_session
def next_number(session: Session, /, kind: str, refs: tuple[str, ...], dry_run: bool) -> None:
    """Give the releases that have none the next number of their series."""
    found = [finding.get_release(session.studio, ref) for ref in refs]
    if dry_run:
        bare = [r for r in found if not getattr(r, kind)][:1]
        made = [
            numbers.Given(None, r.id, r.title, numbers.next_number(session.studio, kind, r))
            for r in bare
        ]
    else:
        made = numbers.assign_numbers(session.studio, kind, [r.id for r in found])
    rows = [(f"R{g.release_id}", g.number, g.title) for g in made]
    session.say(made, lambda: print_rows(rows or [(f"All of them have a {KINDS[kind]}.", "")]))


@number.command("check")
@click.argument("texts", nargs=-1, required=True, metavar="CODE…")
@pass_session
def check_number(session: Session, /, texts: tuple[str, ...]) -> None:
    """Say what each CODE is (ISRC, UPC, ISWC, IPI, ISNI, GRid), and whether it is right.

    The exit code is 5 when one of them is none.
    """
    found = {text: codes.kinds_of(text) for text in texts}
    value = [
        {"text": text, "kinds": [{"kind": k, "code": c, "printed": codes.KINDS[k].format(c)}
                                 for k, c in kinds.items()]}
        for text, kinds in found.items()
    ]  # fmt: skip
    rows = [row for text, kinds in found.items() for row in _check_rows(text, kinds)]
    session.say(value, lambda: print_rows(rows))
    if not all(found.values()):
        raise click.exceptions.Exit(5)


def _check_rows(text: str, kinds: dict[str, str]) -> list[tuple[str, str, str]]:
    if kinds:
        return [
            (text, codes.KINDS[k].name, f"{codes.KINDS[k].format(c)}, {codes.KINDS[k].of}")
            for k, c in kinds.items()
        ]
    hint = gtin_hint(text) if sum(c.isdigit() for c in text) > len(text) - 3 else isrc_hint(text)
    return [(text, "none", hint)]


@click.command(cls=TeachingCommand)
@pass_session
def conflicts(session: Session, /) -> None:
    """List codes that contradict each other in the whole catalogue, and codes that are none.

    The exit code is 5 when there are errors among them.
    """
    found = numbers.find_conflicts(session.studio)

    def show() -> None:
        for conflict in found:
            colour = "red" if conflict.severity == "error" else "yellow"
            click.secho(conflict.message, fg=colour)
            click.echo(f"  {conflict.hint}")
        if not found:
            click.echo("No code contradicts another.")

    session.say(found, show)
    if any(conflict.severity == "error" for conflict in found):
        raise click.exceptions.Exit(5)


@isrc.command("paste")
@click.argument("subjects", nargs=-1, required=True, metavar="TRACK|R1.*…")
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path),
    default="-",
    help="The list: a text or CSV file. [default: standard input]",
)
@click.option("--replace", "replaces", is_flag=True, help="Also where a track has another ISRC.")
@DRY_RUN
@pass_session
def paste_(
    session: Session, /, subjects: tuple[str, ...], file: Path, replaces: bool, dry_run: bool
) -> None:
    """Lay a list of ISRCs, one a line, against the tracks: by their titles if the list has them.

    Empty lines are gaps. What stands twice, on another track, or is none is said and not taken.
    """
    paste(session, subjects, file, replaces, dry_run)
