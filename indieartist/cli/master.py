"""The commands of mastering: master, its targets, and approve."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from indieartist.cli.output import level, print_rows
from indieartist.cli.session import Session, TeachingCommand, pass_session
from indieartist.domain.mastering import MasterReport
from indieartist.domain.release import Mix, Track
from indieartist.services import editing, finding, mastering, measuring

PATH = click.Path(path_type=Path)


@click.command(cls=TeachingCommand)
@click.argument("track")
@click.option(
    "--target", default=mastering.DEFAULT_TARGET, show_default=True, help="See `targets`."
)
@click.option("--reference", type=PATH, help="A record whose tone to lean towards.")
@click.option("--amount", type=click.FloatRange(0, 100), default=60, show_default=True)
@click.option("--bypass", multiple=True, help="Leave a stage out: tone, dynamics, limiter, dither.")
@click.option("--out", "out_path", type=PATH, help="Also write the master to this file.")
@pass_session
def master(
    session: Session,
    /,
    track: str,
    target: str,
    reference: Path | None,
    out_path: Path | None,
    **more: Any,
) -> None:
    """Master the newest bounce of a TRACK into a 24-bit mix of its own.

    The level meets the target within 0.1 LU, no true peak lies over its ceiling; a target that
    would cost audible damage is not forced, and the loudest clean level is said instead.
    The bounce is never touched.
    """
    studio = session.studio
    settings = mastering.get_settings(
        studio,
        target,
        reference=reference.name if reference else "",
        amount_pct=more["amount"],
        bypassed=more["bypass"],
    )
    with session.progress("Mastering") as report:
        made = mastering.master_track(
            studio,
            finding.get_track(studio, track),
            settings,
            reference=reference,
            out_path=out_path,
            report=report,
        )
    session.say(made, lambda: _say_master(made.mix_number, made.report))


def _say_master(number: int, report: MasterReport) -> None:
    before, after = report.before, report.after
    click.echo(f"Master is mix {number}")
    print_rows(
        [
            ("", "before", "after"),
            (
                "Loudness",
                level(before.integrated_lufs, "LUFS"),
                level(after.integrated_lufs, "LUFS", 2),
            ),
            (
                "True peak",
                level(before.true_peak_dbtp, "dBTP"),
                level(after.true_peak_dbtp, "dBTP", 2),
            ),
        ]
    )
    for stage in report.stages:
        click.echo(f"· {stage.label}: {stage.sentence}")
    for warning in report.warnings:
        click.secho(warning, fg="yellow")


@click.command(cls=TeachingCommand)
@pass_session
def targets(session: Session) -> None:
    """List the loudness targets a master can have, each with its source."""
    found = mastering.list_targets(session.studio)
    rows = [
        (t.name, t.label, level(t.integrated_lufs, "LUFS"), level(t.ceiling_dbtp, "dBTP"), t.note)
        for t in found.values()
    ]
    session.say(found, lambda: print_rows(rows))


@click.command(cls=TeachingCommand)
@click.argument("track")
@click.option("--mix", "number", type=int, help="Its number; the newest master if left out.")
@click.option("--withdraw", is_flag=True, help="Take the approval back.")
@pass_session
def approve(session: Session, /, track: str, number: int | None, withdraw: bool) -> None:
    """Approve a mix of a TRACK for release: only an approved mix is ever delivered."""
    found = finding.get_track(session.studio, track)
    mix = None if withdraw else _numbered(found, number)
    editing.approve_mix(session.studio, found, mix)
    said = f"Mix {mix.number} of “{found.title}” is approved." if mix else "Approval withdrawn."
    session.say({"track_id": found.id, "mix_id": mix.id if mix else None}, lambda: click.echo(said))


def _numbered(track: Track, number: int | None) -> Mix:
    if number is None:
        return measuring.get_mix(track.current, track.title)
    mix = next((mix for mix in track.mixes if mix.number == number), None)
    return measuring.get_mix(mix, f"{track.title}, mix {number}")
