"""Folders are made whole or not at all, under names that every system takes."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.errors import WorldError
from indieartist.sdk import files
from indieartist.sdk.bench import snapshot
from indieartist.sdk.failures import Misconfigured
from indieartist.sdk.files import recover_folder, remove_folder, safe_name, staged_folder
from indieartist.sdk.parcels import (
    find_parcel,
    parcel_names,
    place_for,
    remove_parcel,
    write_manifest,
)

REBUILD = """
import itertools, sys
from pathlib import Path
from indieartist.sdk.files import staged_folder, write_text
for turn in itertools.count():
    with staged_folder(Path(sys.argv[1])) as stage:
        for number in range(4):
            write_text(stage / str(number), str(turn))
    print(turn, flush=True)
"""


@given(st.text())
def test_a_safe_name_is_safe_and_stays(text: str) -> None:
    name = safe_name(text)
    assert name and safe_name(name) == name and len(name.encode()) <= 121
    assert not set(name) & set('<>:"/\\|?*\0\n') and name.strip(". ") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("AC/DC: Live?", "AC-DC- Live-"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("...", "Untitled"),
        ("Sigur Rós ( )", "Sigur Rós ( )"),
        ("e\u0301\u202e x", "é x"),
        ("é" * 200, "é" * 60),
    ],
)
def test_names_stay_as_near_as_can_be(text: str, name: str) -> None:
    assert safe_name(text) == name


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def build(folder: Path, text: str) -> None:
    with staged_folder(folder) as stage:
        (stage / "a").write_text(text)


@pytest.mark.parametrize("swaps", [True, False])
def test_a_folder_replaces_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swaps: bool
) -> None:
    """Also where the system cannot exchange two folders in one act."""
    if not swaps:
        monkeypatch.setattr(files.sys, "platform", "elsewhere")
    build(tmp_path / "x", "one")
    build(tmp_path / "x", "two")
    assert (tmp_path / "x/a").read_text() == "two" and names(tmp_path) == ["x"]


def test_what_fails_inside_changes_nothing(tmp_path: Path) -> None:
    build(tmp_path / "x", "one")
    before = snapshot(tmp_path)
    with pytest.raises(ZeroDivisionError), staged_folder(tmp_path / "x") as stage:
        (stage / "a").write_text("two")
        _ = 1 / 0
    assert snapshot(tmp_path) == before


def test_a_crash_between_two_moves_is_healed(tmp_path: Path) -> None:
    build(tmp_path / "x", "one")
    (tmp_path / "x").rename(tmp_path / ".x.before")
    recover_folder(tmp_path / "x")
    assert (tmp_path / "x/a").read_text() == "one" and names(tmp_path) == ["x"]


def test_killed_at_any_moment_the_folder_is_whole(tmp_path: Path) -> None:
    """SIGKILL at different moments of endless rebuilding: always four files of one turn."""
    target = tmp_path / "x"
    for wait_ms in range(0, 40, 4):
        child = subprocess.Popen(
            [sys.executable, "-c", REBUILD, str(target)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        with child:
            child.stdout.readline()
            time.sleep(wait_ms / 1000)
            child.send_signal(signal.SIGKILL)
        texts = [(target / str(number)).read_text() for number in range(4)]
        assert len(set(texts)) == 1 and names(target) == ["0", "1", "2", "3"]
    build(target, "last")
    assert names(tmp_path) == ["x"]


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    device = Path("/dev/full")
    with pytest.raises(WorldError, match="The disk is full"):
        files.write_text(device, "x")


def test_a_file_in_the_way_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("a file")
    with pytest.raises(WorldError), staged_folder(tmp_path / "x/y"):
        pass


def test_a_parcel_knows_what_it_is(tmp_path: Path) -> None:
    with staged_folder(tmp_path / "x") as stage:
        (stage / "a").write_text("one")
        write_manifest(stage, "test/1", "7", "abc")
    parcel = find_parcel(tmp_path / "x")
    assert parcel and (parcel.item_id, parcel.revision) == ("7", "abc")
    assert [file.path for file in parcel.files] == ["a"]
    assert place_for(tmp_path, parcel_names("X", "7"), "test/1", "7") == tmp_path / "x"
    assert place_for(tmp_path, parcel_names("X", "8"), "test/1", "8") == tmp_path / "X [8]"
    (tmp_path / "X [8]").mkdir()
    with pytest.raises(Misconfigured, match="is taken"):
        place_for(tmp_path, parcel_names("X", "8"), "test/1", "8")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', "[" * 100_000, "\udcff"])
def test_a_damaged_manifest_is_no_parcel(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert find_parcel(tmp_path) is None
    remove_parcel(tmp_path, "test/1", "7")
    assert tmp_path.exists()


def test_removing_what_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(WorldError):
        remove_folder(tmp_path / "nothing")
