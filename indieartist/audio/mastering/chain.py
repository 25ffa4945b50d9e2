"""The mastering chain in memory: a song in, a take out that stands at its target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.mastering.bands import design_bank
from indieartist.audio.mastering.curve import choose_curve
from indieartist.audio.mastering.level import Take, fit_level
from indieartist.audio.mastering.profile import Profile, measure_profile
from indieartist.audio.mastering.programme import Programme, measure_programme
from indieartist.audio.mastering.shape import plan_dynamics, render_shape
from indieartist.domain.progress import Report, part, silent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.mastering.control import Sound
    from indieartist.audio.mastering.curve import MatchCurve
    from indieartist.audio.mastering.shape import Dynamics
    from indieartist.domain.mastering import Settings

DC_LIMIT = 1e-3  # -60 dBFS: a larger offset takes headroom and is removed
SHAPED = 0.7  # the share of the work that is done when the song is shaped


@dataclass(frozen=True, eq=False)
class Shape:
    """A song after tone and dynamics, measured, ahead of its level: any target can follow."""

    sound: Sound
    programme: Programme
    offset: NDArray[np.float64]  # removed from left and right, 1.0 = full scale
    curve: MatchCurve
    dynamics: Dynamics | None

    def fit(self, settings: Settings) -> Take:
        """The take that stands at the target of `settings`."""
        target = settings.target
        return fit_level(
            self.sound,
            self.programme,
            target.integrated_lufs,
            target.ceiling_dbtp,
            limited=settings.runs("limiter"),
        )


def make_shape(
    sound: Sound,
    sample_rate_hz: int,
    settings: Settings,
    *,
    reference: Profile | MatchCurve | None = None,
    report: Report = silent,
) -> Shape:
    """Take `sound` (frames, 2), which is left alone, through tone match and compressor."""
    centred, offset = sound, np.zeros(2)
    if settings.runs("offset"):
        centred, offset = remove_offset(sound)
    source = measure_profile(centred, sample_rate_hz)
    curve = choose_curve(source, reference, settings)
    shaped, dynamics = _render(centred, sample_rate_hz, curve, settings, part(report, 0.0, SHAPED))
    report(SHAPED)
    programme = measure_programme(shaped, sample_rate_hz)
    report(1.0)
    return Shape(shaped, programme, offset, curve, dynamics)


def remove_offset(sound: Sound) -> tuple[Sound, NDArray[np.float64]]:
    """`sound` without its DC offset, where a channel has one above -60 dBFS, and that offset."""
    offset = sound.mean(axis=0, dtype=np.float64)
    if np.abs(offset).max() < DC_LIMIT:
        return sound, np.zeros(2)
    return sound - offset.astype(np.float32), offset


def _render(
    sound: Sound, sample_rate_hz: int, curve: MatchCurve, settings: Settings, report: Report
) -> tuple[Sound, Dynamics | None]:
    compressed = settings.runs("dynamics")
    if curve.is_flat and not compressed:
        return sound, None
    bank = design_bank(curve, sample_rate_hz, settings.phase, split=compressed)
    if not compressed:
        return render_shape(sound, sample_rate_hz, bank, None, report), None
    dynamics = plan_dynamics(sound, sample_rate_hz, bank, settings.voicings, part(report, 0.0, 0.6))
    return render_shape(sound, sample_rate_hz, bank, dynamics, part(report, 0.6, 1.0)), dynamics
