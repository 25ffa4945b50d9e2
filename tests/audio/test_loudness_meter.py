"""The loudness meter against libebur128, and the laws it keeps."""

from __future__ import annotations

import numpy as np
import pyebur128
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from indieartist.audio import loudness
from indieartist.audio.loudness import LoudnessMeter
from indieartist.audio.true_peak import TruePeakMeter, to_db
from indieartist.audio.window import Window

Modes = pyebur128.MeasurementMode


def noise(seed: int, rate_hz: int, channels: int, seconds: float) -> NDArray[np.float32]:
    """Noise whose level wanders over 30 dB."""
    generator = np.random.default_rng(seed)
    frames = int(seconds * rate_hz)
    knots = generator.uniform(-40, -10, 9)
    level_db = np.interp(np.arange(frames), np.linspace(0, frames, 9), knots)
    samples = generator.standard_normal((frames, channels)) * 10 ** (level_db / 20)[:, None]
    return np.clip(samples, -1, 1).astype(np.float32)


def bins_of(samples: NDArray[np.float32], rate_hz: int) -> NDArray[np.float64]:
    return read([samples], rate_hz)[0]


def read(blocks: list[NDArray[np.float32]], rate_hz: int) -> tuple[NDArray[np.float64], float]:
    """Powers of the 10-ms bins, and the true peak."""
    channels = blocks[0].shape[1]
    meter, peaks = LoudnessMeter(rate_hz, channels), TruePeakMeter()
    for stretch in Window(rate_hz, channels).cut(blocks):
        meter.feed(stretch)
        peaks.feed(stretch, float(np.abs(stretch.planar).max(initial=0)))
    return meter.bin_powers, peaks.peak


@pytest.mark.parametrize("channels", [1, 2, 5])
@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 44_100, 48_000, 88_200, 192_000])
def test_integrated_loudness_is_that_of_libebur128(rate_hz: int, channels: int) -> None:
    samples = noise(rate_hz + channels, rate_hz, channels, 12)
    state = pyebur128.R128State(channels, rate_hz, Modes.MODE_I)
    state.add_frames(samples.astype(np.float64).ravel(), len(samples))
    ours = loudness.integrated_lufs(loudness.gating_blocks(bins_of(samples, rate_hz)))
    assert ours == pytest.approx(pyebur128.get_loudness_global(state), abs=0.02)


@pytest.mark.parametrize("rate_hz", [44_100, 48_000])
def test_maxima_are_those_of_libebur128_read_every_10_ms(rate_hz: int) -> None:
    samples = noise(7, rate_hz, 2, 8).astype(np.float64)
    state = pyebur128.R128State(2, rate_hz, Modes.MODE_M | Modes.MODE_S)
    momentary, short_term = [], []
    for start in range(0, len(samples), rate_hz // 100):
        piece = samples[start : start + rate_hz // 100]
        state.add_frames(piece.ravel(), len(piece))
        momentary.append(pyebur128.get_loudness_momentary(state))
        short_term.append(pyebur128.get_loudness_shortterm(state))
    bins = bins_of(samples.astype(np.float32), rate_hz)
    for length, theirs in ((40, momentary), (300, short_term)):
        assert loudness.maximum_lufs(bins, length) == pytest.approx(max(theirs), abs=0.02)


def test_loudness_range_is_that_of_libebur128() -> None:
    samples = noise(5, 48_000, 2, 60)
    state = pyebur128.R128State(2, 48_000, Modes.MODE_LRA)
    state.add_frames(samples.astype(np.float64).ravel(), len(samples))
    ours = loudness.loudness_range_lu(loudness.short_term_blocks(bins_of(samples, 48_000)))
    assert ours == pytest.approx(pyebur128.get_loudness_range(state), abs=0.5)  # it hops by 1 s


def test_an_album_is_gated_as_one_programme() -> None:
    songs = [noise(seed, 44_100, 2, 10) * gain for seed, gain in ((1, 1.0), (2, 0.1), (3, 0.5))]
    states = []
    for song in songs:
        state = pyebur128.R128State(2, 44_100, Modes.MODE_I)
        state.add_frames(song.astype(np.float64).ravel(), len(song))
        states.append(state)
    blocks = [loudness.gating_blocks(bins_of(song, 44_100)) for song in songs]
    ours = loudness.integrated_lufs(np.concatenate(blocks))
    assert ours == pytest.approx(pyebur128.get_loudness_global_multiple(states), abs=0.02)


@pytest.mark.parametrize(
    ("channels", "weights"),
    [
        (1, [1]),
        (2, [1, 1]),
        (6, [1, 1, 1, 0, 1.41, 1.41]),
        (8, [1, 1, 1, 0, 1, 1, 1.41, 1.41]),
    ],
)
def test_channels_weigh_by_their_place(channels: int, weights: list[float]) -> None:
    tone = np.sin(2 * np.pi * 1000 / 48_000 * np.arange(48_000)).astype(np.float32)
    reference = loudness.maximum_lufs(bins_of(tone[:, None], 48_000), 40)
    assert reference is not None
    for channel, weight in enumerate(weights):
        alone = np.zeros((tone.size, channels), np.float32)
        alone[:, channel] = tone
        heard = loudness.maximum_lufs(bins_of(alone, 48_000), 40)
        expected = pytest.approx(reference + 10 * np.log10(weight)) if weight else None
        assert heard == expected


@settings(max_examples=20)
@given(
    cuts=st.lists(st.integers(0, 30_000), max_size=12), rate_hz=st.sampled_from([22_050, 44_100])
)
def test_numbers_do_not_depend_on_the_blocks(cuts: list[int], rate_hz: int) -> None:
    samples = np.tile(noise(3, rate_hz, 2, 30_000 / rate_hz), (8, 1))  # more than a stretch
    bins, peak = read(np.split(samples, sorted(cuts)), rate_hz)
    whole_bins, whole_peak = read([samples], rate_hz)
    assert np.array_equal(bins, whole_bins)
    assert peak == whole_peak


@settings(max_examples=20)
@given(gain_db=st.floats(-40, 20))
def test_a_gain_moves_every_loudness_by_itself(gain_db: float) -> None:
    samples = noise(11, 8_000, 1, 5) * np.float32(0.5)
    before = loudness.maximum_lufs(bins_of(samples, 8_000), 300)
    scaled = (samples * 10 ** (gain_db / 20)).astype(np.float32)
    after = loudness.maximum_lufs(bins_of(scaled, 8_000), 300)
    assert before is not None
    assert after == pytest.approx(before + gain_db, abs=1e-4)


def test_silence_and_too_little_sound_have_no_loudness() -> None:
    for frames in (0, 1, 100, 44_100 * 4):
        bins = bins_of(np.zeros((frames, 2), np.float32), 44_100)
        assert bins.size == frames // 441
        assert loudness.integrated_lufs(loudness.gating_blocks(bins)) is None
        assert loudness.maximum_lufs(bins, 40) is None
        assert loudness.loudness_range_lu(loudness.short_term_blocks(bins)) == 0.0
    assert loudness.maximum_lufs(bins_of(noise(1, 44_100, 2, 0.39), 44_100), 40) is None


@pytest.mark.parametrize("cutoff", [0.3, 0.42])
def test_true_peak_is_found_to_a_tenth_of_a_decibel(cutoff: float) -> None:
    """Against the same noise at 64 times the rate, from its spectrum."""
    generator, frames = np.random.default_rng(9), 4096
    spectrum = np.zeros(frames // 2 + 1, np.complex128)
    band = int(cutoff * frames)
    spectrum[1:band] = generator.standard_normal(band - 1) + 1j * generator.standard_normal(
        band - 1
    )
    samples = np.fft.irfft(spectrum, frames)
    fine = np.fft.irfft(spectrum, frames * 64) * 64
    _, peak = read([np.tile(samples, 3)[:, None].astype(np.float32)], 44_100)
    assert to_db(peak) == pytest.approx(to_db(float(np.abs(fine).max())), abs=0.1)


def test_true_peak_leaves_nothing_out() -> None:
    """The pruned search finds the same peak as working out every position."""
    for seed in range(5):
        samples = noise(seed, 44_100, 2, 1)
        _, peak = read(np.array_split(samples, 11), 44_100)
        assert peak == pytest.approx(exhaustive_peak(samples), rel=1e-5)


def exhaustive_peak(samples: NDArray[np.float32]) -> float:
    """8 times oversampled by 48 Kaiser-windowed taps a phase, everywhere."""
    highest = float(np.abs(samples).max())
    for phase in range(1, 8):
        distance = np.arange(-23, 25) - phase / 8
        taps = np.sinc(distance) * np.i0(7 * np.sqrt(1 - (distance / 24) ** 2))
        taps /= taps.sum()
        for channel in samples.T.astype(np.float64):
            highest = max(highest, float(np.abs(np.convolve(channel, taps[::-1])).max()))
    return highest
