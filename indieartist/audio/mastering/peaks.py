"""True peaks per control block: what the limiter and the last check look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio import kernels
from indieartist.audio.mastering.control import get_block_frames
from indieartist.audio.true_peak import OVERSAMPLING, TAPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from indieartist.audio.mastering.control import Curve, Cut
    from indieartist.audio.mastering.scratch import Planar

KAISER_BETA = 7.0
STRETCH_FRAMES = 1 << 16  # at most, of what is cut at once
GAP_FRAMES = 1 << 12  # between two blocks: more of it, and two cuts cost less than one


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


def get_meters(sample_rate_hz: int) -> tuple[Detector, ...]:
    """The detectors of the meters that will be used: our own, and libebur128's.

    The second has 4 or 2 points per sample, is short and Hann-windowed, and can read 0.15 dB too
    high near half the sample rate.
    """
    short = Detector(*((4, 12) if sample_rate_hz < 96000 else (2, 24)), "hann")
    return Detector(OVERSAMPLING, TAPS), short


def get_reference(sample_rate_hz: int) -> Detector:
    """The detector of the last word: 32 points per sample at 44.1 and 48 kHz."""
    return Detector(4 * get_detector(sample_rate_hz).oversampling, 128)


def measure_block_peaks(
    cut: Cut, blocks: NDArray[np.int64], block_frames: int, detector: Detector
) -> Curve:
    """The true peak, linear, of both channels together in each of `blocks`, in rising order.

    A block's peak is the largest of the band-limited signal's values at `oversampling` points per
    sample (ITU-R BS.1770-5 annex 2, with a longer Kaiser-windowed sinc).
    """
    found = [
        _find_peaks(stretch, starts, block_frames, detector)
        for stretch, starts in _cut_stretches(cut, blocks, block_frames, detector.taps // 2)
    ]
    return np.concatenate([np.empty(0, np.float32), *found])


def judge_blocks(cut: Cut, blocks: NDArray[np.int64], sample_rate_hz: int, doubted: float) -> float:
    """The highest true peak, linear, that a judge finds in `blocks` of the control grid.

    Both meters look at every block; the finest detector, which takes its time, at those where one
    of them reads more than `doubted`.
    """
    block_frames, finest = get_block_frames(sample_rate_hz), get_reference(sample_rate_hz)
    highest = 0.0
    for stretch, starts in _cut_stretches(cut, blocks, block_frames, finest.taps // 2):
        found = [
            _find_peaks(stretch, starts, block_frames, meter)
            for meter in get_meters(sample_rate_hz)
        ]
        peaks = np.maximum(*found)
        doubtful = starts[peaks > doubted]
        if doubtful.size:
            peaks = np.append(peaks, _find_peaks(stretch, doubtful, block_frames, finest))
        highest = max(highest, float(peaks.max()))
    return highest


def _cut_stretches(
    cut: Cut, blocks: NDArray[np.int64], block_frames: int, reach: int
) -> Iterator[tuple[Planar, NDArray[np.int64]]]:
    """The stretches (2, n) that hold `blocks` and `reach` around, and where in them each begins."""
    far = np.diff(blocks) * block_frames > GAP_FRAMES
    apart = np.flatnonzero(far | (np.diff(blocks // (STRETCH_FRAMES // block_frames)) > 0)) + 1
    for chosen in np.split(blocks, apart) if blocks.size else ():
        first = int(chosen[0]) * block_frames - reach
        starts = chosen * block_frames - first
        yield cut(first, int(starts[-1]) + block_frames + reach), starts


def _find_peaks(
    stretch: Planar, starts: NDArray[np.int64], block_frames: int, detector: Detector
) -> Curve:
    taps = get_taps(detector)
    peaks = np.empty(len(starts), np.float32)
    windows = starts - (taps.shape[1] // 2 - 1)
    kernels.find_block_peaks(stretch, windows, block_frames, taps, peaks)
    return peaks


@cache
def get_taps(detector: Detector) -> NDArray[np.float32]:
    """Rows: the points up to half-way between two samples; the others are their mirror images."""
    reach = detector.taps // 2
    at = np.arange(1, detector.oversampling // 2 + 1)[:, None] / detector.oversampling + reach - 1
    distance = at - np.arange(detector.taps)
    shape = np.clip(distance / reach, -1.0, 1.0)
    if detector.window == "hann":
        window = np.square(np.cos(np.pi / 2 * shape))
    else:
        window = np.i0(KAISER_BETA * np.sqrt(1.0 - np.square(shape))) / np.i0(KAISER_BETA)
    return np.asarray(np.sinc(distance) * window, dtype=np.float32)
