"""What is kept of a song, that any section of its master can be heard at once.

A plan holds what takes the whole song to know: its DC offset, the curve, the compressor's
thresholds and make-up, and how loud each push into the limiter makes it. It holds for one bounce,
one tone curve and one way to compress; target, limiter and dither may differ.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from indieartist.audio.mastering.curve import MatchCurve
from indieartist.audio.mastering.level import MARGIN_DB
from indieartist.audio.mastering.solve import (
    find_loudest_push,
    find_untouched_push,
    predict_level,
)

if TYPE_CHECKING:
    from indieartist.audio.mastering.chain import Shape
    from indieartist.domain.mastering import Settings

PUSHES = 12  # between no limiting and the most that is clean
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

    def choose_push(self, settings: Settings) -> float:
        """The push into the limiter that brings the song to its target, or as near as is clean.

        Where the limiter is bypassed, that is as far as no peak reaches the ceiling.
        """
        target = settings.target
        wanted_lu = target.integrated_lufs - (target.ceiling_dbtp - MARGIN_DB)
        if wanted_lu < self.levels_lu[0]:
            return self.pushes_db[0] + wanted_lu - self.levels_lu[0]
        if not settings.runs("limiter"):
            return self.pushes_db[0]
        return float(np.interp(wanted_lu, self.levels_lu, self.pushes_db))

    def predict_lufs(self, settings: Settings) -> float:
        """The integrated loudness of the whole master at its target, or the loudest clean one."""
        return min(settings.target.integrated_lufs, self.predict_loudest_lufs(settings))

    def predict_loudest_lufs(self, settings: Settings) -> float:
        """The loudest that the master can be without damage, under the ceiling of `settings`."""
        loudest_lu = self.levels_lu[-1 if settings.runs("limiter") else 0]
        return loudest_lu + settings.target.ceiling_dbtp - MARGIN_DB

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


def plan_sections(shape: Shape) -> Plan:
    """The plan of a song that was shaped as a whole."""
    programme = shape.programme
    first, last = find_untouched_push(programme), find_loudest_push(programme)
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
