"""The song as the level solver sees it: K-weighted power and true peak of each control block."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio import kernels
from indieartist.audio.loudness import (
    BINS_PER_S,
    gating_blocks,
    integrated_lufs,
    k_coefficients,
)
from indieartist.audio.mastering.control import decibels, get_block_frames
from indieartist.audio.mastering.peaks import get_detector, get_taps
from indieartist.audio.window import past_frames

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.mastering.control import Curve, Sound
    from indieartist.audio.mastering.scratch import Planar


@dataclass(frozen=True, eq=False)
class Programme:
    """`power`: sum of both channels' K-weighted squares per block; `peak_db`: linked true peak.

    `levels_lu` remembers what the solver found for each push.
    """

    sample_rate_hz: int
    power: Curve
    peak_db: Curve
    levels_lu: dict[float, float] = field(default_factory=dict)

    @property
    def block_frames(self) -> int:
        """Samples per control block."""
        return get_block_frames(self.sample_rate_hz)

    @property
    def rate_hz(self) -> float:
        """Control blocks per second."""
        return self.sample_rate_hz / self.block_frames

    def measure_lufs(self) -> float | None:
        """Integrated loudness as it stands."""
        return self.predict_lufs(np.zeros(len(self.power) + 1, np.float32))

    def predict_lufs(self, reduction_db: Curve, gain_db: float = 0.0) -> float | None:
        """Integrated loudness with `gain_db`, less `reduction_db` at each block's edges.

        None where all is silent. A gain that changes slowly commutes with the K filter, so its
        square scales the power.
        """
        sums = np.empty(len(self._edges) - 1)
        kernels.sum_limited(self.power, reduction_db, self._edges, sums)
        power = sums / (np.diff(self._edges) * self.block_frames) * 10.0 ** (gain_db / 10.0)
        return integrated_lufs(gating_blocks(power))

    @cached_property
    def _edges(self) -> NDArray[np.float64]:
        """The edges of the 10-ms bins, in blocks."""
        bins = int(len(self.power) * BINS_PER_S / self.rate_hz)
        frames = np.arange(bins + 1) * self.sample_rate_hz // BINS_PER_S
        return np.asarray(frames / self.block_frames)


class ProgrammeMeter:
    """Measures a song on the control grid as it is fed, in pieces of any size."""

    def __init__(self, sample_rate_hz: int) -> None:
        self.sample_rate_hz = sample_rate_hz
        self._block_frames = get_block_frames(sample_rate_hz)
        self._taps = get_taps(get_detector(sample_rate_hz))
        self._past = past_frames(sample_rate_hz)  # as long as the K filter remembers
        self._filter = np.array(k_coefficients(sample_rate_hz)).ravel()
        self._window = np.zeros((2, self._past), np.float32)
        self._frames = 0
        self._powers: list[Curve] = [np.empty(0, np.float32)]
        self._peaks: list[Curve] = [np.empty(0, np.float32)]

    def feed(self, planar: Planar) -> None:
        """Take the next frames, (2, n)."""
        self._frames += planar.shape[1]
        self._measure(planar)

    def build(self) -> Programme:
        """The programme of everything fed; the last block is filled up with silence."""
        blocks = -(-self._frames // self._block_frames)
        ending = blocks * self._block_frames - self._frames + self._taps.shape[1]
        self._measure(np.zeros((2, ending), np.float32))
        power = np.concatenate(self._powers)
        self._powers.clear()  # of hours, that is a lot
        peak_db = np.concatenate(self._peaks)
        return Programme(self.sample_rate_hz, power[:blocks], peak_db[:blocks])

    def _measure(self, planar: Planar) -> None:
        """Measure the blocks that are there with all that their detector looks at."""
        self._window = np.concatenate([self._window, planar], axis=1)
        lead, beyond = self._taps.shape[1] // 2 - 1, self._taps.shape[1] // 2
        blocks = (self._window.shape[1] - self._past - beyond) // self._block_frames
        if blocks <= 0:
            return
        edges = self._past + np.arange(blocks + 1) * self._block_frames
        energies, peaks = np.empty((2, blocks)), np.empty(blocks, np.float32)
        kernels.weigh(self._window, edges, self._filter, energies)
        kernels.find_block_peaks(
            self._window, edges[:-1] - lead, self._block_frames, self._taps, peaks
        )
        self._powers.append(energies.sum(axis=0, dtype=np.float64).astype(np.float32))
        self._peaks.append(decibels(peaks))
        self._window = self._window[:, blocks * self._block_frames :].copy()


def measure_programme(sound: Sound, sample_rate_hz: int) -> Programme:
    """Measure a whole sound (frames, 2)."""
    meter = ProgrammeMeter(sample_rate_hz)
    meter.feed(np.ascontiguousarray(sound.T, np.float32))
    return meter.build()
