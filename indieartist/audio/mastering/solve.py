"""The level: how far to drive the limiter so that the master is as loud as its target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.mastering.control import FLOOR_DB
from indieartist.audio.mastering.limiter import decide_limiting
from indieartist.audio.statistics import find_percentile

if TYPE_CHECKING:
    from collections.abc import Callable

    from indieartist.audio.mastering.control import Curve
    from indieartist.audio.mastering.programme import Programme

CLEAN_P95_DB = 6.0  # more reduction than this for 5 % of the time, and limiting is heard as such
MAX_PUSH_DB = 40.0  # above the push at which limiting begins
PAUSE_DB = 40.0  # blocks this far below the mean are pauses: no one hears their reduction
LOUDNESS_TOLERANCE_LU, REDUCTION_TOLERANCE_DB = 0.001, 0.05
SHORT_LU = 0.05  # a master this much below its target has not reached it
MAX_STEPS = 40
STRIDE = 4  # in blocks: the reduction stands still for longer


@dataclass(frozen=True, eq=False)
class Solution:
    """The drive, the limiter's reduction at each block's edges (blocks + 1), and the outcome."""

    drive_db: float
    reduction_db: Curve
    integrated_lufs: float
    loudest_clean_lufs: float
    reached: bool  # False where the target asks for more than clean limiting gives

    @property
    def gain_db(self) -> Curve:
        """Gain at each block's edges."""
        return np.float32(self.drive_db) - self.reduction_db


def solve_level(
    programme: Programme, target_lufs: float, ceiling_dbtp: float, loudest_push_db: float
) -> Solution:
    """Find the drive at which `programme`, limited to `ceiling_dbtp`, has `target_lufs`.

    The push is the drive less the ceiling: the limiter knows nothing else of either. The search is
    bracketed between the push that just needs no limiting and `loudest_push_db`; a target beyond
    is not reached.
    """

    def loudness_at(push_db: float) -> float:
        return predict_level(programme, push_db) + ceiling_dbtp

    untouched_db = find_untouched_push(programme)
    push_db = min(untouched_db, untouched_db + target_lufs - loudness_at(untouched_db))
    if push_db == untouched_db:
        known = {push: level + ceiling_dbtp for push, level in programme.levels_lu.items()}
        bracket = narrow_bracket((untouched_db, loudest_push_db), known, target_lufs)
        push_db = find_root(
            lambda push: loudness_at(push) - target_lufs, bracket, LOUDNESS_TOLERANCE_LU
        )
    lufs, loudest_lufs = loudness_at(push_db), loudness_at(loudest_push_db)
    reduction_db = limit(programme, push_db)
    reached = lufs > target_lufs - SHORT_LU
    return Solution(push_db + ceiling_dbtp, reduction_db, lufs, loudest_lufs, reached)


def predict_level(programme: Programme, push_db: float) -> float:
    """Integrated loudness in LU above the ceiling, driven `push_db` above it and limited."""
    if push_db not in programme.levels_lu:
        lufs = programme.predict_lufs(limit(programme, push_db), push_db)
        programme.levels_lu[push_db] = FLOOR_DB if lufs is None else lufs
    return programme.levels_lu[push_db]


def limit(programme: Programme, push_db: float) -> Curve:
    """The limiter's reduction at each block's edges, driven `push_db` above its ceiling."""
    return decide_limiting(programme.peak_db, push_db, programme.rate_hz)


def find_untouched_push(programme: Programme) -> float:
    """The push at which the highest peak touches the ceiling."""
    return -float(programme.peak_db.max())


def find_loudest_push(programme: Programme) -> float:
    """The push at which the reduction exceeds 6 dB for 5 % of the time that music plays."""
    power = programme.power[::STRIDE]
    playing = power > power.mean() * 10.0 ** (-PAUSE_DB / 10.0)

    def excess_db(push_db: float) -> float:
        reduction = limit(programme, push_db)[1::STRIDE][playing]
        return find_percentile(reduction, 95.0) - CLEAN_P95_DB

    start = find_untouched_push(programme)
    return find_root(excess_db, (start, start + MAX_PUSH_DB), REDUCTION_TOLERANCE_DB)


def narrow_bracket(
    bracket: tuple[float, float], known: dict[float, float], wanted: float
) -> tuple[float, float]:
    """The part of `bracket` between what is known to be too low and what is known to be enough."""
    inside = {place: value for place, value in known.items() if bracket[0] <= place <= bracket[1]}
    low = max((place for place, value in inside.items() if value < wanted), default=bracket[0])
    high = min((place for place, value in inside.items() if value >= wanted), default=bracket[1])
    return (low, high) if low < high else bracket


def find_root(
    function: Callable[[float], float], bracket: tuple[float, float], tolerance: float
) -> float:
    """Where a rising `function` crosses zero inside `bracket`, or the bracket's nearer end.

    The Illinois method (Dowell & Jarratt, BIT 11, 1971) with every fourth step a bisection, so
    that the bracket shrinks whatever the function does.
    """
    low, high = bracket
    at_low, at_high = function(low), function(high)
    if at_low >= 0.0 or at_high <= 0.0:
        return low if at_low >= 0.0 else high
    middle, was_below = low, False
    for step in range(1, MAX_STEPS):
        share = at_low / (at_low - at_high) if step % 4 else 0.5
        middle = low + share * (high - low)
        value = function(middle)
        if abs(value) <= tolerance:
            break
        below = value < 0.0
        stuck = step > 1 and below == was_below
        if below:
            low, at_low, at_high = middle, value, at_high / 2 if stuck else at_high
        else:
            high, at_high, at_low = middle, value, at_low / 2 if stuck else at_low
        was_below = below
    return middle
