"""The tone as it is drawn: pink noise is flat, level is taken out, house curves lie over songs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.audio.mastering.profile import Profile, get_window_frames, measure_profile
from indieartist.audio.mastering.tone import draw_house, measure_tone, sum_bands
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
