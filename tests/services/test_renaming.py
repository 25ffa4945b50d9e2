"""Renaming files: shown first, never over another, taken back whole, whatever got in between."""

from __future__ import annotations

from pathlib import Path

import pytest
from bounces import write_bounce
from sqlalchemy import select

from indieartist.errors import Stuck, UserError
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


def test_a_rename_is_done_again_after_undo(studio: Studio, tmp_path: Path) -> None:
    bounce = write_bounce(tmp_path / "FINAL2.wav", seconds=1.0)
    importing.import_file(studio, bounce)
    renaming.carry_out(studio, renaming.plan_renames(studio, [bounce], "{title} v{mix}"))
    renamed = tmp_path / "Final2 v1.wav"
    for _again in range(2):
        assert renamed.exists()
        acts.undo(studio)
        assert bounce.exists()
        acts.redo(studio)
    with studio.library.read() as connection:
        assert connection.execute(select(t.mix.c.source_path)).scalar() == str(renamed)


def test_names_are_exchanged_again(studio: Studio, folder: Path) -> None:
    renaming.carry_out(studio, ring_of(folder))
    after = contents(folder)
    acts.undo(studio)
    (folder / "a.txt").rename(folder / "aside")  # another program saves it anew
    (folder / "a.txt").write_text("a")
    (folder / "aside").unlink()
    acts.redo(studio)
    assert contents(folder) == after
    acts.undo(studio)
    assert contents(folder) == {"a.txt": b"a", "b.txt": b"b", "c.txt": b"c"}


@pytest.mark.parametrize("killed_at", range(6))
def test_after_a_kill_in_redo_undo_brings_every_name_back(
    studio: Studio, folder: Path, killed_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, calls = contents(folder), iter(range(100))
    renaming.carry_out(studio, ring_of(folder))
    acts.undo(studio)
    rename = Path.rename

    def die(path: Path, target: Path) -> Path:
        if next(calls) == killed_at:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", die)
    with pytest.raises(KeyboardInterrupt):
        acts.redo(studio)
    monkeypatch.undo()
    acts.undo(studio)
    assert contents(folder) == before
    acts.redo(studio)
    assert contents(folder) != before


def test_redo_says_whose_name_is_taken_and_is_passed_over(studio: Studio, folder: Path) -> None:
    editing.new_release(studio, "Ebb")
    renaming.carry_out(studio, renaming.plan_renames(studio, files(folder), "{name} {n}"))
    acts.undo(studio)
    (folder / "b 2.txt").write_text("another")
    before = contents(folder)
    with pytest.raises(Stuck, match=r"cannot be done again: There is a file b 2\.txt") as caught:
        acts.redo(studio)
    assert contents(folder) == before
    acts.pass_over(studio, caught.value.act_id)
    assert acts.find_redoable(studio) is None
    assert acts.undo(studio).label.startswith("New release")


def test_a_rename_that_cannot_be_undone_is_passed_over(studio: Studio, tmp_path: Path) -> None:
    bounces = [
        write_bounce(tmp_path / f"{name}.wav", seconds=0.5, seed=seed)
        for seed, name in enumerate(("One", "Two"))
    ]
    importing.import_files(studio, bounces)
    renaming.carry_out(studio, renaming.plan_renames(studio, bounces, "{name} {n}"))
    (tmp_path / "Two 2.wav").unlink()
    with pytest.raises(Stuck, match="is no longer where it was") as caught:
        acts.undo(studio)
    acts.pass_over(studio, caught.value.act_id)
    with studio.library.read() as connection:
        paths = connection.execute(select(t.mix.c.source_path)).scalars().all()
    assert [Path(str(path)).name for path in paths] == ["One.wav", "Two 2.wav"]
    with pytest.raises(UserError, match="no longer the next"):
        acts.pass_over(studio, caught.value.act_id)


def test_the_newest_file_of_each_track_or_all(studio: Studio, tmp_path: Path) -> None:
    first = write_bounce(tmp_path / "Ebb v1.wav", seconds=0.5)
    later = write_bounce(tmp_path / "Ebb v2.wav", seconds=0.7)
    importing.import_files(studio, [first, later])
    assert renaming.list_files(studio, [1]) == [later]
    assert renaming.list_files(studio, [1], every=True) == [later, first]
    plan = renaming.plan_renames(studio, [first, later], "{title} {mix:02}")
    assert [move.new.name for move in plan.moves] == ["Ebb 01.wav", "Ebb 02.wav"]
    later.unlink()
    assert renaming.list_files(studio, [1, 2]) == [first]
