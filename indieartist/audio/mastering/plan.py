"""What is kept of a song, that any section of its master can be heard at once.

A plan holds what takes the whole song to know: its DC offset, the curve, the compressor's
thresholds and make-up, and how loud each push into the limiter makes it. It holds for one bounce,
one reference and one set of settings; the target and the dither alone may differ.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from indieartist.audio.decode import read_audio
from indieartist.audio.mastering.bands import design_bank
from indieartist.audio.mastering.chain import centre
from indieartist.audio.mastering.curve import MatchCurve
from indieartist.audio.mastering.level import MARGIN_DB, Take
from indieartist.audio.mastering.programme import ProgrammeMeter
from indieartist.audio.mastering.scratch import Scratch
from indieartist.audio.mastering.shape import (
    Dynamics,
    filter_tone,
    get_grid,
    listen,
    repeat_dynamics,
    weave,
)
from indieartist.audio.mastering.solve import (
    Solution,
    find_loudest_push,
    find_untouched_push,
    limit,
    predict_level,
)

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from indieartist.audio.mastering.chain import Shape
    from indieartist.audio.mastering.control import Sound
    from indieartist.audio.mastering.scratch import Planar
    from indieartist.domain.mastering import Settings, Target

PUSHES = 12  # between no limiting and the most that is clean
LEAD_S, BEHIND_S = 1.5, 0.1  # heard before and after a section: what is slow settles meanwhile
_HEAD = struct.Struct("<4sI")
_MARK = b"PLN1"


@dataclass(frozen=True, eq=False)
class Plan:
    """All that a section needs to know of its song; `levels_lu` are above the ceiling."""

    sample_rate_hz: int
    frames: int
    offset: tuple[float, float]
    thresholds_db: tuple[float, ...]  # none where the compressor is bypassed
    make_ups_db: tuple[float, ...]
    pushes_db: tuple[float, ...]
    levels_lu: tuple[float, ...]
    curve: MatchCurve

    def choose_push(self, target: Target) -> float:
        """The push into the limiter that brings the song to `target`, or as near as is clean."""
        wanted_lu = target.integrated_lufs - (target.ceiling_dbtp - MARGIN_DB)
        if wanted_lu < self.levels_lu[0]:
            return self.pushes_db[0] + wanted_lu - self.levels_lu[0]
        return float(np.interp(wanted_lu, self.levels_lu, self.pushes_db))

    def to_bytes(self) -> bytes:
        """The plan for storage: 16 KB at 44.1 and 48 kHz."""
        facts = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "curve"}
        head = json.dumps(facts).encode()
        curve = np.stack([self.curve.mid_db, self.curve.side_db]).astype("<f4")
        return _HEAD.pack(_MARK, len(head)) + head + curve.tobytes()

    @classmethod
    def from_bytes(cls, stored: bytes) -> Plan:
        """What `to_bytes` wrote; ValueError for anything else."""
        try:
            mark, length = _HEAD.unpack_from(stored)
            facts = json.loads(stored[_HEAD.size : _HEAD.size + length])
            mid, side = np.frombuffer(stored, "<f4", offset=_HEAD.size + length).reshape(2, -1)
            values: dict[str, Any] = {
                name: tuple(value) if isinstance(value, list) else value
                for name, value in facts.items()
            }
            hz = np.linspace(0.0, facts["sample_rate_hz"] / 2.0, len(mid))
            curve = MatchCurve(hz, mid.astype(np.float64), side.astype(np.float64))
            plan = cls(curve=curve, **values)
        except (struct.error, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError("not a stored plan") from error
        if mark != _MARK:
            raise ValueError("not a stored plan")
        return plan


def plan_sections(shape: Shape, settings: Settings) -> Plan:
    """The plan of a song that was shaped as a whole."""
    programme = shape.programme
    first = last = find_untouched_push(programme)
    if settings.runs("limiter"):
        last = find_loudest_push(programme)
    pushes = np.linspace(first, last, PUSHES if last > first else 1)
    levels = np.maximum.accumulate([predict_level(programme, float(push)) for push in pushes])
    dynamics = shape.dynamics
    left, right = (float(value) for value in shape.offset)
    return Plan(
        sample_rate_hz=programme.sample_rate_hz,
        frames=shape.sound.frames,
        offset=(left, right),
        thresholds_db=dynamics.thresholds_db if dynamics else (),
        make_ups_db=dynamics.make_ups_db if dynamics else (),
        pushes_db=tuple(pushes.tolist()),
        levels_lu=tuple(levels.tolist()),
        curve=shape.curve,
    )


def preview_section(
    source_path: Path, plan: Plan, settings: Settings, start_ms: int, length_ms: int
) -> Sound:
    """A section of the master that `settings` would make, (frames, 2) float32, before dither.

    Only the section is decoded, from 1.5 s before it on. From its first second on it is within
    0.1 dB of the master. `plan` must be that of this bounce and of these settings, but for their
    target. Raises as `decode.read_audio` does.
    """
    rate_hz = plan.sample_rate_hz
    start = min(round(max(0, start_ms) * rate_hz / 1000), plan.frames)
    length = min(round(max(0, length_ms) * rate_hz / 1000), plan.frames - start)
    grid = get_grid(rate_hz)
    first = max(0, start - round(LEAD_S * rate_hz)) // grid * grid
    end = min(plan.frames, start + length + round(BEHIND_S * rate_hz))
    if not length:
        return np.zeros((0, 2), np.float32)
    sound, _ = read_audio(source_path, first, end - first)
    planar = np.ascontiguousarray(np.broadcast_to(sound, (len(sound), 2)).T)
    take = _shape_section(planar, plan, settings)
    return take.cut(start - first, length).T


def _shape_section(planar: Planar, plan: Plan, settings: Settings) -> Take:
    rate_hz, frames = plan.sample_rate_hz, planar.shape[1]
    meter = ProgrammeMeter(rate_hz)
    pieces = list(centre([planar], np.array(plan.offset)))
    if plan.thresholds_db:
        bank = design_bank(plan.curve, rate_hz, settings.phase, split=True)
        bands = listen(pieces, rate_hz, bank)
        known = Dynamics(np.empty((3, 0), np.float32), plan.thresholds_db, plan.make_ups_db)
        dynamics = repeat_dynamics(bands, known, settings.voicings)
        room = weave(bands, dynamics, frames, meter.feed)
    elif not plan.curve.is_flat:
        bank = design_bank(plan.curve, rate_hz, settings.phase, split=False)
        room = filter_tone(pieces, bank, frames, meter.feed)
    else:
        room = Scratch()
        room.append(pieces[0])
        meter.feed(pieces[0])
    programme = meter.build()
    push_db = plan.choose_push(settings.target)
    drive_db = push_db + settings.target.ceiling_dbtp - MARGIN_DB
    reduction_db: NDArray[np.float32] = limit(programme, push_db)
    return Take(room, programme, Solution(drive_db, reduction_db, 0.0, 0.0, reached=True))
