"""Dither: deterministic, triangular, one step."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.audio.encode import quantise
from indieartist.audio.mastering.dither import Dither, get_seed

EXPECTED = [-0.116560172988, 0.411128157284, -0.463403530885, -0.3933838394]


def test_the_same_sound_gets_the_same_noise_however_it_is_cut() -> None:
    sound = np.random.default_rng(3).uniform(-1, 1, (1000, 2)).astype(np.float32)
    whole = Dither(get_seed(sound), bits=24).add_to(sound)
    source = Dither(get_seed(sound.copy()), bits=24)
    parts = [source.add_to(sound[:333]), source.add_to(sound[333:])]
    np.testing.assert_array_equal(whole, np.concatenate(parts))


def test_the_noise_does_not_change_with_the_version_of_numpy() -> None:
    """Written down once: masters made today must be made again alike in years to come."""
    noise = Dither(2026, bits=2).add_to(np.zeros((2, 2), np.float32))
    np.testing.assert_allclose(noise.ravel() * 2, EXPECTED, atol=1e-9)


def test_another_sound_gets_other_noise() -> None:
    sound = np.zeros((1000, 2), np.float32)
    other = sound.copy()
    other[0, 0] = 1e-3
    assert get_seed(sound) != get_seed(other)


@pytest.mark.parametrize("bits", [16, 24])
def test_the_noise_is_triangular_and_the_mean_is_the_sound(bits: int) -> None:
    sound = np.full((200_000, 2), 0.3 / (1 << (bits - 1)), np.float32)
    steps = quantise(Dither(1, bits=bits).add_to(sound), bits) >> (32 - bits)
    assert set(np.unique(steps)) == {-1, 0, 1}
    assert steps.mean() == pytest.approx(0.3, abs=0.005)
    assert steps.var() == pytest.approx(0.25, abs=0.005)  # 1/6 dither + 1/12 rounding


@given(st.floats(-2.0, 2.0, width=32), st.sampled_from([16, 24]))
def test_nothing_moves_by_more_than_a_step(level: float, bits: int) -> None:
    sound = np.full((64, 2), level, np.float32)
    moved = Dither(1, bits=bits).add_to(sound) - sound
    assert np.abs(moved).max() <= 2.0 ** (1 - bits)
