"""How `master --section` works: a stretch of a master into a file, heard before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indieartist.cli.output import level
from indieartist.domain import figures
from indieartist.domain.moments import parse_moment_ms
from indieartist.errors import UserError
from indieartist.services.mastering_excerpts import Stretch, write_file_section, write_section

if TYPE_CHECKING:
    from indieartist.cli.session import Session
    from indieartist.domain.mastering import Settings
    from indieartist.services.mastering_excerpts import Excerpt

LONGEST_MS = 10 * 60_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """A section of a file, or of the track of that name."""

    source: Path | str
    settings: Settings
    stretch: Stretch
    out_path: Path
    reference: Path | None


def read_stretch(start: str, length: str) -> Stretch:
    """The stretch that is typed; raises UserError for what is none."""
    stretch = Stretch(parse_moment_ms(start), parse_moment_ms(length))
    if not 0 < stretch.length_ms <= LONGEST_MS:
        raise UserError(
            f"A section of {length} cannot be heard.", "Choose up to 10 minutes, such as 0:30."
        )
    return stretch


def master_section(session: Session, wanted: Wanted) -> None:
    """Write the section, and tell where the whole master would stand."""
    from indieartist.services import finding

    what = wanted.settings, wanted.stretch, wanted.out_path
    with session.progress("Mastering a section") as report:
        if isinstance(wanted.source, Path):
            made = write_file_section(
                wanted.source, *what, reference=wanted.reference, report=report
            )
        else:
            track = finding.get_track(session.studio, wanted.source)
            made = write_section(
                session.studio, track, *what, reference=wanted.reference, report=report
            )
    session.say(made, lambda: _say(made))


def _say(made: Excerpt) -> None:
    start, end = (figures.length(made.start_ms + ms) for ms in (0, made.duration_ms))
    click.echo(f"{start} to {end} of the master is {made.out_path}")
    click.echo(f"All of it would stand at {level(made.integrated_lufs, 'LUFS')}.")
    if not made.reached:
        loudest = level(made.loudest_clean_lufs, "LUFS")
        click.secho(f"{loudest} is the loudest clean level of this mix.", fg="yellow")
