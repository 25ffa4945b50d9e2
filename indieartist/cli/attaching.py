"""Commands for the files that hang on a release: Canvas, Atmos masters, proofs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from indieartist.cli.output import print_rows
from indieartist.cli.session import Session, TeachingGroup, pass_session
from indieartist.domain.attachments import Attachment
from indieartist.domain.release import Release
from indieartist.services import attaching, finding
from indieartist.services.studio import Studio

FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group(cls=TeachingGroup)
def attach() -> None:
    """Hang a Canvas clip or an Atmos master on a release; `check` looks at them.

    The proof of a task is attached with `indieartist checklist R1 --tick KEY --attach FILE`.
    """


@attach.command()
@click.argument("release_ref", metavar="RELEASE")
@click.argument("path", type=FILE)
@pass_session
def canvas(session: Session, /, release_ref: str, path: Path) -> None:
    """Make a clip or still the Canvas of a RELEASE, in the place of one that is there."""
    studio = session.studio
    attaching.attach_canvas(studio, finding.get_release(studio, release_ref), path)
    _say(session, finding.get_release(studio, release_ref))


@attach.command()
@click.argument("track_ref", metavar="TRACK")
@click.argument("path", type=FILE)
@pass_session
def atmos(session: Session, /, track_ref: str, path: Path) -> None:
    """Make an ADM BWF the Atmos master of a TRACK, in the place of one that is there."""
    studio = session.studio
    track = finding.get_track(studio, track_ref)
    release = finding.get_release(studio, f"R{track.release_id}")
    with session.progress("Reading the Atmos master") as report:
        attaching.attach_atmos(studio, release, track, path, report)
    _say(session, finding.get_release(studio, f"R{release.id}"))


@attach.command("list")
@click.argument("release_ref", metavar="RELEASE")
@pass_session
def list_(session: Session, /, release_ref: str) -> None:
    """List the files of a RELEASE and where they lie."""
    _say(session, finding.get_release(session.studio, release_ref))


@attach.command()
@click.argument("release_ref", metavar="RELEASE")
@click.argument("number", type=int)
@pass_session
def remove(session: Session, /, release_ref: str, number: int) -> None:
    """Take the file of that NUMBER off a RELEASE."""
    studio = session.studio
    release = finding.get_release(studio, release_ref)
    attaching.detach(studio, release, attaching.get_attachment(release, number))
    _say(session, finding.get_release(studio, f"R{release.id}"))


def _say(session: Session, release: Release) -> None:
    files = [_json(session.studio, release, file) for file in release.attachments]
    rows: list[tuple[str, ...]] = [
        (str(f["number"]), f["kind"], f["of"], f["name"], f["state"]) for f in files
    ]
    session.say(files, lambda: print_rows(rows or [("Nothing is attached.",)]))


def _json(studio: Studio, release: Release, file: Attachment) -> dict[str, Any]:
    return {
        "number": file.id,
        "kind": file.kind.value,
        "of": file.task or (f"T{file.track_id}" if file.track_id else f"R{release.id}"),
        "name": file.name,
        "path": attaching.path_of(studio, file),
        "size_bytes": file.size_bytes,
        "state": attaching.find_fault(studio, file) or "whole",
        "facts": file.clip or file.atmos,
    }
