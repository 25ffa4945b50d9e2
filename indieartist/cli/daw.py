"""Commands to and from a DAW: daw reads a project, stem-pack writes one."""

from __future__ import annotations

from pathlib import Path

import click

from indieartist.cli.output import print_rows
from indieartist.cli.session import Session, TeachingCommand, pass_session
from indieartist.domain.project import Marker, Project
from indieartist.services import daw, finding, stem_packs
from indieartist.services.outputs import claim_path

PATH = click.Path(path_type=Path)
_LISTED = 12


@click.command("daw", cls=TeachingCommand)
@click.argument("file", type=PATH)
@click.option("--track", "track_ref", help="Give the tempo and markers to this track.")
@pass_session
def daw_(session: Session, /, file: Path, track_ref: str | None) -> None:
    """Say what a DAW's project holds: tempo, markers, tracks, plug-ins, and which samples miss.

    Ableton Live 8 to 12, Reaper, .dawproject (Bitwig, Studio One, Cubase), FL Studio, and Pro
    Tools by way of Export > Session Info as Text. The project is only ever read.
    """
    project = daw.read_project(file)
    if track_ref:
        track = finding.get_track(session.studio, track_ref)
        taken = daw.taken_from(file, project)
        daw.take_project(session.studio, track, taken)
        click.echo(f"T{track.id} “{track.title}” has {taken.words()} now.", err=True)
    session.say(project, lambda: _say(project))


@click.command("stem-pack", cls=TeachingCommand)
@click.argument("out", type=PATH)
@click.argument("stems", nargs=-1, required=True, type=PATH)
@click.option("--track", "track_ref", help="The song of the library that the stems are of.")
@click.option("--project", "project_path", type=PATH, help="Take tempo and markers from it.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@pass_session
def stem_pack(
    session: Session,
    /,
    *,
    out: Path,
    stems: tuple[Path, ...],
    track_ref: str | None,
    project_path: Path | None,
    force: bool,
) -> None:
    """Pack stems into OUT, a .dawproject that Bitwig, Studio One, Cubase and others open.

    Each stem becomes a track of its own that begins at zero. With --track the pack carries the
    song's credits, and its tempo and markers where a project was read for it.
    """
    if not out.suffix:
        out = out.with_suffix(stem_packs.SUFFIX)
    facts, project = {}, daw.read_project(project_path) if project_path else None
    if track_ref:
        track = finding.get_track(session.studio, track_ref)
        release = finding.get_release(session.studio, f"R{track.release_id}")
        facts = stem_packs.facts_of(release, track)
        project = project or stem_packs.project_of(session.studio, track)
    parts = [stem_packs.read_stem(path) for path in stems]
    pack = stem_packs.make_pack(parts, project, facts)
    with session.progress("Packing") as report:
        made = stem_packs.write_pack(pack, claim_path(out, force=force), report)
    session.say(made, lambda: click.echo(f"{made.path}: {', '.join(made.stems)}"))


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
