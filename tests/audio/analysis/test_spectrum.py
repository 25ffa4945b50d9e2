"""The shelf in the spectrum: what codecs and lower rates leave, and what only looks like it."""

from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
import soxr
from numpy.typing import NDArray

from indieartist.audio.analysis.spectrum import ShelfMeter
from indieartist.audio.decode import stream

Sound = NDArray[np.float32]
RATE_HZ = 44_100
SECONDS = 5


def make_music(rate_hz: int = RATE_HZ) -> Sound:
    """Pink noise that swells and fades, with hits and tones: as full as a mix, (n, 2) float32."""
    dice = np.random.default_rng(1770)
    frames = SECONDS * rate_hz
    spectrum = np.fft.rfft(dice.standard_normal((frames, 2)), axis=0)
    spectrum /= np.sqrt(np.maximum(np.fft.rfftfreq(frames, 1 / rate_hz), 20))[:, None]
    noise = np.fft.irfft(spectrum, frames, axis=0)
    at = np.arange(frames) / rate_hz
    swell = 0.1 + 0.9 * np.abs(np.sin(3 * at)) * np.exp(-4 * (at % 0.5))
    tones = np.sin(2 * np.pi * 220 * at) + np.sin(2 * np.pi * 277 * at)
    mixed = 0.25 * noise / np.abs(noise).max() * swell[:, None] + 0.1 * tones[:, None]
    return (np.round(mixed * 2**23) / 2**23).astype(np.float32)


@pytest.fixture(scope="module")
def music() -> Sound:
    return make_music()


@pytest.fixture(scope="module")
def encoded(tmp_path_factory: pytest.TempPathFactory, music: Sound) -> Sound:
    return encode(tmp_path_factory.mktemp("encoded"), music, "libmp3lame", 128)


def find_shelf(sound: Sound, rate_hz: int = RATE_HZ, block: int = 65_536) -> int | None:
    meter = ShelfMeter(rate_hz, sound.shape[1])
    for start in range(0, len(sound), block):
        meter.feed(np.ascontiguousarray(sound[start : start + block].T))
    return meter.shelf_hz


def encode(folder: Path, sound: Sound, codec: str, kbps: int) -> Sound:
    """Through FFmpeg's encoder and back through the program's own decoder."""
    path = folder / {"libmp3lame": "song.mp3", "aac": "song.m4a"}[codec]
    with av.open(str(path), "w") as container:
        track = container.add_stream(codec, rate=RATE_HZ, layout="stereo")
        track.bit_rate = kbps * 1000
        for start in range(0, len(sound), 65_536):
            planar = np.ascontiguousarray(sound[start : start + 65_536].T)
            frame = av.AudioFrame.from_ndarray(planar, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = RATE_HZ, start
            container.mux(track.encode(frame))
        container.mux(track.encode(None))
    return np.concatenate(list(stream(path)))


def encode_vorbis(sound: Sound, quality: float) -> Sound:
    file = io.BytesIO()
    options = {"format": "OGG", "subtype": "VORBIS", "compression_level": 1 - quality / 10}
    with soundfile.SoundFile(file, "w", RATE_HZ, 2, **options) as written:
        for start in range(0, len(sound), 8192):
            written.write(sound[start : start + 8192])
    file.seek(0)
    return np.asarray(soundfile.read(file, dtype="float32")[0])


def low_pass(sound: Sound, edge_hz: float, db_per_octave: int) -> Sound:
    """As a Butterworth filter of that slope would."""
    spectrum = np.fft.rfft(sound, axis=0)
    octaves = np.fft.rfftfreq(len(sound), 1 / RATE_HZ) / edge_hz
    spectrum /= np.sqrt(1 + octaves ** (db_per_octave / 3))[:, None]
    return np.fft.irfft(spectrum, len(sound), axis=0).astype(np.float32)


@pytest.mark.parametrize(
    ("codec", "kbps", "edge_hz"),
    [
        ("libmp3lame", 128, 16_800),
        ("libmp3lame", 320, 20_300),
        ("aac", 128, 17_400),
    ],
)
def test_an_encoded_song_breaks_off(tmp_path, music, codec, kbps, edge_hz):
    found = find_shelf(encode(tmp_path, music, codec, kbps))
    assert found is not None and abs(found - edge_hz) <= 200


def test_vorbis_breaks_off(music):
    found = find_shelf(encode_vorbis(music, 3))
    assert found is not None and abs(found - 17_400) <= 300


@pytest.mark.parametrize("to_hz", [48_000, 88_200, 96_000, 192_000])
def test_a_song_of_a_lower_rate_breaks_off_at_its_half(music, to_hz):
    found = find_shelf(soxr.resample(music, RATE_HZ, to_hz, quality="HQ"), to_hz)
    assert found is not None and 21_400 <= found <= 22_000


def test_a_song_that_once_had_half_the_rate_breaks_off(music):
    low = soxr.resample(music, RATE_HZ, RATE_HZ // 2)
    found = find_shelf(soxr.resample(low, RATE_HZ // 2, RATE_HZ))
    assert found is not None and 10_500 <= found <= 11_025


@pytest.mark.parametrize("channel", [0, 1])
def test_it_is_heard_in_either_channel(encoded, channel):
    silenced = encoded * np.float32([channel == 1, channel == 0])
    assert find_shelf(silenced) is not None


def test_a_song_out_of_phase_is_heard(encoded):
    opposed = encoded[:, :1] * np.float32([1, -1])
    assert find_shelf(opposed) is not None


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 44_100, 48_000, 96_000])
def test_a_native_song_does_not(rate_hz):
    assert find_shelf(make_music(rate_hz), rate_hz) is None


def test_a_song_brought_down_from_a_higher_rate_does_not():
    low = soxr.resample(make_music(96_000), 96_000, RATE_HZ, quality="HQ")
    assert find_shelf(low) is None


@pytest.mark.parametrize(
    ("edge_hz", "db_per_octave"),
    [(16_000, 24), (16_000, 48), (12_000, 48), (14_000, 96), (8_000, 48), (3_000, 24), (1_000, 24)],
)
def test_a_dull_song_does_not(music, edge_hz, db_per_octave):
    assert find_shelf(low_pass(music, edge_hz, db_per_octave)) is None


def test_a_song_of_bells_does_not():
    at = np.arange(SECONDS * RATE_HZ) / RATE_HZ
    partials = [1_000 * ratio for ratio in (1, 2.76, 5.4, 8.6, 8.9)]
    bell = sum(np.sin(2 * np.pi * hz * at) for hz in partials) * 0.05 * np.exp(-3 * (at % 1))
    noise = 1e-5 * np.random.default_rng(3).standard_normal(at.size)
    assert find_shelf(np.stack([bell + noise] * 2, axis=1).astype(np.float32)) is None


def test_dither_does_not(music):
    dice = np.random.default_rng(4)
    dither = dice.random(music.shape) - dice.random(music.shape)
    assert find_shelf((np.round(music * 2**15 + dither) / 2**15).astype(np.float32)) is None


@pytest.mark.parametrize("quiet", [np.zeros((RATE_HZ * 5, 2), np.float32), np.zeros((0, 2))])
def test_silence_does_not(quiet):
    assert find_shelf(quiet.astype(np.float32)) is None


def test_what_is_too_short_is_not_judged(encoded):
    assert find_shelf(encoded[: 2 * RATE_HZ]) is None


def test_blocks_of_any_size_give_the_same(encoded):
    assert len({find_shelf(encoded, block=block) for block in (1000, 4096, 65_536, 10**7)}) == 1


def test_a_long_song_is_judged_by_windows_from_all_of_it(encoded, music):
    """Two minutes of which only the first five seconds were ever encoded."""
    assert find_shelf(np.concatenate([encoded] + [music] * 23)) is None
    assert find_shelf(np.concatenate([encoded] * 24)) is not None
