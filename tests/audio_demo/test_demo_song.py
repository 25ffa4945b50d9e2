"""The demo song as files: the same bytes each time, stems that add up, a level to be mastered."""

from __future__ import annotations

import hashlib
import math

import numpy as np
import pyebur128
import pytest
import soundfile

from indieartist.audio.demo import render_demo_song
from indieartist.errors import AppError, Cancelled

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def song(tmp_path_factory):
    return render_demo_song(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def mix(song):
    return soundfile.read(song.mix_path, dtype="float32")[0]


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def loudness(sound):
    state = pyebur128.R128State(2, 44100, pyebur128.MeasurementMode.MODE_I)
    state.add_frames(np.ascontiguousarray(sound).ravel(), len(sound))
    return pyebur128.get_loudness_global(state)


def test_is_a_bounce_with_six_stems(song):
    assert song.mix_path.name == "Night_Bus_FINAL2.wav"
    assert len(song.stem_paths) == 6
    for path in (song.mix_path, *song.stem_paths):
        info = soundfile.info(path)
        assert (info.format, info.subtype, info.samplerate, info.channels) == (
            "WAV",
            "PCM_24",
            44100,
            2,
        )
        assert 75 <= info.duration <= 100


def test_says_what_a_release_needs(song):
    roles = {credit.role for credit in song.credits}
    assert {"artist", "composer", "producer"} <= roles
    assert (song.title, song.artist, song.bpm, song.key) == (
        "Night Bus",
        "Ilse Marrow",
        104,
        "C minor",
    )


def test_stems_sum_to_the_mix_exactly(song):
    stems = [soundfile.read(path, dtype="int32")[0].astype(np.int64) for path in song.stem_paths]
    assert all(stem.any() for stem in stems)
    assert np.array_equal(sum(stems), soundfile.read(song.mix_path, dtype="int32")[0])


def test_is_the_same_each_time(song, tmp_path):
    again = render_demo_song(tmp_path)
    assert digest(again.mix_path) == digest(song.mix_path)
    assert [*map(digest, again.stem_paths)] == [*map(digest, song.stem_paths)]


def test_leaves_mastering_something_to_do(mix):
    assert -20 < loudness(mix) < -18
    assert np.abs(mix).max() < 10 ** (-3 / 20)


def test_is_clean(mix):
    assert np.abs(mix.mean(axis=0)).max() < 2e-4
    assert 0.3 < np.corrcoef(mix.T)[0, 1] < 0.9
    assert not mix[-2000:].round(4).any()
    assert np.abs(mix[:50]).max() < 1e-3


def test_the_choruses_are_the_loudest_and_the_intro_the_softest(mix):
    beats = {"intro": (0, 16), "verse": (16, 48), "chorus": (64, 96), "final": (112, 144)}
    at = {
        name: [round((0.15 + b * 60 / 104) * 44100) for b in span] for name, span in beats.items()
    }
    level = {name: loudness(mix[start:end]) for name, (start, end) in at.items()}
    assert level["intro"] + 3 < level["verse"] < level["chorus"] - 1.5
    assert level["chorus"] < level["final"]


def test_is_balanced_as_pop_is(mix):
    power = np.abs(np.fft.rfft(mix.mean(axis=1))) ** 2
    freqs = np.fft.rfftfreq(len(mix), 1 / 44100)
    edges = [100 * 2 ** (n / 3) for n in range(21)]
    thirds = [
        math.log10(power[(freqs >= low) & (freqs < low * 2 ** (1 / 3))].mean()) for low in edges
    ]
    slope_db_per_octave = np.polyfit(np.arange(21) / 3, np.array(thirds) * 10, 1)[0]
    assert -5.5 < slope_db_per_octave < -4


def test_tuned_stems_do_not_click(song):
    for path in song.stem_paths:
        if path.stem.split("_")[-1] in ("Bass", "Keys", "Voice"):
            sound = soundfile.read(path, dtype="float32")[0]
            assert np.abs(np.diff(sound, 2, axis=0)).max() < 0.04, path.name


def test_cancelling_leaves_nothing(tmp_path):
    def report(fraction):
        if fraction > 0.93:
            raise Cancelled

    with pytest.raises(Cancelled):
        render_demo_song(tmp_path, report)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(AppError, match="refused"):
        render_demo_song(tmp_path / "file")
