"""Commands on the library itself: history, undo, redo, the demo song and the window."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from indieartist.cli.output import print_rows
from indieartist.cli.session import Session, TeachingCommand, pass_session
from indieartist.errors import Stuck, UserError
from indieartist.services import acts, demo
from indieartist.services.studio import Studio


@click.command(cls=TeachingCommand)
@click.option("--limit", default=20, show_default=True)
@pass_session
def history(session: Session, /, limit: int) -> None:
    """List what was done, the newest first; what left the machine is marked as final.

    Marked too is what was undone and can be done again, and what undo passed over.
    """
    past = acts.list_acts(session.studio, limit)
    rows = [
        (
            f"{act.done_at.astimezone():%Y-%m-%d %H:%M:%S}",
            act.state,
            act.label,
        )
        for act in past
    ]
    session.say(past, lambda: print_rows(rows or [("Nothing was done yet.", "")]))


@click.command(cls=TeachingCommand)
@click.option("--skip", is_flag=True, help="Where it cannot be undone, pass over it for good.")
@pass_session
def undo(session: Session, /, skip: bool) -> None:
    """Take the last act back; deliveries and posts stay sent.

    An act whose file was changed outside since cannot be undone; with --skip it stays as it is,
    and the next `undo` takes back the act before it.
    """
    _go(session, acts.undo, "Undone", skip)


@click.command(cls=TeachingCommand)
@click.option("--skip", is_flag=True, help="Where it cannot be done again, pass over it for good.")
@pass_session
def redo(session: Session, /, skip: bool) -> None:
    """Do the last undone act again."""
    _go(session, acts.redo, "Done again", skip)


def _go(session: Session, way: Callable[[Studio], Any], done: str, skip: bool) -> None:
    try:
        past = way(session.studio)
    except Stuck as error:
        if not skip:
            raise
        past, done = acts.pass_over(session.studio, error.act_id), "Passed over"
    value = {"passed_over": done == "Passed over", **dataclasses.asdict(past)}
    session.say(value, lambda: click.echo(f"{done}: {past.label}"))


@click.command("demo-song", cls=TeachingCommand)
@click.argument("folder", type=click.Path(path_type=Path))
@pass_session
def demo_song(session: Session, /, folder: Path) -> None:
    """Render our own small song with its stems and cover into FOLDER, to try everything with."""
    with session.progress("Rendering the song") as report:
        song = demo.render_song(folder, report)
    session.say(song, lambda: click.echo(f"{song.mix_path} — “{song.title}” by {song.artist}"))


@click.command(cls=TeachingCommand)
@click.argument("files", nargs=-1, type=click.Path(exists=True))
@click.option("--picture", type=click.Path(path_type=Path), help="Render it into a PNG instead.")
@click.option("--scheme", type=click.Choice(["dark", "light"]), default="dark", show_default=True)
@click.option("--size", default="1440x900", show_default=True, help="Of the picture, in pixels.")
@click.option("--page", default="release", show_default=True, help="The page to be pictured.")
@pass_session
def window(session: Session, /, files: tuple[str, ...], picture: Path | None, **how: str) -> None:
    """Open the window on the library and take in FILES, or render a picture with no display."""
    if picture is None:
        raise click.exceptions.Exit(session.window.open(session.library_path, files=files))
    size_px = _size_px(how.pop("size"))
    code = session.window.picture(session.library_path, picture, size_px=size_px, **how)
    click.echo(f"{picture}")
    raise click.exceptions.Exit(code)


def _size_px(words: str) -> tuple[int, int]:
    """A size as typed, '1440x900'; UserError where it is none or beyond reason."""
    found = re.fullmatch(r"(\d{3,4})x(\d{3,4})", words)
    if found is None:
        raise UserError(f"“{words}” is not a size.", "Write it as 1440x900.")
    return int(found[1]), int(found[2])
