"""The tempo of what has one, and none for what has not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from indieartist.audio.analysis.rates import HIGH_HZ
from indieartist.audio.analysis.tempo import TempoMeter, _autocorrelation
from indieartist.domain.music import Tempo

Mono = NDArray[np.float32]


def find_tempo(sound: NDArray[np.floating], block: int = 32_768) -> Tempo | None:
    meter = TempoMeter()
    for start in range(0, len(sound), block):
        meter.feed(sound[start : start + block].astype(np.float32))
    return meter.result(len(sound) / HIGH_HZ)


def clock(seconds: float) -> NDArray[np.float64]:
    return np.arange(int(seconds * HIGH_HZ)) / HIGH_HZ


def struck(times_s: NDArray[np.float64], sound: NDArray[np.floating], seconds: float) -> Mono:
    out = np.zeros(int(seconds * HIGH_HZ) + len(sound), np.float32)
    for at in (times_s * HIGH_HZ).astype(int):
        out[at : at + len(sound)] += sound.astype(np.float32)
    return out[: int(seconds * HIGH_HZ)]


def snare() -> NDArray[np.float64]:
    at = clock(0.2)
    return 0.5 * np.random.default_rng(1).standard_normal(len(at)) * np.exp(-at / 0.03)


def kick() -> NDArray[np.float64]:
    at = clock(0.2)
    return np.sin(2 * np.pi * np.cumsum(50 + 150 * np.exp(-at / 0.02)) / HIGH_HZ) * np.exp(
        -at / 0.1
    )


def beat(bpm: float, seconds: float) -> Mono:
    """Kick on one and three, snare on two and four, over a pad."""
    step = 60 / bpm
    beats = np.arange(int((seconds - 0.3) / step)) * step
    pad = 0.05 * sum(np.sin(2 * np.pi * hz * clock(seconds)) for hz in (220, 277, 330))
    drums = struck(beats[::2], kick(), seconds) + struck(beats[1::2], snare(), seconds)
    return np.asarray(drums + pad, np.float32)


@pytest.mark.parametrize("bpm", [72.0, 89.37, 100.0, 118.6, 128.0, 151.25])
def test_a_beat_has_its_tempo(bpm: float) -> None:
    tempo = find_tempo(beat(bpm, 30))
    assert tempo is not None
    nearest = min((tempo, tempo.half, tempo.double), key=lambda found: abs(found.bpm - bpm))
    assert nearest.bpm == pytest.approx(bpm, abs=0.1)
    assert tempo.confidence > 0.8


def test_a_backbeat_says_which_octave() -> None:
    tempo = find_tempo(beat(118.0, 20))
    assert tempo is not None
    assert tempo.bpm == pytest.approx(118.0, abs=0.1)


@settings(deadline=None, max_examples=8)
@given(block=st.integers(1000, 100_000))
def test_the_cuts_do_not_matter(block: int) -> None:
    sound = beat(97.0, 8)
    assert find_tempo(sound, block) == find_tempo(sound)


def test_asking_twice_gives_the_same() -> None:
    meter = TempoMeter()
    meter.feed(beat(97.0, 8))
    assert meter.result(8.0) == meter.result(8.0) is not None


@pytest.mark.parametrize("level", [0.01, 0.1, 4.0])
def test_how_loud_it_is_does_not_matter(level: float) -> None:
    tempo = find_tempo(beat(104.0, 20) * np.float32(level))
    assert tempo is not None
    assert tempo.bpm == pytest.approx(104.0, abs=0.1)


@pytest.mark.parametrize("seconds", [6, 10, 40])
@pytest.mark.parametrize("seed", range(4))
def test_noise_has_no_pulse(seconds: int, seed: int) -> None:
    assert find_tempo(np.random.default_rng(seed).normal(0, 0.3, seconds * HIGH_HZ)) is None


def test_claps_at_random_have_no_pulse() -> None:
    times = np.cumsum(np.random.default_rng(3).exponential(0.35, 150))
    tempo = find_tempo(struck(times[times < 39], snare(), 40))
    assert tempo is None or tempo.confidence < 0.2


@pytest.mark.parametrize("hz", [41.2, 55.0, 61.3, 73.4, 86.6, 110.0, 440.0])
@pytest.mark.parametrize("shape", ["sine", "saw", "square"])
def test_a_held_tone_has_no_pulse(shape: str, hz: float) -> None:
    turns = hz * clock(15)
    shapes = {"sine": np.sin(2 * np.pi * turns), "saw": turns % 1 - 0.5}
    shapes["square"] = np.sign(shapes["sine"])
    assert find_tempo(0.5 * shapes[shape]) is None


def test_a_vibrato_is_no_pulse() -> None:
    at = clock(20)
    turns = 220 * at + 220 * 0.03 / 5.3 / (2 * np.pi) * np.sin(2 * np.pi * 5.3 * at)
    assert find_tempo(0.1 * sum(np.sin(2 * np.pi * h * turns) / h for h in range(1, 9))) is None


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_silence_and_an_offset_have_no_pulse(level: float) -> None:
    assert find_tempo(np.full(20 * HIGH_HZ, level)) is None


@pytest.mark.parametrize("frames", [0, 1, 767, 768, 2 * HIGH_HZ, int(4.9 * HIGH_HZ)])
def test_too_short_to_tell(frames: int) -> None:
    assert find_tempo(beat(120.0, 6)[:frames]) is None


def test_a_cut_file_is_heard_as_far_as_it_goes() -> None:
    meter = TempoMeter()
    meter.feed(beat(120.0, 1))
    assert meter.result(300.0) is None


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_what_is_no_number_does_not_spread(wrong: float) -> None:
    sound = beat(120.0, 12)
    sound[50_000] = wrong
    with np.errstate(invalid="ignore"):
        tempo = find_tempo(sound)
    assert tempo is not None
    assert tempo.bpm == pytest.approx(120.0, abs=0.5)


def test_two_tempos_at_once_make_it_unsure() -> None:
    """Two against three: either may be the beat."""
    slow, fast = (struck(np.arange(0, 39, step), snare(), 40) for step in (0.6, 0.4))
    both, plain = find_tempo(slow + fast), find_tempo(slow)
    assert both is not None
    assert plain is not None
    assert both.confidence < 0.8 < plain.confidence


@pytest.mark.parametrize("points", [20, 5000, 70_000])
def test_pieces_add_up_to_the_whole(points: int) -> None:
    curve = np.random.default_rng(points).random(points)
    centred, found = curve - curve.mean(), _autocorrelation(curve)
    for lag in (0, 1, 7, len(found) - 1):
        wanted = np.mean(centred[: points - lag] * centred[lag:]) / centred.var()
        assert found[lag] == pytest.approx(wanted, abs=1e-9)
