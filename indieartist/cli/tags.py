"""The commands on the tags inside audio files: show, compare, write, edit and restore."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from indieartist.cli.output import print_rows
from indieartist.cli.session import Session, TeachingGroup, pass_session
from indieartist.domain.tags import FIELDS, TagSheet
from indieartist.errors import Cancelled, UserError
from indieartist.services import finding, tag_many, tagging

PATH = click.Path(path_type=Path)
SHOWN_BEFORE, SHOWN_AFTER = 40, 60
ID3_VERSIONS = {"2.3": 3, "2.4": 4}

diff_option = click.option(
    "--diff", "--dry-run", "only_diff", is_flag=True, help="Only show what would change."
)
id3_option = click.option(
    "--id3",
    type=click.Choice(list(ID3_VERSIONS)),
    help="Version of an ID3 tag. [default: what it is, 2.4 for a new one]",
)


@click.group(cls=TeachingGroup)
def tags() -> None:
    """Show, write and restore the tags inside audio files."""


@tags.command("show")
@click.argument("file", type=PATH)
@pass_session
def show_tags(session: Session, /, file: Path) -> None:
    """Show the tags of a FILE."""
    sheet = tagging.read_file_tags(file)
    value = {"fields": dict(sheet), "artwork": str(sheet.artwork) if sheet.artwork else None}
    rows = [(key, sheet.text(key).replace("\n", " / ")) for key in FIELDS if key in sheet]
    if sheet.artwork:
        rows.append(("artwork", str(sheet.artwork)))
    session.say(value, lambda: print_rows(rows or [("no tags", "")]))


@tags.command("write")
@click.argument("track")
@click.argument("files", nargs=-1, type=PATH)
@diff_option
@click.option("--only", multiple=True, metavar="FIELD", help="Write this field; repeat for more.")
@click.option("--skip", multiple=True, metavar="FIELD", help="Leave this field as it is.")
@id3_option
@pass_session
def write_tags(
    session: Session, /, track: str, files: tuple[Path, ...], only_diff: bool, **how: Any
) -> None:
    """Write what the release says of a TRACK into FILES; the audio in them stays bit for bit.

    Without FILES it is written into the newest file that the track came from; for a release (R1),
    into those of all its tracks, as one act that one `undo` takes back.

    Fields the release says nothing about are left as they are. Loudness and gain are those of
    each file. `--diff` shows first what would change; `tags restore` takes a write back.
    """
    if not files:
        _write_many(session, track, only_diff, how)
        return
    studio = session.studio
    found = finding.get_track(studio, track)
    release = finding.get_release(studio, f"R{found.release_id}")

    def sheet_of(file: Path) -> TagSheet:
        sheet = tagging.sheet_of(studio, release, found, file)
        return tagging.chosen(sheet, how["only"], how["skip"])

    _write(session, files, sheet_of, None if only_diff else ID3_VERSIONS.get(how["id3"], 0))


@tags.command("edit")
@click.argument("files", nargs=-1, required=True, type=PATH)
@click.option("--set", "values", multiple=True, metavar="FIELD=VALUE", help="Repeat for lists.")
@click.option("--remove", multiple=True, metavar="FIELD", help="Take a field out of the file.")
@diff_option
@id3_option
@pass_session
def edit_tags(
    session: Session, /, files: tuple[Path, ...], values: tuple[str, ...], **how: Any
) -> None:
    """Change single fields of FILES by hand, in the library or not."""
    fields: dict[str, list[str]] = {name: [] for name in how["remove"]}
    for each in values:
        name, equals, value = each.partition("=")
        if not equals:
            raise UserError(f"“{each}” sets nothing.", "Write it as --set title='Night Bus'.")
        fields.setdefault(name, []).append(value)
    if not fields:
        raise UserError("There is nothing to change.", "Give --set FIELD=VALUE or --remove FIELD.")
    sheet = TagSheet(fields)
    version = None if how["only_diff"] else ID3_VERSIONS.get(how["id3"], 0)
    _write(session, files, lambda _file: sheet, version)


def _write(
    session: Session,
    files: tuple[Path, ...],
    sheet_of: Callable[[Path], TagSheet],
    id3_version: int | None,
) -> None:
    """Write each file and say what changed; None for the version only says what would."""
    written = {}
    with session.progress("Reading tags" if id3_version is None else "Writing tags") as report:
        for file in files:
            sheet = sheet_of(file)
            written[str(file)] = (
                tagging.preview_tags(file, sheet)
                if id3_version is None
                else tagging.write_file_tags(
                    session.studio, file, sheet, report, id3_version=id3_version or None
                )
            )
    session.say(written, lambda: _say_changes(written))


def _write_many(session: Session, subject: str, only_diff: bool, how: Mapping[str, Any]) -> None:
    """Write the files that a track, or all tracks of a release, came from."""
    if how["id3"]:
        raise UserError("--id3 is for files that are named.", "Name the FILES as well.")
    studio, is_release = session.studio, subject[:1] in "Rr"
    tracks = (
        finding.get_release(studio, subject).tracks
        if is_release
        else (finding.get_track(studio, subject),)
    )
    known = (*FIELDS, tagging.ARTWORK)
    tagging.chosen(TagSheet(), how["only"], how["skip"])  # refuses a field that there is not
    left = [key for key in known if key in how["skip"] or (how["only"] and key not in how["only"])]
    with session.progress("Reading tags") as report:
        plan = tag_many.stage_many(studio, [track.id for track in tracks], report)
    plan = tag_many.choose_fields(plan, left)
    faults = dict(plan.faults)
    if not only_diff:
        with session.progress("Writing tags") as report:
            made = tag_many.write_many(studio, plan, report)
        if made.cancelled:
            raise Cancelled(
                f"Stopped after {made.count} files.", "`indieartist undo` takes them back."
            )
        faults |= made.faults
    changes = {str(each.path): each.changes for each in plan.files if each.path not in faults}
    session.say(changes, lambda: _say_changes(changes))
    for title in plan.without:
        click.echo(f"{title}: none of its files is outside the library any more.", err=True)
    for path, fault in faults.items():
        click.echo(fault if path.name in fault else f"{path.name}: {fault}", err=True)
    if faults:
        count = f"{len(faults)} file was" if len(faults) == 1 else f"{len(faults)} files were"
        raise UserError(f"{count} left as before.", "The others are done.")


def _say_changes(written: Mapping[str, Any]) -> None:
    for file, changes in written.items():
        click.echo(f"{file}: {len(changes)} fields" if changes else f"{file}: nothing to change")
        rows = [
            (f"  {c.field}", "; ".join(c.before) or "—", "→ " + ("; ".join(c.after) or "—"))
            for c in changes
        ]
        print_rows([(a, _short(b, SHOWN_BEFORE), _short(c, SHOWN_AFTER)) for a, b, c in rows])


def _short(text: str, most: int) -> str:
    line = text.replace("\n", " / ")
    return line if len(line) <= most else f"{line[: most - 1]}…"


@tags.command("history")
@click.argument("file", type=PATH)
@pass_session
def list_writes(session: Session, /, file: Path) -> None:
    """List the tag writes to a FILE that can be taken back, the last one first."""
    writes = tagging.list_writes(session.studio, file)
    rows = [(f"{w.stored_at.astimezone():%Y-%m-%d %H:%M:%S}", w.file_path) for w in writes]
    session.say(writes, lambda: print_rows(rows or [("No tag write to it is known.", "")]))


@tags.command("restore")
@click.argument("files", nargs=-1, required=True, type=PATH)
@click.option("--all", "all_writes", is_flag=True, help="Take all writes back, not the last alone.")
@pass_session
def restore_tags(session: Session, /, files: tuple[Path, ...], all_writes: bool) -> None:
    """Bring FILES back, byte for byte, to what they were before their last tag write."""
    for file in files:
        if all_writes:
            tagging.restore_first_tags(session.studio, file)
        else:
            tagging.restore_file_tags(session.studio, file)
    session.say({"restored": [str(f) for f in files]}, lambda: click.echo("Restored."))
