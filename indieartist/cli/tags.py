"""The commands on the tags inside audio files: show, write, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from indieartist.cli.output import print_rows
from indieartist.cli.session import Session, TeachingGroup, pass_session
from indieartist.services import finding, tagging

PATH = click.Path(path_type=Path)


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
    rows = [(key, sheet.text(key)) for key in sheet]
    session.say(value, lambda: print_rows(rows or [("no tags", "")]))


@tags.command("write")
@click.argument("track")
@click.argument("files", nargs=-1, required=True, type=PATH)
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@pass_session
def write_tags(session: Session, /, track: str, files: tuple[Path, ...], dry_run: bool) -> None:
    """Write what the release says of a TRACK into FILES; the audio in them stays bit for bit.

    Fields the release says nothing about are left as they are. `tags restore` takes it back.
    """
    studio = session.studio
    found = finding.get_track(studio, track)
    release = finding.get_release(studio, f"R{found.release_id}")
    sheet = tagging.sheet_of(studio, release, found)
    written = {}
    with session.progress("Writing tags") as report:
        for file in files:
            written[str(file)] = (
                tagging.preview_tags(file, sheet)
                if dry_run
                else tagging.write_file_tags(studio, file, sheet, report)
            )
    session.say(written, lambda: _say_changes(written))


def _say_changes(written: dict[str, Any]) -> None:
    for file, changes in written.items():
        click.echo(f"{file}: {len(changes)} fields" if changes else f"{file}: nothing to change")
        rows = [
            (f"  {c.field}", "; ".join(c.before) or "—", "→ " + ("; ".join(c.after) or "—"))
            for c in changes
        ]
        print_rows(
            [(a, b.replace("\n", " / ")[:40], c.replace("\n", " / ")[:60]) for a, b, c in rows]
        )


@tags.command("restore")
@click.argument("files", nargs=-1, required=True, type=PATH)
@pass_session
def restore_tags(session: Session, /, files: tuple[Path, ...]) -> None:
    """Bring FILES back, byte for byte, to what they were before their last tag write."""
    for file in files:
        tagging.restore_file_tags(session.studio, file)
    session.say({"restored": [str(f) for f in files]}, lambda: click.echo("Restored."))
