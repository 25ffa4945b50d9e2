"""The command that measures: files, and tracks of the library."""

from __future__ import annotations

from pathlib import Path

import click

from indieartist.cli.output import clock, level, print_rows
from indieartist.cli.session import Session, TeachingCommand, pass_session
from indieartist.domain.measurement import Measurement
from indieartist.domain.release import Mix
from indieartist.errors import UserError
from indieartist.services import measuring


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
            figures = measuring.measure_mix(session.studio, _mix(session, target), report)
    session.say(figures, lambda: print_rows(figure_rows(figures)))


def _mix(session: Session, target: str) -> Mix:
    """The current mix of a track; finding it takes the library, which a file does not need."""
    from indieartist.services import finding

    if "/" in target or Path(target).suffix:
        raise UserError(f"There is no file {target}.", "Check the path.")
    track = finding.get_track(session.studio, target)
    return measuring.get_mix(track.current, track.title)


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
