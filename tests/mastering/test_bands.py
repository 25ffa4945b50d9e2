"""The filters: bands that sum to the song, a curve that is what was asked for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indieartist.audio.mastering.bands import Bank, design_bank, design_interpolator
from indieartist.audio.mastering.curve import MatchCurve, get_flat_curve
from indieartist.audio.mastering.profile import Profile
from indieartist.audio.mastering.shape import Dynamics, filter_tone, listen, weave

FREQUENCIES = np.linspace(0.0, 22050.0, 2049)
FLAT = get_flat_curve(Profile(44100, np.ones(2049), np.ones(2049)))
BELL = 6.0 * np.exp(-np.square(np.log2(np.maximum(FREQUENCIES, 1.0) / 1000.0)))
CURVE = MatchCurve(FREQUENCIES, BELL, -BELL)


def sum_bands(sound: np.ndarray, rate_hz: int, bank: Bank, cuts: int = 1) -> np.ndarray:
    """`sound` (frames, 2) taken apart and put together again, all gains at 0 dB."""
    bands = listen(np.array_split(sound.T, cuts, axis=1), rate_hz, bank)
    flat = Dynamics(np.zeros_like(bands.power), (0.0,) * 3, (0.0,) * 3)
    return weave(bands, flat, len(sound), lambda _: None).cut(0, len(sound)).T


def filter_sound(sound: np.ndarray, bank: Bank) -> np.ndarray:
    return filter_tone([sound.T], bank, len(sound), lambda _: None).cut(0, len(sound)).T


def to_mid_side(sound: np.ndarray) -> np.ndarray:
    return np.stack([sound.sum(axis=1), np.diff(sound, axis=1)[:, 0] * -1]) / 2


@given(
    st.integers(1, 60_000),
    st.integers(1, 5),
    st.integers(0, 2**32 - 1),
    st.sampled_from(["linear", "minimum"]),
)
@settings(max_examples=20, deadline=None)
def test_the_bands_sum_to_the_song(frames: int, cuts: int, seed: int, phase: str) -> None:
    sound = np.random.default_rng(seed).uniform(-1, 1, (frames, 2)).astype(np.float32)
    bank = design_bank(FLAT, 44100, phase, split=True)
    np.testing.assert_allclose(sum_bands(sound, 44100, bank, cuts), sound, atol=1e-5)


@pytest.mark.parametrize("phase", ["linear", "minimum"])
def test_mid_and_side_each_get_their_curve(phase: str) -> None:
    click = np.zeros((1 << 15, 2), np.float32)
    click[1 << 14] = (1.0, 0.0)  # half mid, half side
    bank = design_bank(CURVE, 44100, phase, split=False)
    mid_side = to_mid_side(filter_sound(click, bank))
    gains = 20 * np.log10(np.abs(np.fft.rfft(mid_side)) * 2)
    hz = np.fft.rfftfreq(1 << 15, 1 / 44100)
    for gain, wanted in zip(gains, (BELL, -BELL), strict=True):
        heard = (hz > 30) & (hz < 20000)
        np.testing.assert_allclose(gain[heard], np.interp(hz, FREQUENCIES, wanted)[heard], atol=0.1)


def test_linear_phase_is_symmetric_and_minimum_phase_comes_after() -> None:
    click = np.zeros((1 << 15, 2), np.float32)
    click[1 << 14] = 1.0
    rendered: dict[str, np.ndarray] = {
        phase: filter_sound(click, design_bank(CURVE, 44100, phase, split=False))[:, 0]
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


@pytest.mark.parametrize("rate_hz", [8000, 22050, 48000, 96000, 192000])
def test_other_sample_rates_sum_too(rate_hz: int, make_song: Callable[..., np.ndarray]) -> None:
    sound = make_song(1.0, rate_hz)
    bank = design_bank(FLAT, rate_hz, "linear", split=True)
    np.testing.assert_allclose(sum_bands(sound, rate_hz, bank), sound, atol=3e-6)


@pytest.mark.parametrize(("hz", "band"), [(50, 2), (630, 1), (9000, 0)])
def test_a_tone_is_in_its_band(hz: int, band: int) -> None:
    tone = 0.5 * np.sin(2 * np.pi * hz * np.arange(44100) / 44100)
    sound = np.repeat(tone[:, None], 2, axis=1).astype(np.float32)
    bands = listen([sound.T], 44100, design_bank(FLAT, 44100, "linear", split=True))
    powers = bands.power[:, 300:900].mean(axis=1)[::-1]
    assert powers[band] == pytest.approx(0.125, rel=0.02)
    assert np.delete(powers, band).max() < 1e-6


def test_what_is_interpolated_lies_on_the_wave() -> None:
    for step, count, highest in ((2, 16, 0.25), (16, 12, 0.16)):
        taps = design_interpolator(step, count)
        at = np.arange(-count // 2 + 1, 200 + count // 2) * 2 * np.pi * highest
        windows = np.lib.stride_tricks.sliding_window_view(np.sin(at), count)
        between = (windows @ taps).ravel()
        expected = np.sin(2 * np.pi * highest * np.arange(len(between)) / step)
        np.testing.assert_allclose(between, expected, atol=1e-5)
