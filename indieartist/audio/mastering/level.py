"""The take: shaped sound with the gain that brings it to its target, judged by other detectors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.mastering.control import cut_stereo, draw_lines
from indieartist.audio.mastering.peaks import get_judges, measure_block_peaks
from indieartist.audio.mastering.solve import (
    SHORT_LU,
    Solution,
    find_loudest_push,
    find_untouched_push,
    solve_level,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from indieartist.audio.mastering.control import Sound
    from indieartist.audio.mastering.programme import Programme

MARGIN_DB = 0.1  # the limiter aims this far below the ceiling
ALLOWED_DB = 0.03  # and the judges must find nothing nearer to it than this
SUSPECT_DB = 0.7  # blocks further than this below the ceiling cannot hide a peak above it
MAX_TRIES = 4
PIECE_BLOCKS = 1 << 14


@dataclass(frozen=True, eq=False)
class Take:
    """A finished master in memory: `shaped` (frames, 2) times the gain of `solution`."""

    shaped: Sound
    programme: Programme
    solution: Solution

    def cut(self, start: int, length: int) -> NDArray[np.float32]:
        """Left and right (2, length) from frame `start` on; silence beyond both ends."""
        block_frames = self.programme.block_frames
        first, last = start // block_frames, -(-(start + length) // block_frames)
        edges = np.clip(np.arange(first, last + 1), 0, len(self.solution.gain_db) - 1)
        lines = draw_lines(self.solution.gain_db[edges], block_frames)
        offset = start - first * block_frames
        return cut_stereo(self.shaped, start, length) * lines[offset : offset + length]

    def pieces(self) -> Iterator[Sound]:
        """The whole master as (frames, 2), piece by piece."""
        step = PIECE_BLOCKS * self.programme.block_frames
        for start in range(0, len(self.shaped), step):
            yield self.cut(start, min(step, len(self.shaped) - start)).T

    def lower(self, by_db: float) -> Take:
        """The same take, turned down."""
        lower = replace(
            self.solution,
            drive_db=self.solution.drive_db - by_db,
            integrated_lufs=self.solution.integrated_lufs - by_db,
            reached=self.solution.reached and by_db < SHORT_LU,
        )
        return replace(self, solution=lower)

    def measure_true_peak_dbtp(self, above_dbtp: float) -> float:
        """The highest true peak that a judge finds, looking only where it may be `above_dbtp`."""
        gain_db = self.solution.gain_db
        expected = self.programme.peak_db + np.maximum(gain_db[1:], gain_db[:-1])
        suspects = np.flatnonzero(expected > above_dbtp - SUSPECT_DB)
        if not suspects.size:
            return float(expected.max())
        peaks = [
            measure_block_peaks(self.cut, suspects, self.programme.block_frames, judge).max()
            for judge in get_judges(self.programme.sample_rate_hz)
        ]
        return float(20.0 * np.log10(max(peaks)))


def fit_level(
    shaped: Sound, programme: Programme, target_lufs: float, ceiling_dbtp: float, *, limited: bool
) -> Take:
    """Solve the level; where a judge still finds a peak too high, solve it again, aiming lower.

    Where not `limited`, the highest peak touches the ceiling at most. Four tries suffice unless
    the sound is full up to half the sample rate; what then remains is taken off the whole master,
    so that the ceiling always holds.
    """
    loudest_db = find_loudest_push(programme) if limited else find_untouched_push(programme)
    aim_dbtp, allowed_dbtp = ceiling_dbtp - MARGIN_DB, ceiling_dbtp - ALLOWED_DB
    for _ in range(MAX_TRIES):
        solution = solve_level(programme, target_lufs, aim_dbtp, loudest_db)
        take = Take(shaped, programme, solution)
        excess_db = take.measure_true_peak_dbtp(allowed_dbtp) - allowed_dbtp
        if excess_db <= 0.0:
            return take
        aim_dbtp -= excess_db + 0.01
    return take.lower(excess_db)
