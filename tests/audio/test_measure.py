"""One pass over a file finds what is known to be in it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from indieartist.audio.measure import measure_file
from indieartist.audio.statistics import Clipping, Statistics, find_percentile
from indieartist.audio.waveform import WaveformBuilder
from indieartist.audio.window import Window
from indieartist.errors import Cancelled, UserError

Write = Callable[..., Path]
Music = NDArray[np.int32]
RATE_HZ = 44_100


def sine(level: float, seconds: float, hz: float = 1000) -> NDArray[np.float64]:
    return level * np.sin(2 * np.pi * hz / RATE_HZ * np.arange(int(seconds * RATE_HZ)))


def test_a_steady_tone(write_sound: Write) -> None:
    tone = sine(10 ** (-23 / 20), 4)
    measurement = measure_file(write_sound("tone.wav", np.stack([tone, tone], 1))).measurement
    for lufs in (
        measurement.integrated_lufs,
        measurement.momentary_max_lufs,
        measurement.short_term_max_lufs,
    ):
        assert lufs == pytest.approx(-23.0, abs=0.05)
    assert measurement.loudness_range_lu == pytest.approx(0.0, abs=0.05)
    assert measurement.true_peak_dbtp == pytest.approx(-23.0, abs=0.05)
    assert measurement.sample_peak_dbfs == pytest.approx(-23.0, abs=0.05)
    assert measurement.dc_offset == pytest.approx(0.0, abs=1e-6)
    assert measurement.correlation == pytest.approx(1.0)
    assert (measurement.clipped_runs, measurement.bits_used) == (0, 24)
    assert (measurement.silence_head_ms, measurement.silence_tail_ms) == (0, 0)
    assert (measurement.sample_rate_hz, measurement.channels) == (RATE_HZ, 2)
    assert measurement.duration_ms == 4000


@pytest.mark.parametrize("seconds", [4, 20])
def test_silence_has_no_levels(seconds: int, write_sound: Write) -> None:
    path = write_sound("silence.wav", np.zeros((RATE_HZ * seconds, 2), np.int32))
    measurement = measure_file(path).measurement
    assert measurement.integrated_lufs is None
    assert measurement.momentary_max_lufs is None
    assert measurement.short_term_max_lufs is None
    assert measurement.true_peak_dbtp is None
    assert measurement.sample_peak_dbfs is None
    assert measurement.correlation is None
    assert (measurement.loudness_range_lu, measurement.dc_offset) == (0.0, 0.0)
    assert (measurement.clipped_runs, measurement.bits_used) == (0, 0)
    assert (measurement.silence_head_ms, measurement.silence_tail_ms) == (seconds * 1000,) * 2


@pytest.mark.parametrize(
    ("kind", "subtype", "expected"),
    [
        ("WAV", "PCM_24", 16),
        ("FLAC", "PCM_24", 16),
        ("WAV", "PCM_16", 16),
        ("WAV", "PCM_U8", 8),
        ("WAV", "FLOAT", None),
        ("MP3", "MPEG_LAYER_III", None),
    ],
)
def test_the_bits_really_used_are_counted(
    kind: str, subtype: str, expected: int | None, music: Music, write_sound: Write
) -> None:
    padded = music >> 16 << 16
    samples = padded if expected else padded / 2.0**31
    path = write_sound("song.x", samples, kind, subtype)
    assert measure_file(path).measurement.bits_used == expected


def test_bits_of_alac(music: Music, write_ffmpeg: Write) -> None:
    path = write_ffmpeg("song.m4a", music, ("alac", "ipod", "s32p"))
    assert measure_file(path).measurement.bits_used == 24


@pytest.mark.parametrize(("gain", "correlation"), [(1.0, 1.0), (-0.5, -1.0)])
def test_correlation_of_two_channels(gain: float, correlation: float, write_sound: Write) -> None:
    tone = sine(0.5, 1)
    path = write_sound("song.wav", np.stack([tone, gain * tone], 1))
    assert measure_file(path).measurement.correlation == pytest.approx(correlation, abs=1e-6)


def test_mono_has_no_correlation_and_noise_none_to_speak_of(write_sound: Write) -> None:
    noise = np.random.default_rng(2).uniform(-0.5, 0.5, (RATE_HZ, 2))
    assert measure_file(write_sound("mono.wav", noise[:, :1])).measurement.correlation is None
    stereo = measure_file(write_sound("stereo.wav", noise)).measurement
    assert stereo.correlation == pytest.approx(0.0, abs=0.02)


def test_dc_is_that_of_the_worse_channel(write_sound: Write) -> None:
    tone = sine(0.5, 1)
    path = write_sound("song.wav", np.stack([tone + 0.01, tone - 0.02], 1))
    assert measure_file(path).measurement.dc_offset == pytest.approx(0.02, abs=1e-4)


def test_silence_at_head_and_tail(write_sound: Write) -> None:
    tone = sine(0.3, 2)
    song = np.concatenate([np.zeros(RATE_HZ), tone, np.zeros(RATE_HZ // 2)])
    measurement = measure_file(write_sound("song.wav", np.stack([song, song], 1))).measurement
    bin_ms = 256 * 1000 / RATE_HZ
    assert measurement.silence_head_ms == pytest.approx(1000, abs=bin_ms + 1)
    assert measurement.silence_tail_ms == pytest.approx(500, abs=bin_ms + 1)


@pytest.mark.parametrize(
    ("runs", "level", "expected"),
    [
        ([3, 4, 100], 1.0, 3),
        ([2, 1, 2], 1.0, 0),
        ([3, 2, 5], -1.0, 2),
        ([9, 9], 0.98, 0),  # flat, but not at full scale
        ([9, 9], 0.995, 2),
    ],
)
def test_clipped_runs(runs: list[int], level: float, expected: int, write_sound: Write) -> None:
    song = sine(0.9, 1, hz=100)
    for index, length in enumerate(runs):
        song[5000 * (index + 1) :][:length] = level
    path = write_sound("song.wav", np.stack([song, 0 * song], 1))
    assert measure_file(path).measurement.clipped_runs == expected


@settings(max_examples=50)
@given(
    values=st.lists(st.sampled_from([0.0, 1.0, -1.0, 0.999, 0.5]), min_size=1, max_size=40),
    cuts=st.lists(st.integers(0, 40), max_size=5),
)
def test_statistics_do_not_depend_on_the_blocks(values: list[float], cuts: list[int]) -> None:
    samples = np.array([values, values[::-1]], np.float32).T
    whole, pieces = figures([samples]), figures(np.split(samples, sorted(cuts)))
    assert pieces == whole
    assert whole[0] == counted_runs(samples)


def figures(blocks: list[NDArray[np.float32]]) -> tuple[int, float, float | None]:
    """Clipped runs, DC and correlation."""
    waveform, clipping, statistics = WaveformBuilder(), Clipping(), Statistics(8000, 2)
    for stretch in Window(8000, 2).cut(blocks):
        clipping.feed(stretch, *waveform.feed(stretch))
        statistics.feed(stretch)
    return clipping.runs, statistics.dc_offset, statistics.correlation


def counted_runs(samples: NDArray[np.float32]) -> int:
    """Runs of 3 equal samples at the highest or at the lowest value, from -0.1 dBFS up."""
    runs = 0
    for signed in (samples, -samples):
        for channel in signed.T:
            marks = "".join("x" if v == signed.max() and v > 0.9886 else " " for v in channel)
            runs += sum(len(run) >= 3 for run in marks.split())
    return runs


def test_the_same_sound_gives_the_same_figures_in_every_container(
    music: Music, write_sound: Write, write_ffmpeg: Write
) -> None:
    paths = [
        write_sound("song.wav", music),
        write_sound("song.flac", music, "FLAC"),
        write_sound("song.aiff", music, "AIFF"),
        write_ffmpeg("song.m4a", music, ("alac", "ipod", "s32p")),
    ]
    first, *others = (measure_file(path) for path in paths)
    for other in others:
        assert other.measurement == first.measurement
        assert other.waveform.to_bytes() == first.waveform.to_bytes()


def test_eight_channels_are_measured(music: Music, write_sound: Write) -> None:
    measurement = measure_file(write_sound("surround.wav", np.tile(music, 4))).measurement
    assert measurement.channels == 8
    assert measurement.integrated_lufs is not None


@pytest.mark.parametrize("seconds", [2, 9])
@pytest.mark.parametrize("channels", [1, 3, 5, 7])
def test_odd_channel_counts_and_two_seconds(
    channels: int, seconds: int, write_sound: Write
) -> None:
    tone = np.stack([sine(0.1, seconds)] * channels, 1)
    measurement = measure_file(write_sound("song.wav", tone)).measurement
    weight = {1: 1, 3: 3, 5: 3 + 2 * 1.41, 7: 4 + 2 * 1.41}[channels]  # the LFE counts nothing
    lufs = -0.691 + 10 * np.log10(0.1**2 / 2 * weight) + 0.69  # the K filter's gain at 1 kHz
    assert measurement.integrated_lufs == pytest.approx(lufs, abs=0.05)
    assert measurement.true_peak_dbtp == pytest.approx(-20, abs=0.02)
    assert (measurement.short_term_max_lufs is None) == (seconds < 3)


@pytest.mark.parametrize("subtype", ["PCM_16", "FLOAT"])
def test_a_full_scale_square_wave(subtype: str, write_sound: Write) -> None:
    square = np.where(np.arange(10 * RATE_HZ) // 50 % 2, -1.0, 1.0)
    path = write_sound("song.wav", np.stack([square, -square], 1), subtype=subtype)
    measurement = measure_file(path).measurement
    assert measurement.sample_peak_dbfs == pytest.approx(0.0, abs=0.001)
    assert measurement.true_peak_dbtp == pytest.approx(20 * np.log10(4 / np.pi), abs=0.05)
    # In 16 bits the upper halves reach a bit less than full scale: their own highest.
    assert measurement.clipped_runs == 2 * 10 * RATE_HZ // 50
    assert measurement.correlation == pytest.approx(-1.0, abs=1e-4)
    assert measurement.dc_offset == pytest.approx(0.0, abs=2e-5)
    assert measurement.integrated_lufs == pytest.approx(3.031, abs=0.01)  # libebur128's


def test_direct_current(write_sound: Write) -> None:
    path = write_sound("song.wav", np.full((10 * RATE_HZ, 2), 0.5))
    measurement = measure_file(path).measurement
    assert measurement.dc_offset == pytest.approx(0.5, abs=1e-6)
    assert measurement.sample_peak_dbfs == pytest.approx(-6.02, abs=0.01)
    assert measurement.true_peak_dbtp == pytest.approx(-5.1, abs=0.3)  # where it is switched on
    assert (measurement.silence_head_ms, measurement.silence_tail_ms) == (0, 0)
    assert measurement.integrated_lufs == pytest.approx(
        -29.283, abs=0.01
    )  # that click; libebur128's


def test_the_waveform_gates_an_album_as_the_song(music: Music, write_sound: Write) -> None:
    from indieartist.audio.loudness import integrated_lufs

    analysis = measure_file(write_sound("song.wav", music))
    album_lufs = integrated_lufs(np.concatenate([analysis.waveform.gating_blocks] * 3))
    assert album_lufs == pytest.approx(analysis.measurement.integrated_lufs, abs=1e-4)


@pytest.mark.parametrize("threads", [1, 2])
def test_progress_is_told_now_and_then_and_can_cancel(
    threads: int, music: Music, write_sound: Write
) -> None:
    path = write_sound("song.wav", np.tile(music, (16, 1)))
    fractions: list[float] = []
    measure_file(path, fractions.append, threads=threads)
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert 10 <= len(fractions) <= 50

    def cancel(fraction: float) -> None:
        if fraction > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        measure_file(path, cancel, threads=threads)


@pytest.mark.real
def test_memory_does_not_grow_with_the_song(tmp_path: Path) -> None:
    """Five minutes more of sound, a few megabytes more of memory; the samples would be 115."""
    script = """
import sys, numpy, soundfile
from pathlib import Path
from indieartist.audio.measure import measure_file
noise = numpy.random.default_rng(0).integers(-9999, 9999, (48000 * 10, 2), dtype=numpy.int16)
peaks = []
for minutes in (1, 6):
    path = Path(sys.argv[1]) / f"{minutes}.wav"
    with soundfile.SoundFile(path, "w", 48000, 2, "PCM_16") as sound:
        for _ in range(minutes * 6):
            sound.write(noise)
    measure_file(path)
    status = Path("/proc/self/status").read_text()
    peaks.append(int(status.split("VmHWM:")[1].split()[0]))
print(peaks[1] - peaks[0])
"""
    command = [sys.executable, "-c", script, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 20_000  # kilobytes


@pytest.mark.real
def test_a_real_song(real_song: Path) -> None:
    """Against libebur128 on the same file."""
    import pyebur128
    import soundfile

    measurement = measure_file(real_song).measurement
    samples, rate_hz = soundfile.read(real_song)
    mode = pyebur128.MeasurementMode.MODE_I | pyebur128.MeasurementMode.MODE_TRUE_PEAK
    state = pyebur128.R128State(2, rate_hz, mode)
    state.add_frames(samples.ravel(), len(samples))
    assert measurement.integrated_lufs == pytest.approx(
        pyebur128.get_loudness_global(state), abs=0.02
    )
    theirs = 20 * np.log10(max(pyebur128.get_true_peak(state, channel) for channel in (0, 1)))
    assert measurement.true_peak_dbtp == pytest.approx(theirs, abs=0.2)


class Recorder:
    """A listener that keeps everything."""

    def __init__(self) -> None:
        self.begun: list[tuple[int, int]] = []
        self.pieces: list[NDArray[np.float32]] = []

    def begin(self, rate_hz: int, channels: int) -> None:
        self.begun.append((rate_hz, channels))

    def feed(self, planar: NDArray[np.float32]) -> None:
        self.pieces.append(planar.copy())


@pytest.mark.parametrize("threads", [1, 2])
def test_listeners_hear_every_sample_once(threads: int, music: Music, write_sound: Write) -> None:
    song = np.tile(music, (4, 1))
    path, recorders = write_sound("song.wav", song), [Recorder(), Recorder()]
    analysis = measure_file(path, threads=threads, listeners=recorders)
    assert analysis.measurement == measure_file(path).measurement
    for recorder in recorders:
        assert recorder.begun == [(RATE_HZ, 2)]
        assert np.array_equal(np.concatenate(recorder.pieces, axis=1), song.T / np.float32(2**31))


@pytest.mark.parametrize("threads", [1, 2])
def test_what_a_listener_or_the_file_raises_comes_through(
    threads: int, music: Music, write_sound: Write
) -> None:
    class Failing(Recorder):
        def feed(self, planar: NDArray[np.float32]) -> None:
            raise ZeroDivisionError

    path = write_sound("song.flac", np.tile(music, (4, 1)), "FLAC")
    with pytest.raises(ZeroDivisionError):
        measure_file(path, threads=threads, listeners=[Failing()])
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 5000] = np.random.default_rng(0).bytes(5000)
    path.write_bytes(data)
    with pytest.raises(UserError, match="damaged"):
        measure_file(path, threads=threads, listeners=[Recorder()])


@given(values=st.lists(st.floats(-100, 100, width=32), min_size=1), percent=st.floats(0, 100))
def test_a_percentile_is_numpys(values: list[float], percent: float) -> None:
    found = find_percentile(np.array(values), percent)
    assert found == pytest.approx(np.percentile(values, percent), rel=1e-9, abs=1e-9)
