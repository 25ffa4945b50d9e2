"""Files on a release by command: attached, listed, opened by their path, and taken off again."""

from __future__ import annotations

from pathlib import Path

import pytest
from typing_at import Run, Told

from indieartist.services import editing
from indieartist.services.studio import open_studio


@pytest.fixture(autouse=True)
def release(library_dir: Path) -> None:
    """The library of the commands, with R1 in it."""
    studio = open_studio(library_dir)
    editing.new_release(studio, "Night Bus", ["Mara Vale"])
    studio.library.close()


def test_a_proof_is_attached_with_its_tick_and_found_in_json(
    run: Run, told: Told, tmp_path: Path
) -> None:
    proof = tmp_path / "splits.pdf"
    proof.write_bytes(b"%PDF-1.7")
    tick = ("checklist", "R1", "--tick", "splits", "--proof", "by mail", "--attach", proof)
    tasks = {task["key"]: task for task in told(*tick)["tasks"]}
    assert tasks["splits"]["state"] == "done" and tasks["splits"]["proof"] == "by mail"
    (file,) = tasks["splits"]["files"]
    assert Path(file["path"]).read_bytes() == b"%PDF-1.7"
    assert "by mail, splits.pdf" in run("checklist", "R1").stdout
    tasks = {t["key"]: t for t in told("checklist", "R1", "--untick", "splits")["tasks"]}
    assert tasks["splits"]["files"] == []
    run("undo")
    assert [f["kind"] for f in told("attach", "list", "R1")] == ["proof"]


def test_a_file_without_its_task_is_refused(run: Run, tmp_path: Path) -> None:
    proof = tmp_path / "splits.pdf"
    proof.write_bytes(b"%PDF-1.7")
    assert "--tick KEY" in run("checklist", "R1", "--attach", proof, expect=2).stderr


def test_a_canvas_is_listed_and_taken_off(run: Run, told: Told, tmp_path: Path) -> None:
    from PIL import Image

    still = tmp_path / "still.jpg"
    Image.new("RGB", (1080, 1920)).save(still)
    (file,) = told("attach", "canvas", "R1", still)
    assert (file["kind"], file["of"], file["state"]) == ("canvas", "R1", "whole")
    assert file["facts"]["width_px"] == 1080
    assert "still.jpg" in run("attach", "list", "R1").stdout
    assert "no file 9" in run("attach", "remove", "R1", "9", expect=2).stderr
    assert told("attach", "remove", "R1", str(file["number"])) == []
    assert "Nothing is attached" in run("attach", "list", "R1").stdout


def test_the_board_is_sorted_and_says_why(run: Run, told: Told) -> None:
    run("release", "edit", "R1", "--date", "2099-12-04", "--label", "Tideline")
    (row,) = told("board", "--sort", "ready", "--find", "tideline")
    assert row["release"] == "R1" and row["missing"] and row["percent"] < 100
    assert told("board", "--find", "nobody") == []
    assert row["missing"][0] in run("board", "--why").stdout


def test_when_a_release_is_out_in_each_territory(run: Run, told: Told) -> None:
    assert "No release day yet" in run("live", "R1").stdout
    run("release", "edit", "R1", "--date", "2099-12-04")
    rows = told("live", "R1")
    assert (rows[0]["territory"], rows[-1]["territory"]) == ("Kiribati", "Hawaii")
    assert rows[0]["at"].startswith("2099-12-03T10:00")
    assert "New Zealand" in run("live", "R1").stdout
