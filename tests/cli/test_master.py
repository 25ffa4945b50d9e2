"""Mastering as it is typed: files without a library, albums, presets, and what JSON says."""

from __future__ import annotations

from pathlib import Path

import pytest
import soundfile
from bounces import write_bounce
from typing_at import Run, Told

from indieartist.domain.mastering import STAGES


@pytest.fixture
def bounce(tmp_path: Path) -> Path:
    return write_bounce(tmp_path / "mix.wav", seconds=3)


def test_a_file_is_mastered_into_a_file(told: Told, bounce: Path, tmp_path: Path) -> None:
    out = tmp_path / "master.flac"
    words = ["--target", "-18", "--ceiling", "-2", "--bits", "16", "--phase", "minimum"]
    made = told("master", bounce, "--out", out, *words, "--bypass", "dynamics")
    assert {"before", "after", "stages"} <= made.keys()
    assert not (tmp_path / "Library").exists()  # a file needs none
    assert made["before"]["duration_ms"] == made["after"]["duration_ms"] == 3000
    assert made["after"]["integrated_lufs"] == pytest.approx(-18.0, abs=0.1)
    assert made["after"]["true_peak_dbtp"] <= -2.0
    assert made["reached"] is True
    assert made["loudest_clean_lufs"] > -18.0
    assert (made["target"]["ceiling_dbtp"], made["bits"], made["phase"]) == (-2.0, 16, "minimum")
    assert [stage["name"] for stage in made["stages"]] == list(STAGES)
    assert all(stage["purpose"] and stage["sentence"] for stage in made["stages"])
    assert [stage["name"] for stage in made["stages"] if stage["bypassed"]] == ["dynamics"]
    assert soundfile.info(out).subtype == "PCM_16"
    assert not (tmp_path / "Library").exists()


def test_a_target_out_of_reach_is_said_in_figures(told: Told, bounce: Path, tmp_path: Path) -> None:
    made = told("master", bounce, "--out", tmp_path / "m.wav", "--target", "-4")
    assert made["reached"] is False
    assert made["after"]["integrated_lufs"] == pytest.approx(made["loudest_clean_lufs"], abs=0.1)
    assert "−4.0 LUFS cannot be reached without damage" in made["warnings"][0]


def test_a_reference_a_curve_and_a_preset(told: Told, bounce: Path, tmp_path: Path) -> None:
    out, reference = tmp_path / "m.wav", write_bounce(tmp_path / "hit.wav", seconds=3, seed=2)
    led = told("master", bounce, "--out", out, "--reference", reference, "--amount", "50")
    assert "50 % of the way to hit" in led["stages"][1]["sentence"]
    pop = told("master", bounce, "--out", out, "--force", "--preset", "pop", "--target", "-18")
    assert (pop["preset"], pop["curve"], pop["amount_pct"]) == ("pop", "popular", 25.0)
    assert "25 % of the way to the house curve “Popular music”" in pop["stages"][1]["sentence"]
    plain = told("master", bounce, "--out", out, "--force", "--target", "-18")
    assert plain["stages"][1]["sentence"] == "Nothing to match: the tone is as you mixed it."


def test_files_are_an_album(told: Told, bounce: Path, tmp_path: Path) -> None:
    other = write_bounce(tmp_path / "other.wav", seconds=3, seed=2)
    sound, rate_hz = soundfile.read(other)
    soundfile.write(other, sound / 2, rate_hz, "PCM_24")
    words = ["--out", tmp_path / "album", "--target", "-18", "--format", "aiff"]
    made = told("master", bounce, other, *words)
    assert {"album", "tracks", "target"} <= made.keys()
    assert made["album"]["reached"]
    before, after = (
        [track[when]["integrated_lufs"] for track in made["tracks"]] for when in ("before", "after")
    )
    assert after[0] - after[1] == pytest.approx(before[0] - before[1], abs=0.1)
    assert max(after) == pytest.approx(-18.0, abs=0.1)
    assert {path.name for path in (tmp_path / "album").iterdir()} == {"mix.aiff", "other.aiff"}


def test_what_is_there_is_left_there_unless_forced(run: Run, bounce: Path, tmp_path: Path) -> None:
    out = tmp_path / "master.wav"
    out.write_bytes(b"the master before")
    result = run("master", bounce, "--out", out, expect=2)
    assert "is there already" in result.stderr
    assert out.read_bytes() == b"the master before"
    run("master", bounce, "--out", out, "--force", "--target", "-18")
    assert soundfile.info(out).frames == soundfile.info(bounce).frames


def test_a_bounce_is_never_overwritten(run: Run, bounce: Path) -> None:
    before = bounce.read_bytes()
    result = run("master", bounce, "--out", bounce, "--force", expect=2)
    assert "take the place of mix.wav itself" in result.stderr
    assert bounce.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nope.wav"], "There is no file nope.wav"),
        (["mix.wav"], "its master needs a place"),
        (["mix.wav", "--out", "m.mp3"], "cannot be written as “.mp3”"),
        (["mix.wav", "--out", "m.wav", "--target", "loudest"], "There is no target “loudest”"),
        (["mix.wav", "--out", "m.wav", "--preset", "polka"], "There is no preset “polka”"),
        (["mix.wav", "--out", "m.wav", "--curve", "smile"], "There is no house curve “smile”"),
        (["mix.wav", "--out", "m.wav", "--bypass", "level"], "no stage “level” to bypass"),
        (["mix.wav", "--out", "m.wav", "--amount", "120"], "between 0 and 100 %"),
        (["mix.wav", "--out", "m.wav", "--ceiling", "3"], "ceiling cannot be 3 dBTP"),
        (["mix.wav", "--out", "m.wav", "--reference", "no.flac"], "There is no file no.flac"),
        (["mix.wav", "--out", "m.wav", "--album"], "An album needs a folder"),
        (["mix.wav", "--out", "folder", "--album"], "An album has two tracks or more"),
        (["mix.wav", "T1", "--out", "folder"], "Files and tracks cannot be one album"),
        (["R1"], "R1 is a release"),
        ([], "Name a track or a file"),
    ],
)
def test_what_cannot_be_mastered_is_said_in_one_sentence(
    run: Run, bounce: Path, words: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(bounce.parent)
    result = run("master", *words, expect=2)
    assert said in result.stderr
    assert [path.name for path in bounce.parent.iterdir() if path.suffix] == ["mix.wav"]


@pytest.mark.parametrize("what", ["stages", "targets", "presets", "curves"])
def test_what_there_is_to_choose_from_is_explained(run: Run, told: Told, what: str) -> None:
    choices, said = told("master", "--list", what), run("master", "--list", what).stdout
    assert len(choices) >= 5
    assert all(name in said for name in choices)


def test_a_release_is_an_album_and_its_masters_are_written_out(
    run: Run, told: Told, bounce: Path, tmp_path: Path
) -> None:
    other = write_bounce(tmp_path / "other.wav", seconds=3, seed=2)
    told("import", bounce)
    told("import", other, "--release", "R1")
    words = ["--album", "--target", "-18", "--preset", "rock", "--out", tmp_path / "out"]
    made = told("master", "R1", *words)
    assert made["album"]["after"]["tracks"] == 2
    assert [track["mix_number"] for track in made["tracks"]] == [2, 2]
    names = [path.name for path in sorted((tmp_path / "out").iterdir())]
    assert names == ["01 Mix.wav", "02 Other.wav"]
    run("master", "R1", *words, expect=2)  # they are there already
    told("undo")
    mixes = told("release", "show", "R1")["release"]["tracks"][0]["mixes"]
    assert [mix["kind"] for mix in mixes] == ["bounce"]
    single = told("master", "T1", "--target", "-18")
    assert {"before", "after", "stages", "mix_number", "report"} <= single.keys()
