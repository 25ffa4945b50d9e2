"""The key of what has one, and none for what has not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from indieartist.audio.analysis.key import KeyMeter
from indieartist.audio.analysis.rates import LOW_HZ
from indieartist.domain.music import MODES, Key

CADENCES = {  # the triads of a cadence, in semitones above the tonic
    "major": ((0, 4, 7), (5, 9, 12), (7, 11, 14), (0, 4, 7)),
    "minor": ((0, 3, 7), (5, 8, 12), (7, 10, 14), (0, 3, 7)),
}


def find_key(sound: NDArray[np.floating], block: int = 16_384) -> Key | None:
    meter = KeyMeter()
    for start in range(0, len(sound), block):
        meter.feed(sound[start : start + block].astype(np.float32))
    return meter.result()


def chord(pitches: Sequence[float], seconds: float) -> NDArray[np.float64]:
    at = np.arange(int(seconds * LOW_HZ)) / LOW_HZ
    out = np.zeros(len(at))
    for pitch in pitches:
        hz = 440 * 2 ** ((pitch - 69) / 12)
        out += sum(0.08 * np.sin(2 * np.pi * hz * h * at) / h for h in range(1, 5))
    return out


def song(tonic: int, mode: str, cents: float = 0.0, rounds: int = 2) -> NDArray[np.float64]:
    """A cadence with its bass, over and over."""
    low = 48 + tonic + cents / 100
    bars = [
        chord([low + triad[0] - 12, *(low + note for note in triad)], 1.5)
        for triad in CADENCES[mode]
    ]
    return np.concatenate(bars * rounds)


@pytest.mark.parametrize("tonic", range(12))
@pytest.mark.parametrize("mode", MODES)
def test_all_keys(tonic: int, mode: str) -> None:
    key = find_key(song(tonic, mode))
    assert key is not None
    assert (key.tonic, key.mode) == (tonic, mode)
    assert key.confidence > 0.5


@pytest.mark.parametrize("cents", [-45, -30, -10, 20, 45])
def test_the_tuning_does_not_matter(cents: int) -> None:
    key = find_key(song(3, "minor", cents))
    assert key is not None
    assert key.text == "Eb minor"


@pytest.mark.parametrize("level", [1e-3, 0.1, 5.0])
def test_how_loud_it_is_does_not_matter(level: float) -> None:
    key, plain = find_key(song(9, "major") * level), find_key(song(9, "major"))
    assert key is not None
    assert plain is not None
    assert key.text == plain.text == "A major"
    assert key.confidence == pytest.approx(plain.confidence, abs=0.05)


@settings(deadline=None, max_examples=8)
@given(block=st.integers(500, 200_000))
def test_the_cuts_do_not_matter(block: int) -> None:
    sound = song(6, "minor")
    assert find_key(sound, block) == find_key(sound)


def test_asking_twice_gives_the_same() -> None:
    meter = KeyMeter()
    meter.feed(song(1, "major").astype(np.float32))
    assert meter.result() == meter.result() is not None


def test_noise_makes_it_less_sure() -> None:
    sound = song(7, "major", rounds=4)
    noise = np.random.default_rng(0).normal(0, 4 * sound.std(), len(sound))
    sure, unsure = find_key(sound), find_key(sound + noise)
    assert sure is not None
    assert unsure is not None
    assert unsure.confidence < sure.confidence


@pytest.mark.parametrize("seconds", [6, 30])
@pytest.mark.parametrize("seed", range(4))
def test_noise_has_no_key(seconds: int, seed: int) -> None:
    noise = np.random.default_rng(seed).normal(0, 0.3, seconds * LOW_HZ)
    assert find_key(noise) is None
    brown = np.cumsum(noise)
    key = find_key(0.5 * brown / np.abs(brown).max())
    assert key is None or key.confidence < 0.4


@pytest.mark.parametrize("pitches", [(69,), (45, 52), tuple(range(48, 60)), (48, 51, 54, 57)])
def test_what_belongs_to_no_key_has_none(pitches: tuple[int, ...]) -> None:
    """One note, a bare fifth, all notes at once, and a chord of minor thirds."""
    at = np.arange(10 * LOW_HZ) / LOW_HZ
    tones = [np.sin(2 * np.pi * 440 * 2 ** ((pitch - 69) / 12) * at) for pitch in pitches]
    key = find_key(0.05 * np.sum(tones, axis=0))
    assert key is None or key.confidence < 0.35


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_silence_and_an_offset_have_no_key(level: float) -> None:
    assert find_key(np.full(20 * LOW_HZ, level)) is None


@pytest.mark.parametrize("frames", [0, 1, 8191, 8192, 2 * LOW_HZ])
def test_too_short_to_tell(frames: int) -> None:
    assert find_key(song(0, "major")[:frames]) is None


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_what_is_no_number_does_not_spread(wrong: float) -> None:
    sound = song(0, "major")
    sound[50_000] = wrong
    with np.errstate(invalid="ignore"):
        key = find_key(sound)
    assert key is not None
    assert key.text == "C major"
