"""The song as the level solver sees it: K-weighted power and true peak of each control block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import scipy.fft

from indieartist.audio.loudness import (
    BINS_PER_S,
    DECAY_S,
    gating_blocks,
    integrated_lufs,
    k_coefficients,
)
from indieartist.audio.mastering.control import cut_stereo, decibels, get_block_frames
from indieartist.audio.mastering.peaks import get_detector, measure_block_peaks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.mastering.control import Curve, Sound


@dataclass(frozen=True, eq=False)
class Programme:
    """`power`: sum of both channels' K-weighted squares per block; `peak_db`: linked true peak."""

    sample_rate_hz: int
    power: Curve
    peak_db: Curve

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
        return self.predict_lufs(np.zeros(len(self.power)))

    def predict_lufs(self, gain_db: Curve) -> float | None:
        """Integrated loudness once each block has its `gain_db`; None where all is silent.

        A gain that changes slowly commutes with the K filter, so its square scales the power.
        """
        total = np.cumsum(np.append(0.0, self.power * np.power(10.0, gain_db / 10.0)))
        bins = int((len(total) - 1) * BINS_PER_S / self.rate_hz)
        edges = np.arange(bins + 1) * self.sample_rate_hz // BINS_PER_S
        at_edges = np.interp(edges / self.block_frames, np.arange(len(total)), total)
        return integrated_lufs(gating_blocks(np.diff(at_edges) / np.diff(edges)))


def measure_programme(sound: Sound, sample_rate_hz: int) -> Programme:
    """Measure `sound` (frames, 2) on the control grid."""
    block_frames = get_block_frames(sample_rate_hz)
    blocks = -(-len(sound) // block_frames)
    peaks = measure_block_peaks(
        lambda start, length: cut_stereo(sound, start, length),
        np.arange(blocks),
        block_frames,
        get_detector(sample_rate_hz),
    )
    power = _measure_power(sound, sample_rate_hz)[:blocks]
    return Programme(sample_rate_hz, power, decibels(np.square(peaks)))


def _measure_power(sound: Sound, sample_rate_hz: int) -> Curve:
    """Sum of both channels' K-weighted squares per control block, by overlap-save. Hot."""
    block_frames = get_block_frames(sample_rate_hz)
    history = -(-int(DECAY_S * sample_rate_hz) // block_frames) * block_frames
    size = scipy.fft.next_fast_len(4 * history, real=True)
    hop = (size - history) // block_frames * block_frames
    response = _respond(sample_rate_hz, size)
    ones = np.ones(block_frames, np.float32)
    parts = []
    for start in range(0, len(sound), hop):
        spectrum = scipy.fft.rfft(cut_stereo(sound, start - history, size))
        weighted = scipy.fft.irfft(spectrum * response, size)[:, history : history + hop]
        parts.append(np.square(weighted).reshape(2, -1, block_frames) @ ones)
    return np.asarray(np.concatenate(parts, axis=1).sum(axis=0, dtype=np.float64))


def _respond(sample_rate_hz: int, size: int) -> NDArray[np.complex64]:
    """The K filter's response at the bins of a real transform of `size`."""
    delay = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    response = np.ones(len(delay), np.complex128)
    for b0, b1, b2, a1, a2 in k_coefficients(sample_rate_hz):
        response *= (b0 + b1 * delay + b2 * delay**2) / (1.0 + a1 * delay + a2 * delay**2)
    return response.astype(np.complex64)
