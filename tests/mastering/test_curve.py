"""Tone matching: what moves towards the reference, and how far."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.audio.mastering.bands import design_bank
from indieartist.audio.mastering.curve import (
    LIMIT_DB,
    choose_curve,
    match_house,
    match_tone,
    smooth_octaves,
    smooth_third_octave,
)
from indieartist.audio.mastering.profile import Profile, measure_profile
from indieartist.audio.mastering.shape import filter_tone
from indieartist.domain.mastering import HouseCurve, Settings
from indieartist.errors import UserError

HOUSE = HouseCurve("x", "X", ((30.0, 9.0), (1e3, 0.0), (16e3, -9.0)), "", "2026-11-22", "low")
HZ = np.linspace(0.0, 22050.0, 2049)
PINK = 1.0 / np.maximum(HZ, 10.0)


def make_profile(mid: np.ndarray, side: np.ndarray, rate_hz: int = 44100) -> Profile:
    return Profile(rate_hz, mid, side)


def bell(hz: float, gain_db: float, octaves: float = 1.0) -> np.ndarray:
    shape = np.exp(-np.square(np.log2(np.maximum(HZ, 1.0) / hz) / octaves))
    return np.asarray(10.0 ** (gain_db * shape / 10.0))


def test_a_song_already_like_its_reference_is_left_alone() -> None:
    profile = make_profile(PINK, PINK / 10)
    curve = match_tone(profile, make_profile(PINK * 7, PINK * 0.7), 100)
    np.testing.assert_allclose(curve.mid_db, 0.0, atol=1e-6)
    np.testing.assert_allclose(curve.side_db, 0.0, atol=1e-6)


def test_the_curve_follows_a_difference_and_the_amount_scales_it() -> None:
    source, reference = make_profile(PINK, PINK), make_profile(PINK * bell(1000, 3.0), PINK)
    curve = match_tone(source, reference, 50)
    at_1k, at_60 = np.searchsorted(HZ, 1000), np.searchsorted(HZ, 60)
    level = -curve.mid_db[at_60]  # a louder middle lowers everything else
    assert curve.mid_db[at_1k] + level == pytest.approx(1.4, abs=0.15)
    full = match_tone(source, reference, 100)
    np.testing.assert_allclose(full.mid_db, 2 * curve.mid_db, atol=1e-9)


def test_a_wider_reference_widens() -> None:
    curve = match_tone(make_profile(PINK, PINK / 100), make_profile(PINK, PINK / 50), 100)
    at_1k = np.searchsorted(HZ, 1000)
    assert curve.side_db[at_1k] == pytest.approx(3.0, abs=0.3)
    assert abs(curve.mid_db[at_1k]) < 1e-6


def test_a_mono_song_has_no_side_to_match() -> None:
    curve = match_tone(make_profile(PINK, 0 * PINK), make_profile(PINK * bell(400, 5), PINK), 100)
    assert not curve.side_db.any()


@given(st.integers(0, 2**32 - 1), st.floats(0, 100), st.sampled_from([22050, 44100, 96000]))
def test_no_reference_moves_the_tone_by_more_than_6_db(seed: int, amount: float, rate: int) -> None:
    rng = np.random.default_rng(seed)
    source = make_profile(*(10.0 ** rng.uniform(-12, 2, (2, 2049))))
    reference = make_profile(*(10.0 ** rng.uniform(-12, 2, (2, 2049))), rate)
    curve = match_tone(source, reference, amount)
    for gain_db in (curve.mid_db, curve.side_db):
        assert np.abs(gain_db).max() <= LIMIT_DB * amount / 100 + 1e-9
        assert not gain_db[(HZ < 20) | (HZ > 18000)].any()


@given(st.floats(-120, 120))
def test_smoothing_keeps_a_constant(level: float) -> None:
    np.testing.assert_allclose(smooth_third_octave(HZ, np.full(2049, level)), level, atol=1e-9)


def test_matching_brings_the_spectra_together(make_song: Callable[..., np.ndarray]) -> None:
    song, reference = make_song(6.0), make_song(6.0, seed=2, tilt=1.5, density=2.0)
    ours, theirs = measure_profile(song, 44100), measure_profile(reference, 44100)
    curve = match_tone(ours, theirs, 100)
    bank = design_bank(curve, 44100, "linear", split=False)
    filtered = filter_tone([song.T], bank, len(song), lambda _: None).cut(0, len(song)).T
    matched = measure_profile(filtered, 44100)
    heard = (HZ > 100) & (HZ < 8000)

    def distance(profile: Profile) -> float:
        ratio = smooth_third_octave(HZ, theirs.mid) / smooth_third_octave(HZ, profile.mid)
        ratio_db = 10 * np.log10(ratio[heard])
        return float(np.std(ratio_db))

    assert distance(matched) < 0.5 * distance(ours)


def test_quiet_frames_do_not_colour_the_profile(make_song: Callable[..., np.ndarray]) -> None:
    song = make_song(6.0)
    hiss = np.random.default_rng(1).uniform(-1e-3, 1e-3, (44100 * 6, 2)).astype(np.float32)
    alone = measure_profile(song, 44100)
    after_hiss = measure_profile(np.concatenate([song, hiss]), 44100)
    difference = 10 * np.log10(after_hiss.mid[40:1500] / alone.mid[40:1500])
    assert np.abs(difference).max() < 0.5


@pytest.mark.parametrize("frames", [2, 4095, 4096, 4097])
def test_a_short_sound_has_a_profile(frames: int) -> None:
    profile = measure_profile(np.full((frames, 2), 0.5, np.float32), 44100)
    assert np.isfinite(profile.mid).all()
    assert profile.mid.sum() > 0


@given(st.integers(0, 2**32 - 1), st.floats(0, 100))
def test_the_amount_of_a_house_curve_scales_it(seed: int, amount: float) -> None:
    rng = np.random.default_rng(seed)
    source = make_profile(*(10.0 ** rng.uniform(-6, 2, (2, 2049))))
    curve, full = match_house(source, HOUSE, amount), match_house(source, HOUSE, 100.0)
    np.testing.assert_allclose(curve.mid_db, amount / 100 * full.mid_db, atol=1e-9)
    np.testing.assert_array_equal(curve.side_db, curve.mid_db)  # the width stays as it was mixed
    assert np.abs(curve.mid_db).max() <= LIMIT_DB * amount / 100 + 1e-9


@given(st.floats(1e-9, 1e9))
def test_a_house_curve_knows_no_level(gain: float) -> None:
    quiet, loud = make_profile(PINK, PINK / 9), make_profile(PINK * gain, PINK * gain / 9)
    one, other = (match_house(song, HOUSE, 40.0).mid_db for song in (quiet, loud))
    np.testing.assert_allclose(one, other, atol=1e-6)


def test_a_house_curve_moves_the_balance_and_no_single_note() -> None:
    """A note that stands 12 dB out is smoothed over an octave: it keeps standing out."""
    note = make_profile(PINK * bell(440.0, 12.0, 0.05), PINK / 10)
    plain, played = (match_house(p, HOUSE, 100.0).mid_db for p in (make_profile(PINK, PINK), note))
    assert np.abs(played - plain).max() < 2.5


def test_a_song_already_like_a_house_curve_is_left_alone() -> None:
    hz, level_db = np.array(HOUSE.points).T
    at_hz = np.maximum(HZ, HZ[1])
    power = 10.0 ** (np.interp(np.log(at_hz), np.log(hz), level_db) / 10.0) / at_hz
    assert np.abs(match_house(make_profile(power, power), HOUSE, 100.0).mid_db).max() < 1e-6


def test_what_leads_the_tone(make_settings: Callable[..., Settings]) -> None:
    """A curve decided before, else a reference, else the house curve asked for, else nothing."""
    song, record = make_profile(PINK, PINK), make_profile(PINK * bell(1000, 3.0), PINK)
    before = match_tone(song, record, 10.0)
    asked, plain = make_settings(curve=HOUSE), make_settings()
    assert choose_curve(song, before, asked) is before
    expected = match_tone(song, record, 60.0).mid_db
    np.testing.assert_array_equal(choose_curve(song, record, asked).mid_db, expected)
    expected = match_house(song, HOUSE, 60.0).mid_db
    np.testing.assert_array_equal(choose_curve(song, None, asked).mid_db, expected)
    assert choose_curve(song, None, plain).is_flat
    assert choose_curve(song, before, make_settings(curve=HOUSE, bypassed=("tone",))).is_flat


@given(st.floats(-120, 120), st.floats(0.1, 2.0))
def test_smoothing_over_any_width_keeps_a_constant(level: float, octaves: float) -> None:
    smooth = smooth_octaves(HZ, np.full(2049, level), octaves)
    np.testing.assert_allclose(smooth, level, atol=1e-9)


def test_a_silent_reference_leads_nowhere(make_settings: Callable[..., Settings]) -> None:
    silent = make_profile(0 * PINK, 0 * PINK)
    with pytest.raises(UserError, match="hit is silent: it has no tone"):
        choose_curve(make_profile(PINK, PINK), silent, make_settings(reference="hit"))
