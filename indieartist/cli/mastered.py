"""How mastering speaks: what a master or an album came to, and what there is to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from indieartist.cli.output import level, print_rows
from indieartist.domain.mastering import ALWAYS_ON, PURPOSES, STAGES
from indieartist.services import mastering_choices as choices

if TYPE_CHECKING:
    from indieartist.cli.session import Session
    from indieartist.domain.album import AlbumReport
    from indieartist.domain.mastering import HouseCurve, MasterReport, Preset, Settings, Target


def tell_master(settings: Settings, report: MasterReport) -> dict[str, Any]:
    """A master as JSON has it: the wish first, then before, after and every stage."""
    wish = {
        "preset": settings.preset,
        "target": settings.target,
        "reference": settings.reference,
        "curve": settings.curve.name if settings.curve else "",
        "amount_pct": settings.amount_pct,
        "phase": settings.phase,
        "bits": settings.bits,
    }
    return wish | {
        "before": report.before,
        "after": report.after,
        "stages": report.stages,
        "warnings": report.warnings,
        "reached": report.reached,
        "loudest_clean_lufs": report.loudest_clean_lufs,
    }


def tell_album(
    settings: Settings, album: AlbumReport, tracks: list[dict[str, Any]]
) -> dict[str, Any]:
    """An album as JSON has it."""
    return {"preset": settings.preset, "target": settings.target} | {
        "album": album,
        "tracks": tracks,
    }


def say_master(headline: str, report: MasterReport) -> None:
    """A master in lines for people."""
    before, after = report.before, report.after
    click.echo(headline)
    loud = level(before.integrated_lufs, "LUFS"), level(after.integrated_lufs, "LUFS", 2)
    peak = level(before.true_peak_dbtp, "dBTP"), level(after.true_peak_dbtp, "dBTP", 2)
    spread = level(before.loudness_range_lu, "LU"), level(after.loudness_range_lu, "LU")
    print_rows(
        [
            ("", "before", "after"),
            ("Loudness", *loud),
            ("Loudness range", *spread),
            ("True peak", *peak),
        ]
    )
    for stage in report.stages:
        click.echo(f"· {stage.label}: {stage.sentence}")
    for warning in report.warnings:
        click.secho(warning, fg="yellow")


def say_album(album: AlbumReport, tracks: Sequence[tuple[str, MasterReport]]) -> None:
    """An album in lines for people: each track's loudness before and after."""
    rows = [("", "before", "after", "true peak")]
    for title, report in tracks:
        before, after = report.before, report.after
        loud = level(before.integrated_lufs, "LUFS"), level(after.integrated_lufs, "LUFS", 2)
        rows.append((title, *loud, level(after.true_peak_dbtp, "dBTP", 2)))
    print_rows(rows)
    click.secho(album.sentence, fg=None if album.reached else "yellow")
    for warning in dict.fromkeys(w for _, report in tracks for w in report.warnings):
        click.secho(warning, fg="yellow")


def list_choices(session: Session, what: str) -> None:
    """Print what there is to choose from, each with a sentence that says what it is for."""
    tables = choices.Shipped()
    match what:
        case "stages":
            stages = {
                name: {"label": label, "purpose": PURPOSES[name], "bypass": name != ALWAYS_ON}
                for name, label in STAGES.items()
            }
            session.say(stages, lambda: print_rows(_stage_rows()))
        case "targets":
            targets = choices.list_targets(tables)
            session.say(targets, lambda: print_rows(_target_rows(targets)))
        case "presets":
            presets = choices.list_presets(tables)
            session.say(presets, lambda: print_rows(_preset_rows(presets)))
        case "curves":
            curves = choices.list_curves(tables)
            told = {name: asdict(curve) for name, curve in curves.items()}
            session.say(told, lambda: print_rows(_curve_rows(curves)))


def _stage_rows() -> list[tuple[str, ...]]:
    return [(name, label, PURPOSES[name]) for name, label in STAGES.items()]


def _target_rows(targets: dict[str, Target]) -> list[tuple[str, ...]]:
    return [
        (t.name, t.label, level(t.integrated_lufs, "LUFS"), level(t.ceiling_dbtp, "dBTP"), t.note)
        for t in targets.values()
    ]


def _preset_rows(presets: dict[str, Preset]) -> list[tuple[str, ...]]:
    return [
        (p.name, p.target, f"{p.curve} {p.amount_pct:.0f} %" if p.curve else "—", p.whom)
        for p in presets.values()
    ]


def _curve_rows(curves: dict[str, HouseCurve]) -> list[tuple[str, ...]]:
    return [
        (c.name, c.label, f"{c.note} ({c.source}; confidence {c.confidence})")
        for c in curves.values()
    ]
