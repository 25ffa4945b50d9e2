"""The long-term spectrum of a song in mid and side: what tone matching compares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import scipy.fft

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.mastering.control import Sound

GATE_DB = 10.0  # frames quieter than the mean by more than this say nothing about the tone
BATCH_FRAMES = 32


@dataclass(frozen=True, eq=False)
class Profile:
    """Mean power spectra of (L+R)/2 and (L-R)/2, one value per bin from 0 Hz to half the rate."""

    sample_rate_hz: int
    mid: NDArray[np.float64]
    side: NDArray[np.float64]

    @property
    def frequencies_hz(self) -> NDArray[np.float64]:
        """The frequency of each bin."""
        return np.linspace(0.0, self.sample_rate_hz / 2.0, len(self.mid))


def measure_profile(sound: Sound, sample_rate_hz: int) -> Profile:
    """Average the spectra of Hann windows of about 93 ms, every second one, loud parts only.

    `sound` is (frames, 2); shorter than a window, it is padded with silence.
    """
    size = get_window_frames(sample_rate_hz)
    starts = range(0, max(1, len(sound) - size + 1), 2 * size)
    window = np.hanning(size + 1)[:-1].astype(np.float32)
    batches = [
        _measure_windows(sound, starts[i : i + BATCH_FRAMES], window)
        for i in range(0, len(starts), BATCH_FRAMES)
    ]
    level = np.concatenate([power for _, power in batches])
    loud = level >= level.mean() * 10.0 ** (-GATE_DB / 10.0)
    parts = np.split(loud, np.cumsum([len(power) for _, power in batches])[:-1])
    total = sum(
        np.tensordot(keep.astype(np.float64), spectra, axes=1)
        for keep, (spectra, _) in zip(parts, batches, strict=True)
    )
    mid, side = np.asarray(total) / max(1, int(loud.sum()))
    return Profile(sample_rate_hz, mid, side)


def get_window_frames(sample_rate_hz: int) -> int:
    """Window length: 4096 samples at 44.1 and 48 kHz, the same time at other rates."""
    return 1 << round(float(np.log2(4096 * sample_rate_hz / 44100)))


def _measure_windows(
    sound: Sound, starts: range, window: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Power spectra (windows, 2, bins) of mid and side at `starts`, and each window's power."""
    cut = np.zeros((len(starts), 2, len(window)), np.float32)
    for row, start in zip(cut, starts, strict=True):
        piece = sound[start : start + len(window)].T
        row[0, : piece.shape[1]] = (piece[0] + piece[1]) / 2
        row[1, : piece.shape[1]] = (piece[0] - piece[1]) / 2
    spectra = np.square(np.abs(scipy.fft.rfft(cut * window)))
    return spectra, spectra.sum(axis=(1, 2), dtype=np.float64)
