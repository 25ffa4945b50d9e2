"""Every case of EBU Tech 3341 and 3342 that can be made from its description, at three rates.

Not here: 3341-7, -8 and 3342-5, -6, which are programmes; 3341-11 and -14, which read a live meter.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from numpy.typing import NDArray

from indieartist.audio import loudness
from indieartist.audio.loudness import LoudnessMeter
from indieartist.audio.true_peak import TruePeakMeter, to_db
from indieartist.audio.window import Window

Samples = NDArray[np.float32]
Parts = Iterable[tuple[float, float | None]]  # seconds, and dBFS or None for silence


@pytest.fixture(autouse=True)
def loops(request: pytest.FixtureRequest) -> None:
    """Which kernels the case is measured with."""
    if request.param == "plain":
        request.getfixturevalue("plain_kernels")


pytestmark = pytest.mark.parametrize(
    ("rate_hz", "loops"),
    [
        (44_100, "compiled"),
        (48_000, "compiled"),
        (96_000, "compiled"),
        (44_100, "plain"),
        pytest.param(48_000, "plain", marks=pytest.mark.real),  # slow, not foreign
        pytest.param(96_000, "plain", marks=pytest.mark.real),
    ],
    indirect=["loops"],
)


def tone(parts: Parts, rate_hz: int) -> NDArray[np.float64]:
    """A sine of 1 kHz at the given peak levels."""
    lengths, levels = zip(*parts, strict=True)
    gains = [0.0 if level is None else 10 ** (level / 20) for level in levels]
    gain = np.repeat(gains, [round(length * rate_hz) for length in lengths])
    return gain * np.sin(2 * np.pi * 1000 / rate_hz * np.arange(gain.size))


def bins_of(channels: Iterable[NDArray[np.float64]], rate_hz: int) -> NDArray[np.float64]:
    samples = np.stack(list(channels), axis=1).astype(np.float32)
    meter = LoudnessMeter(rate_hz, samples.shape[1])
    for stretch in Window(rate_hz, samples.shape[1]).cut([samples]):
        meter.feed(stretch)
    return meter.bin_powers


def stereo(parts: Parts, rate_hz: int) -> NDArray[np.float64]:
    sine = tone(parts, rate_hz)
    return bins_of((sine, sine), rate_hz)


def integrated(bins: NDArray[np.float64]) -> float | None:
    return loudness.integrated_lufs(loudness.gating_blocks(bins))


@pytest.mark.parametrize("level", [-23.0, -33.0])
def test_3341_1_and_2_all_three_loudnesses_of_a_steady_tone(level: float, rate_hz: int) -> None:
    bins = stereo([(20, level)], rate_hz)
    assert integrated(bins) == pytest.approx(level, abs=0.1)
    for length in (loudness.MOMENTARY_BINS, loudness.SHORT_TERM_BINS):
        assert loudness.maximum_lufs(bins, length) == pytest.approx(level, abs=0.1)


@pytest.mark.parametrize(
    "parts",
    [
        [(10, -36), (60, -23), (10, -36)],
        [(10, -72), (10, -36), (60, -23), (10, -36), (10, -72)],
        [(20, -26), (20.1, -20), (20, -26)],
    ],
    ids=["3", "4", "5"],
)
def test_3341_3_to_5_the_gate(parts: Parts, rate_hz: int) -> None:
    assert integrated(stereo(parts, rate_hz)) == pytest.approx(-23.0, abs=0.1)


def test_3341_6_five_channels(rate_hz: int) -> None:
    levels = (-28, -28, -24, -30, -30)
    bins = bins_of((tone([(20, level)], rate_hz) for level in levels), rate_hz)
    assert integrated(bins) == pytest.approx(-23.0, abs=0.1)


def test_3341_9_short_term_stays_put(rate_hz: int) -> None:
    bins = stereo([(1.34, -20), (1.66, -30)] * 5, rate_hz)
    powers = loudness.windows(bins, loudness.SHORT_TERM_BINS)
    readings = 10 * np.log10(powers) - 0.691
    assert readings == pytest.approx(-23.0, abs=0.1)


def test_3341_10_short_term_maximum_wherever_the_tone_starts(rate_hz: int) -> None:
    for case in range(20):
        bins = stereo([(case * 0.15, None), (3, -23), (1, None)], rate_hz)
        highest = loudness.maximum_lufs(bins, loudness.SHORT_TERM_BINS)
        assert highest == pytest.approx(-23.0, abs=0.1)


def test_3341_12_momentary_stays_put(rate_hz: int) -> None:
    bins = stereo([(0.18, -20), (0.22, -30)] * 25, rate_hz)
    readings = 10 * np.log10(loudness.windows(bins, loudness.MOMENTARY_BINS)) - 0.691
    assert readings == pytest.approx(-23.0, abs=0.1)


def test_3341_13_momentary_maximum_wherever_the_tone_starts(rate_hz: int) -> None:
    for case in range(20):
        bins = stereo([(case * 0.02, None), (0.4, -23), (1, None)], rate_hz)
        highest = loudness.maximum_lufs(bins, loudness.MOMENTARY_BINS)
        assert highest == pytest.approx(-23.0, abs=0.1)


@pytest.mark.parametrize(
    ("parts", "range_lu"),
    [
        ([(20, -20), (20, -30)], 10),
        ([(20, -20), (20, -15)], 5),
        ([(20, -40), (20, -20)], 20),
        ([(20, -50), (20, -35), (20, -20), (20, -35), (20, -50)], 15),
    ],
    ids=["1", "2", "3", "4"],
)
def test_3342_loudness_range(parts: Parts, range_lu: float, rate_hz: int) -> None:
    blocks = loudness.short_term_blocks(stereo(parts, rate_hz))
    assert loudness.loudness_range_lu(blocks) == pytest.approx(range_lu, abs=1.0)


def true_peak_dbtp(channel: NDArray[np.float64], rate_hz: int) -> float:
    meter = TruePeakMeter()
    samples = np.stack([channel, channel], axis=1).astype(np.float32)
    for stretch in Window(rate_hz, 2).cut([samples]):
        meter.feed(stretch, float(np.abs(samples).max()))
    peak_dbtp = to_db(meter.peak)
    assert peak_dbtp is not None
    return peak_dbtp


def faded(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fade in and out, as the EBU's files do, lest the edges peak."""
    ramp = np.minimum(np.arange(samples.size) / 2000, 1)
    return samples * ramp * ramp[::-1]


def assert_within_the_standard(read_dbtp: float, true_dbtp: float) -> None:
    assert true_dbtp - 0.4 <= read_dbtp <= true_dbtp + 0.2


@pytest.mark.parametrize(
    ("divisor", "degrees", "level", "true_dbtp"),
    [
        (4, 0.0, 0.5, -6.0),
        (4, 45.0, 0.5, -6.0),
        (6, 60.0, 0.5, -6.0),
        (8, 67.5, 0.5, -6.0),
        (4, 45.0, 1.41, 3.0),
    ],
    ids=["15", "16", "17", "18", "19"],
)
def test_3341_15_to_19_peaks_between_samples(
    divisor: int, degrees: float, level: float, true_dbtp: float, rate_hz: int
) -> None:
    phase = 2 * np.pi * np.arange(rate_hz) / divisor + np.deg2rad(degrees)
    assert_within_the_standard(true_peak_dbtp(faded(level * np.sin(phase)), rate_hz), true_dbtp)


@pytest.mark.parametrize("offset", range(4), ids=["20", "21", "22", "23"])
def test_3341_20_to_23_one_loud_cycle(offset: int, rate_hz: int) -> None:
    phase = 2 * np.pi * np.arange(4 * rate_hz) / 24
    samples = 0.5 * np.sin(phase)
    start = 24 * (rate_hz // 12)
    samples[start : start + 16] = np.sin(2 * np.pi * np.arange(16) / 16)
    loud = quartered(faded(samples), offset)
    assert_within_the_standard(true_peak_dbtp(loud, rate_hz), 0.0)


def quartered(samples: NDArray[np.float64], offset: int) -> NDArray[np.float64]:
    """Every fourth sample from `offset`, after a low-pass that touches nothing below 0.45 fs."""
    spectrum = np.fft.rfft(samples)
    at = np.arange(spectrum.size) / spectrum.size * 2  # of the new sample rate
    gain = np.clip((0.55 - at) / 0.1, 0, 1)
    return np.asarray(
        np.fft.irfft(spectrum * np.sin(np.pi / 2 * gain) ** 2, samples.size)[offset::4]
    )
