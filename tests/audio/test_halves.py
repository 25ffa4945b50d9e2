"""A song measured in two halves gives the figures of one measured from front to back, exactly."""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from indieartist.audio.decode import open_reader
from indieartist.audio.halves import find_middle, measure_halves
from indieartist.audio.measure import Analysis, measure_file
from indieartist.audio.meters import Meters
from indieartist.audio.reader import Form
from indieartist.audio.window import past_frames, stretch_frames
from indieartist.domain.measurement import AudioInfo
from indieartist.domain.progress import silent
from indieartist.errors import UserError

Write = Callable[..., Path]
Music = NDArray[np.int32]
Floats = NDArray[np.float32]
RATE_HZ = 8_000
STRETCH = stretch_frames(RATE_HZ, 2)


def assert_equal(halves: Analysis, whole: Analysis) -> None:
    assert halves.info == whole.info
    assert dataclasses.astuple(halves.measurement) == dataclasses.astuple(whole.measurement)
    assert halves.waveform.to_bytes() == whole.waveform.to_bytes()
    assert np.array_equal(halves.levels.squares, whole.levels.squares)
    assert np.array_equal(halves.levels.products, whole.levels.products)


def song(frames: int, channels: int = 2, seed: int = 0) -> Floats:
    """A song that is clipped all along, most of all where its halves meet, and falls silent."""
    generator = np.random.default_rng(seed)
    samples = np.clip(0.5 * generator.standard_normal((frames, channels)), -1, 1)
    middle = frames // 2 // STRETCH * STRETCH
    samples[middle - 2 : middle + 2] = 1
    samples[middle + 5000 : middle + 9000] = 0
    return samples.astype(np.float32)


@pytest.mark.parametrize(
    ("kind", "subtype", "channels", "rate_hz"),
    [
        ("WAV", "PCM_24", 2, 8_000),
        ("WAV", "FLOAT", 1, 11_025),
        ("RF64", "PCM_16", 6, 8_000),
        ("AIFF", "PCM_24", 2, 12_345),
        ("FLAC", "PCM_24", 2, 22_050),
        ("FLAC", "PCM_16", 1, 44_100),
    ],
)
@pytest.mark.parametrize("seconds", [8, 13.37])
def test_the_halves_of_a_file(
    kind: str, subtype: str, channels: int, rate_hz: int, seconds: float, write_sound: Write
) -> None:
    path = write_sound("song.x", song(int(seconds * rate_hz), channels), kind, subtype, rate_hz)
    with open_reader(path) as reader:
        assert find_middle(reader.form) == 4 * rate_hz
    assert_equal(measure_file(path, threads=2), measure_file(path, threads=1))


def test_fast_rates_of_many_channels_come_in_shorter_stretches(write_sound: Write) -> None:
    samples = song(2 * 384_000 + 77, channels=5)
    path = write_sound("song.wav", samples, "WAV", "PCM_24", 384_000)
    with open_reader(path) as reader:
        assert find_middle(reader.form) == 384_000
    assert_equal(measure_file(path, threads=2), measure_file(path, threads=1))


def meters_of(samples: Floats, start: int, stop: int) -> Meters:
    meters = Meters(RATE_HZ, samples.shape[1], start=start)
    if start:
        meters.prime(samples[start - past_frames(RATE_HZ) : start])
    meters.feed(samples[start:stop])
    return meters


def analysis_of(meters: Meters, channels: int) -> Analysis:
    form = Form("wav", "float", RATE_HZ, channels, 32, False, meters.frames, True)
    info = AudioInfo("wav", "float", RATE_HZ, channels, 32, meters.frames, True)
    return meters.analysis(info, form)


@settings(max_examples=25, deadline=None)
@given(
    frames=st.integers(STRETCH, 3 * STRETCH),
    flat=st.tuples(st.integers(-9, 5), st.integers(0, 9)),
    channels=st.integers(1, 3),
    high=st.sampled_from([0.2, 0.99, 1.0, 1.2]),
)
def test_runs_and_peaks_across_the_cut(
    frames: int, flat: tuple[int, int], channels: int, high: float
) -> None:
    samples = song(frames, channels) * np.float32(0.9)
    start = STRETCH + flat[0]
    samples[start : start + flat[1], channels - 1] = high
    whole, first = meters_of(samples, 0, frames), meters_of(samples, 0, STRETCH)
    second = meters_of(samples, STRETCH, frames)
    whole.finish()
    second.finish()
    first.join(second)
    assert_equal(analysis_of(first, channels), analysis_of(whole, channels))


@pytest.mark.parametrize(
    ("name", "kind", "subtype"),
    [
        ("song.ogg", "OGG", "VORBIS"),
        ("song.mp3", "MP3", "MPEG_LAYER_III"),
        ("s.wav", "WAV", "ULAW"),
    ],
)
def test_what_cannot_be_entered_anywhere_is_measured_in_one(
    name: str, kind: str, subtype: str, write_sound: Write
) -> None:
    path = write_sound(name, song(100_000), kind, subtype, RATE_HZ)
    with open_reader(path) as reader:
        assert find_middle(reader.form) == 0
    assert_equal(measure_file(path, threads=2), measure_file(path, threads=1))


def test_a_short_song_is_measured_in_one(write_sound: Write) -> None:
    path = write_sound("song.wav", song(7 * RATE_HZ), rate_hz=RATE_HZ)
    with open_reader(path) as reader:
        assert find_middle(reader.form) == 0


def test_where_the_second_half_cannot_be_entered_the_first_goes_on(write_sound: Write) -> None:
    path = write_sound("song.wav", song(100_000), rate_hz=RATE_HZ)
    with open_reader(path) as reader:
        meters = measure_halves(path, reader, 3 * STRETCH + RATE_HZ, silent)  # beyond the end
        analysis = meters.analysis(measure_file(path).info, reader.form)
    assert_equal(analysis, measure_file(path, threads=1))


@pytest.mark.parametrize("share", [0.2, 0.8])
def test_damage_is_found_in_either_half(share: float, music: Music, write_sound: Write) -> None:
    path = write_sound("song.flac", np.tile(music, (8, 1)), "FLAC")
    data = bytearray(path.read_bytes())
    place = int(len(data) * share)
    data[place : place + 5000] = np.random.default_rng(0).bytes(5000)
    path.write_bytes(data)
    second = int(share * 24)  # the last block before it ends a second and a half earlier at most
    for threads in (1, 2):
        with pytest.raises(UserError) as caught:
            measure_file(path, threads=threads)
        found = re.search(r"damaged or cut off after 0:(.*) of 0:24.022", caught.value.message)
        assert found
        assert second - 1.5 <= float(found[1]) <= second + 1


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("at", [10_000, 90_000])
def test_what_is_no_sound_is_found_in_either_half(
    at: int, threads: int, write_sound: Write
) -> None:
    samples = song(100_000)
    samples[at] = np.nan
    path = write_sound("song.wav", samples, "WAV", "FLOAT", RATE_HZ)
    with pytest.raises(UserError, match="not sound"):
        measure_file(path, threads=threads)


@pytest.mark.parametrize("rate_hz", [22_050, 48_000])
def test_the_twins_measure_the_same(
    rate_hz: int, write_sound: Write, request: pytest.FixtureRequest
) -> None:
    path = write_sound("song.wav", song(9 * rate_hz), rate_hz=rate_hz)
    compiled = measure_file(path)
    request.getfixturevalue("plain_kernels")
    plain = measure_file(path)
    for name, figure in dataclasses.asdict(compiled.measurement).items():
        assert getattr(plain.measurement, name) == pytest.approx(figure, abs=2e-5), name
    assert plain.measurement.integrated_lufs == pytest.approx(
        compiled.measurement.integrated_lufs, abs=1e-9
    )
    assert np.array_equal(plain.waveform.lows, compiled.waveform.lows)
    assert np.array_equal(plain.waveform.highs, compiled.waveform.highs)
    assert np.abs(plain.waveform.rms - compiled.waveform.rms).max() <= 1
    assert plain.levels.squares == pytest.approx(compiled.levels.squares, rel=1e-5)


def test_the_twins_are_taken_when_asked_for() -> None:
    script = "from indieartist.audio import kernels, measure; print(kernels.COMPILED)"
    environment = os.environ | {"INDIEARTIST_KERNELS": "plain"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
