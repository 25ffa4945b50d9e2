"""The waveform shows what is there, at every zoom, and survives being stored."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from indieartist.audio.waveform import BIN_FRAMES, Waveform, WaveformBuilder
from indieartist.audio.window import Window
from indieartist.errors import UserError

RATE_HZ = 8000
STEP = 1.5 / 32767  # of what is stored


def build(samples: NDArray[np.float32], powers: Any = (), cuts: Any = ()) -> Waveform:
    builder = WaveformBuilder()
    for stretch in Window(RATE_HZ, samples.shape[1]).cut(np.split(samples, cuts)):
        builder.feed(stretch)
    return builder.build(RATE_HZ, np.asarray(powers, np.float64))


def noise(frames: int, seed: int = 0) -> NDArray[np.float32]:
    shape = np.random.default_rng(seed).uniform(-1, 1, (frames, 2))
    return (shape * np.linspace(0.1, 1, frames)[:, None]).astype(np.float32)


SONG = noise(60_000)
WAVE = build(SONG)


def ms(frames: float) -> float:
    return frames * 1000 / RATE_HZ


@settings(max_examples=60)
@given(start=st.integers(-9000, 70_000), length=st.integers(1, 70_000), width=st.integers(1, 300))
def test_every_column_covers_its_samples_and_little_more(
    start: int, length: int, width: int
) -> None:
    columns = WAVE.columns(ms(start), ms(start + length), width)
    edges = np.linspace(start, start + length, width + 1)
    for index in range(0, width, 17):
        first, last = max(0, int(np.ceil(edges[index]))), max(0, int(edges[index + 1]))
        inside = SONG[first:last]
        if not inside.size:
            continue
        assert columns.low[index] <= inside.min() + STEP
        assert columns.high[index] >= inside.max() - STEP
        # At most one bin of the level more to each side.
        reach = max(BIN_FRAMES, (last - first) + 1)
        around = SONG[max(0, first - reach) : last + reach]
        assert columns.low[index] >= around.min() - STEP
        assert columns.high[index] <= around.max() + STEP


@settings(max_examples=40)
@given(start=st.integers(0, 50_000), length=st.integers(256, 60_000), width=st.integers(1, 2000))
def test_rms_lies_within_the_peaks(start: int, length: int, width: int) -> None:
    columns = WAVE.columns(ms(start), ms(start + length), width)
    reach = np.maximum(np.abs(columns.low), np.abs(columns.high))
    assert columns.low.shape == columns.high.shape == columns.rms.shape == (width,)
    assert (columns.rms <= reach + STEP).all()
    assert (columns.low <= columns.high).all()


def test_exact_silence_is_found_where_it_is() -> None:
    song = noise(60_000)
    song[10_000:14_000] = 0
    song[30_000:30_600] = 0  # too short
    song[59_000:] = 0
    song[20_000:24_000, 0] = 0  # one channel goes on
    runs = build(song).zero_runs_ms(100)
    bin_ms = ms(BIN_FRAMES)
    assert [start for start, _ in runs] == pytest.approx([ms(10_000), ms(59_000)], abs=bin_ms)
    assert [length for _, length in runs] == pytest.approx([500, 125], abs=2 * bin_ms)
    assert build(song * 0).zero_runs_ms(1) == [(0.0, ms(60_000))]
    assert build(song[:5000]).zero_runs_ms(1) == []


def test_rms_of_a_steady_tone() -> None:
    tone = 0.5 * np.sin(np.arange(80_000) * 0.3).astype(np.float32)[:, None]
    columns = build(tone).columns(0, ms(80_000), 50)
    assert columns.rms == pytest.approx(0.5 / np.sqrt(2), abs=0.003)
    assert columns.high == pytest.approx(0.5, abs=0.003)


def test_outside_the_song_there_is_silence() -> None:
    for start, end in ((-500, -100), (ms(61_000), ms(90_000))):
        columns = WAVE.columns(start, end, 40)
        for track in (columns.low, columns.high, columns.rms):
            assert not track.any()
        assert np.isnan(WAVE.loudness(start, end, 40)).all()


@settings(max_examples=30)
@given(cuts=st.lists(st.integers(0, 3000), max_size=6), frames=st.integers(0, 3000))
def test_bins_do_not_depend_on_the_blocks(cuts: list[int], frames: int) -> None:
    samples = noise(frames, seed=frames)
    cut = build(samples, cuts=sorted(cuts))
    assert cut.to_bytes() == build(samples).to_bytes()
    assert cut.lows.size == -(-frames // BIN_FRAMES)


@settings(max_examples=30)
@given(
    frames=st.integers(0, 5000),
    powers=st.lists(st.floats(0, 1e6, width=32), max_size=5),
    gain=st.floats(0, 4),
)
def test_stored_and_read_again_it_is_the_same(
    frames: int, powers: list[float], gain: float
) -> None:
    wave = build(noise(frames) * np.float32(gain), powers[: frames // 800])
    again = Waveform.from_bytes(wave.to_bytes())
    assert again.to_bytes() == wave.to_bytes()
    assert (again.rate_hz, again.frames) == (wave.rate_hz, wave.frames)
    for name in ("lows", "highs", "rms", "powers"):
        assert np.array_equal(getattr(again, name), getattr(wave, name))


STORED = build(noise(5000), [0.5] * 6).to_bytes()


@settings(max_examples=200)
@given(data=st.data())
def test_hostile_bytes_are_refused_or_harmless(data: st.DataObject) -> None:
    stored = bytearray(STORED)
    for _ in range(data.draw(st.integers(1, 4))):
        stored[data.draw(st.integers(0, len(stored) - 1))] = data.draw(st.integers(0, 255))
    stored = stored[: data.draw(st.integers(0, len(stored)))]
    try:
        wave = Waveform.from_bytes(bytes(stored))
    except UserError as error:
        assert error.hint
    else:
        wave.columns(0, wave.duration_ms + 1, 10)


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"IAWF",
        b"RIFF" + STORED[4:],
        STORED[:4] + b"\x09" + STORED[5:],
        STORED + b"more",
        STORED[:-5],
        struct.pack("<4sBIQI", b"IAWF", 1, 0, 10, 0),
        struct.pack("<4sBIQI", b"IAWF", 1, 44_100, 1 << 60, 0) + zlib.compress(bytes(100)),
        struct.pack("<4sBIQI", b"IAWF", 1, 44_100, 256, 0) + zlib.compress(bytes(10_000_000)),
        struct.pack("<4sBIQI", b"IAWF", 1, 44_100, 100, 1)
        + zlib.compress(bytes(6) + struct.pack("<f", float("nan"))),
        struct.pack("<4sBIQI", b"IAWF", 1, 44_100, 100, 0)
        + zlib.compress(struct.pack("<3h", 5, -5, 0)),
    ],
)
def test_bytes_that_are_no_waveform_are_refused(stored: bytes) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        Waveform.from_bytes(stored)


def test_loudness_over_time() -> None:
    powers = [0.0] * 50 + [10 ** ((-14 + 0.691) / 10)] * 100
    wave = build(noise(RATE_HZ * 15), powers)
    curve = wave.loudness(0, 15_000, 150)
    assert np.isnan(curve[:30]).all()
    assert curve[70:] == pytest.approx(-14.0, abs=0.01)


def test_a_wave_over_full_scale_is_cut_at_it() -> None:
    columns = build(noise(1000) * 8).columns(0, ms(1000), 4)
    assert columns.high.max() == 1.0
    assert columns.low.min() == -1.0


def test_it_is_small() -> None:
    """A minute of it takes less than an eightieth of its 16-bit samples."""
    samples = noise(44_100 * 60)
    assert len(build(samples, [0.1] * 600).to_bytes()) < samples.size * 2 / 80
