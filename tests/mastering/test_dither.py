"""Dither: deterministic, triangular, one step."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indieartist.audio import kernels
from indieartist.audio.kernels import dither as plain
from indieartist.audio.kernels.dither import LANE_FRAMES
from indieartist.audio.mastering.dither import (
    Dither,
    ShapedDither,
    get_seed,
    make_dither,
)
from indieartist.audio.pcm import quantise
from indieartist.domain.mastering import Settings

EXPECTED = [0.289181259694, -0.454966716468, -0.136895781616, -0.449713790789]


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


HZ = np.fft.rfftfreq(4096, 1 / 44100)
SILENCE = np.zeros((20 * 44100, 2), np.float32)


def measure_noise(dither: Dither, sound: np.ndarray = SILENCE) -> np.ndarray:
    """The power spectrum of what rounding and dither add at 16 bits, in steps squared per bin."""
    error = (quantise(dither.add_to(sound), 16) >> 16) - sound.astype(np.float64) * 2**15
    windows = error[: len(error) // 4096 * 4096, 0].reshape(-1, 4096) * np.hanning(4096)
    spectra = np.square(np.abs(np.fft.rfft(windows)))
    return np.asarray(spectra.mean(axis=0) / np.square(np.hanning(4096)).sum())


def hear(power: np.ndarray) -> float:
    """The power in dB above the threshold of hearing (Terhardt, Hearing Research 1, 1979)."""
    khz = np.maximum(HZ, 20.0) / 1000
    threshold_db = 3.64 * khz**-0.8 - 6.5 * np.exp(-0.6 * (khz - 3.3) ** 2) + 1e-3 * khz**4
    return float(10 * np.log10(np.sum(power * 10 ** (-threshold_db / 10))))


def test_shaped_noise_is_9_db_harder_to_hear() -> None:
    flat, shaped = measure_noise(Dither(1, bits=16)), measure_noise(ShapedDither(1, bits=16))
    assert hear(flat) - hear(shaped) > 9.0
    keen = (HZ > 2000) & (HZ < 5000)
    assert shaped[keen].mean() < flat[keen].mean() / 45
    assert 10 * np.log10(shaped.mean() / flat.mean()) == pytest.approx(12.2, abs=0.3)  # the price


@pytest.mark.parametrize("offset", [0.0, 0.5, 0.37])
def test_shaped_noise_holds_no_tone(offset: float) -> None:
    """Without dither a loop like this one whistles at some steady inputs."""
    sound = np.full((10 * 44100, 2), offset / 2**15, np.float32)
    spectrum = measure_noise(ShapedDither(5, bits=16), sound)[8:]
    around = np.convolve(np.pad(spectrum, 10, mode="edge"), np.full(21, 1 / 21), mode="valid")
    assert (spectrum / around).max() < 2.5


def test_shaped_noise_leaves_the_sound_where_it_is() -> None:
    """A tone far below one step is still there, at its level."""
    time = np.arange(20 * 44100) / 44100
    tone = 0.25 / 2**15 * np.sin(2 * np.pi * 1000.0 * time)
    rounded = ShapedDither(1, bits=16).add_to(np.stack([tone, tone], axis=1)) * 2**15
    found = 2 * np.mean(rounded[:, 0] * np.sin(2 * np.pi * 1000.0 * time))
    assert found == pytest.approx(0.25, abs=0.01)


@settings(max_examples=25)
@given(st.lists(st.integers(0, 3 * LANE_FRAMES), min_size=1, max_size=6), st.integers(0, 2**32 - 1))
def test_shaped_noise_is_the_same_however_the_sound_is_cut(cuts: list[int], seed: int) -> None:
    sound = np.random.default_rng(seed).uniform(-1, 1, (sum(cuts), 2)).astype(np.float32)
    source = ShapedDither(7, bits=16)
    edges = np.cumsum([0, *cuts])
    parts = [source.add_to(sound[a:b]) for a, b in pairwise(edges)]
    whole = ShapedDither(7, bits=16).add_to(sound)
    np.testing.assert_array_equal(np.concatenate(parts), whole)
    np.testing.assert_array_equal(quantise(whole, 16) / 2.0**31, np.clip(whole, -1, 1 - 2**-15))


@pytest.mark.parametrize(
    ("rate_hz", "more", "kind"),
    [
        (44100, {"bits": 16}, ShapedDither),
        (48000, {"bits": 16}, ShapedDither),
        (96000, {"bits": 16}, Dither),
        (44100, {"bits": 24}, Dither),
        (44100, {"bits": 16, "noise": "flat"}, Dither),
    ],
)
def test_noise_is_shaped_where_16_bits_are_the_end(
    rate_hz: int, more: dict[str, object], kind: type, make_settings: Callable[..., Settings]
) -> None:
    assert type(make_dither(make_settings(**more), rate_hz, 1)) is kind


@pytest.mark.skipif(not kernels.COMPILED, reason="no compiler was there")
@given(st.integers(0, 3000), st.integers(0, 3000), st.integers(0, 2**32 - 1))
@settings(max_examples=40)
def test_the_compiled_feedback_is_its_twins(frames: int, position: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    steps, noise = rng.normal(0, 1000, (frames, 2)), rng.triangular(-1, 0, 1, (frames, 2))
    errors = rng.uniform(-0.5, 0.5, (5, 2))
    theirs, carried = steps.copy(), errors.copy()
    kernels.feed_back(steps, noise, errors, position)
    plain.feed_back(theirs, noise, carried, position)
    np.testing.assert_array_equal(steps, theirs)
    np.testing.assert_allclose(errors, carried, atol=1e-9)


@pytest.mark.skipif(not kernels.COMPILED, reason="no compiler was there")
def test_feedback_refuses_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match="feed_back"):
        kernels.feed_back(np.zeros((4, 2)), np.zeros((3, 2)), np.zeros((5, 2)), 0)
