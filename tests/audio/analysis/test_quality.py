"""Quality by levels: what is wrong is found, what only looks like it is let pass."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from indieartist.audio.analysis.quality import judge_levels
from indieartist.audio.statistics import Statistics
from indieartist.audio.window import Window

RATE_HZ = 44_100
Sound = NDArray[np.float32]


def judge(sound: Sound, rate_hz: int = RATE_HZ):
    """The figures of samples, shape (n, channels), through the program's own meters."""
    window, statistics = (kind(rate_hz, sound.shape[1]) for kind in (Window, Statistics))
    for stretch in window.cut([np.ascontiguousarray(sound, np.float32)]):
        statistics.feed(stretch)
    return judge_levels(statistics.levels)


def noise(seconds: float = 2.0, level: float = 0.1, seed: int = 1, channels: int = 2) -> Sound:
    dice = np.random.default_rng(seed)
    return (level * dice.standard_normal((round(seconds * RATE_HZ), channels))).astype(np.float32)


def between(before: Sound, seconds: float, after: Sound) -> Sound:
    gap = np.zeros((round(seconds * RATE_HZ), before.shape[1]), np.float32)
    return np.concatenate([before, gap, after])


@pytest.mark.parametrize("wanted_db", [-12.0, -1.5, 0.0, 3.0])
def test_balance_is_the_power_of_left_over_right(wanted_db):
    sound = np.repeat(noise(channels=1), 2, axis=1) * np.float32([10 ** (wanted_db / 20), 1])
    assert judge(sound)["balance_db"] == pytest.approx(wanted_db, abs=0.01)


@pytest.mark.parametrize(
    ("right", "loss_db"),
    [
        (noise(seed=1)[:, 0], 0.0),  # the same
        (noise(seed=2)[:, 0], 3.0),  # another
        (-noise(seed=1)[:, 0], 100.0),  # the opposite
    ],
)
def test_mono_loses_what_is_unlike(right, loss_db):
    sound = np.stack([noise(seed=1)[:, 0], right], axis=1)
    assert judge(sound)["mono_loss_db"] == pytest.approx(loss_db, abs=0.1)


def test_the_time_out_of_phase_is_counted():
    mono = np.repeat(noise(4.0, channels=1), 2, axis=1)
    mono[RATE_HZ : 2 * RATE_HZ, 1] *= -1
    found = judge(between(mono, 4.0, mono[:0]))
    assert found["negative_correlation_pct"] == pytest.approx(25, abs=1)


def test_mono_and_silence_have_no_stereo_image():
    for sound in (noise(channels=1), np.zeros((RATE_HZ, 2), np.float32)):
        found = judge(sound)
        assert found["balance_db"] is found["negative_correlation_pct"] is None
        assert found["mono_loss_db"] is None


def test_one_silent_channel_has_no_balance():
    assert judge(noise() * np.float32([1, 0]))["balance_db"] is None


def test_the_noise_floor_is_what_is_under_the_music():
    hiss = noise(10.0, level=1e-4)
    hiss[: 9 * RATE_HZ] += noise(9.0)
    assert judge(hiss)["noise_floor_dbfs"] == pytest.approx(-80, abs=0.5)
    assert judge(between(hiss, 5.0, hiss))["noise_floor_dbfs"] == pytest.approx(-80, abs=0.5)


def test_silence_has_no_noise_floor():
    found = judge(np.zeros((RATE_HZ, 2), np.float32))
    assert found["noise_floor_dbfs"] is None
    assert (found["digital_black_ms"], found["dropouts"]) == (1000, 0)


@pytest.mark.parametrize("seconds", [0.08, 0.3, 0.9])
def test_a_hole_in_the_music_is_a_dropout(seconds):
    found = judge(between(noise(seed=1), seconds, noise(seed=2)))
    assert found["dropouts"] == 1
    assert found["digital_black_ms"] == pytest.approx(seconds * 1000, abs=20)


def test_every_hole_is_counted():
    piece = noise(0.5)
    assert judge(between(between(piece, 0.1, piece), 0.2, piece))["dropouts"] == 2


@pytest.mark.parametrize(
    "sound",
    [
        noise(),
        between(noise()[:0], 0.5, noise()),  # silence at the head
        between(noise(), 0.5, noise()[:0]),  # and at the tail
        between(noise(), 2.0, noise()),  # a rest
        between(noise(), 0.03, noise()),  # shorter than 50 ms
        between(noise() * np.linspace(1, 0, 2 * RATE_HZ)[:, None], 0.3, noise()),  # dies away
        np.concatenate([noise(), noise(0.5, level=1e-6), noise()]),  # quiet, but not dead
        between(noise(level=1e-4), 0.3, noise(level=1e-4)),  # hiss that a gate takes away
    ],
)
def test_what_is_no_hole_is_let_pass(sound):
    assert judge(sound)["dropouts"] == 0


@given(
    st.lists(st.sampled_from([0.0, 0.1]), min_size=0, max_size=40),
    st.sampled_from([8_000, 22_050, 44_100]),
)
def test_any_pattern_of_silence_gives_figures(levels, rate_hz):
    steady = np.repeat(levels, rate_hz // 20)[:, None] * np.float32([1, -1])
    found = judge(steady.reshape(-1, 2), rate_hz)
    length_ms = 50 * len(levels)
    assert 0 <= found["digital_black_ms"] <= length_ms
    assert 0 <= found["dropouts"] <= len(levels) // 2
