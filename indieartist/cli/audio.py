"""Commands on sound: import, measure, master, approve, and the tags of files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from indieartist.cli.output import clock, level, print_error, print_rows
from indieartist.cli.session import Session, TeachingCommand, TeachingGroup, pass_session
from indieartist.domain.mastering import MasterReport
from indieartist.domain.measurement import Measurement
from indieartist.domain.release import Mix, Track
from indieartist.errors import UserError
from indieartist.services import editing, finding, importing, mastering, measuring, tagging

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


@click.command(cls=TeachingCommand)
@click.argument("target")
@pass_session
def measure(session: Session, /, target: str) -> None:
    """Measure a FILE, or a track such as T1: loudness, range, peaks, faults, real bit depth."""
    path = Path(target)
    with session.progress("Measuring") as report:
        if path.exists():
            figures = measuring.measure_path(path, report)
        else:
            mix = _current(_track_or_file(session, target))
            figures = measuring.measure_mix(session.studio, mix, report)
    session.say(figures, lambda: print_rows(figure_rows(figures)))


def _track_or_file(session: Session, target: str) -> Track:
    if "/" in target or Path(target).suffix:
        raise UserError(f"There is no file {target}.", "Check the path.")
    return finding.get_track(session.studio, target)


def figure_rows(m: Measurement) -> list[tuple[str, str]]:
    """A measurement as lines of label and value."""
    return [
        ("Integrated loudness", level(m.integrated_lufs, "LUFS")),
        ("Loudness range", level(m.loudness_range_lu, "LU")),
        ("Momentary maximum", level(m.momentary_max_lufs, "LUFS")),
        ("Short-term maximum", level(m.short_term_max_lufs, "LUFS")),
        ("True peak", level(m.true_peak_dbtp, "dBTP", 2)),
        ("Sample peak", level(m.sample_peak_dbfs, "dBFS", 2)),
        ("DC offset", f"{m.dc_offset:.5f}"),
        ("Clipped runs", str(m.clipped_runs)),
        ("Silence at head", f"{m.silence_head_ms} ms"),
        ("Silence at tail", f"{m.silence_tail_ms} ms"),
        ("Stereo correlation", "—" if m.correlation is None else f"{m.correlation:+.2f}"),
        ("Length", clock(m.duration_ms)),
        ("Sample rate", f"{m.sample_rate_hz} Hz, {m.channels} channels"),
        ("Bits really used", "—" if m.bits_used is None else str(m.bits_used)),
    ]


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


def _current(track: Track) -> Mix:
    return measuring.get_mix(track.current, track.title)


@click.group(cls=TeachingGroup)
def tags() -> None:
    """Show, write and restore the tags inside audio files."""


@tags.command("show")
@click.argument("file", type=PATH)
@pass_session
def show_tags(session: Session, /, file: Path) -> None:
    """Show the tags of a FILE."""
    sheet = tagging.read_file_tags(file)
    value = {"fields": dict(sheet), "artwork": str(sheet.artwork) if sheet.artwork else None}
    rows = [(key, sheet.text(key)) for key in sheet]
    session.say(value, lambda: print_rows(rows or [("no tags", "")]))


@tags.command("write")
@click.argument("track")
@click.argument("files", nargs=-1, required=True, type=PATH)
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@pass_session
def write_tags(session: Session, /, track: str, files: tuple[Path, ...], dry_run: bool) -> None:
    """Write what the release says of a TRACK into FILES; the audio in them stays bit for bit.

    Fields the release says nothing about are left as they are. `tags restore` takes it back.
    """
    studio = session.studio
    found = finding.get_track(studio, track)
    release = finding.get_release(studio, f"R{found.release_id}")
    sheet = tagging.sheet_of(studio, release, found)
    written = {}
    with session.progress("Writing tags") as report:
        for file in files:
            written[str(file)] = (
                tagging.preview_tags(file, sheet)
                if dry_run
                else tagging.write_file_tags(studio, file, sheet, report)
            )
    session.say(written, lambda: _say_changes(written))


def _say_changes(written: dict[str, Any]) -> None:
    for file, changes in written.items():
        click.echo(f"{file}: {len(changes)} fields" if changes else f"{file}: nothing to change")
        rows = [
            (f"  {c.field}", "; ".join(c.before) or "—", "→ " + ("; ".join(c.after) or "—"))
            for c in changes
        ]
        print_rows(
            [(a, b.replace("\n", " / ")[:40], c.replace("\n", " / ")[:60]) for a, b, c in rows]
        )


@tags.command("restore")
@click.argument("files", nargs=-1, required=True, type=PATH)
@pass_session
def restore_tags(session: Session, /, files: tuple[Path, ...]) -> None:
    """Bring FILES back, byte for byte, to what they were before their last tag write."""
    for file in files:
        tagging.restore_file_tags(session.studio, file)
    session.say({"restored": [str(f) for f in files]}, lambda: click.echo("Restored."))


COMMANDS = (import_, measure, master, targets, approve, tags)
