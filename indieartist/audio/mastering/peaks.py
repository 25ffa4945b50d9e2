"""True peaks per control block by matrix product: what the limiter and the last check look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.true_peak import OVERSAMPLING, TAPS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.mastering.control import Curve, Cut

KAISER_BETA = 7.0
BLOCKS_PER_BATCH = 512  # larger batches leave the processor's cache: twice the time


@dataclass(frozen=True, slots=True)
class Detector:
    """An oversampling peak detector: points per sample, taps behind each, and their window."""

    oversampling: int
    taps: int
    window: str = "kaiser"


def get_detector(sample_rate_hz: int) -> Detector:
    """The limiter's detector: 8 points per sample at 44.1 and 48 kHz, fewer at higher rates."""
    halvings = max(0, round(float(np.log2(sample_rate_hz / 48000))))
    return Detector(max(2, OVERSAMPLING >> halvings), TAPS)


def get_judges(sample_rate_hz: int) -> tuple[Detector, ...]:
    """The detectors of the last check: a finer one, and those of the meters that will be used.

    The second is that of `audio.true_peak`, the third libebur128's: 4 or 2 points per sample,
    short and Hann-windowed, which can read 0.15 dB too high near half the sample rate.
    """
    fine = Detector(4 * get_detector(sample_rate_hz).oversampling, 128)
    short = Detector(*((4, 12) if sample_rate_hz < 96000 else (2, 24)), "hann")
    return fine, Detector(OVERSAMPLING, TAPS), short


def measure_block_peaks(
    cut: Cut, blocks: NDArray[np.intp], block_frames: int, detector: Detector
) -> Curve:
    """The true peak, linear, of both channels together in each of `blocks`, in rising order.

    A block's peak is the largest of the band-limited signal's values at `oversampling` points per
    sample (ITU-R BS.1770-5 annex 2, with a longer Kaiser-windowed sinc).
    """
    matrix = _interpolator(block_frames, detector)
    lead = detector.taps // 2 - 1
    peaks = np.zeros(len(blocks))
    for batch in range(0, len(blocks), BLOCKS_PER_BATCH):
        starts = blocks[batch : batch + BLOCKS_PER_BATCH] * block_frames
        first = int(starts[0])
        stretch = cut(first - lead, int(starts[-1]) - first + matrix.shape[1])
        peaks[batch : batch + len(starts)] = _find_peaks(stretch, starts - first, matrix)
    return peaks


def _find_peaks(
    stretch: NDArray[np.float32], starts: NDArray[np.intp], matrix: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Largest magnitude of `matrix` times the windows at `starts` of two channels. Hot."""
    windows = np.lib.stride_tricks.sliding_window_view(stretch, matrix.shape[1], axis=1)
    found = [matrix @ channel[starts].T for channel in windows]
    peaks = [np.maximum(points.max(axis=0), -points.min(axis=0)) for points in found]
    return np.asarray(np.maximum(*peaks))


@cache
def _interpolator(block_frames: int, detector: Detector) -> NDArray[np.float32]:
    """Rows: each point of a block; columns: samples from taps/2 - 1 before it to taps/2 after."""
    reach, points = detector.taps // 2, block_frames * detector.oversampling
    at = np.arange(points)[:, None] / detector.oversampling + reach - 1
    distance = at - np.arange(block_frames + detector.taps - 1)
    shape = np.clip(distance / reach, -1.0, 1.0)
    if detector.window == "hann":
        window = np.square(np.cos(np.pi / 2 * shape))
    else:
        window = np.i0(KAISER_BETA * np.sqrt(1.0 - np.square(shape))) / np.i0(KAISER_BETA)
    inside = np.abs(distance) < reach
    return np.asarray(np.sinc(distance) * window * inside, dtype=np.float32)
