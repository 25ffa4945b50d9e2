"""Any section of a master, rendered by a stored plan without the rest of the song."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.decode import read_audio
from indieartist.audio.mastering.bands import design_bank
from indieartist.audio.mastering.chain import centre
from indieartist.audio.mastering.level import MARGIN_DB, Take
from indieartist.audio.mastering.programme import ProgrammeMeter
from indieartist.audio.mastering.reductions import ReductionCurves, collect_reductions
from indieartist.audio.mastering.scratch import Scratch
from indieartist.audio.mastering.shape import (
    Dynamics,
    filter_tone,
    get_grid,
    listen,
    repeat_dynamics,
    weave,
)
from indieartist.audio.mastering.solve import Solution, limit

if TYPE_CHECKING:
    from pathlib import Path

    from indieartist.audio.mastering.control import Sound
    from indieartist.audio.mastering.plan import Plan
    from indieartist.audio.mastering.scratch import Planar
    from indieartist.domain.mastering import Settings

LEAD_S, BEHIND_S = 1.5, 0.1  # heard before and after a section: what is slow settles meanwhile


@dataclass(frozen=True, slots=True, eq=False)
class SectionTake:
    """A section of a master, (frames, 2) float32 before dither, and what was taken off in it."""

    sound: Sound
    reductions: ReductionCurves


def preview_section(
    source_path: Path, plan: Plan, settings: Settings, start_ms: int, length_ms: int
) -> SectionTake:
    """A section of the master that `settings` would make; shorter, or empty, at the song's end.

    Only the section is decoded, from 1.5 s before it on. From its first second on it is within
    0.1 dB of the master. `plan` must be that of this bounce and of these settings, but for their
    target, limiter and dither. Raises as `decode.read_audio` does.
    """
    rate_hz = plan.sample_rate_hz
    start = min(round(max(0, start_ms) * rate_hz / 1000), plan.frames)
    length = min(round(max(0, length_ms) * rate_hz / 1000), plan.frames - start)
    grid = get_grid(rate_hz)
    first = max(0, start - round(LEAD_S * rate_hz)) // grid * grid
    end = min(plan.frames, start + max(1, length) + round(BEHIND_S * rate_hz))
    if not length:
        nothing = ReductionCurves(np.empty((0, 0), np.float32), np.empty(0, np.float32), ())
        return SectionTake(np.zeros((0, 2), np.float32), nothing)
    sound, _ = read_audio(source_path, first, end - first)
    planar = np.ascontiguousarray(np.broadcast_to(sound, (len(sound), 2)).T)
    take, dynamics = _shape_section(planar, plan, settings)
    span = start - first, start - first + length
    limiter_db = take.solution.reduction_db
    curves = collect_reductions(dynamics, limiter_db, rate_hz, span, len(sound))
    return SectionTake(take.cut(span[0], length).T, curves)


def _shape_section(planar: Planar, plan: Plan, settings: Settings) -> tuple[Take, Dynamics | None]:
    meter = ProgrammeMeter(plan.sample_rate_hz)
    room, dynamics = _render(planar, plan, settings, meter)
    programme = meter.build()
    push_db = plan.choose_push(settings)
    drive_db = push_db + settings.target.ceiling_dbtp - MARGIN_DB
    solution = Solution(drive_db, limit(programme, push_db), 0.0, 0.0, reached=True)
    return Take(room, programme, solution), dynamics


def _render(
    planar: Planar, plan: Plan, settings: Settings, meter: ProgrammeMeter
) -> tuple[Scratch, Dynamics | None]:
    rate_hz, frames = plan.sample_rate_hz, planar.shape[1]
    pieces = list(centre([planar], np.array(plan.offset)))
    if plan.thresholds_db:
        bank = design_bank(plan.curve, rate_hz, settings.phase, split=True)
        bands = listen(pieces, rate_hz, bank)
        known = Dynamics(np.empty((3, 0), np.float32), plan.thresholds_db, plan.make_ups_db)
        dynamics = repeat_dynamics(bands, known, settings.voicings)
        return weave(bands, dynamics, frames, meter.feed), dynamics
    if not plan.curve.is_flat:
        bank = design_bank(plan.curve, rate_hz, settings.phase, split=False)
        return filter_tone(pieces, bank, frames, meter.feed), None
    room = Scratch()
    room.append(pieces[0])
    meter.feed(pieces[0])
    return room, None
