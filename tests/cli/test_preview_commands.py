"""preview, platforms, clip and sampler as they are typed: files need no library."""

from __future__ import annotations

from pathlib import Path

import pytest
import soundfile
from bounces import RATE_HZ, music, write_bounce
from typing_at import Run, Told


@pytest.fixture
def bounce(tmp_path: Path) -> Path:
    return write_bounce(tmp_path / "Night Bus.wav", seconds=2.0)


def test_a_file_is_previewed_without_a_library(
    run: Run, told: Told, bounce: Path, tmp_path: Path
) -> None:
    found = told("preview", bounce, "--platform", "spotify", "--platform", "bandcamp")
    assert [p["platform"] for p in found["platforms"]] == ["spotify", "bandcamp"]
    assert {"change_db", "playback_lufs", "decoded_true_peak_dbtp", "clips", "sentence"} <= set(
        found["platforms"][0]
    )
    assert found["platforms"][1]["confidence"] == "unverified"
    assert found["model"].startswith("A model")
    said = run("preview", bounce, "--platform", "tidal", "--quick").stdout
    assert "TIDAL " in said and "A model" in said and "measured, 2026-" in said
    assert not (tmp_path / "Library").exists()


def test_what_would_be_heard_is_written(run: Run, bounce: Path, tmp_path: Path) -> None:
    words = ("preview", bounce, "--platform", "youtube", "--out", tmp_path / "heard")
    assert "Night Bus - youtube.wav" in run(*words).stdout
    assert soundfile.info(tmp_path / "heard" / "Night Bus - youtube.wav").samplerate == 48_000
    assert "already" in run(*words, expect=2).stderr
    run(*words, "--force")


def test_tracks_and_albums_are_previewed(
    run: Run, told: Told, bounce: Path, tmp_path: Path
) -> None:
    run("import", bounce)
    run("import", write_bounce(tmp_path / "Two.wav", seed=4), "--release", "R1")
    found = told("preview", "R1", "--platform", "spotify", "--album")
    assert [song["title"] for song in found] == ["Night Bus", "Two"]
    assert found[0]["album_lufs"] == found[1]["album_lufs"]
    track = told("preview", "T2", "--platform", "spotify", "--album")
    assert track["platforms"] == found[1]["platforms"]
    assert "One file is no album" in run("preview", bounce, "--album", expect=2).stderr


def test_the_platforms_are_listed(run: Run, told: Told) -> None:
    found = told("platforms")
    assert found[0]["key"] == "spotify" and found[0]["loudness_source"]["page"]
    said = run("platforms").stdout
    assert "soundcloud" in said and "unverified" in said and "−14.0 LUFS" in said


def test_a_clip_is_cut(told: Told, bounce: Path, tmp_path: Path) -> None:
    words = ("clip", bounce, "--start", "0:00.5", "--length", "1", "--out", tmp_path / "c.flac")
    found = told(*words, "--fade", "10")
    assert (found["length_ms"], found["excerpts"][0]["start_ms"]) == (1_000, 500)
    assert soundfile.info(tmp_path / "c.flac").frames == RATE_HZ
    assert told("clip", bounce, "--out", tmp_path / "c.mp3")["excerpts"][0]["chosen"]
    assert not (tmp_path / "Library").exists()


def test_a_sampler_of_a_release(run: Run, told: Told, bounce: Path, tmp_path: Path) -> None:
    run("import", bounce)
    run("import", write_bounce(tmp_path / "Two.wav", seed=4), "--release", "R1")
    found = told(
        "sampler", "R1", "--length", "1", "--crossfade", "200", "--out", tmp_path / "s.mp3"
    )
    assert [e["title"] for e in found["excerpts"]] == ["Night Bus", "Two"]
    said = run("sampler", "R1", "--length", "1", "--out", tmp_path / "s.wav").stdout
    assert "“Two”, " in said and "its loudest part" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["preview", "{bounce}", "--platform", "myspace"], "no platform"),
        (["preview", "{bounce}", "--quality", "high"], "belongs to a platform"),
        (["preview", "{bounce}", "--platform", "spotify", "--quality", "low"], "no model"),
        (["preview", "missing.wav"], "no file missing.wav"),
        (["clip", "missing.wav", "--out", "{tmp}/c.wav"], "no file missing.wav"),
        (["clip", "{bounce}", "--start", "9:00", "--out", "{tmp}/c.wav"], "is over before"),
        (["clip", "{bounce}", "--start", "soon", "--out", "{tmp}/c.wav"], "no moment"),
        (["clip", "{bounce}", "--length", "0", "--out", "{tmp}/c.wav"], "clip of 0 s"),
        (["clip", "{bounce}", "--out", "{tmp}/c.doc"], "no sound can be written"),
        (["clip", "{bounce}", "--out", "{bounce}"], "already"),
        (["sampler", "{bounce}", "nowhere.mp3", "--out", "{tmp}/s.wav"], "no file nowhere.mp3"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(
    run: Run, bounce: Path, tmp_path: Path, words: list[str], said: str
) -> None:
    typed = [word.format(bounce=bounce, tmp=tmp_path) for word in words]
    before = sorted(tmp_path.iterdir()), bounce.read_bytes()
    result = run(*typed, expect=2)
    assert said in result.stderr and "Traceback" not in result.stderr
    assert (sorted(tmp_path.iterdir()), bounce.read_bytes()) == before


def test_music_that_is_louder_than_its_target_is_said_to_be_turned_down(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "loud.wav"
    soundfile.write(path, music(2.0, level_db=-8.0), RATE_HZ, "PCM_24")
    assert "YouTube turns it down by" in run("preview", path, "--platform", "youtube").stdout
