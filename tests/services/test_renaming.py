"""Renaming files: shown first, never over another, taken back whole, whatever got in between."""

from __future__ import annotations

from pathlib import Path

import pytest
from bounces import write_bounce
from sqlalchemy import select

from indieartist.errors import UserError
from indieartist.library import tables as t
from indieartist.services import acts, editing, finding, importing, renaming
from indieartist.services.studio import Studio, open_studio


@pytest.fixture
def studio(library_dir: Path) -> Studio:
    return open_studio(library_dir)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "bounces"
    made.mkdir()
    for name in ("a", "b", "c"):
        (made / f"{name}.txt").write_text(name)
    return made


def files(folder: Path, names: str = "abc") -> list[Path]:
    return [folder / f"{name}.txt" for name in names]


def test_files_are_called_after_their_tracks(studio: Studio, tmp_path: Path) -> None:
    bounce = write_bounce(tmp_path / "FINAL2.wav", seconds=1.0)
    importing.import_file(studio, bounce)
    editing.edit_track(studio, finding.get_track(studio, "T1"), {"title": "Night Bus"})
    plan = renaming.plan_renames(studio, [bounce], "{position:02} {title}")
    assert [move.new.name for move in plan.moves] == ["01 Night Bus.wav"]
    assert bounce.exists()
    assert renaming.carry_out(studio, plan) == 1
    with studio.library.read() as connection:
        assert connection.execute(select(t.mix.c.source_path)).scalar() == str(plan.moves[0].new)
    assert renaming.plan_renames(studio, [plan.moves[0].new], "{position:02} {title}").moves == ()
    acts.undo(studio)
    assert bounce.exists()
    with studio.library.read() as connection:
        assert connection.execute(select(t.mix.c.source_path)).scalar() == str(bounce)


def test_names_that_collide_stop_everything(studio: Studio, folder: Path) -> None:
    before = contents(folder)
    same = renaming.plan_renames(studio, files(folder), "Song")
    taken = renaming.plan_renames(studio, files(folder, "ab"), "c")
    empty = renaming.plan_renames(studio, files(folder), "{title}")
    for plan, words in ((same, "too"), (taken, "too"), (empty, "too little")):
        assert words in plan.problems[0]
        with pytest.raises(UserError, match=r"called|fills"):
            renaming.carry_out(studio, plan)
    one = renaming.plan_renames(studio, files(folder, "a"), "c")
    assert "a file c.txt already" in one.problems[0]
    assert contents(folder) == before


def test_names_are_exchanged(studio: Studio, folder: Path) -> None:
    before = contents(folder)
    ring = {"a": "b", "b": "c", "c": "a"}
    moves = [renaming.Move(folder / f"{o}.txt", folder / f"{n}.txt") for o, n in ring.items()]
    renaming.carry_out(studio, renaming.RenamePlan(tuple(moves)))
    assert contents(folder) == {"b.txt": b"a", "c.txt": b"b", "a.txt": b"c"}
    acts.undo(studio)
    assert contents(folder) == before


@pytest.mark.parametrize("broken_at", range(6))
def test_a_rename_that_fails_leaves_every_name(
    studio: Studio, folder: Path, broken_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, calls = contents(folder), iter(range(100))
    rename = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if next(calls) == broken_at:
            raise PermissionError(13, "no", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(UserError, match="may not be"):
        renaming.carry_out(studio, ring_of(folder))
    assert contents(folder) == before
    assert acts.find_undoable(studio) is None


@pytest.mark.parametrize("killed_at", range(6))
def test_after_a_kill_undo_brings_every_name_back(
    studio: Studio, folder: Path, killed_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, calls = contents(folder), iter(range(100))
    rename = Path.rename

    def die(path: Path, target: Path) -> Path:
        if next(calls) == killed_at:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", die)
    with pytest.raises(KeyboardInterrupt):
        renaming.carry_out(studio, ring_of(folder))
    monkeypatch.undo()
    studio.library.close()
    acts.undo(open_studio(studio.library.folder))
    assert contents(folder) == before


def ring_of(folder: Path) -> renaming.RenamePlan:
    ring = {"a": "b", "b": "c", "c": "a"}
    moves = [renaming.Move(folder / f"{o}.txt", folder / f"{n}.txt") for o, n in ring.items()]
    return renaming.RenamePlan(tuple(moves))


def test_undo_tells_of_a_file_that_went_elsewhere(studio: Studio, folder: Path) -> None:
    plan = renaming.plan_renames(studio, files(folder), "{name} {n}")
    renaming.carry_out(studio, plan)
    (folder / "b 2.txt").unlink()
    with pytest.raises(UserError, match=r"b\.txt is no longer"):
        acts.undo(studio)
    assert sorted(contents(folder)) == ["a.txt", "c.txt"]
