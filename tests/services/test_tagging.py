"""Tags staged beside a release, written by choice, and taken back whatever the file is called."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import soundfile
from bounces import write_bounce, write_cover

from indieartist.audio.tags import read_tags
from indieartist.domain.tags import TagSheet
from indieartist.errors import Stuck, UserError
from indieartist.library import tables as t
from indieartist.services import acts, editing, finding, importing, tag_staging, tagging
from indieartist.services.studio import Studio, open_studio


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a bounce, a cover, and a library that has both."""
    folder = tmp_path_factory.mktemp("made")
    studio = open_studio(folder / "Library")
    importing.import_file(studio, write_bounce(folder / "Night Bus.wav", 1))
    release = finding.get_release(studio, "R1")
    editing.set_artists(studio, release, ["Mara Vale"])
    editing.set_artwork(studio, release, write_cover(folder / "cover.png", side_px=300))
    studio.library.close()
    return folder


@pytest.fixture
def studio(made: Path, tmp_path: Path) -> Iterator[Studio]:
    """A fresh copy of it, opened; its mix came from the copy's bounce."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    studio = open_studio(tmp_path / "Library")
    with studio.library.write() as connection:
        connection.execute(t.mix.update().values(source_path=str(tmp_path / "Night Bus.wav")))
    yield studio
    studio.library.close()


@pytest.fixture
def bounce(studio: Studio, tmp_path: Path) -> Path:
    return tmp_path / "Night Bus.wav"


def stage(studio: Studio, path: Path) -> tag_staging.Staged:
    track = finding.get_track(studio, "T1")
    return tag_staging.stage(studio, finding.get_release(studio, "R1"), track, path)


class TestStage:
    def test_file_beside_release(self, studio: Studio, bounce: Path) -> None:
        tagging.write_file_tags(studio, bounce, TagSheet({"title": "Old", "comment": "mine"}))
        rows = {row.field: row for row in stage(studio, bounce).rows}
        assert (rows["title"].file, rows["title"].release) == (("Old",), ("Night Bus",))
        assert rows["title"].differs
        assert (rows["comment"].file, rows["comment"].release) == (("mine",), None)
        assert not rows["comment"].differs
        assert rows["artwork"].release
        assert rows["artwork"].label == "Artwork"

    def test_nothing_is_left_to_write_once_it_was(self, studio: Studio, bounce: Path) -> None:
        tagging.write_file_tags(studio, bounce, stage(studio, bounce).sheet)
        after = stage(studio, bounce)
        assert not any(row.differs for row in after.rows)
        assert len(after.writes) == 1

    def test_another_picture_is_told_from_the_same(self, studio: Studio, bounce: Path) -> None:
        tagging.write_file_tags(studio, bounce, stage(studio, bounce).sheet)
        picture = read_tags(bounce).artwork
        assert picture is not None
        other = type(picture)(picture.data[:-1] + b"x", picture.mime)
        tagging.write_file_tags(studio, bounce, TagSheet(artwork=other))
        row = stage(studio, bounce).rows[-1]
        assert row.differs

    def test_loudness_is_that_of_the_file(self, studio: Studio, bounce: Path, tmp_path) -> None:
        mix = finding.get_track(studio, "T1").mixes[0]
        assert mix.measurement is not None
        stored = f"{mix.measurement.integrated_lufs:.2f} LUFS"
        tagging.write_file_tags(studio, bounce, TagSheet({"title": "its hash is another now"}))
        assert stage(studio, bounce).sheet["loudness"] == (stored,)
        quiet = tmp_path / "quiet.wav"
        samples, rate_hz = soundfile.read(bounce)
        soundfile.write(quiet, samples / 2, rate_hz, subtype="PCM_24")
        level = float(stage(studio, quiet).sheet["loudness"][0].split(maxsplit=1)[0])
        assert level == pytest.approx(float(stored.split(maxsplit=1)[0]) - 6.02, abs=0.05)

    def test_chosen_fields(self, studio: Studio, bounce: Path) -> None:
        sheet = stage(studio, bounce).sheet
        assert set(tagging.chosen(sheet, ["title", "artwork"])) == {"title"}
        assert tagging.chosen(sheet, ["title", "artwork"]).artwork == sheet.artwork
        assert tagging.chosen(sheet, skip=["artwork"]).artwork is None
        assert "title" not in tagging.chosen(sheet, skip=["title"])
        with pytest.raises(UserError, match="no tag field “titel”"):
            tagging.chosen(sheet, ["titel"])

    def test_picked_rows(self, studio: Studio, bounce: Path) -> None:
        tagging.write_file_tags(studio, bounce, TagSheet({"comment": "mine", "mixer": ["Cy"]}))
        staged = stage(studio, bounce)
        sheet = tag_staging.pick(staged, ["title", "comment"])
        assert dict(sheet) == {"title": ("Night Bus",), "comment": ()}
        assert sheet.artwork is None
        tagging.write_file_tags(studio, bounce, sheet)
        assert set(read_tags(bounce)) == {"title", "mixer"}
        assert dict(tag_staging.pick(staged, [])) == {}

    def test_the_files_of_a_track(self, studio: Studio, bounce: Path) -> None:
        track = finding.get_track(studio, "T1")
        assert tagging.files_of(studio, track) == (bounce,)
        bounce.unlink()
        assert tagging.files_of(studio, track) == ()


class TestTakenBack:
    def test_every_write_after_a_restart_and_a_rename(self, studio: Studio, bounce: Path) -> None:
        versions = [bounce.read_bytes()]
        for title in ("One", "Two", "Three"):
            tagging.write_file_tags(studio, bounce, TagSheet({"title": title}))
            versions.append(bounce.read_bytes())
        studio.library.close()
        moved = bounce.rename(bounce.with_name("Renamed – mix.wav"))
        with closing((again := open_studio(studio.library.folder)).library):
            for number in (3, 2, 1):
                assert len(tagging.list_writes(again, moved)) == number
                tagging.restore_file_tags(again, moved)
                assert moved.read_bytes() == versions[number - 1]
            assert acts.find_undoable(again).label.startswith("Artwork")
            with pytest.raises(UserError, match="No tag write"):
                tagging.restore_file_tags(again, moved)

    def test_refused_once_another_program_changed_it(self, studio: Studio, bounce: Path) -> None:
        tagging.write_file_tags(studio, bounce, TagSheet({"title": "Ours"}))
        with bounce.open("ab") as file:
            file.write(b"LIST\4\0\0\0INFO")
        changed = bounce.read_bytes()
        assert tagging.list_writes(studio, bounce) == ()
        with pytest.raises(UserError, match="as it is now is known"):
            tagging.restore_file_tags(studio, bounce)
        with pytest.raises(UserError, match="was changed after"):
            acts.undo(studio)
        assert bounce.read_bytes() == changed

    def test_redo_writes_it_again_bit_for_bit(self, studio: Studio, bounce: Path) -> None:
        before = bounce.read_bytes()
        tagging.write_file_tags(studio, bounce, TagSheet({"title": "Ours"}))
        after = bounce.read_bytes()
        for _again in range(2):
            acts.undo(studio)
            assert bounce.read_bytes() == before
            assert tagging.list_writes(studio, bounce) == ()
            acts.redo(studio)
            assert bounce.read_bytes() == after
            assert len(tagging.list_writes(studio, bounce)) == 1
        tagging.restore_file_tags(studio, bounce)  # by hand: undo need not do it again
        assert bounce.read_bytes() == before
        assert acts.find_undoable(studio).label.startswith("Artwork")
        assert acts.find_redoable(studio) is None

    def test_a_write_that_was_overtaken_is_passed_over(self, studio: Studio, bounce: Path) -> None:
        tagging.write_file_tags(studio, bounce, TagSheet({"title": "Ours"}))
        theirs = b"LIST\4\0\0\0INFO"
        with bounce.open("ab") as file:
            file.write(theirs)
        with pytest.raises(Stuck, match=r"“Write tags of .* cannot be undone: .* was") as caught:
            acts.undo(studio)
        passed = acts.pass_over(studio, caught.value.act_id)
        assert acts.undo(studio).label.startswith("Artwork")
        assert acts.redo(studio).label.startswith("Artwork")
        assert bounce.read_bytes().endswith(theirs)
        assert passed.id in [act.id for act in acts.list_acts(studio)]  # it stays in the history

    def test_redo_of_a_write_that_was_overtaken(self, studio: Studio, bounce: Path) -> None:
        tagging.write_file_tags(studio, bounce, TagSheet({"title": "Ours"}))
        acts.undo(studio)
        bounce.unlink()
        with pytest.raises(Stuck, match=r"cannot be done again: .* is not there") as caught:
            acts.redo(studio)
        acts.pass_over(studio, caught.value.act_id)
        assert acts.find_redoable(studio) is None

    def test_undo_finds_a_file_that_was_renamed_in_its_folder(
        self, studio: Studio, bounce: Path
    ) -> None:
        before = bounce.read_bytes()
        tagging.write_file_tags(studio, bounce, TagSheet({"title": "Ours"}))
        moved = bounce.rename(bounce.with_name("[new] name.wav"))
        write_bounce(bounce.with_name("another.wav"), 1, seed=5)
        acts.undo(studio)
        assert moved.read_bytes() == before

    def test_two_files_made_alike(self, studio: Studio, bounce: Path, tmp_path: Path) -> None:
        copy = tmp_path / "copy.wav"
        copy.write_bytes(bounce.read_bytes())
        before = bounce.read_bytes()
        for path in (bounce, copy):
            tagging.write_file_tags(studio, path, TagSheet({"title": "Same"}))
        tagging.restore_file_tags(studio, bounce)
        tagging.restore_file_tags(studio, copy)
        assert bounce.read_bytes() == copy.read_bytes() == before

    def test_a_write_that_fails_leaves_no_act(self, studio: Studio, bounce: Path) -> None:
        bounce.chmod(0o444)
        label = acts.list_acts(studio)[0].label
        with pytest.raises(UserError, match="read-only"):
            tagging.write_file_tags(studio, bounce, TagSheet({"title": "Ours"}))
        assert acts.list_acts(studio)[0].label == label

    def test_asked_for_another_version_of_id3(self, studio: Studio, tmp_path: Path) -> None:
        path = write_bounce(tmp_path / "x.mp3", 1, format="MP3", subtype="MPEG_LAYER_III")
        tagging.write_file_tags(studio, path, TagSheet({"title": "One"}))
        assert path.read_bytes()[:4] == b"ID3\4"
        changes = tagging.write_file_tags(studio, path, TagSheet({"title": "One"}), id3_version=3)
        assert (changes, path.read_bytes()[:4]) == ((), b"ID3\3")
        tagging.restore_file_tags(studio, path)
        assert path.read_bytes()[:4] == b"ID3\4"
