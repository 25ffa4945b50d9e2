"""A section of a master written to a file: to hear settings before the whole is rendered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.domain.progress import Report, part, silent
from indieartist.errors import UserError
from indieartist.services.mastering_files import check_apart

if TYPE_CHECKING:
    from indieartist.audio.mastering import Plan
    from indieartist.domain.mastering import Settings
    from indieartist.domain.release import Track
    from indieartist.services.studio import Studio


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A written section, and where the whole master would stand."""

    out_path: str
    start_ms: int
    duration_ms: int
    integrated_lufs: float
    loudest_clean_lufs: float
    reached: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """From where, and how long."""

    start_ms: int
    length_ms: int


def write_section(
    studio: Studio,
    track: Track,
    settings: Settings,
    stretch: Stretch,
    out_path: Path,
    *,
    reference: Path | None = None,
    report: Report = silent,
) -> Excerpt:
    """Write a section of the master of a track's newest bounce, 24-bit .wav, .flac or .aiff.

    Nothing is added to the track. Raises UserError where the song is over before it begins.
    """
    from indieartist.audio.encode import get_container
    from indieartist.services.mastering_sections import get_plan
    from indieartist.services.measuring import audio_path, get_mix

    get_container(out_path)
    bounce = get_mix(track.bounce, track.title)
    plan = get_plan(studio, track, settings, reference, part(report, 0.0, 0.8))
    return _write(audio_path(studio, bounce), plan, settings, stretch, out_path)


def write_file_section(
    source_path: Path,
    settings: Settings,
    stretch: Stretch,
    out_path: Path,
    *,
    reference: Path | None = None,
    report: Report = silent,
) -> Excerpt:
    """As `write_section`, of a file that is in no library: it is heard to its end first."""
    from indieartist.audio.encode import get_container
    from indieartist.audio.mastering import plan_master

    get_container(out_path)
    check_apart(out_path, source_path, reference)
    plan = plan_master(
        source_path, settings, reference_path=reference, report=part(report, 0.0, 0.9)
    )
    return _write(source_path, plan, settings, stretch, out_path)


def _write(path: Path, plan: Plan, settings: Settings, stretch: Stretch, out_path: Path) -> Excerpt:
    from indieartist.audio.encode import get_container, write_pcm
    from indieartist.audio.mastering import preview_section
    from indieartist.audio.pcm import Pcm

    pcm = Pcm(plan.sample_rate_hz, 2, 24, get_container(out_path))
    sound = preview_section(path, plan, settings, stretch.start_ms, stretch.length_ms).sound
    if not len(sound):
        raise UserError(
            f"The song is over before {stretch.start_ms / 1000:.0f} s.",
            "Choose an earlier section.",
        )
    write_pcm(out_path, [sound], pcm)
    loudest_lufs = plan.predict_loudest_lufs(settings)
    return Excerpt(
        out_path=str(out_path),
        start_ms=stretch.start_ms,
        duration_ms=round(len(sound) * 1000 / plan.sample_rate_hz),
        integrated_lufs=round(plan.predict_lufs(settings), 2),
        loudest_clean_lufs=round(loudest_lufs, 2),
        reached=settings.target.integrated_lufs <= loudest_lufs,
    )
