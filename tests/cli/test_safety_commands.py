"""Tags, the bin, verify, backups and the exit archive as they are typed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from bounces import write_bounce
from typing_at import Run, Told

from indieartist.services import editing, finding, importing
from indieartist.services.studio import open_studio


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a bounce, and a library that has it as T1 of R1."""
    folder = tmp_path_factory.mktemp("made")
    studio = open_studio(folder / "Library")
    importing.import_file(studio, write_bounce(folder / "Night Bus.wav", 1))
    editing.set_artists(studio, finding.get_release(studio, "R1"), ["Mara Vale"])
    studio.library.close()
    return folder


@pytest.fixture
def bounce(made: Path, tmp_path: Path) -> Path:
    """The bounce in a fresh copy of that folder."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "Night Bus.wav"


def test_a_diff_shows_and_writes_nothing(run: Run, told: Told, bounce: Path) -> None:
    before = bounce.read_bytes()
    changes = told("tags", "write", "T1", bounce, "--diff")[str(bounce)]
    assert {"field": "artist", "before": [], "after": ["Mara Vale"]} in changes
    assert "artist" in run("tags", "write", "T1", bounce, "--dry-run").stdout
    assert bounce.read_bytes() == before


def test_fields_are_chosen_edited_listed_and_taken_back(run: Run, told: Told, bounce: Path) -> None:
    before = bounce.read_bytes()
    run("tags", "write", "T1", bounce, "--only", "title", "--only", "artist", "--id3", "2.3")
    assert told("tags", "show", bounce)["fields"] == {
        "title": ["Night Bus"],
        "artist": ["Mara Vale"],
    }
    run("tags", "edit", bounce, "--set", "genre=Dub", "--set", "genre=Ambient", "--remove", "title")
    assert told("tags", "show", bounce)["fields"]["genre"] == ["Dub", "Ambient"]
    moved = bounce.rename(bounce.with_name("x.wav"))
    assert len(told("tags", "history", moved)) == 2
    run("tags", "restore", "--all", moved)
    assert moved.read_bytes() == before
    assert "No tag write" in run("tags", "history", moved).stdout


def test_all_files_of_a_release_are_written_and_undone_as_one(
    run: Run, told: Told, bounce: Path, tmp_path: Path
) -> None:
    files = [write_bounce(tmp_path / f"{name}.wav", 0.4, seed=n) for n, name in enumerate("ab", 2)]
    before = [path.read_bytes() for path in files]
    run("import", files[0])
    run("import", files[1], "--release", "R2")
    shown = told("tags", "write", "R2", "--diff")
    assert list(shown) == [str(path) for path in files]
    assert [path.read_bytes() for path in files] == before
    assert told("tags", "write", "R2", "--only", "title").keys() == shown.keys()
    assert [told("tags", "show", path)["fields"] for path in files] == [
        {"title": ["A"]},
        {"title": ["B"]},
    ]
    run("undo")
    assert [path.read_bytes() for path in files] == before
    files[1].write_text("no sound at all, just words " * 20)
    said = run("tags", "write", "R2", expect=2).stderr
    assert "“b.wav” is a text file" in said
    assert "1 file was left as before" in said
    assert files[0].read_bytes() != before[0]
    assert "named" in run("tags", "write", "R2", "--id3", "2.3", expect=2).stderr


def test_edits_that_are_refused(run: Run, bounce: Path) -> None:
    refused = {
        ("--set", "title"): "sets nothing",
        (): "nothing to change",
        ("--set", "titel=x"): "no tag field called 'titel'",
        ("--set", "explicit=maybe"): "is not one of",
    }
    for words, said in refused.items():
        assert said in run("tags", "edit", bounce, *words, expect=2).stderr


def test_removed_restored_and_emptied(run: Run, told: Told, bounce: Path) -> None:
    run("remove", "R1")
    (line,) = told("bin", "list")["lines"]
    assert (line["kind"], line["title"]) == ("release", "Night Bus")
    run("bin", "restore", line["id"])
    assert "The bin is empty" in run("bin", "list").stdout
    run("remove", "T1:1")
    asked = run("bin", "empty", answer="n\n", expect=2)
    assert "This has no undo" in asked.stderr
    assert "Nothing was deleted" in asked.stderr
    assert told("bin", "empty", "--yes")["file_count"] == 1
    assert "Artists" in run("undo").stdout  # the release is still there
    assert "There is nothing to undo" in run("undo", expect=2).stderr
    assert "The bin is empty" in run("bin", "empty").stdout
    assert bounce.exists()


def test_a_backup_verified_mended_and_restored(
    run: Run, told: Told, bounce: Path, tmp_path: Path
) -> None:
    run("backup", tmp_path / "stick")
    assert told("verify")["whole"]
    (audio,) = (tmp_path / "Library" / "Vault").glob("??/*.wav")
    audio.unlink()
    said = run("verify", expect=1).stdout
    assert "missing" in said
    assert "R1 Night Bus / T1 Night Bus, mix 1" in said
    found = told("verify", "--from", tmp_path / "stick")
    assert (found["whole"], found["mended"]) == (True, 1)
    assert audio.read_bytes() == bounce.read_bytes()
    blank = tmp_path / "blank"
    run("--library", blank, "restore-backup", tmp_path / "stick")
    assert "Night Bus" in run("--library", blank, "release", "list").stdout
    assert "already" in run("restore-backup", tmp_path / "stick", expect=2).stderr


def test_leaving_with_everything(run: Run, told: Told, bounce: Path, tmp_path: Path) -> None:
    made = told("export-all", tmp_path / "all")
    assert (made["release_count"], made["missing"]) == (1, [])
    copy = tmp_path / "all" / "Releases" / "Mara Vale - Night Bus (R1)" / "01 Night Bus.wav"
    assert copy.read_bytes() == bounce.read_bytes()
    assert "1 releases" in run("export-all", tmp_path / "more").stdout
