"""Tone and dynamics: the song in its bands, listened to as a whole and then woven together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio import kernels
from indieartist.audio.mastering.bands import TAPS, design_interpolator, get_steps, split_bands
from indieartist.audio.mastering.compressor import (
    choose_threshold,
    decide_reduction,
    find_make_up,
    measure_level,
)
from indieartist.audio.mastering.control import get_block_frames, to_gain
from indieartist.audio.mastering.scratch import MEMORY_FRAMES, Scratch
from indieartist.domain.mastering import VOICINGS, Voicing

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from indieartist.audio.mastering.bands import Bank
    from indieartist.audio.mastering.control import Curve
    from indieartist.audio.mastering.scratch import Planar

    Listen = Callable[[Planar], None]

MOST_BLOCKS = 1_000_000
LEAD_BLOCKS = 4  # of gain, before and behind what is woven


@dataclass(frozen=True, eq=False)
class Bands:
    """A song in three bands, and the mean square of low, mid and high (3, blocks) per block.

    Mid and low are kept at lower rates (`bands.get_steps`), and begin LEAD_BLOCKS before the song:
    there a linear-phase filter rings already, and the interpolators look at it.
    """

    sample_rate_hz: int
    high: Scratch
    mid: Scratch
    low: Scratch
    power: NDArray[np.float32]

    @property
    def rate_hz(self) -> float:
        """Blocks per second."""
        return self.sample_rate_hz / get_grid(self.sample_rate_hz)


@dataclass(frozen=True, eq=False)
class Dynamics:
    """How low, mid and high are compressed: per block, and what decides it, all in dB."""

    reduction_db: NDArray[np.float32]  # (bands, blocks)
    thresholds_db: tuple[float, ...]
    make_ups_db: tuple[float, ...]

    def thin(self) -> Dynamics:
        """The same, with no more than a million blocks to a band: enough for any statistics."""
        step = max(1, -(-self.reduction_db.shape[1] // MOST_BLOCKS))
        return replace(self, reduction_db=self.reduction_db[:, ::step].copy())

    def cut_gains(self, first: int, blocks: int) -> NDArray[np.float32]:
        """Linear gains (bands, blocks + 2 * LEAD_BLOCKS + 1) at the edges around some blocks."""
        edges = np.arange(first - LEAD_BLOCKS, first + blocks + LEAD_BLOCKS + 1)
        reduction = np.take(self.reduction_db, edges, axis=1, mode="clip")
        return to_gain(np.array(self.make_ups_db, np.float32)[:, None] - reduction)


def get_grid(sample_rate_hz: int) -> int:
    """Samples per block of the compressor: two of the limiter's."""
    return 2 * get_block_frames(sample_rate_hz)


def listen(
    pieces: Iterable[Planar], sample_rate_hz: int, bank: Bank, folder: Path | None = None
) -> Bands:
    """Split a song into the three bands of `bank` and measure them."""
    grid = get_grid(sample_rate_hz)
    lead = LEAD_BLOCKS * grid
    rooms = [Scratch(folder, MEMORY_FRAMES // step) for step in bank.steps]
    powers: list[NDArray[np.float32]] = []
    silence = np.zeros((2, lead), np.float32)
    for high, *lower in split_bands(chain([silence], pieces, [silence]), bank):
        rooms[0].append(high if rooms[1].frames else high[:, lead:])
        for room, band in zip(rooms[1:], lower, strict=True):
            room.append(band)
        pairs = zip((high, *lower), bank.steps, strict=True)
        powers.append(np.stack([_measure_power(band, grid // step) for band, step in pairs][::-1]))
    power = np.concatenate(powers, axis=1)[:, LEAD_BLOCKS:]
    high_room, mid_room, low_room = rooms
    return Bands(sample_rate_hz, high_room, mid_room, low_room, np.ascontiguousarray(power))


def plan_dynamics(bands: Bands, voicings: tuple[Voicing, ...] = VOICINGS) -> Dynamics:
    """Decide each band's gain for the whole song."""
    levels = [
        measure_level(power, bands.rate_hz, voicing)
        for power, voicing in zip(bands.power, voicings, strict=True)
    ]
    thresholds = [
        choose_threshold(level_db, voicing)
        for level_db, voicing in zip(levels, voicings, strict=True)
    ]
    reductions = _reduce(levels, thresholds, bands.rate_hz, voicings)
    make_ups = [
        find_make_up(reduction, power)
        for reduction, power in zip(reductions, bands.power, strict=True)
    ]
    return Dynamics(reductions, tuple(thresholds), tuple(make_ups))


def repeat_dynamics(bands: Bands, plan: Dynamics, voicings: tuple[Voicing, ...]) -> Dynamics:
    """Each band's gain for a section of a song that was planned as a whole."""
    levels = [
        measure_level(power, bands.rate_hz, voicing)
        for power, voicing in zip(bands.power, voicings, strict=True)
    ]
    reductions = _reduce(levels, plan.thresholds_db, bands.rate_hz, voicings)
    return Dynamics(reductions, plan.thresholds_db, plan.make_ups_db)


def weave(bands: Bands, dynamics: Dynamics, frames: int, heard: Listen) -> Scratch:
    """Put the bands together, each with its gain; `heard` gets each stretch of the sound.

    The sound takes the place of the high band, the other two are given up.
    """
    _, mid_step, low_step = get_steps(bands.sample_rate_hz)
    mid_taps = design_interpolator(mid_step, TAPS["mid"])
    low_taps = design_interpolator(low_step, TAPS["low"])
    grid = get_grid(bands.sample_rate_hz)
    for start, high in bands.high.rework():
        length = high.shape[1]
        mid, low = (
            band.cut((start + LEAD_BLOCKS * grid) // step - count // 2, length // step + count)
            for band, step, count in (
                (bands.mid, mid_step, len(mid_taps)),
                (bands.low, low_step, len(low_taps)),
            )
        )
        gains = dynamics.cut_gains(start // grid, length // grid)
        kernels.weave_bands(high, mid, low, gains, mid_taps, low_taps)
        heard(high[:, : max(0, frames - start)])
    bands.mid.close()
    bands.low.close()
    bands.high.trim(frames)
    return bands.high


def filter_tone(
    pieces: Iterable[Planar], bank: Bank, frames: int, heard: Listen, folder: Path | None = None
) -> Scratch:
    """The song through the one filter of `bank`."""
    room = Scratch(folder)
    for (band,) in split_bands(pieces, bank):
        heard(band[:, : max(0, frames - room.frames)])
        room.append(band)
    room.trim(frames)
    return room


def _reduce(
    levels: list[Curve],
    thresholds_db: Iterable[float],
    rate_hz: float,
    voicings: tuple[Voicing, ...],
) -> NDArray[np.float32]:
    reduced = [
        decide_reduction(level_db, threshold_db, rate_hz, voicing)
        for level_db, threshold_db, voicing in zip(levels, thresholds_db, voicings, strict=True)
    ]
    return np.stack(reduced)


def _measure_power(band: Planar, block_frames: int) -> NDArray[np.float32]:
    """Mean squares of mid and side together, per block, from left and right."""
    power = np.empty(band.shape[1] // block_frames, np.float32)
    kernels.square_blocks(band, block_frames, power)
    return power * np.float32(0.5 / block_frames)
