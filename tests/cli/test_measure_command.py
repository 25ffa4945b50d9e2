"""`measure` as it is typed: one target or several, for people and for scripts."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest
from bounces import write_bounce
from typing_at import Run, Told

from indieartist.domain.measurement import Measurement

# What scripts may count on, whatever was measured.
KEYS = {field.name for field in fields(Measurement)} | {"tempo_half_bpm", "tempo_double_bpm"}


@pytest.fixture
def bounces(tmp_path: Path) -> list[Path]:
    names = ("Night Bus.wav", "Undertow.wav")
    return [write_bounce(tmp_path / name, seed=n) for n, name in enumerate(names)]


def test_one_file_is_an_object_of_all_figures(told: Told, bounces: list[Path]):
    figures = told("measure", bounces[0])
    assert set(figures) == KEYS
    assert {"integrated_lufs", "true_peak_dbtp", "tempo_bpm", "key", "key_camelot"} <= KEYS
    assert figures["fingerprint"].startswith("AQA")
    assert (figures["source"], figures["channels"]) == ("native", 2)


def test_several_are_a_list_and_an_album(told: Told, bounces: list[Path]):
    found = told("measure", *bounces)
    assert [line["title"] for line in found["targets"]] == ["Night Bus.wav", "Undertow.wav"]
    assert [line["target"] for line in found["targets"]] == [str(path) for path in bounces]
    assert all(set(line) >= KEYS for line in found["targets"])
    assert found["album"]["tracks"] == 2
    assert found["album"]["duration_ms"] == 4000


def test_a_release_is_its_tracks_and_a_place_is_one_of_them(
    run: Run, told: Told, bounces: list[Path]
):
    run("import", bounces[0])
    run("import", bounces[1], "--release", "R1")
    found = told("measure", "R1")
    assert [line["target"] for line in found["targets"]] == ["T1", "T2"]
    assert told("measure", "R1.2") == told("measure", "T2")
    assert told("measure", "Undertow")["tempo_bpm"] == found["targets"][1]["tempo_bpm"]
    said = run("measure", "R1").stdout
    assert "Night Bus" in said and "Album, 0:04" in said


def test_people_read_figures_in_groups(run: Run, bounces: list[Path]):
    said = run("measure", bounces[0]).stdout.splitlines()
    headings = [line for line in said if not line.startswith(" ")]
    assert headings == ["Loudness", "Peaks", "Stereo", "Quality", "Music", "File"]


def test_loudness_alone_says_no_more(run: Run, bounces: list[Path]):
    said = run("measure", "--loudness", bounces[0]).stdout
    assert "Integrated" in said and "True peak" in said
    assert "Tempo" not in said and "Source" not in said
    quick = json.loads(run("measure", "--loudness", bounces[0], "--json").stdout)
    assert set(quick) == KEYS
    assert (quick["tempo_bpm"], quick["fingerprint"]) == (None, None)


@pytest.mark.parametrize("name", ["missing.wav", "folder/missing", "T9", "R9", "nobody"])
def test_what_is_not_there_is_named(run: Run, name: str):
    said = run("measure", name, expect=2).stderr
    assert "There is no" in said and name in said


def test_a_file_named_like_a_release_is_a_file(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    write_bounce(tmp_path / "R1.wav").rename(tmp_path / "R1")
    monkeypatch.chdir(tmp_path)
    assert set(told("measure", "R1")) == KEYS
