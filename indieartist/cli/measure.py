"""The command that measures: files, tracks and releases of the library."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from indieartist.cli.output import level, print_rows
from indieartist.cli.session import Session, TeachingCommand, pass_session
from indieartist.domain import figures
from indieartist.domain.measurement import AlbumMeasurement, Measurement, Source
from indieartist.errors import UserError
from indieartist.services import measuring

Rows = list[tuple[str, str]]

_REFERENCE = re.compile(r"[TtRr]\d+(\.\d+)?")
_SOURCES = {
    Source.NATIVE: "nothing speaks against it",
    Source.UPSAMPLED: "brought up from a lower sample rate",
    Source.LOSSY: "from a lossy file",
}


@click.command(cls=TeachingCommand)
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@click.option("--loudness", is_flag=True, help="Loudness and peaks alone, in half the time.")
@pass_session
def measure(session: Session, /, targets: tuple[str, ...], loudness: bool) -> None:
    """Measure FILEs, tracks such as T1, or releases such as R1, with all their tracks.

    Loudness (EBU R 128), peaks, stereo, faults, tempo, key, and the fingerprint that AcoustID knows
    recordings by. Several tracks are measured as an album too. As JSON, one target is an object of
    its figures; several, or a release, are `targets`, a list of such objects, and `album`.
    """
    found = [target for name in targets for target in _find(session, name)]
    inside = any(not isinstance(target.sound, Path) for target in found)
    with session.progress("Measuring") as report:
        figures, album = measuring.measure_targets(
            found, session.studio if inside else None, report, loudness_only=loudness
        )
    if len(targets) == 1 and not _is_release(targets[0]):
        session.say(figures[0].figures(), lambda: print_rows(figure_rows(figures[0])))
        return
    listed = [_described(t, f) for t, f in zip(found, figures, strict=True)]
    session.say({"targets": listed, "album": album}, lambda: _say_album(found, figures, album))


def _is_release(name: str) -> bool:
    return bool(re.fullmatch(r"[Rr]\d+", name)) and not Path(name).exists()


def _find(session: Session, name: str) -> list[measuring.Target]:
    """What a name means; finding it in the library takes the library, which a file does not."""
    path = Path(name)
    if path.exists():
        return [measuring.file_target(path)]
    if not _REFERENCE.fullmatch(name) and ("/" in name or path.suffix):
        raise UserError(f"There is no file {name}.", "Check the path.")
    from indieartist.services import finding

    if _is_release(name):
        return measuring.release_targets(finding.get_release(session.studio, name))
    return [measuring.track_target(finding.get_track(session.studio, name))]


def _described(target: measuring.Target, figures: Measurement) -> dict[str, Any]:
    return {"target": target.name, "title": target.title, **figures.figures()}


def figure_rows(m: Measurement) -> Rows:
    """A measurement as lines of label and value, in groups under their headings."""
    groups = {
        "Loudness": _loudness_rows(m),
        "Peaks": _peak_rows(m),
        "Stereo": _stereo_rows(m) if m.channels > 1 else [],
        "Quality": _quality_rows(m),
        "Music": _music_rows(m) if m.complete else [],
        "File": [
            ("Length", figures.length(m.duration_ms)),
            ("Sample rate", f"{m.sample_rate_hz} Hz, {m.channels} channels"),
            ("Bits really used", "—" if m.bits_used is None else str(m.bits_used)),
        ],
    }
    rows: Rows = []
    for heading, lines in groups.items():
        rows += [(heading, ""), *((f"  {label}", value) for label, value in lines)] if lines else []
    return rows


def _loudness_rows(m: Measurement) -> Rows:
    return [
        ("Integrated", level(m.integrated_lufs, "LUFS")),
        ("Range", level(m.loudness_range_lu, "LU")),
        ("Momentary maximum", level(m.momentary_max_lufs, "LUFS")),
        ("Short-term maximum", level(m.short_term_max_lufs, "LUFS")),
    ]


def _peak_rows(m: Measurement) -> Rows:
    return [
        ("True peak", level(m.true_peak_dbtp, "dBTP", 2)),
        ("Sample peak", level(m.sample_peak_dbfs, "dBFS", 2)),
        ("Clipped runs", str(m.clipped_runs)),
        ("DC offset", f"{m.dc_offset:.5f}"),
    ]


def _stereo_rows(m: Measurement) -> Rows:
    rows = [("Correlation", "—" if m.correlation is None else _signed(m.correlation))]
    if not m.complete:
        return rows
    against = m.negative_correlation_pct
    return [
        *rows,
        ("Out of phase", "—" if against is None else f"{against:.0f} % of the time"),
        ("Lost in mono", level(m.mono_loss_db, "dB")),
        ("Balance", _side(m.balance_db)),
    ]


def _quality_rows(m: Measurement) -> Rows:
    silence = [
        ("Silence at head", f"{m.silence_head_ms} ms"),
        ("Silence at tail", f"{m.silence_tail_ms} ms"),
    ]
    if m.source is None:
        return silence
    shelf = f", nothing above {m.shelf_hz / 1000:.1f} kHz" if m.shelf_hz else ""
    return [
        *silence,
        ("Noise floor", level(m.noise_floor_dbfs, "dBFS")),
        ("Digital black", f"{m.digital_black_ms} ms"),
        ("Dropouts", str(m.dropouts)),
        ("Source", _SOURCES[m.source] + shelf),
    ]


def _music_rows(m: Measurement) -> Rows:
    tempo, key = "no beat", "no key"
    if m.tempo_bpm and m.tempo_half_bpm and m.tempo_double_bpm:
        others = f"or {m.tempo_half_bpm:.1f}, {m.tempo_double_bpm:.1f}"
        tempo = f"{m.tempo_bpm:.1f} BPM ({others}; {_sure(m.tempo_confidence)})"
    if m.key:
        key = f"{m.key} ({m.key_camelot}; {_sure(m.key_confidence)})"
    return [("Tempo", tempo), ("Key", key)]


def _sure(confidence: float | None) -> str:
    return f"{100 * (confidence or 0.0):.0f} % sure"


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def _side(balance_db: float | None) -> str:
    if balance_db is None:
        return "—"
    if abs(balance_db) < 0.05:
        return "even"
    return f"{abs(balance_db):.1f} dB to the {'left' if balance_db > 0 else 'right'}"


def _say_album(
    found: Sequence[measuring.Target], readings: Sequence[Measurement], album: AlbumMeasurement
) -> None:
    rows = [("", "loudness", "range", "true peak", "tempo", "key")]
    for target, m in zip(found, readings, strict=True):
        place = "" if isinstance(target.sound, Path) else f"{target.name} "
        tempo = f"{m.tempo_bpm:.1f} BPM" if m.tempo_bpm else "—"
        rows.append((place + target.title, *_levels(m), tempo, m.key or "—"))
    print_rows([*rows, (f"Album, {figures.length(album.duration_ms)}", *_levels(album), "", "")])


def _levels(m: Measurement | AlbumMeasurement) -> tuple[str, str, str]:
    return (
        level(m.integrated_lufs, "LUFS"),
        level(m.loudness_range_lu, "LU"),
        level(m.true_peak_dbtp, "dBTP", 2),
    )
