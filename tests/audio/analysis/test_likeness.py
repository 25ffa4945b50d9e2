"""The same song is found in another codec, level or tempo; two songs are told apart."""

from __future__ import annotations

import subprocess
from fractions import Fraction
from itertools import combinations, permutations
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
import soxr
from songs import low_rate, play, real_songs, sped_up, words

from indieartist.audio.analysis.fingerprint import RATE_HZ
from indieartist.audio.analysis.likeness import (
    VARIED_SPEEDS,
    Match,
    find_match,
    find_varied,
    hear_varied,
)
from indieartist.audio.analysis.sound_hash import hash_sound


def matched(first: np.ndarray, second: np.ndarray) -> Match:
    found = find_match(words(first), words(second))
    assert found is not None
    return found


def varied(mono: np.ndarray) -> dict[float, np.ndarray]:
    return {speed: words(mono, speed) for speed in VARIED_SPEEDS}


def matched_varied(first: np.ndarray, second: np.ndarray) -> Match:
    """As a bounce is compared: as it is, then at other speeds."""
    found = matched(first, second)
    at_speed = find_varied(words(first), varied(second))
    assert at_speed is not None
    return found if found.same else at_speed


@pytest.mark.parametrize("speed", [0.96, 0.985, 1.0, 1.025, 1.04])
def test_another_speed_is_found_pitch_and_all(speed: float) -> None:
    found = matched_varied(play(1), sped_up(play(1), speed))
    assert found.same
    assert found.length_ratio == pytest.approx(1 / speed, abs=0.005)
    assert found.speed in (1.0, pytest.approx(speed, abs=0.01))


def test_strangers_stay_strangers_at_any_speed() -> None:
    songs = [play(seed) for seed in range(5)] + [play(seed, beats=16) for seed in range(5, 9)]
    heard = [(words(song), varied(song)) for song in songs]
    for (one, _), (_, other) in permutations(heard, 2):
        found = find_varied(one, other)
        assert found is None or not found.same


def test_a_file_is_heard_at_other_speeds(tmp_path: Path) -> None:
    sound = np.stack([play(1, beats=30)] * 2, axis=1)
    soundfile.write(tmp_path / "a.wav", soxr.resample(sound, RATE_HZ, 44_100), 44_100, "PCM_24")
    heard = hear_varied(tmp_path / "a.wav")
    for speed, found in heard.items():
        made = words(sound[:, 0], speed)
        assert abs(len(found) - len(made)) <= 1
        shared = min(len(found), len(made))
        wrong = np.bitwise_count(found[:shared] ^ made[:shared]).sum()
        assert wrong / (32 * shared) < 0.02


@pytest.mark.parametrize("tempo", [0.96, 0.975, 1.0, 1.013, 1.04])
def test_another_tempo_is_found_and_told(tempo: float) -> None:
    found = matched(play(1), play(1, 2.0 * tempo))
    assert found.same
    assert found.length_ratio == pytest.approx(1 / tempo, abs=0.005)


def test_a_later_beginning_is_found_and_told() -> None:
    song = play(2)
    found = matched(song, np.concatenate([np.zeros(round(7.3 * RATE_HZ)), song]))
    assert found.bit_error_rate < 0.1
    assert found.shift_ms == pytest.approx(7300, abs=300)


def test_level_and_noise_change_little() -> None:
    song = play(3)
    noisy = 0.1 * song + np.random.default_rng(0).normal(0, 0.001, song.size)
    assert matched(song, noisy).bit_error_rate < 0.15


def test_strangers_stay_strangers() -> None:
    assert not any(matched(play(a), play(b)).same for a, b in combinations(range(5), 2))


def test_short_sounds_stay_strangers() -> None:
    moments = [play(seed, beats=16) for seed in range(8)]
    assert not any(matched(a, b).same for a, b in combinations(moments, 2))
    assert matched(moments[0], 0.1 * moments[0]).same


def test_a_moment_of_sound_is_like_nothing() -> None:
    song = words(play(1))
    assert find_match(song, song[:10]) is None
    assert find_match(song[:0], song) is None


def test_a_match_is_found_from_both_sides() -> None:
    slow, fast = play(4), play(4, 2.05)
    there, back = matched(slow, fast), matched(fast, slow)
    assert there.bit_error_rate == pytest.approx(back.bit_error_rate, abs=0.05)
    assert there.length_ratio == pytest.approx(1 / back.length_ratio, abs=0.005)


def test_samples_have_one_hash_in_any_lossless_file(tmp_path: Path) -> None:
    sound = np.random.default_rng(1).normal(0, 0.1, (30_000, 2))
    soundfile.write(tmp_path / "a.wav", sound, 44_100, "PCM_24")
    same, _rate = soundfile.read(tmp_path / "a.wav", dtype="int32")
    soundfile.write(tmp_path / "b.flac", same, 44_100, "PCM_24")
    soundfile.write(tmp_path / "c.aiff", same, 44_100, "PCM_24")
    soundfile.write(tmp_path / "d.wav", same, 44_100, "PCM_32")
    hashes = {hash_sound(path) for path in tmp_path.iterdir()}
    assert len(hashes) == 1
    same[15_000, 0] += 256
    soundfile.write(tmp_path / "e.wav", same, 44_100, "PCM_24")
    soundfile.write(tmp_path / "f.wav", same, 48_000, "PCM_24")
    assert len(hashes | {hash_sound(tmp_path / "e.wav"), hash_sound(tmp_path / "f.wav")}) == 3


# real songs


def stretched(mono: np.ndarray, tempo: float) -> np.ndarray:
    """The song at another tempo and the same pitch, by FFmpeg's atempo."""
    graph = av.filter.Graph()
    base = Fraction(1, RATE_HZ)
    source = graph.add_abuffer(format="flt", sample_rate=RATE_HZ, layout="mono", time_base=base)
    filter_, sink = graph.add("atempo", str(tempo)), graph.add("abuffersink")
    source.link_to(filter_)
    filter_.link_to(sink)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(np.asarray(mono[None], np.float32), "flt", "mono")
    frame.sample_rate, frame.pts, frame.time_base = RATE_HZ, 0, base
    graph.push(frame)
    graph.push(None)
    pieces = []
    while True:
        try:
            pieces.append(graph.pull().to_ndarray()[0])
        except (av.error.BlockingIOError, av.error.EOFError):
            return np.concatenate(pieces)


@pytest.mark.real
@pytest.mark.parametrize("tempo", [0.96, 0.98, 1.02, 1.04])
def test_real_songs_at_another_tempo(real_song: Path, tempo: float) -> None:
    for path in real_songs():
        song = low_rate(path)
        found = matched(song, 0.1 * stretched(song, tempo))
        print(path.name, tempo, found)
        assert found.bit_error_rate < 0.2, path.name
        assert found.length_ratio == pytest.approx(1 / tempo, abs=0.003)


@pytest.mark.real
@pytest.mark.parametrize("speed", [0.96, 0.97, 0.98, 0.99, 1.01, 1.02, 1.03, 1.04])
def test_real_songs_at_another_speed(real_song: Path, speed: float) -> None:
    for path in real_songs():
        song = low_rate(path)
        found = matched_varied(song, 0.1 * sped_up(song, speed))
        print(path.name, speed, found)
        assert found.same, path.name
        assert found.length_ratio == pytest.approx(1 / speed, abs=0.005)


@pytest.mark.real
@pytest.mark.parametrize("codec", ["mp3 -b:a 96k", "libopus -b:a 64k", "aac -b:a 96k"])
def test_real_songs_in_another_codec(real_song: Path, codec: str, tmp_path: Path) -> None:
    for path in real_songs()[:4]:
        out = tmp_path / f"{path.stem}.mka"
        words_ = ["ffmpeg", "-v", "error", "-t", "130", "-i", path, "-c:a", *codec.split(), out]
        subprocess.run([*words_], check=True)
        with av.open(str(out)) as coded:
            rate_hz = coded.streams.audio[0].rate
            blocks = [frame.to_ndarray().mean(axis=0) for frame in coded.decode(audio=0)]
        song = soxr.resample(np.concatenate(blocks), rate_hz, RATE_HZ)
        found = matched(low_rate(path), song)
        print(path.name, codec, found)
        assert found.bit_error_rate < 0.06, path.name


@pytest.mark.real
def test_real_songs_are_strangers(real_song: Path) -> None:
    sounds = [low_rate(path) for path in real_songs()]
    songs = [words(sound) for sound in sounds]
    if len(songs) < 2:
        pytest.skip("The real song alone is here; `make bench` brings more.")
    pairs = permutations(zip(songs, map(varied, sounds), strict=True), 2)
    at_speed = [found for (a, _), (_, b) in pairs if (found := find_varied(a, b))]
    print(sorted(found.bit_error_rate for found in at_speed)[:5])
    assert min(found.bit_error_rate for found in at_speed) > 0.4
    rates = [found.bit_error_rate for a, b in combinations(songs, 2) if (found := find_match(a, b))]
    print(sorted(rates)[:5])
    assert min(rates) > 0.42
