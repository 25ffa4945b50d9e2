"""The filters: bands that sum to the song, a curve that is what was asked for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indieartist.audio.mastering.bands import cut_mid_side, design_bank, split_bands
from indieartist.audio.mastering.curve import MatchCurve, get_flat_curve
from indieartist.audio.mastering.profile import Profile
from indieartist.audio.mastering.shape import render_shape

FREQUENCIES = np.linspace(0.0, 22050.0, 2049)
FLAT = get_flat_curve(Profile(44100, np.ones(2049), np.ones(2049)))
BELL = 6.0 * np.exp(-np.square(np.log2(np.maximum(FREQUENCIES, 1.0) / 1000.0)))
CURVE = MatchCurve(FREQUENCIES, BELL, -BELL)


@given(st.integers(1, 60_000), st.integers(0, 2**32 - 1), st.sampled_from(["linear", "minimum"]))
@settings(max_examples=20)
def test_the_bands_sum_to_the_song(frames: int, seed: int, phase: str) -> None:
    sound = np.random.default_rng(seed).uniform(-1, 1, (frames, 2)).astype(np.float32)
    bank = design_bank(FLAT, 44100, phase, split=True)
    whole = np.concatenate([bands.sum(axis=0) for _, bands in split_bands(sound, bank)], axis=1)
    np.testing.assert_allclose(whole[:, :frames], cut_mid_side(sound, 0, frames), atol=2e-6)


@pytest.mark.parametrize("phase", ["linear", "minimum"])
def test_mid_and_side_each_get_their_curve(phase: str) -> None:
    click = np.zeros((1 << 15, 2), np.float32)
    click[1 << 14] = (1.0, 0.0)  # half mid, half side
    bank = design_bank(CURVE, 44100, phase, split=False)
    mid_side = cut_mid_side(render_shape(click, 44100, bank, None), 0, 1 << 15)
    gains = 20 * np.log10(np.abs(np.fft.rfft(mid_side)) * 2)
    hz = np.fft.rfftfreq(1 << 15, 1 / 44100)
    for gain, wanted in zip(gains, (BELL, -BELL), strict=True):
        heard = (hz > 30) & (hz < 20000)
        np.testing.assert_allclose(gain[heard], np.interp(hz, FREQUENCIES, wanted)[heard], atol=0.1)


def test_linear_phase_is_symmetric_and_minimum_phase_comes_after() -> None:
    click = np.zeros((1 << 15, 2), np.float32)
    click[1 << 14] = 1.0
    rendered: dict[str, np.ndarray] = {
        phase: render_shape(click, 44100, design_bank(CURVE, 44100, phase, split=False), None)[:, 0]
        for phase in ("linear", "minimum")
    }
    middle = 1 << 14
    before, after = (
        rendered["linear"][middle - 400 : middle],
        rendered["linear"][middle + 1 :][:400],
    )
    np.testing.assert_allclose(before[::-1], after, atol=1e-6)
    early = np.square(rendered["minimum"][: middle - 1]).sum()
    assert early < 1e-6 * np.square(rendered["minimum"]).sum()


@pytest.mark.parametrize("rate_hz", [8000, 22050, 48000, 96000])
def test_other_sample_rates_sum_too(rate_hz: int, make_song: Callable[..., np.ndarray]) -> None:
    sound = make_song(1.0, rate_hz)
    bank = design_bank(FLAT, rate_hz, "linear", split=True)
    whole = np.concatenate([bands.sum(axis=0) for _, bands in split_bands(sound, bank)], axis=1)
    expected = cut_mid_side(sound, 0, len(sound))
    np.testing.assert_allclose(whole[:, : len(sound)], expected, atol=2e-6)
