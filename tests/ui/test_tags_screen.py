"""The page of tags: chosen field by field, written, taken back, and what is said when it fails."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from bounces import write_bounce
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ui.studios import make_studio, open_window, settle

from indieartist.audio.tags import read_tags
from indieartist.domain.tags import TagSheet
from indieartist.library import tables as t
from indieartist.services import editing, finding, tagging
from indieartist.services.studio import Studio, open_studio
from indieartist.ui.many.tag_edit_box import TagEditBox
from indieartist.ui.screens.tags import TagsScreen
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.finding import FindingRow
from indieartist.ui.widgets.tag_row import TagField
from indieartist.ui.widgets.toast import Toast
from indieartist.ui.window import StudioWindow


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    make_studio(folder / "Library", 1).library.close()
    return folder


@pytest.fixture
def studio(made: Path, tmp_path: Path) -> Studio:
    """A fresh copy; its mix came from the copy's bounce, which has some tags."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    studio, bounce = open_studio(tmp_path / "Library"), tmp_path / "Night Bus.wav"
    with studio.library.write() as connection:
        connection.execute(t.mix.update().values(source_path=str(bounce)))
    sheet = TagSheet({"title": "Night Bus", "genre": "Old", "comment": "talkback off"})
    tagging.write_file_tags(studio, bounce, sheet)
    return studio


@pytest.fixture
def window(qtbot: QtBot, studio: Studio) -> Iterator[StudioWindow]:
    with open_window(qtbot, studio, "track") as made:
        yield made


@pytest.fixture
def screen(qtbot: QtBot, window: StudioWindow) -> TagsScreen:
    """The page, reached from the track's, with the bounce's tags in it."""
    window.screens["track"].tags.click()  # type: ignore[attr-defined]
    found = window.screens["tags"]
    assert isinstance(found, TagsScreen)
    settle(qtbot, lambda: found.staged is not None and not found.filler.busy)
    return found


def field(screen: TagsScreen, key: str) -> TagField:
    return next(each for each in screen.fields if each.row.field == key)


def settle_again(qtbot: QtBot, screen: TagsScreen, old: object) -> None:
    settle(qtbot, lambda: screen.staged not in (None, old) and not screen.filler.busy)


def test_what_differs_is_ticked_and_nothing_else(
    qtbot: QtBot, screen: TagsScreen, tmp_path: Path
) -> None:
    assert screen.file.path == tmp_path / "Night Bus.wav"
    album, title, comment = (field(screen, key) for key in ("album", "title", "comment"))
    assert (album.isChecked(), album.isEnabled(), album.after) == (True, True, "Night Bus")
    assert (title.isChecked(), title.isEnabled()) == (False, False)
    assert (comment.isChecked(), comment.isEnabled(), comment.before) == (
        False,
        True,
        "talkback off",
    )
    assert screen.write.text() == f"Write {len(screen.chosen)} fields"
    assert "Will be written: Night Bus" in album.accessibleDescription()
    first, second = screen.fields[:2]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Space)
    assert not first.isChecked()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()


def test_chosen_fields_are_written_and_undone(
    qtbot: QtBot, window: StudioWindow, screen: TagsScreen, tmp_path: Path
) -> None:
    bounce = tmp_path / "Night Bus.wav"
    before = bounce.read_bytes()
    screen.every.click()
    assert screen.chosen == ()
    assert not screen.write.isEnabled()
    for key in ("album", "comment"):
        field(screen, key).click()
    assert screen.write.text() == "Write 2 fields"
    old = screen.staged
    screen.write.click()
    settle_again(qtbot, screen, old)
    found = read_tags(bounce)
    assert found["album"] == ("Night Bus",)
    assert "comment" not in found
    assert found["genre"] == ("Old",)
    old = screen.staged
    window.desk.undo()
    settle_again(qtbot, screen, old)
    assert bounce.read_bytes() == before
    old = screen.staged
    screen.restore.click()
    settle_again(qtbot, screen, old)
    assert read_tags(bounce) == TagSheet()
    assert not screen.restore.isVisible()


def test_all_writes_are_taken_back_at_once(
    qtbot: QtBot, studio: Studio, screen: TagsScreen, tmp_path: Path
) -> None:
    assert not screen.restore_all.isVisible()  # there was one write
    old = screen.staged
    screen.write.click()
    settle_again(qtbot, screen, old)
    assert screen.restore_all.text() == "Take all 2 back"
    old = screen.staged
    screen.restore_all.click()
    settle_again(qtbot, screen, old)
    assert read_tags(tmp_path / "Night Bus.wav") == TagSheet()
    assert not screen.restore.isVisible()
    assert not screen.restore_all.isVisible()


def test_undo_goes_past_a_write_that_another_program_overtook(
    qtbot: QtBot, window: StudioWindow, screen: TagsScreen, studio: Studio, tmp_path: Path
) -> None:
    bounce = tmp_path / "Night Bus.wav"
    editing.edit_track(studio, finding.get_track(studio, "T1"), {"title": "Ebb"})
    tagging.write_file_tags(studio, bounce, TagSheet({"title": "Ebb"}))
    with bounce.open("ab") as file:
        file.write(b"LIST\4\0\0\0INFO")
    window.desk.undo()
    toast = window.toast
    settle(qtbot, lambda: "cannot be undone: “Night Bus.wav” was" in toast.accessibleName())
    assert all(not entry.error for entry in window.job_log.entries)  # it is said: no job failed
    press(toast, "Pass over it")
    settle(qtbot, lambda: toast.accessibleName().startswith("Passed over: Write tags"))
    press(toast, "Undo")
    settle(qtbot, lambda: toast.accessibleName().startswith("Undone: Edit title"))
    assert finding.get_track(studio, "T1").title == "Night Bus"


def press(toast: Toast, label: str) -> None:
    buttons = [each for each in toast.findChildren(Button) if each.text() == label]
    assert len(buttons) == 1
    buttons[0].click()


def test_another_file_and_one_that_is_none(
    qtbot: QtBot, screen: TagsScreen, tmp_path: Path
) -> None:
    path = write_bounce(tmp_path / "x.mp3", 1, format="MP3", subtype="MPEG_LAYER_III")
    screen.ask_file = lambda: path
    screen.file._button.click()
    settle(qtbot, lambda: screen.staged is not None and screen.staged.path == path)
    settle(qtbot, lambda: not screen.filler.busy)
    assert screen.id3.isVisible()
    screen.version.choose("3")
    old = screen.staged
    screen.write.click()
    settle_again(qtbot, screen, old)
    assert path.read_bytes()[:4] == b"ID3\3"
    text = tmp_path / "notes.wav"
    text.write_text("no sound at all, just words " * 20)
    screen.ask_file = lambda: text
    screen.file._button.click()
    settle(qtbot, lambda: bool(screen.content.findChildren(FindingRow)))
    assert not screen.write.isEnabled()
    assert not screen.restore.isVisible()


def test_without_a_file(qtbot: QtBot, studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "Night Bus.wav").unlink()
    with open_window(qtbot, studio, "tags") as window:
        screen = window.screens["tags"]
        assert isinstance(screen, TagsScreen)
        assert (screen.staged, screen.fields, screen.write.isEnabled()) == (None, [], False)


def open_edit(qtbot: QtBot, screen: TagsScreen) -> TagEditBox:
    screen.edit.setFocus()
    qtbot.keyClick(screen.edit, Qt.Key.Key_Space)
    (box,) = screen.findChildren(TagEditBox)
    settle(qtbot, lambda: bool(box.found))
    return box


def test_tags_are_edited_by_hand_and_taken_back(
    qtbot: QtBot, window: StudioWindow, screen: TagsScreen, tmp_path: Path
) -> None:
    box, old = open_edit(qtbot, screen), screen.staged
    assert box.values.toPlainText() == "Night Bus"
    qtbot.keyClicks(box.values, "Early ")
    box.field.set_value("composer")
    box.field.edited.emit("composer")
    assert box.values.toPlainText() == ""
    qtbot.keyClicks(box.values, "Mara Vale\rIda Lund")
    box.field.set_value("comment")
    box.field.edited.emit("comment")
    box.values.clear()
    settle(qtbot, box.do.isEnabled)
    assert box.do.text() == "Write 3 fields"
    qtbot.keyClick(box.do, Qt.Key.Key_Space)
    settle_again(qtbot, screen, old)
    found = read_tags(tmp_path / "Night Bus.wav")
    assert found["composer"] == ("Mara Vale", "Ida Lund")
    assert (found["title"], "comment" in found) == (("Early Night Bus",), False)
    old = screen.staged
    window.desk.undo()
    settle_again(qtbot, screen, old)
    assert read_tags(tmp_path / "Night Bus.wav")["comment"] == ("talkback off",)


def test_what_is_typed_back_changes_nothing(qtbot: QtBot, screen: TagsScreen) -> None:
    box = open_edit(qtbot, screen)
    qtbot.keyClicks(box.values, "X")
    settle(qtbot, box.do.isEnabled)
    qtbot.keyClick(box.values, Qt.Key.Key_Backspace)
    settle(qtbot, lambda: box.said.text() == "Nothing changes.")
    assert not box.do.isEnabled() and not box.changed
    box.reject()
