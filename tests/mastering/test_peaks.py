"""The peak detectors against sines whose true peak is known, and against libebur128."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyebur128
import pytest

from indieartist.audio.mastering.control import get_block_frames
from indieartist.audio.mastering.peaks import (
    Detector,
    get_detector,
    get_meters,
    get_reference,
    measure_block_peaks,
)
from indieartist.audio.mastering.scratch import Scratch


def find_peaks(sound: np.ndarray, rate_hz: int, detector: Detector) -> np.ndarray:
    block_frames = get_block_frames(rate_hz)
    blocks = np.arange(-(-len(sound) // block_frames))
    return measure_block_peaks(keep(sound).cut, blocks, block_frames, detector)


def keep(sound: np.ndarray) -> Scratch:
    room = Scratch()
    room.append(sound.T)
    return room


@pytest.mark.parametrize("rate_hz", [44100, 48000, 96000, 192000])
@pytest.mark.parametrize("divider", [4, 6, 8, 2.3])
def test_a_sine_between_its_samples(rate_hz: int, divider: float) -> None:
    """EBU Tech 3341 cases 15 to 19: sines whose samples miss their crests."""
    phase = 2 * np.pi / divider * np.arange(20_000) + np.pi / divider
    sound = np.repeat((0.5 * np.sin(phase)).astype(np.float32)[:, None], 2, axis=1)
    sound *= np.hanning(len(sound))[:, None].astype(np.float32)
    peak = find_peaks(sound, rate_hz, get_detector(rate_hz)).max()
    assert 20 * np.log10(peak / 0.5) == pytest.approx(0.0, abs=0.15)
    fine = find_peaks(sound, rate_hz, get_reference(rate_hz)).max()
    assert 20 * np.log10(fine / 0.5) == pytest.approx(0.0, abs=0.05)


@pytest.mark.parametrize("rate_hz", [44100, 48000, 96000])
def test_one_judge_is_libebur128(rate_hz: int) -> None:
    sound = np.random.default_rng(1).uniform(-1, 1, (20_000, 2)).astype(np.float32)
    state = pyebur128.R128State(2, rate_hz, pyebur128.MeasurementMode.MODE_TRUE_PEAK)
    state.add_frames(sound.ravel(), len(sound))
    theirs = max(pyebur128.get_true_peak(state, channel) for channel in (0, 1))
    assert find_peaks(sound, rate_hz, get_meters(rate_hz)[1]).max() == pytest.approx(
        theirs, rel=1e-4
    )


def test_blocks_can_be_asked_one_by_one(make_song: Callable[..., np.ndarray]) -> None:
    song = make_song(1.0)
    every = find_peaks(song, 44100, get_detector(44100))
    some = np.array([0, 3, 700, 701, len(every) - 1])
    chosen = measure_block_peaks(keep(song).cut, some, 16, get_detector(44100))
    np.testing.assert_allclose(chosen, every[some], rtol=1e-5)


def test_no_block_is_below_its_samples(make_song: Callable[..., np.ndarray]) -> None:
    song = make_song(1.0)
    samples = np.abs(song[: len(song) // 16 * 16]).reshape(-1, 32).max(axis=1)
    assert (find_peaks(song, 44100, get_detector(44100))[: len(samples)] >= samples - 1e-6).all()
