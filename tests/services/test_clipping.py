"""Clipping: the stretch that was asked for, or the loudest; a sampler of files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from bounces import RATE_HZ, music

from indieartist.audio.measure import measure_file
from indieartist.errors import Cancelled, UserError
from indieartist.services.clipping import (
    Excerpt,
    check_length,
    check_out,
    choose_excerpt,
    make_clip,
    make_sampler,
)
from indieartist.services.outputs import safe_name
from indieartist.services.songs import Song, read_songs


@pytest.fixture
def song(tmp_path: Path) -> Song:
    """Twelve seconds, loud from the fifth to the eighth."""
    sound = music(12.0, level_db=-26.0)
    sound[5 * RATE_HZ : 8 * RATE_HZ] *= 4
    path = tmp_path / "Night Bus.wav"
    soundfile.write(path, sound, RATE_HZ, "PCM_24")
    return read_songs([str(path)], lambda: None)[0]


def test_the_loudest_part_is_chosen_and_cut(song: Song, tmp_path: Path) -> None:
    wanted = choose_excerpt(song, 3_000)
    assert wanted.start_ms == pytest.approx(5_000, abs=100)
    made = make_clip(song.path, wanted, 50, tmp_path / "clips" / "clip.flac")
    assert made.excerpts == (Excerpt("Night Bus", wanted.start_ms, 3_000, chosen=True),)
    clip = measure_file(Path(made.path))
    assert clip.info.duration_ms == made.length_ms == 3_000
    assert clip.measurement.integrated_lufs > song.level.lufs + 1


def test_it_begins_on_a_bar_where_the_tempo_is_sure(song: Song) -> None:
    known = replace(song.measurement, tempo_bpm=100.0, tempo_confidence=0.9, silence_head_ms=70)
    timed = replace(song, measurement=known)
    assert choose_excerpt(timed, 3_000).start_ms == 70 + 2 * 2_400
    unsure = replace(song, measurement=replace(known, tempo_confidence=0.1))
    assert choose_excerpt(unsure, 3_000).start_ms == choose_excerpt(song, 3_000).start_ms


def test_a_sampler_of_files(song: Song, tmp_path: Path) -> None:
    other = tmp_path / "Slow.flac"
    soundfile.write(other, music(6.0, level_db=-34.0, seed=2)[:, :1], RATE_HZ, "PCM_16")
    songs = [song, *read_songs([str(other)], lambda: None)]
    told: list[float] = []
    made = make_sampler(songs, 4_000, 500, tmp_path / "sampler.mp3", told.append)
    assert [(e.title, e.length_ms, e.chosen) for e in made.excerpts] == [
        ("Night Bus", 4_000, True),
        ("Slow", 4_000, True),
    ]
    assert made.length_ms == pytest.approx(7_500, abs=3)
    assert measure_file(Path(made.path)).info.duration_ms == pytest.approx(7_500, abs=60)
    assert told == sorted(told) and told[-1] == 1.0


def test_what_cannot_be_is_said(song: Song, tmp_path: Path) -> None:
    out = tmp_path / "clip.wav"
    with pytest.raises(UserError, match=r"is over before 1:00\.000"):
        make_clip(song.path, Excerpt("", 60_000, 1_000, chosen=False), 0, out)
    with pytest.raises(UserError, match="clip of 0 s"):
        check_length(0)
    with pytest.raises(UserError, match="longer than an hour"):
        make_sampler([song] * 7, 600_000, 0, out)
    with pytest.raises(UserError, match="no sound can be written"):
        check_out(tmp_path / "clip.txt")
    out.write_bytes(b"")
    with pytest.raises(UserError, match="already"):
        check_out(out)
    check_out(out, force=True)


def test_stopping_leaves_no_file(song: Song, tmp_path: Path) -> None:
    def stop(fraction: float) -> None:
        if fraction > 0.5:
            raise Cancelled

    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        make_sampler([song, song], 4_000, 500, tmp_path / "s.ogg", stop)
    assert sorted(tmp_path.iterdir()) == before


def test_silence_has_a_clip(tmp_path: Path) -> None:
    path = tmp_path / "silence.wav"
    soundfile.write(path, np.zeros((2 * RATE_HZ, 2)), RATE_HZ, "PCM_16")
    (silent,) = read_songs([str(path)], lambda: None)
    wanted = choose_excerpt(silent, 30_000)
    made = make_clip(silent.path, wanted, 250, tmp_path / "clip.m4a")
    assert made.length_ms == 2_000


def test_names_of_files_hold_no_roads() -> None:
    assert safe_name("../a/b: c?") == "_a_b_ c_"
    assert safe_name(" . ") == "untitled"
