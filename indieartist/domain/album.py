"""An album's levels: how far below its loudest track each track stands, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indieartist.domain.mastering import MasterReport, Settings
from indieartist.domain.measurement import AlbumMeasurement
from indieartist.domain.wording import write_minus


@dataclass(frozen=True, slots=True)
class AlbumReport:
    """Where an album stands: its loudest track at `loudest_lufs`, the others at their distance.

    `reached` is False where one track could not be as loud as the target asks of it without damage;
    the whole album then stands lower, and `held_back_by` names that track. `after` is the masters
    gated together, as a service hears them that plays the album as one.
    """

    target_lufs: float
    loudest_lufs: float
    loudest_track: str
    reached: bool
    held_back_by: str
    sentence: str
    after: AlbumMeasurement


def measure_distances(levels_lufs: Sequence[float]) -> list[float]:
    """How many LU each track lies below the loudest."""
    loudest = max(levels_lufs)
    return [loudest - level for level in levels_lufs]


def place(settings: Settings, below_lu: float) -> Settings:
    """The same settings, so many LU below their target."""
    level = settings.target.integrated_lufs - below_lu
    return replace(settings, target=replace(settings.target, integrated_lufs=level))


def measure_shortfall(report: MasterReport, settings: Settings) -> float:
    """How many LU a master of `settings` stands below them; 0 where it reached its level."""
    if report.reached:
        return 0.0
    level, target_lufs = report.after.integrated_lufs, settings.target.integrated_lufs
    return max(0.0, target_lufs - (target_lufs if level is None else level))


def describe_album(
    target_lufs: float,
    lowered_lu: float,
    loudest_track: str,
    held_back_by: str,
    after: AlbumMeasurement,
) -> AlbumReport:
    """The album's levels in figures and in a sentence."""
    level = target_lufs - lowered_lu
    sentence = f"“{loudest_track}” is the loudest and stands at {level:.1f} LUFS; "
    sentence += "the others keep their distance to it."
    if after.integrated_lufs is not None:
        sentence += f" Together they have {after.integrated_lufs:.1f} LUFS."
    if held_back_by:
        sentence = (
            f"{target_lufs:.1f} LUFS cannot be reached without damage: {level:.1f} LUFS is the "
            f"loudest clean level of this album, for the sake of “{held_back_by}”. {sentence}"
        )
    return AlbumReport(
        target_lufs=target_lufs,
        loudest_lufs=round(level, 2),
        loudest_track=loudest_track,
        reached=not held_back_by,
        held_back_by=held_back_by,
        sentence=write_minus(sentence),
        after=after,
    )
