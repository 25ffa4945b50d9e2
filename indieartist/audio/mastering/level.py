"""The take: shaped sound with the gain that brings it to its target, judged by other detectors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio import kernels
from indieartist.audio.mastering.control import STRETCH_BLOCKS, to_gain
from indieartist.audio.mastering.peaks import judge_blocks
from indieartist.audio.mastering.scratch import PAGE_FRAMES
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
    from indieartist.audio.mastering.scratch import Planar, Scratch

MARGIN_DB = 0.1  # the limiter aims this far below the ceiling
ALLOWED_DB = 0.03  # and the judges must find nothing nearer to it than this
SUSPECT_DB = 0.7  # blocks further than this below the ceiling cannot hide a peak above it
DOUBTED_DB = 0.4  # and where two meters read less than this below it, the third need not look
MAX_TRIES = 4


@dataclass(frozen=True, eq=False)
class Take:
    """A finished master in the making: `shaped` times the gain of `solution`."""

    shaped: Scratch
    programme: Programme
    solution: Solution

    def cut(self, start: int, length: int) -> Planar:
        """Left and right (2, length) from frame `start` on; silence beyond both ends."""
        block_frames = self.programme.block_frames
        first, last = start // block_frames, -(-(start + length) // block_frames)
        edges = np.arange(first, last + 1)
        gain_db = self.solution.drive_db - np.take(self.solution.reduction_db, edges, mode="clip")
        planar = self.shaped.cut(start, length)
        kernels.apply_gain(planar, to_gain(gain_db), start - first * block_frames, block_frames)
        return planar

    def pieces(self) -> Iterator[Sound]:
        """The whole master as (frames, 2), piece by piece."""
        for start in range(0, self.shaped.frames, PAGE_FRAMES):
            yield self.cut(start, min(PAGE_FRAMES, self.shaped.frames - start)).T

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
        """The highest true peak that a judge finds, looking only where it may be `above_dbtp`.

        Both meters look wherever the limiter's detector sees a peak near it; the finest detector,
        which takes its time, where one of them does.
        """
        suspects, highest_db = self._find_suspects(above_dbtp - SUSPECT_DB)
        if not suspects.size:
            return highest_db
        doubted = 10.0 ** ((above_dbtp - DOUBTED_DB) / 20.0)
        rate_hz = self.programme.sample_rate_hz
        return float(20.0 * np.log10(judge_blocks(self.cut, suspects, rate_hz, doubted)))

    def _find_suspects(self, above_dbtp: float) -> tuple[NDArray[np.int64], float]:
        """The blocks whose peak, as the limiter knows it, is `above_dbtp`, and the highest peak."""
        peak_db, reduction_db = self.programme.peak_db, self.solution.reduction_db
        suspects, highest_db = [np.empty(0, np.int64)], -np.inf
        for at in range(0, len(peak_db), STRETCH_BLOCKS):
            peaks = peak_db[at : at + STRETCH_BLOCKS]
            edges = reduction_db[at : at + len(peaks) + 1]
            expected = (
                peaks + np.float32(self.solution.drive_db) - np.minimum(edges[1:], edges[:-1])
            )
            suspects.append(np.flatnonzero(expected > above_dbtp) + at)
            highest_db = max(highest_db, float(expected.max()))
        return np.concatenate(suspects), highest_db


def fit_level(
    shaped: Scratch, programme: Programme, target_lufs: float, ceiling_dbtp: float, *, limited: bool
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
