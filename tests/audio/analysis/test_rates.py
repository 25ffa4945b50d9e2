"""The song at 22,050 and 11,025 Hz: in tune, in time, and the same however it was cut."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from indieartist.audio import kernels
from indieartist.audio.analysis.rates import HIGH_HZ, LOW_HZ, LowRates
from indieartist.audio.kernels import rates as twin

Planar = NDArray[np.float32]
RATES_HZ = (8000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 176_400, 384_000)


def lower(planar: Planar, rate_hz: int, cuts: Sequence[int] = ()) -> tuple[Planar, Planar]:
    """Both streams of frames fed in pieces that end at `cuts`."""
    rates = LowRates(rate_hz, len(planar))
    pieces = [
        rates.feed(np.ascontiguousarray(piece))
        for piece in np.split(planar, sorted(cut % (planar.shape[1] + 1) for cut in cuts), axis=1)
    ]
    high, low = zip(*pieces, rates.flush(), strict=True)
    return np.concatenate(high), np.concatenate(low)


def tone(hz: float, rate_hz: int, seconds: float, channels: int = 2) -> Planar:
    at = np.arange(round(seconds * rate_hz)) / rate_hz
    return np.tile(np.sin(2 * np.pi * hz * at).astype(np.float32), (channels, 1))


@pytest.mark.parametrize("rate_hz", RATES_HZ)
def test_a_tone_keeps_its_pitch_its_level_and_its_time(rate_hz: int) -> None:
    for sound, hz in zip(lower(tone(1000, rate_hz, 0.5), rate_hz), (HIGH_HZ, LOW_HZ), strict=True):
        assert len(sound) == pytest.approx(0.5 * hz, abs=1)
        inside = slice(hz // 20, -hz // 20)
        wanted = tone(1000, hz, 0.6)[0][: len(sound)]
        assert np.abs(sound - wanted)[inside].max() < 2e-3


@pytest.mark.parametrize("rate_hz", [44_100, 48_000, 88_200, 192_000])
def test_what_a_lower_rate_cannot_hold_is_gone(rate_hz: int) -> None:
    _, low = lower(tone(9000, rate_hz, 0.3), rate_hz)
    assert np.abs(low[200:-200]).max() < 1e-3
    high, _ = lower(tone(17_000, rate_hz, 0.3), rate_hz)
    assert np.abs(high[200:-200]).max() < 1e-3


@settings(deadline=None, max_examples=40)
@given(
    cuts=st.lists(st.integers(0, 5000), max_size=8),
    rate_hz=st.sampled_from((11_025, 22_050, 44_100, 48_000, 176_400)),
    channels=st.sampled_from((1, 2, 6)),
    frames=st.integers(0, 5000),
)
def test_the_cuts_do_not_matter(cuts: list[int], rate_hz: int, channels: int, frames: int) -> None:
    planar = np.random.default_rng(frames).uniform(-1, 1, (channels, frames)).astype(np.float32)
    for cut, whole in zip(lower(planar, rate_hz, cuts), lower(planar, rate_hz), strict=True):
        assert len(cut) == len(whole)
        assert np.allclose(cut, whole, atol=1e-6)


@pytest.mark.parametrize("rate_hz", RATES_HZ)
@pytest.mark.parametrize("frames", [0, 1, 2, 30, 31, 32])
def test_a_few_samples_are_enough(rate_hz: int, frames: int) -> None:
    high, low = lower(np.ones((2, frames), np.float32), rate_hz)
    assert len(high) == pytest.approx(frames * HIGH_HZ / rate_hz, abs=1)
    assert len(low) == -(-len(high) // 2)


def test_channels_are_mixed_evenly_and_left_as_they_were() -> None:
    planar = np.stack([np.full(4000, value, np.float32) for value in (0.9, 0.3, -0.6)])
    before = planar.copy()
    high, _ = lower(planar, 44_100)
    assert high[50:-50] == pytest.approx(0.2, abs=1e-4)
    assert np.array_equal(planar, before)


@pytest.mark.skipif(not kernels.COMPILED, reason="built without a compiler")
@pytest.mark.parametrize("pairs", [1, 8, 32])
@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 3000])
def test_the_kernel_gives_what_its_twin_defines(pairs: int, count: int) -> None:
    generator = np.random.default_rng(count)
    samples = generator.uniform(-1, 1, 2 * count + 4 * pairs - 3).astype(np.float32)
    sides = generator.uniform(-1, 1, pairs).astype(np.float32)
    compiled, plain = np.zeros((2, count), np.float32)
    kernels.decimate(samples, sides, compiled)
    twin.decimate(samples, sides, plain)
    assert np.allclose(compiled, plain, atol=1e-5)


@pytest.mark.skipif(not kernels.COMPILED, reason="built without a compiler")
def test_the_kernel_refuses_arrays_that_do_not_fit() -> None:
    samples, sides, out = np.zeros(31, np.float32), np.zeros(8, np.float32), np.zeros(1, np.float32)
    kernels.decimate(samples, sides, out)
    for wrong in ((samples[1:], sides, out), (samples, sides[:0], out), (samples, samples, out)):
        with pytest.raises(ValueError, match="fit"):
            kernels.decimate(*wrong)
