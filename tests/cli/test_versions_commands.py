"""compare and versions as they are typed: a track's versions, or two files."""

from __future__ import annotations

from pathlib import Path

import pytest
from bounces import write_bounce
from typing_at import Run, Told


@pytest.fixture
def mastered(run: Run, tmp_path: Path) -> None:
    """Track T1 with a bounce and a master of it."""
    run("import", write_bounce(tmp_path / "Night Bus.wav", seconds=3.0))
    run("master", "T1", "--target", "-9")


@pytest.mark.usefixtures("mastered")
def test_a_master_is_compared_with_its_bounce(run: Run, told: Told) -> None:
    found = told("compare", "T1")
    assert (found["before"]["number"], found["after"]["number"]) == (1, 2)
    assert [c["topic"] for c in found["changes"]] == ["level", "tone", "dynamics", "width"]
    assert found["changes"][0]["figures"]["change_lu"] > 0
    back = told("compare", "T1", "--mix", "1", "--with", "2")["changes"][0]["figures"]
    assert back["change_lu"] == pytest.approx(-found["changes"][0]["figures"]["change_lu"])
    said = run("compare", "T1").stdout
    assert "bounce 1 (Night Bus.wav) → master 2" in said and "LU louder" in said


def test_files_need_no_library(run: Run, told: Told, tmp_path: Path) -> None:
    one, two = (write_bounce(tmp_path / f"{seed}.wav", seed=seed) for seed in (1, 2))
    assert len(told("compare", one, two)["changes"]) == 4
    assert not (tmp_path / "Library").exists()
    assert "There is no file" in run("compare", one, tmp_path / "3.wav", expect=2).stderr
    run("compare", one, two, "--mix", "1", expect=2)
    run("compare", one, two, one, expect=2)


def test_one_version_has_nothing_beside_it(run: Run, tmp_path: Path) -> None:
    run("import", write_bounce(tmp_path / "Night Bus.wav"))
    assert "nothing to compare" in run("compare", "T1", expect=2).stderr
    assert "has no mix 9" in run("compare", "T1", "--mix", "9", expect=2).stderr


@pytest.mark.usefixtures("mastered")
def test_versions_are_named_noted_and_removed(run: Run, told: Told) -> None:
    found = told("versions", "T1")["versions"]
    assert [(one["number"], one["kind"]) for one in found] == [(1, "bounce"), (2, "master")]
    one = told("versions", "T1", "--mix", "2", "--name", "Loud", "--note", "for Mia")["versions"][1]
    assert (one["name"], one["note"]) == ("Loud", "for Mia")
    assert "Loud  “for Mia”" in run("versions", "T1").stdout
    assert len(told("versions", "T1", "--mix", "2")["versions"]) == 1
    assert len(told("versions", "T1", "--mix", "2", "--remove")["versions"]) == 1
    run("undo")
    assert len(told("versions", "T1")["versions"]) == 2
    run("versions", "T1", "--name", "which one?", expect=2)
    run("versions", "T1", "--mix", "2", "--name", "Both", "--remove", expect=2)
    assert "needs a name" in run("versions", "T1", "--mix", "2", "--name", " ", expect=2).stderr
