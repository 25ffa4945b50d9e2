"""Tags of many files as one act: what was shown is written, and any way out leaves files whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bounces import write_bounce, write_cover

from indieartist.audio.tags import read_tags
from indieartist.domain.tags import TagSheet
from indieartist.errors import Cancelled, Stuck, UserError
from indieartist.services import acts, editing, finding, importing, tag_many, tagging
from indieartist.services.studio import Studio, open_studio

TITLES = ("Ebb", "Low Water", "Salt")
IDS = [1, 2, 3]


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    """Three tracks of a release, each from a file of its own."""
    made = open_studio(tmp_path / "Library")
    for seed, title in enumerate(TITLES):
        path = write_bounce(tmp_path / f"{title}.wav", 0.4, seed=seed)
        importing.import_file(made, path, release_id=1 if seed else None)
    editing.set_artwork(made, finding.get_release(made, "R1"), write_cover(tmp_path / "c.png"))
    yield made
    made.library.close()


@pytest.fixture
def files(studio: Studio, tmp_path: Path) -> list[Path]:
    return [tmp_path / f"{title}.wav" for title in TITLES]


def bytes_of(files: list[Path]) -> list[bytes]:
    return [path.read_bytes() for path in files]


def test_all_are_written_and_taken_back_as_one(studio: Studio, files: list[Path]) -> None:
    before, acts_before = bytes_of(files), len(acts.list_acts(studio))
    plan = tag_many.stage_many(studio, IDS)
    assert [each.path for each in plan.files] == files
    assert bytes_of(files) == before
    made = tag_many.write_many(studio, plan)
    assert (made.count, dict(made.faults), made.cancelled) == (3, {}, False)
    assert [read_tags(path)["title"] for path in files] == [(title,) for title in TITLES]
    assert all(read_tags(path).artwork for path in files)
    assert len(acts.list_acts(studio)) == acts_before + 1
    written = bytes_of(files)
    assert acts.undo(studio).label == "Write tags of 3 files"
    assert bytes_of(files) == before
    acts.redo(studio)
    assert bytes_of(files) == written
    acts.undo(studio)
    assert bytes_of(files) == before


def test_a_field_that_is_left_out_stays(studio: Studio, files: list[Path]) -> None:
    plan = tag_many.choose_fields(tag_many.stage_many(studio, IDS), ["artwork", "title"])
    tag_many.write_many(studio, plan)
    assert all(not read_tags(path).artwork and "title" not in read_tags(path) for path in files)
    again = tag_many.choose_fields(tag_many.stage_many(studio, IDS), ["artwork", "title"])
    assert (again.files, again.unchanged) == ((), 3)


def test_files_that_cannot_be_written_are_named(studio: Studio, files: list[Path]) -> None:
    files[0].write_text("no sound at all, just words " * 20)
    files[1].unlink()
    plan = tag_many.stage_many(studio, IDS)
    assert list(plan.faults) == [files[0]]
    assert plan.without == ("Low Water",)
    assert [each.path for each in plan.files] == [files[2]]


def test_a_file_that_changed_since_it_was_shown_is_left(studio: Studio, files: list[Path]) -> None:
    plan = tag_many.stage_many(studio, IDS)
    tagging.write_file_tags(studio, files[1], TagSheet({"title": "By another hand"}))
    theirs = files[1].read_bytes()
    made = tag_many.write_many(studio, plan)
    assert made.count == 2
    assert made.faults == {files[1]: "Low Water.wav was changed since its tags were shown."}
    assert files[1].read_bytes() == theirs
    assert acts.list_acts(studio)[0].label == "Write tags of 2 files"


def test_what_was_written_until_it_was_stopped_is_one_act(
    studio: Studio, files: list[Path]
) -> None:
    before = bytes_of(files)

    def stop(fraction: float) -> None:
        if fraction > 0.5:
            raise Cancelled

    made = tag_many.write_many(studio, tag_many.stage_many(studio, IDS), stop)
    assert (made.count, made.cancelled) == (1, True)
    assert bytes_of(files)[0] != before[0]
    assert bytes_of(files)[1:] == before[1:]
    assert acts.undo(studio).label == "Write tags of 1 file"
    assert bytes_of(files) == before


def test_nothing_written_is_no_act(studio: Studio, files: list[Path]) -> None:
    plan, before = tag_many.stage_many(studio, IDS), acts.list_acts(studio)
    for path in files:
        path.write_text("not sound any more " * 30)
    made = tag_many.write_many(studio, plan)
    assert (made.count, list(made.faults)) == (0, files)
    assert acts.list_acts(studio) == before


def test_taken_back_while_at_work_the_rest_is_left(studio: Studio, files: list[Path]) -> None:
    before = bytes_of(files)
    seen: list[float] = []

    def undo_after_the_first(fraction: float) -> None:
        if fraction >= 1 / 3 and not seen:
            seen.append(fraction)
            if files[0].read_bytes() != before[0]:
                acts.undo(studio)
            else:
                seen.clear()

    made = tag_many.write_many(studio, tag_many.stage_many(studio, IDS), undo_after_the_first)
    assert seen
    assert made.count == 1
    assert all("taken back" in fault for fault in made.faults.values())
    assert bytes_of(files) == before


def test_undo_names_the_file_that_another_program_changed(
    studio: Studio, files: list[Path]
) -> None:
    before = bytes_of(files)
    tag_many.write_many(studio, tag_many.stage_many(studio, IDS))
    with files[1].open("ab") as file:
        file.write(b"LIST\4\0\0\0INFO")
    with pytest.raises(Stuck, match=r"Low Water\.wav” was changed"):
        acts.undo(studio)
    assert [now == old for now, old in zip(bytes_of(files), before, strict=True)] == [
        True,
        False,
        True,
    ]


def test_a_file_restored_by_hand_stands_in_nobodys_way(studio: Studio, files: list[Path]) -> None:
    before = bytes_of(files)
    tag_many.write_many(studio, tag_many.stage_many(studio, IDS))
    tagging.restore_file_tags(studio, files[0])
    acts.undo(studio)
    assert bytes_of(files) == before


def test_every_file_of_a_track(studio: Studio, files: list[Path], tmp_path: Path) -> None:
    newer = write_bounce(tmp_path / "Ebb v2.wav", 0.4, seed=9)
    importing.import_file(studio, newer, track_id=1)
    assert [each.path for each in tag_many.stage_many(studio, [1]).files] == [newer]
    both = tag_many.stage_many(studio, [1], every=True)
    assert [each.path for each in both.files] == [newer, files[0]]
    with pytest.raises(UserError):
        tag_many.stage_many(studio, [99])
