"""The command that finds anything by what one remembers of it."""

from __future__ import annotations

import click

from indieartist.cli.output import print_rows
from indieartist.cli.session import Session, TeachingCommand, pass_session
from indieartist.services import lookup


@click.command(cls=TeachingCommand)
@click.argument("words", nargs=-1, required=True)
@click.option("--most", type=click.IntRange(1, 10_000), default=25, show_default=True)
@pass_session
def find(session: Session, /, words: tuple[str, ...], most: int) -> None:
    """Find releases and tracks by WORDS of titles, people, ISRC, UPC, label or catalogue number.

    \b
    indieartist find mara night       every word is somewhere in it; case and accents do not matter
    indieartist find GB-AYE-26
    """
    found = lookup.find_names(session.library_path, lambda: session.studio, " ".join(words), most)
    rows = [
        (
            f"R{n.release_id}" if n.track_id is None else f"T{n.track_id}",
            n.title,
            n.artist_line,
            n.code,
            "" if n.track_id is None else f"R{n.release_id} {n.about}",
        )
        for n in found
    ]
    session.say(found, lambda: print_rows(rows or [("Nothing holds all these words.", "")]))
