"""Everything in one pass: the same loudness as alone, and figures for whatever can be decoded."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
import soundfile

from indieartist.audio.analysis.fingerprint import compare_words, unpack_words
from indieartist.audio.analysis.listening import hear_file
from indieartist.audio.mastering.profile import measure_profile
from indieartist.audio.measure import measure_file
from indieartist.domain.measurement import Measurement, Source

RATE_HZ = 44_100
NAMES = [field.name for field in fields(Measurement)]
BESIDE = NAMES[NAMES.index("balance_db") :]  # what is measured beside loudness and peaks


@pytest.fixture
def write(tmp_path):
    """Write samples, shape (n, channels), as a 24-bit WAV."""

    def write_wav(samples, rate_hz=RATE_HZ, subtype="PCM_24"):
        path = tmp_path / "song.wav"
        soundfile.write(path, samples, rate_hz, subtype=subtype)
        return path

    return write_wav


def noise(frames, channels=2, seed=1):
    return 0.1 * np.random.default_rng(seed).standard_normal((frames, channels))


def test_loudness_and_peaks_are_those_of_the_meters_alone(write):
    path = write(noise(6 * RATE_HZ))
    heard, alone = hear_file(path), measure_file(path)
    without = dict.fromkeys(BESIDE)
    assert replace(heard.measurement, **without) == alone.measurement
    assert heard.waveform.to_bytes() == alone.waveform.to_bytes()
    assert heard.info == alone.info


def test_every_new_figure_is_there(write):
    found = hear_file(write(noise(6 * RATE_HZ))).measurement
    assert found.complete
    assert found.source is Source.NATIVE
    assert found.balance_db == pytest.approx(0, abs=0.1)
    assert found.mono_loss_db == pytest.approx(3, abs=0.1)
    assert found.noise_floor_dbfs == pytest.approx(-20, abs=0.5)
    assert (found.digital_black_ms, found.dropouts) == (0, 0)
    assert len(unpack_words(found.fingerprint)) > 20


def test_the_tone_is_that_of_the_whole_song(write):
    sound = noise(6 * RATE_HZ)
    profile = hear_file(write(sound)).profile
    expected = measure_profile(sound.astype(np.float32), RATE_HZ)
    assert np.allclose(profile.mid, expected.mid, rtol=1e-3)


def make_tune(rate_hz):
    at = np.arange(8 * rate_hz) / rate_hz
    notes = np.array([220, 277, 330, 196])[(at * 2).astype(int) % 4]
    tune = sum(np.sin(2 * np.pi * notes * n * at) / n for n in range(1, 8))
    return 0.1 * np.stack([tune, tune], axis=1)


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 48_000, 96_000, 192_000])
def test_a_song_has_one_fingerprint_at_any_rate(write, rate_hz):
    usual, other = (
        unpack_words(hear_file(write(make_tune(rate), rate)).measurement.fingerprint)
        for rate in (RATE_HZ, rate_hz)
    )
    likeness = compare_words(usual, other)
    assert likeness.shift_ms == 0
    assert likeness.bit_error_rate < 0.02


@pytest.mark.parametrize("channels", [1, 2, 3, 6, 8])
def test_any_number_of_channels_is_heard(write, channels):
    found = hear_file(write(noise(2 * RATE_HZ, channels))).measurement
    assert found.complete
    assert (found.balance_db is None) == (channels == 1)


@pytest.mark.parametrize("frames", [1, 100, 4095, 5000, RATE_HZ])
def test_what_is_too_short_has_no_music_but_figures(write, frames):
    found = hear_file(write(noise(frames))).measurement
    assert found.complete
    assert (found.tempo_bpm, found.source) == (None, Source.NATIVE)
    assert unpack_words(found.fingerprint).size == 0


def test_a_song_has_its_tempo_and_key(write):
    """A progression in C at 120 beats a minute, with a drum on each."""
    at = np.arange(24 * RATE_HZ) / RATE_HZ
    chords = ((60, 64, 67), (65, 69, 72), (67, 71, 74), (60, 64, 67))
    notes = np.array(chords)[(at // 2).astype(int) % 4].T
    tones = sum(np.sin(2 * np.pi * 440 * 2 ** ((note - 69) / 12) * at) for note in notes)
    drum = np.random.default_rng(5).standard_normal(at.size) * np.exp(-40 * (at % 0.5))
    song = 0.08 * tones * (0.4 + 0.6 * np.exp(-4 * (at % 0.5))) + 0.15 * drum
    found = hear_file(write(np.stack([song, song], axis=1))).measurement
    assert any(
        tempo == pytest.approx(120, abs=0.1)
        for tempo in (found.tempo_bpm, found.tempo_half_bpm, found.tempo_double_bpm)
    )
    assert found.tempo_confidence > 0.5
    assert (found.key, found.key_camelot) == ("C major", "8B")
    assert 0 < found.key_confidence <= 1


def test_silence_has_no_music(write):
    found = hear_file(write(np.zeros((6 * RATE_HZ, 2)))).measurement
    assert found.complete
    assert (found.tempo_bpm, found.key, found.noise_floor_dbfs) == (None, None, None)
    assert found.digital_black_ms == 6000


def test_a_square_wave_at_full_scale_gives_figures(write):
    square = np.sign(np.sin(np.arange(6 * RATE_HZ) / 20))[:, None] * np.ones(2)
    found = hear_file(write(square * (1 - 2**-23))).measurement
    assert found.complete and found.mono_loss_db == pytest.approx(0, abs=1e-6)


def test_a_lossy_file_says_so_by_its_codec(tmp_path):
    path = tmp_path / "song.ogg"
    soundfile.write(path, 0.3 * noise(6 * RATE_HZ), RATE_HZ, subtype="VORBIS", compression_level=0)
    found = hear_file(path).measurement
    assert (found.source, found.shelf_hz) == (Source.LOSSY, None)


def test_progress_comes_to_its_end(write):
    seen = []
    hear_file(write(noise(6 * RATE_HZ)), seen.append)
    assert seen == sorted(seen) and seen[-1] == 1.0
