"""Tone and dynamics: the song through its bands twice, once to listen and once to work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.mastering.bands import join_stereo, split_bands
from indieartist.audio.mastering.compressor import balance_band, decide_reduction
from indieartist.audio.mastering.control import draw_lines, get_block_frames
from indieartist.domain.mastering import VOICINGS, Voicing
from indieartist.domain.progress import Report, silent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from indieartist.audio.mastering.bands import Bank
    from indieartist.audio.mastering.control import Sound

REPORTS = 8


@dataclass(frozen=True, eq=False)
class Dynamics:
    """Per band and block, in dB: what the compressor takes off, and the gain that results."""

    reduction_db: NDArray[np.float64]  # (bands, blocks)
    gain_db: NDArray[np.float64]


def plan_dynamics(
    sound: Sound,
    sample_rate_hz: int,
    bank: Bank,
    voicings: tuple[Voicing, ...] = VOICINGS,
    report: Report = silent,
) -> Dynamics:
    """Listen to the bands of `sound` (frames, 2) and decide each one's gain for the whole song."""
    block_frames = get_block_frames(sample_rate_hz)
    powers = np.concatenate(
        [_measure_power(bands, block_frames) for _, bands in _pieces(sound, bank, report)], axis=1
    )
    rate_hz = sample_rate_hz / block_frames
    pairs = list(zip(powers, voicings, strict=True))
    reductions = [decide_reduction(power, rate_hz, voicing) for power, voicing in pairs]
    gains = [balance_band(cut, power) for cut, power in zip(reductions, powers, strict=True)]
    return Dynamics(np.stack(reductions), np.stack(gains))


def render_shape(
    sound: Sound,
    sample_rate_hz: int,
    bank: Bank,
    dynamics: Dynamics | None,
    report: Report = silent,
) -> Sound:
    """Filter `sound` through `bank`, each band with its gain, into a new array."""
    block_frames = get_block_frames(sample_rate_hz)
    shaped = np.empty_like(sound)
    for start, bands in _pieces(sound, bank, report):
        mixed = bands[0] if dynamics is None else _mix(bands, dynamics, start, block_frames)
        out = shaped[start : start + bands.shape[-1]]
        join_stereo(mixed[:, : len(out)], out)
    return shaped


def _pieces(sound: Sound, bank: Bank, report: Report) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """The bands piece by piece, reporting now and then."""
    due = 0.0
    for start, bands in split_bands(sound, bank):
        if start >= due:
            report(start / len(sound))
            due += len(sound) / REPORTS
        yield start, bands


def _measure_power(bands: NDArray[np.float32], block_frames: int) -> NDArray[np.float64]:
    """Mean squares (bands, blocks) of mid and side together. Hot."""
    blocks = np.square(bands).reshape(*bands.shape[:2], -1, block_frames)
    mean = blocks @ np.full(block_frames, 1.0 / block_frames, np.float32)
    return np.asarray(mean.sum(axis=1, dtype=np.float64))


def _mix(
    bands: NDArray[np.float32], dynamics: Dynamics, start: int, block_frames: int
) -> NDArray[np.float32]:
    """The sum (2, frames) of the bands, each with its gain drawn between block edges. Hot."""
    first = start // block_frames
    last = first + bands.shape[-1] // block_frames
    edges = np.minimum(np.arange(first, last + 1), dynamics.gain_db.shape[1] - 1)
    lines = [draw_lines(gain_db[edges], block_frames) for gain_db in dynamics.gain_db]
    return np.asarray(np.einsum("bcn,bn->cn", bands, np.stack(lines)))
