"""master --section as it is typed: a stretch to hear, of a track or of a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import soundfile
from bounces import write_bounce
from typing_at import Run


@pytest.fixture
def bounce(tmp_path: Path) -> Path:
    return write_bounce(tmp_path / "Night Bus.wav", seconds=5.0)


def test_a_section_of_a_track_is_written(run: Run, bounce: Path, tmp_path: Path) -> None:
    run("import", bounce)
    out = tmp_path / "hear.flac"
    words = ("master", "T1", "--section", "0:01", "--length", "2", "--out", out)
    told = json.loads(run(*words, "--target", "-16", "--json").stdout)
    assert told["start_ms"] == 1000 and told["duration_ms"] == 2000
    assert told["integrated_lufs"] == -16.0 and told["reached"]
    assert soundfile.info(out).frames == 88200
    assert "there already" in run(*words, expect=2).stderr
    assert "0:01 to 0:03 of the master" in run(*words, "--force").stdout
    assert len(json.loads(run("versions", "T1", "--json").stdout)["versions"]) == 1


def test_a_section_of_a_file_needs_no_library(run: Run, bounce: Path, tmp_path: Path) -> None:
    out = tmp_path / "hear.wav"
    said = run("master", bounce, "--section", "4", "--out", out, "--target", "-3").stdout
    assert "0:04 to 0:05" in said and "loudest clean level" in said
    assert not (tmp_path / "Library").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--section", "1:00", "--out", "x.wav"), "over before 60 s"),
        (("--section", "0:01"), "needs a place"),
        (("--section", "soon", "--out", "x.wav"), "no moment"),
        (("--section", "1", "--length", "0", "--out", "x.wav"), "cannot be heard"),
        (("--section", "1", "--out", "x.mp3"), "cannot be written"),
        (("--section", "1", "--album", "--out", "x.wav"), "one song"),
    ],
)
def test_what_cannot_be_is_said(
    words: tuple[str, ...], said: str, run: Run, bounce: Path, tmp_path: Path
) -> None:
    words = tuple(str(tmp_path / word) if word.startswith("x.") else word for word in words)
    assert said in run("master", bounce, *words, expect=2).stderr
    assert not list(tmp_path.glob("x.*"))
