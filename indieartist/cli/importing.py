"""The command that brings bounces in: import."""

from __future__ import annotations

from pathlib import Path

import click

from indieartist.cli.output import print_error
from indieartist.cli.session import Session, TeachingCommand, pass_session
from indieartist.services import finding, importing

PATH = click.Path(path_type=Path)


@click.command("import", cls=TeachingCommand)
@click.argument("files", nargs=-1, required=True, type=PATH)
@click.option("--release", "release_ref", help="Add the tracks to this release.")
@click.option("--track", "track_ref", help="Add the files as further mixes of this track.")
@pass_session
def import_(
    session: Session, /, files: tuple[Path, ...], release_ref: str | None, track_ref: str | None
) -> None:
    """Bring bounces into the library: WAV, AIFF, FLAC, ALAC, MP3, AAC, Vorbis or Opus.

    Each file is heard to its end, measured and copied. A new name makes a release with a track;
    the name of a track the library has makes its next mix.
    """
    studio = session.studio
    with session.progress("Importing") as report:
        results = importing.import_files(
            studio,
            list(files),
            release_id=finding.get_release(studio, release_ref).id if release_ref else None,
            track_id=finding.get_track(studio, track_ref).id if track_ref else None,
            report=report,
        )
    imported = [r for r in results if isinstance(r, importing.Imported)]
    refused = [r for r in results if isinstance(r, importing.Refused)]
    session.say({"imported": imported, "refused": refused}, lambda: _say_imported(imported))
    for refusal in refused:
        print_error(refusal.error, as_json=session.as_json)
    if refused:
        raise click.exceptions.Exit(max(refusal.error.exit_code for refusal in refused))


def _say_imported(imported: list[importing.Imported]) -> None:
    for found in imported:
        click.echo(_imported_line(found))
        if found.note:
            click.secho(found.note, fg="yellow", err=True)


def _imported_line(found: importing.Imported) -> str:
    known = " — the library had it already" if found.known else ""
    place = f"R{found.release_id} T{found.track_id} mix {found.mix_number}"
    return f"{Path(found.path).name} → {place} “{found.title}”{known}"
