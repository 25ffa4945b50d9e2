"""Dither: deterministic, triangular, one step."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.audio.mastering.dither import Dither, get_seed, quantise


def test_the_same_sound_gets_the_same_noise_however_it_is_cut() -> None:
    sound = np.random.default_rng(3).uniform(-1, 1, (1000, 2)).astype(np.float32)
    whole = Dither(get_seed(sound), bits=24).quantise(sound)
    source = Dither(get_seed(sound.copy()), bits=24)
    parts = [source.quantise(sound[:333]), source.quantise(sound[333:])]
    np.testing.assert_array_equal(whole, np.concatenate(parts))


def test_another_sound_gets_other_noise() -> None:
    sound = np.zeros((1000, 2), np.float32)
    other = sound.copy()
    other[0, 0] = 1e-3
    assert get_seed(sound) != get_seed(other)


@pytest.mark.parametrize("bits", [16, 24])
def test_the_noise_is_triangular_and_the_mean_is_the_sound(bits: int) -> None:
    level = np.float32(0.3 / (1 << (bits - 1)))
    steps = Dither(1, bits=bits).quantise(np.full((200_000, 2), level, np.float32)) >> (32 - bits)
    assert set(np.unique(steps)) == {-1, 0, 1}
    assert steps.mean() == pytest.approx(0.3, abs=0.005)
    assert steps.var() == pytest.approx(0.25, abs=0.005)  # 1/6 dither + 1/12 rounding


@given(st.floats(-2.0, 2.0, width=32), st.sampled_from([16, 24]))
def test_nothing_wraps_around(level: float, bits: int) -> None:
    full = 1 << (bits - 1)
    for steps in (
        Dither(1, bits=bits).quantise(np.full((8, 2), level, np.float32)),
        quantise(np.full((8, 2), level, np.float32), bits=bits),
    ):
        assert not (steps & ((1 << (32 - bits)) - 1)).any()
        wanted = np.clip(level * full, -full, full - 1)
        assert (np.abs((steps >> (32 - bits)) - wanted) <= 1.5).all()
