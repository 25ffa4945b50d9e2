"""The command that watches a folder for bounces: watch."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indieartist.cli.output import print_json
from indieartist.cli.session import Session, TeachingCommand, pass_session
from indieartist.services.bounces import Outcome, Taken
from indieartist.services.watching import STABLE_S, Hint, Watch, watch_folder

if TYPE_CHECKING:
    from indieartist.services.studio import Studio

PATH = click.Path(path_type=Path)
_EVERY_S = 10.0
_COLOURS = {Outcome.NEW: "green", Outcome.MIX: "green", Outcome.REFUSED: "red"}


@click.command("watch", cls=TeachingCommand)
@click.argument("folder", type=PATH)
@click.option("--once", is_flag=True, help="Take what is finished now, and exit.")
@click.option("--new-only", is_flag=True, help="Let be what lies there already.")
@pass_session
def watch(session: Session, /, folder: Path, once: bool, new_only: bool) -> None:
    """Take every bounce that lands in FOLDER, once it is finished, as the next mix of its track.

    A bounce finds its track by its sound, else by length and name; a new song makes a release.
    What repeats a mix, under another name or as a lossy copy, is recognised and left out. Each is
    taken once, and `indieartist undo` takes it back. Ctrl+C ends the watch.
    """
    watched = watch_folder(folder)
    if new_only and (earlier := watched.begin(session.studio)):
        click.echo(f"{earlier} earlier bounces are let be.", err=True)
    if once:
        taken = _take_once(session.studio, watched)
        session.say({"taken": taken}, lambda: _say(taken))
        if not taken and not session.as_json:
            click.echo("Nothing new.")
        return
    click.echo(f"Watching {watched.folder} (Ctrl+C ends it)", err=True)
    _take_on(session, watched)


def _take_once(studio: Studio, watched: Watch) -> list[Taken]:
    """Two looks, so that what is still being written is seen to change."""
    ready = watched.look(studio)
    if watched.pending:
        threading.Event().wait(STABLE_S + 0.2)
        ready = watched.look(studio)
    return watched.take(studio, ready) if ready else []


def _take_on(session: Session, watched: Watch) -> None:
    told = threading.Event()
    hint = Hint(watched.folder, told.set)
    try:
        while True:
            ready = watched.look(session.studio)
            for path in ready:
                _show(session, watched.take(session.studio, [path]))
            told.wait(STABLE_S / 2 if watched.pending else _EVERY_S)
            told.clear()
    except KeyboardInterrupt:
        click.echo("The watch has ended.", err=True)
    finally:
        hint.close()


def _show(session: Session, taken: list[Taken]) -> None:
    if session.as_json:
        for each in taken:
            print_json(each)
    else:
        _say(taken)


def _say(taken: list[Taken]) -> None:
    for each in taken:
        click.secho(each.sentence, fg=_COLOURS.get(each.outcome))
