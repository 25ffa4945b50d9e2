"""The chain in memory: targets met by three meters, ceilings held, odd sounds survived."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyebur128
import pytest
import scipy.fft
import soundfile

from indieartist.audio.mastering.chain import Shape, make_shape
from indieartist.audio.mastering.level import Take
from indieartist.audio.mastering.source import Song
from indieartist.audio.measure import measure_file
from indieartist.domain.mastering import STAGES, Settings

MakeSong = Callable[..., np.ndarray]
MakeSettings = Callable[..., Settings]
ALL_BYPASSED = tuple(stage for stage in STAGES if stage != "level")


def shape_sound(sound: np.ndarray, rate_hz: int, settings: Settings) -> Shape:
    return make_shape(Song.hold(sound, rate_hz), settings)


def cut_all(shape: Shape) -> np.ndarray:
    return shape.sound.cut(0, shape.sound.frames).T


def whole(take: Take) -> np.ndarray:
    return np.concatenate(list(take.pieces()))


def measure_own(sound: np.ndarray, rate_hz: int = 44100) -> tuple[float, float]:
    """Loudness and true peak by the program's own meters."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sound.wav"
        soundfile.write(path, sound, rate_hz, "FLOAT")
        measured = measure_file(path).measurement
    assert measured.integrated_lufs is not None
    assert measured.true_peak_dbtp is not None
    return measured.integrated_lufs, measured.true_peak_dbtp


def measure_ebur128(sound: np.ndarray, rate_hz: int = 44100) -> tuple[float, float]:
    """Loudness and true peak by libebur128."""
    mode = pyebur128.MeasurementMode.MODE_I | pyebur128.MeasurementMode.MODE_TRUE_PEAK
    state = pyebur128.R128State(2, rate_hz, mode)
    state.add_frames(np.ascontiguousarray(sound, np.float32).ravel(), len(sound))
    peak = max(pyebur128.get_true_peak(state, channel) for channel in (0, 1))
    return pyebur128.get_loudness_global(state), 20 * np.log10(peak)


def measure_reference_peak(sound: np.ndarray, oversampling: int = 16) -> float:
    """True peak by band-limited interpolation of the whole sound in one transform."""
    padded = np.pad(sound.astype(np.float64), ((4096, 4096), (0, 0))).T
    size = scipy.fft.next_fast_len(padded.shape[1], real=True)
    spectrum = scipy.fft.rfft(padded, size)
    points = scipy.fft.irfft(spectrum, size * oversampling) * oversampling
    return float(20 * np.log10(np.abs(points).max()))


@pytest.mark.parametrize("rate_hz", [44100, 48000])
@pytest.mark.parametrize(
    ("lufs", "ceiling"), [(-16.0, -1.0), (-14.0, -1.0), (-11.0, -2.0), (-9.0, -1.0)]
)
def test_targets_are_met_by_every_meter(
    lufs: float, ceiling: float, rate_hz: int, make_song: MakeSong, make_settings: MakeSettings
) -> None:
    settings = make_settings(lufs, ceiling)
    song = make_song(12.0, rate_hz, density=4.0 if lufs > -12 else 1.0)
    take = shape_sound(song, rate_hz, settings).fit(settings)
    assert take.solution.reached
    master = whole(take)
    for measured_lufs, peak_dbtp in (
        measure_own(master, rate_hz),
        measure_ebur128(master, rate_hz),
    ):
        assert measured_lufs == pytest.approx(lufs, abs=0.05)
        assert peak_dbtp <= ceiling
    assert measure_reference_peak(master) <= ceiling + 0.05


def test_a_target_too_loud_is_left_at_the_loudest_clean_level(
    make_song: MakeSong, make_settings: MakeSettings
) -> None:
    settings = make_settings(-6.0)
    take = shape_sound(make_song(12.0), 44100, settings).fit(settings)
    assert not take.solution.reached
    assert take.solution.integrated_lufs == take.solution.loudest_clean_lufs
    assert np.percentile(take.solution.reduction_db, 95) == pytest.approx(6.0, abs=0.6)
    lufs, peak_dbtp = measure_own(whole(take))
    assert lufs == pytest.approx(take.solution.loudest_clean_lufs, abs=0.05)
    assert peak_dbtp <= -1.0


def test_with_every_stage_bypassed_a_master_is_the_song_and_a_gain(
    make_song: MakeSong, make_settings: MakeSettings
) -> None:
    settings = make_settings(-24.0, bypassed=ALL_BYPASSED)
    song = make_song(6.0)
    take = shape_sound(song, 44100, settings).fit(settings)
    gain = np.float32(10.0 ** (take.solution.drive_db / 20.0))
    np.testing.assert_allclose(whole(take), song * gain, rtol=1e-5, atol=1e-9)
    assert measure_own(whole(take))[0] == pytest.approx(-24.0, abs=0.01)


def test_without_the_limiter_the_highest_peak_sets_the_level(
    make_song: MakeSong, make_settings: MakeSettings
) -> None:
    settings = make_settings(-9.0, bypassed=("limiter",))
    take = shape_sound(make_song(6.0), 44100, settings).fit(settings)
    assert not take.solution.reached
    assert not take.solution.reduction_db.any()
    assert measure_own(whole(take))[1] == pytest.approx(-1.1, abs=0.1)


def test_a_song_louder_than_its_target_is_only_turned_down(
    make_song: MakeSong, make_settings: MakeSettings
) -> None:
    settings = make_settings(-20.0)
    loud = np.tanh(4.0 * make_song(6.0)).astype(np.float32)
    take = shape_sound(loud, 44100, settings).fit(settings)
    assert take.solution.drive_db < 0.0
    assert take.solution.reduction_db.max() < 1e-9
    assert measure_own(whole(take))[0] == pytest.approx(-20.0, abs=0.01)


def test_the_song_itself_is_not_touched(make_song: MakeSong, make_settings: MakeSettings) -> None:
    song = make_song(3.0).copy()
    before = song.copy()
    settings = make_settings()
    shape_sound(song, 44100, settings).fit(settings)
    np.testing.assert_array_equal(song, before)


def test_a_dc_offset_is_removed(make_song: MakeSong, make_settings: MakeSettings) -> None:
    settings = make_settings(bypassed=("dynamics",))
    shape = shape_sound(make_song(6.0) + np.array([0.1, -0.05], np.float32), 44100, settings)
    np.testing.assert_allclose(shape.offset, [0.1, -0.05], atol=1e-5)
    assert np.abs(cut_all(shape).mean(axis=0)).max() < 1e-6
    kept = make_settings(bypassed=("offset", "dynamics"))
    assert cut_all(shape_sound(cut_all(shape) + np.float32(0.1), 44100, kept)).mean() > 0.09


def square(frames: int) -> np.ndarray:
    return np.sign(np.sin(2 * np.pi * 441.0 * (np.arange(frames) + 0.5) / 44100))


def alternating(frames: int) -> np.ndarray:
    """Full up to half the sample rate: the worst case for every true-peak meter."""
    return np.sign(np.random.default_rng(5).uniform(-1, 1, frames))


def click(frames: int) -> np.ndarray:
    sound = 1e-3 * np.sin(np.arange(frames) * 0.1)
    sound[frames // 2] = 1.0
    return sound


def far_too_loud(frames: int) -> np.ndarray:
    return 1e5 * np.sin(np.arange(frames) * 0.1)


def almost_silent(frames: int) -> np.ndarray:
    return 1e-3 * np.sin(np.arange(frames) * 0.1)


@pytest.mark.parametrize("lufs", [-14.0, -8.0])
@pytest.mark.parametrize("make", [square, alternating, click, far_too_loud, almost_silent])
@pytest.mark.parametrize("frames", [30_000, 200_000])
def test_odd_sounds_end_below_the_ceiling(
    make: Callable[[int], np.ndarray], frames: int, lufs: float, make_settings: MakeSettings
) -> None:
    sound = np.repeat(make(frames).astype(np.float32)[:, None], 2, axis=1)
    settings = make_settings(lufs)
    take = shape_sound(sound, 44100, settings).fit(settings)
    master = whole(take)
    assert np.isfinite(master).all()
    measured_lufs, peak_dbtp = measure_own(master)
    assert peak_dbtp <= -1.0
    assert measured_lufs <= lufs + 0.1
    if take.solution.reached:
        assert measured_lufs == pytest.approx(lufs, abs=0.1)


@pytest.mark.parametrize(
    ("start", "length"), [(0, 100), (-50, 200), (12_345, 4_321), (88_000, 999)]
)
def test_a_cut_is_a_part_of_the_whole(
    start: int, length: int, make_song: MakeSong, make_settings: MakeSettings
) -> None:
    settings = make_settings(-12.0)
    take = shape_sound(make_song(2.0), 44100, settings).fit(settings)
    padded = np.pad(whole(take), ((1000, 1000), (0, 0)))
    np.testing.assert_allclose(
        take.cut(start, length).T, padded[1000 + start : 1000 + start + length], rtol=1e-6
    )
