"""The tone as it is drawn: pink noise is flat, level is taken out, house curves lie over songs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.audio.mastering.profile import Profile, get_window_frames, measure_profile
from indieartist.audio.mastering.programme import measure_programme
from indieartist.audio.mastering.tone import (
    draw_house,
    measure_bands,
    measure_tone,
    measure_width,
    sum_bands,
)
from indieartist.domain.mastering import HouseCurve


def pink(rate_hz: int = 44100, gain_db: float = 0.0, side_db: float = -12.0) -> Profile:
    hz = np.linspace(0, rate_hz / 2, get_window_frames(rate_hz) // 2 + 1)
    power = 10 ** (gain_db / 10) / np.maximum(hz, hz[1])
    return Profile(rate_hz, power, power * 10 ** (side_db / 10))


@pytest.mark.parametrize("rate_hz", [32000, 44100, 96000])
def test_pink_noise_is_flat(rate_hz: int) -> None:
    line = measure_tone(pink(rate_hz))
    assert line.side_db is not None
    heard = line.hz > 40
    np.testing.assert_allclose(line.mid_db[heard], 0.0, atol=0.4)
    np.testing.assert_allclose(line.side_db[heard], -12.0, atol=0.4)
    assert line.hz[-1] < rate_hz / 2


def test_a_sine_stands_in_its_own_band() -> None:
    time = np.arange(44100 * 2) / 44100
    sine = np.sin(2 * np.pi * 1000 * time)
    noise = 1e-3 * np.random.default_rng(1).standard_normal(len(time))
    sound = np.stack([sine + noise] * 2, axis=1).astype(np.float32)
    line = measure_tone(measure_profile(sound, 44100))
    assert line.hz[line.mid_db.argmax()] == pytest.approx(1000, rel=0.13)
    assert line.side_db is not None and np.isneginf(line.side_db).all()


@given(gain_db=st.floats(-60, 60))
def test_the_level_is_taken_out(gain_db: float) -> None:
    quiet, loud = measure_tone(pink()), measure_tone(pink(gain_db=gain_db))
    np.testing.assert_allclose(quiet.mid_db, loud.mid_db, atol=1e-3)


def test_silence_has_no_tone() -> None:
    line = measure_tone(Profile(44100, np.zeros(2049), np.zeros(2049)))
    assert np.isneginf(line.mid_db).all()


def test_a_house_curve_goes_through_its_points() -> None:
    house = HouseCurve("h", "H", ((100.0, 6.0), (10000.0, -6.0)), "", "2026-11-22", "low")
    line = draw_house(house)
    assert line.side_db is None
    at = np.interp([100.0, 1000.0, 10000.0], line.hz, line.mid_db)
    np.testing.assert_allclose(at[0] - at[1:], [6.0, 12.0], atol=0.1)
    assert line.mid_db[0] == pytest.approx(line.mid_db[20])


@given(edges=st.lists(st.floats(30, 20000), min_size=2, max_size=9, unique=True))
def test_neighbouring_bands_add_up(edges: list[float]) -> None:
    power = np.random.default_rng(2).random(2049)
    low = np.array(sorted(edges))
    parts = sum_bands(power, 44100, low[:-1], low[1:])
    whole = sum_bands(power, 44100, low[:1], low[-1:])
    assert parts.sum() == pytest.approx(whole[0])


EDGES_HZ = (20.0, 150.0, 600.0, 2500.0, 8000.0, 20000.0)


@given(gain_db=st.floats(-40, 40))
def test_bands_and_width_know_no_level(gain_db: float) -> None:
    quiet, loud = pink(), pink(gain_db=gain_db)
    np.testing.assert_allclose(measure_bands(quiet, EDGES_HZ), measure_bands(loud, EDGES_HZ))
    assert measure_width(loud) == pytest.approx(-12.0)


def test_a_band_that_is_raised_is_found() -> None:
    song = pink(side_db=-20.0)
    lift = np.where(song.frequencies_hz > 8000, 10**0.3, 1.0)
    bright = Profile(44100, song.mid * lift, song.side * lift)
    pairs = zip(measure_bands(song, EDGES_HZ), measure_bands(bright, EDGES_HZ), strict=True)
    moved = [new - old for old, new in pairs if old is not None and new is not None]
    assert moved[4] - moved[2] == pytest.approx(3.0, abs=0.02)
    assert all(-1.5 < by < 0 for by in moved[:4])


def test_what_does_not_sound_has_no_level() -> None:
    hz = np.linspace(0, 11025, 1025)
    low = Profile(22050, np.where(hz < 500, 1.0, 0.0), np.zeros(1025))
    bands = measure_bands(low, EDGES_HZ)
    assert [level is None for level in bands] == [False, False, True, True, True]
    assert measure_width(low) is None
    silent = Profile(44100, np.zeros(2049), np.zeros(2049))
    assert measure_bands(silent, EDGES_HZ) == (None,) * 5 and measure_width(silent) is None


def test_the_bands_stand_over_the_loudness_that_meters_show() -> None:
    noise = np.random.default_rng(5).standard_normal((44100 * 4, 2)).astype(np.float32) * 0.1
    profile = measure_profile(noise, 44100)
    (whole,) = measure_bands(profile, (20.0, 22050.0))
    programme = measure_programme(noise, 44100).measure_lufs()
    assert programme is not None and whole is not None
    power_db = 10 * np.log10(np.square(noise).sum(axis=1).mean())
    assert whole == pytest.approx(power_db - 0.691 - programme, abs=0.1)
