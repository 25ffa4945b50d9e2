"""The command that does the main job once and opens the window on the result: tour."""

from __future__ import annotations

from pathlib import Path

import click

from indieartist.cli.output import print_rows
from indieartist.cli.session import Session, TeachingCommand, pass_session
from indieartist.services import tour


@click.command("tour", cls=TeachingCommand)
@click.option("--bounce", type=click.Path(path_type=Path), help="Your own song.")
@click.option("--no-window", is_flag=True, help="Do the job, open nothing.")
@pass_session
def tour_(session: Session, /, bounce: Path | None, no_window: bool) -> None:
    """Do the main job once, on a real song, and open the window on the result."""
    with session.progress("Working") as report:
        result = tour.take_tour(session.studio, bounce, click.echo, report)
    session.say(result, lambda: print_rows(tour.summary(result)))
    if not no_window:
        raise click.exceptions.Exit(_show(session, result.release.id))


def _show(session: Session, release_id: int) -> int:
    """Open the window on what the tour made, or picture it where there is no display."""
    if session.window.has_display():
        return session.window.open(session.library_path, release_id)
    picture_path = session.library_path / "window.png"
    code = session.window.picture(session.library_path, picture_path)
    click.echo(f"There is no display here: the window is pictured in {picture_path}", err=True)
    return code
