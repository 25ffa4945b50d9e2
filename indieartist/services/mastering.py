"""Mastering: a bounce rendered to a target, kept as a mix of its own beside the original."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indieartist.domain.mastering import MasterReport, Settings, Target
from indieartist.domain.progress import Report, silent
from indieartist.domain.release import Mix, MixKind, Track
from indieartist.errors import UserError, world_error
from indieartist.library import releases
from indieartist.library import tables as t
from indieartist.services.measuring import audio_path, get_mix
from indieartist.services.studio import Studio

if TYPE_CHECKING:
    from indieartist.audio.mastering import Master

DEFAULT_TARGET = "streaming"
SUFFIX = ".wav"


@dataclass(frozen=True, slots=True)
class Mastered:
    """A new master: its mix, the report of its making, and where a copy was asked for."""

    track_id: int
    mix_id: int
    mix_number: int
    report: MasterReport
    out_path: str = ""


def list_targets(studio: Studio) -> dict[str, Target]:
    """The targets by name: where a master can be going, each with its source."""
    table = studio.table("mastering", "targets")
    return {name: Target(name=name, **row) for name, row in table.items()}


def get_settings(studio: Studio, target: str = DEFAULT_TARGET, **values: Any) -> Settings:
    """Settings for a named target, or for a loudness in LUFS such as '-12'."""
    return Settings(target=_target(studio, target), **values)


def _target(studio: Studio, name: str) -> Target:
    targets = list_targets(studio)
    if name in targets:
        return targets[name]
    try:
        level = float(name.replace("−", "-").removesuffix("LUFS"))
    except ValueError as error:
        raise UserError(
            f"There is no target “{name}”.", f"Targets: {', '.join(targets)}, or a number."
        ) from error
    base = targets[DEFAULT_TARGET]
    return replace(base, name=name, label=f"{level:g} LUFS", integrated_lufs=level, note="")


def master_track(
    studio: Studio,
    track: Track,
    settings: Settings,
    *,
    reference: Path | None = None,
    out_path: Path | None = None,
    report: Report = silent,
) -> Mastered:
    """Render the newest bounce of a track as a new mix; the bounce itself is never touched."""
    from indieartist.audio.mastering import make_master

    bounce = get_mix(track.bounce, track.title)
    making = studio.library.vault.new_path(SUFFIX)
    try:
        made = make_master(
            audio_path(studio, bounce),
            making,
            settings,
            reference_path=reference,
            before=bounce.measurement,
            report=report,
        )
        mix = _keep(studio, track, making, made, _facts(bounce, settings, made.report))
    finally:
        making.unlink(missing_ok=True)
    if out_path is not None:
        export_mix(studio, mix, out_path)
    return Mastered(track.id, mix.id, mix.number, made.report, str(out_path or ""))


def _facts(bounce: Mix, settings: Settings, made: MasterReport) -> dict[str, Any]:
    """What is kept of how a master was made."""
    return {
        "kind": MixKind.MASTER.value,
        "name": settings.target.label,
        "parent_id": bounce.id,
        "settings": {
            "settings": asdict(settings),
            "stages": [asdict(stage) for stage in made.stages],
            "warnings": list(made.warnings),
            "reached": made.reached,
        },
    }


def _keep(studio: Studio, track: Track, making: Path, made: Master, facts: dict[str, Any]) -> Mix:
    size, analysis = making.stat().st_size, made.analysis
    audio_hash = studio.library.vault.adopt(making, SUFFIX)
    with studio.library.act(f"Master “{track.title}” for {facts['name']}") as act:
        releases.remember_audio(act.connection, audio_hash, SUFFIX, size, analysis.info)
        releases.remember_measurement(
            act.connection, audio_hash, analysis.measurement, analysis.waveform.to_bytes()
        )
        # The number is taken inside the act: another master may have landed meanwhile.
        mixes = releases.get_track(act.connection, track.id).mixes
        mix_id = act.insert(
            t.mix,
            track_id=track.id,
            number=max(mix.number for mix in mixes) + 1,
            audio_hash=audio_hash,
            added_at=studio.now(),
            **facts,
        )
        mixes = releases.get_track(act.connection, track.id).mixes
    return next(mix for mix in mixes if mix.id == mix_id)


def export_mix(studio: Studio, mix: Mix, out_path: Path) -> None:
    """Copy a mix out of the library to a file of its own, whole or not at all."""
    source = audio_path(studio, mix)
    partial = out_path.with_name(f".{out_path.name}.part")
    try:
        shutil.copyfile(source, partial)
        partial.replace(out_path)
    except OSError as error:
        raise world_error(error, out_path) from error
    finally:
        partial.unlink(missing_ok=True)


def stages_of(mix: Mix) -> list[Mapping[str, Any]]:
    """What each stage did to a master, as it was kept."""
    return list(mix.settings.get("stages", ()))
