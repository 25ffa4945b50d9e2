"""A song played as a service plays it: its peaks after the coder, its level, what is written."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from indieartist.audio.codecs.coding import Coding
from indieartist.audio.codecs.peaky import find_peaky_sections
from indieartist.audio.codecs.playback import Playing, Section, play, play_sections
from indieartist.audio.measure import measure_file
from indieartist.domain.platforms import PeakLimiter
from indieartist.errors import Cancelled, UserError

RATE_HZ = 44_100
VORBIS = Coding("vorbis", 160)


def write(path: Path, sound: NDArray[np.float64], rate_hz: int = RATE_HZ) -> Path:
    soundfile.write(path, sound, rate_hz, "FLOAT" if path.suffix == ".wav" else "PCM_24")
    return path


@pytest.fixture
def loud(tmp_path: Path) -> Path:
    """Four seconds of drums and tones, full to the brim."""
    at = np.arange(4 * RATE_HZ) / RATE_HZ
    noise = np.random.default_rng(3).normal(0, 0.5, (at.size, 2))
    beat = np.exp(-12 * (at % 0.25))[:, None] * noise
    sound = np.tanh(3 * (beat + 0.4 * np.sin(2 * np.pi * 110 * at)[:, None]))
    return write(tmp_path / "loud.wav", 0.89 * sound / np.abs(sound).max())


def test_a_lossless_stream_is_the_song_turned(loud: Path, tmp_path: Path) -> None:
    before = measure_file(loud).measurement
    out = tmp_path / "heard.wav"
    heard = play(loud, Playing(Coding("lossless"), -4.0), out=out)
    assert heard.decoded_dbtp == pytest.approx(before.true_peak_dbtp, abs=0.01)
    assert heard.heard_dbtp == pytest.approx(heard.decoded_dbtp - 4.0, abs=0.01)
    assert heard.lufs == pytest.approx(before.integrated_lufs - 4.0, abs=0.01)
    written, source = soundfile.read(out)[0], soundfile.read(loud)[0]
    assert np.abs(written - source * 10 ** (-4 / 20)).max() < 1e-6


def test_a_lossy_stream_raises_the_peaks_of_a_loud_song(loud: Path) -> None:
    before = measure_file(loud).measurement
    for coding in (Coding("aac", 128), Coding("mp3", 128), Coding("opus", 64)):
        heard = play(loud, Playing(coding))
        assert heard.decoded_dbtp > before.true_peak_dbtp + 0.1, coding.label
        assert heard.lufs == pytest.approx(before.integrated_lufs, abs=1.5), coding.label


def test_what_is_written_is_what_was_measured(loud: Path, tmp_path: Path) -> None:
    for name in ("heard.wav", "heard.flac"):
        heard = play(loud, Playing(VORBIS, -6.0), out=tmp_path / name)
        found = measure_file(tmp_path / name)
        assert found.measurement.true_peak_dbtp == pytest.approx(heard.heard_dbtp, abs=0.01)
        assert found.measurement.integrated_lufs == pytest.approx(heard.lufs, abs=0.01)
        assert found.info.frames == heard.frames == 4 * RATE_HZ
        assert found.info.bits == 24


def test_a_limiter_holds_what_is_turned_up(loud: Path, tmp_path: Path) -> None:
    limiter = PeakLimiter(-1.0, 5.0, 100.0)
    heard = play(loud, Playing(VORBIS, 6.0, limiter), out=tmp_path / "heard.wav")
    assert np.abs(soundfile.read(tmp_path / "heard.wav")[0]).max() <= 10 ** (-1 / 20) + 1e-6
    assert heard.heard_dbtp < heard.decoded_dbtp + 6.0 - 3.0
    free = play(loud, Playing(VORBIS, 6.0))
    assert heard.lufs < free.lufs


def test_sections_have_the_highest_of_their_peaks(loud: Path) -> None:
    sections = [Section(0, RATE_HZ // 2), Section(RATE_HZ, RATE_HZ // 2)]
    lossless = Playing(Coding("lossless"), -2.0)
    each = [play_sections(loud, lossless, [section]) for section in sections]
    both = play_sections(loud, lossless, sections)
    assert both.decoded_dbtp == max(heard.decoded_dbtp for heard in each)
    assert both.heard_dbtp == pytest.approx(both.decoded_dbtp - 2.0, abs=0.01)
    assert (both.frames, both.lufs) == (RATE_HZ, None)


def test_a_section_peaks_no_higher_than_its_song(loud: Path) -> None:
    """Where a coder's sound breaks off in the middle of a wave, it would."""
    sections = [Section(start, RATE_HZ // 4) for start in range(30_000, 130_000, 34_001)]
    for coding in (Coding("lossless"), Coding("aac", 128), Coding("mp3", 128), VORBIS):
        whole, part = play(loud, Playing(coding)), play_sections(loud, Playing(coding), sections)
        assert part.decoded_dbtp <= whole.decoded_dbtp + 0.6, coding.label


def test_the_highest_peaks_of_a_song_are_in_what_is_sampled(tmp_path: Path) -> None:
    sound = np.random.default_rng(2).normal(0, 0.05, (15 * RATE_HZ, 1))
    sound[[4 * RATE_HZ, 11 * RATE_HZ]] = 0.9
    path = write(tmp_path / "song.flac", sound)
    found = find_peaky_sections(measure_file(path).waveform, count=4)
    assert len(found) == 4
    for at in (4 * RATE_HZ, 11 * RATE_HZ):
        assert any(s.start <= at < s.start + s.frames for s in found)
    assert all(a.start + a.frames <= b.start for a, b in pairwise(found))
    whole, part = play(path, Playing(VORBIS)), play_sections(path, Playing(VORBIS), found)
    assert part.decoded_dbtp == pytest.approx(whole.decoded_dbtp, abs=0.3)


def test_a_short_song_is_sampled_whole(loud: Path) -> None:
    assert find_peaky_sections(measure_file(loud).waveform) == [Section(0, 4 * RATE_HZ)]


def test_silence_has_no_peaks_and_no_level(tmp_path: Path) -> None:
    path = write(tmp_path / "silence.wav", np.zeros((2 * RATE_HZ, 2)))
    heard = play(path, Playing(Coding("lossless")))
    assert (heard.decoded_dbtp, heard.heard_dbtp, heard.lufs) == (None, None, None)


def test_mono_and_high_rates_are_played_and_surround_is_refused(tmp_path: Path) -> None:
    at = np.arange(96_000) / 96_000
    tone = 0.3 * np.sin(2 * np.pi * 440 * at)
    mono = write(tmp_path / "mono.wav", tone[:, None], 96_000)
    heard = play(mono, Playing(Coding("aac", 256)))
    assert (heard.rate_hz, heard.frames) == (48_000, 48_000)
    six = write(tmp_path / "six.wav", np.repeat(tone[:, None], 6, 1), 96_000)
    with pytest.raises(UserError, match="6 channels"):
        play(six, Playing(VORBIS))
    with pytest.raises(UserError, match="6 channels"):
        play_sections(six, Playing(VORBIS), [Section(0, 4_800)])


def test_stopping_leaves_nothing(loud: Path, tmp_path: Path) -> None:
    def stop(fraction: float) -> None:
        if fraction > 0.5:
            raise Cancelled

    before = sorted(tmp_path.iterdir())
    for coding in (VORBIS, Coding("aac", 128)):
        with pytest.raises(Cancelled):
            play(loud, Playing(coding), out=tmp_path / "heard.wav", report=stop)
    assert sorted(tmp_path.iterdir()) == before
