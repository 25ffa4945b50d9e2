"""Commands on the library itself: history, undo, redo, backup, and a song to try it all with."""

from __future__ import annotations

from pathlib import Path

import click

from indieartist.cli.output import print_rows
from indieartist.cli.session import Session, TeachingCommand, pass_session
from indieartist.services import acts, demo, keeping, tour


@click.command(cls=TeachingCommand)
@click.option("--limit", default=20, show_default=True)
@pass_session
def history(session: Session, /, limit: int) -> None:
    """List what was done, the newest first; what left the machine is marked as final."""
    past = acts.list_acts(session.studio, limit)
    rows = [
        (
            f"{act.done_at.astimezone():%Y-%m-%d %H:%M:%S}",
            "undone" if act.undone_at else "final" if act.final else "",
            act.label,
        )
        for act in past
    ]
    session.say(past, lambda: print_rows(rows or [("Nothing was done yet.", "")]))


@click.command(cls=TeachingCommand)
@pass_session
def undo(session: Session) -> None:
    """Take the last act back; deliveries and posts stay sent."""
    past = acts.undo(session.studio)
    session.say(past, lambda: click.echo(f"Undone: {past.label}"))


@click.command(cls=TeachingCommand)
@pass_session
def redo(session: Session) -> None:
    """Do the last undone act again."""
    past = acts.redo(session.studio)
    session.say(past, lambda: click.echo(f"Done again: {past.label}"))


@click.command(cls=TeachingCommand)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@pass_session
def backup(session: Session, /, folder: Path | None) -> None:
    """Copy the whole library to FOLDER while it is in use; `--library FOLDER` opens the copy."""
    with session.progress("Backing up") as report:
        made = keeping.back_up(session.studio, folder, report)
    session.say(made, lambda: click.echo(f"{made.file_count} files in {made.path}"))


@click.command("demo-song", cls=TeachingCommand)
@click.argument("folder", type=click.Path(path_type=Path))
@pass_session
def demo_song(session: Session, /, folder: Path) -> None:
    """Render our own small song with its stems and cover into FOLDER, to try everything with."""
    with session.progress("Rendering the song") as report:
        song = demo.render_song(folder, report)
    session.say(song, lambda: click.echo(f"{song.mix_path} — “{song.title}” by {song.artist}"))


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
        raise click.exceptions.Exit(session.open_window(session.library_path))


COMMANDS = (history, undo, redo, backup, demo_song, tour_)
