"""The command that reads a DAW's project: daw."""

from __future__ import annotations

from pathlib import Path

import click

from indieartist.cli.output import print_rows
from indieartist.cli.session import Session, TeachingCommand, pass_session
from indieartist.domain.project import Marker, Project
from indieartist.services import daw

PATH = click.Path(path_type=Path)
_LISTED = 12


@click.command("daw", cls=TeachingCommand)
@click.argument("file", type=PATH)
@pass_session
def daw_(session: Session, /, file: Path) -> None:
    """Say what a DAW's project holds: tempo, markers, tracks, plug-ins, and which samples miss.

    Ableton Live 8 to 12, Reaper, .dawproject (Bitwig, Studio One, Cubase), FL Studio, and Pro
    Tools by way of Export > Session Info as Text. The project is only ever read.
    """
    project = daw.read_project(file)
    session.say(project, lambda: _say(project))


def _say(project: Project) -> None:
    click.echo(f"{project.daw} {project.version}".strip())
    print_rows([(label, words) for label, words in _lines(project) if words])
    for marker in project.markers:
        click.echo(f"  {_span(marker):<13}  {marker.name}")
    for name in project.missing_samples:
        click.secho(f"missing: {name}", fg="yellow")
    for note in project.notes:
        click.echo(note, err=True)


def _lines(project: Project) -> list[tuple[str, str]]:
    varies = " at the start; it changes" if project.tempo_varies else ""
    tempo = f"{project.tempo_bpm:g} bpm{varies}" if project.tempo_bpm else ""
    rate = f"{project.sample_rate_hz:,} Hz" if project.sample_rate_hz else ""
    samples = f"{len(project.samples)}, {len(project.missing_samples)} missing"
    return [
        *((key, words) for key, words in project.facts.items()),
        ("tempo", tempo),
        ("signature", project.time_signature or ""),
        ("sample rate", rate),
        ("tracks", _listed(project.tracks)),
        ("plug-ins", _listed(project.plugins)),
        ("samples", samples if project.samples else ""),
        ("bounces to", _listed(project.bounces)),
        ("markers", f"{len(project.markers)}" if project.markers else ""),
    ]


def _listed(names: tuple[str, ...]) -> str:
    more = len(names) - _LISTED
    return ", ".join(names[:_LISTED]) + (f" and {more} more" if more > 0 else "")


def _span(marker: Marker) -> str:
    if marker.at_ms is None:
        return marker.place
    end = f"–{_time(marker.end_ms)}" if marker.end_ms is not None else ""
    return f"{_time(marker.at_ms)}{end}"


def _time(ms: int) -> str:
    """1:05.250"""
    sign = "−" if ms < 0 else ""
    minutes, rest = divmod(abs(ms), 60_000)
    return f"{sign}{minutes}:{rest / 1000:06.3f}"
