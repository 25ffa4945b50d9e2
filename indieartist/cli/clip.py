"""Commands that cut: a clip of a song, and a sampler of an album."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indieartist.cli.session import Session, TeachingCommand, pass_session
from indieartist.domain.moments import parse_moment_ms, show_moment
from indieartist.domain.progress import part
from indieartist.services import clipping

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.services.clipping import Clipping, Excerpt

OUT = click.Path(path_type=Path)
KINDS = "wav, flac, aiff, mp3, m4a, opus or ogg, by its name."


@click.command(cls=TeachingCommand)
@click.argument("target")
@click.option("--start", help="Where it begins, such as 0:42; its loudest part if left out.")
@click.option("--length", default="30", show_default=True, help="How long, such as 30 or 0:30.")
@click.option(
    "--fade",
    "fade_ms",
    type=click.IntRange(0, 60_000),
    default=clipping.FADE_MS,
    show_default=True,
    help="Fade at both ends, in ms.",
)
@click.option("--out", type=OUT, required=True, help=f"The file to write: {KINDS}")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@pass_session
def clip(session: Session, /, target: str, fade_ms: int, out: Path, **how: Any) -> None:
    """Cut a clip out of a FILE or a track such as T1; 24-bit where the file holds PCM."""
    from indieartist.services import songs

    start_ms = None if how["start"] is None else parse_moment_ms(how["start"])
    length_ms = parse_moment_ms(how["length"])
    clipping.check_length(length_ms)
    clipping.check_out(out, force=how["force"])
    with session.progress("Cutting") as report:
        title, path = songs.find_song(target, lambda: session.studio)
        if start_ms is None:
            wanted = _chosen(session, target, length_ms, part(report, 0.0, 0.5))
        else:
            wanted = clipping.Excerpt(title, start_ms, length_ms, chosen=False)
        made = clipping.make_clip(path, wanted, fade_ms, out, part(report, 0.5, 1.0))
    session.say(made, lambda: _say(made))


def _chosen(session: Session, target: str, length_ms: int, report: Report) -> Excerpt:
    from indieartist.services import songs

    (song,) = songs.read_songs([target], lambda: session.studio, report)
    return clipping.choose_excerpt(song, length_ms)


@click.command(cls=TeachingCommand)
@click.argument("targets", nargs=-1, required=True)
@click.option("--length", default="20", show_default=True, help="How much of each song.")
@click.option(
    "--crossfade",
    "crossfade_ms",
    type=click.IntRange(0, 20_000),
    default=clipping.CROSSFADE_MS,
    show_default=True,
    help="From song to song, in ms.",
)
@click.option("--out", type=OUT, required=True, help=f"The file to write: {KINDS}")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@pass_session
def sampler(
    session: Session, /, targets: tuple[str, ...], crossfade_ms: int, out: Path, **how: Any
) -> None:
    """Join the loudest part of each track of a release such as R1, or of FILES, into one file.

    Parts begin on a bar where the tempo is known, are matched in loudness and crossfaded.
    """
    from indieartist.services import songs

    length_ms = parse_moment_ms(how["length"])
    clipping.check_length(length_ms)
    clipping.check_out(out, force=how["force"])
    with session.progress("Sampling") as report:
        found = songs.read_songs(targets, lambda: session.studio, part(report, 0.0, 0.5))
        made = clipping.make_sampler(found, length_ms, crossfade_ms, out, part(report, 0.5, 1.0))
    session.say(made, lambda: _say(made))


def _say(made: Clipping) -> None:
    for taken in made.excerpts:
        end_ms = taken.start_ms + taken.length_ms
        chosen = ", its loudest part" if taken.chosen else ""
        span = f"{show_moment(taken.start_ms)} to {show_moment(end_ms)}"
        click.echo(f"· “{taken.title}”, {span}{chosen}")
    click.echo(f"→ {made.path}, {show_moment(made.length_ms)}")
