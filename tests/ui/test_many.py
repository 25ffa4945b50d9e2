"""Many at once in the window: what is shown is what is done, and it is undone as one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bounces import write_bounce
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from ui.studios import open_window, settle

from indieartist.audio.tags import read_tags, write_tags
from indieartist.domain.rewriting import SEVERAL
from indieartist.domain.tags import TagSheet
from indieartist.library import tables as t
from indieartist.services import editing, finding, importing, numbers
from indieartist.services.studio import Studio, open_studio
from indieartist.ui.many import ways
from indieartist.ui.many.edit_box import EditBox
from indieartist.ui.many.import_box import ImportBox
from indieartist.ui.many.next_numbers import SeriesBox
from indieartist.ui.many.numbers_box import NumbersBox
from indieartist.ui.many.paste_box import PasteBox
from indieartist.ui.many.preview_table import PreviewModel, PreviewRow
from indieartist.ui.many.rename_box import RenameBox
from indieartist.ui.many.tag_box import TagBox
from indieartist.ui.screens.check import CheckScreen
from indieartist.ui.screens.facts import FactsScreen
from indieartist.ui.widgets.form import FieldRow
from indieartist.ui.window import StudioWindow

TITLES = ("night bus", "low water", "ebb")
IDS = [1, 2, 3]


@pytest.fixture
def studio(library_dir: Path) -> Studio:
    made = open_studio(library_dir)
    editing.new_release(made, "Low Water", ["Mara Vale"])
    with made.library.act("Tracks") as act:
        for place, title in enumerate(TITLES, 1):
            act.insert(t.track, release_id=1, position=place, title=title, genre="Folk")
    return made


@pytest.fixture
def window(qtbot: QtBot, studio: Studio) -> Iterator[StudioWindow]:
    with open_window(qtbot, studio, "tracks") as made:
        yield made


def titles(studio: Studio) -> list[str]:
    return [finding.get_track(studio, f"T{number}").title for number in IDS]


def last_cells(box: EditBox | PasteBox | ImportBox | RenameBox) -> list[str]:
    return [row.cells[-1] for row in box.preview.rows.rows]


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = PreviewModel(("A", "B"))
    model.set_rows([PreviewRow(("1", "2")), PreviewRow(("3", ""), "err", wide=True)])
    qtmodeltester.check(model)


def test_fields_are_set_for_all_and_undone_as_one(
    qtbot: QtBot, studio: Studio, window: StudioWindow
) -> None:
    box = EditBox(window.desk, "track", IDS, window)
    box.open()
    settle(qtbot, lambda: "genre" in box.fields)
    title, genre = box.fields["title"], box.fields["genre"]
    assert isinstance(title, QLineEdit)
    assert isinstance(genre, QLineEdit)
    assert (title.text(), title.placeholderText(), genre.text()) == ("", SEVERAL, "Folk")
    assert not box.do.isEnabled()
    title.setFocus()
    qtbot.keyClicks(title, "Part {n}")
    settle(qtbot, lambda: last_cells(box) == ["Part 1", "Part 2", "Part 3"])
    assert titles(studio) == list(TITLES)
    assert box.do.text() == "Change 3 values"
    qtbot.mouseClick(box.do, Qt.MouseButton.LeftButton)
    settle(qtbot, lambda: titles(studio) == ["Part 1", "Part 2", "Part 3"])
    assert finding.get_track(studio, "T1").genre == "Folk"
    window.desk.undo()
    settle(qtbot, lambda: titles(studio) == list(TITLES))


def test_a_field_that_all_share_can_be_emptied(
    qtbot: QtBot, studio: Studio, window: StudioWindow
) -> None:
    box = EditBox(window.desk, "track", IDS, window)
    box.open()
    settle(qtbot, lambda: "genre" in box.fields)
    genre = box.fields["genre"]
    assert isinstance(genre, QLineEdit)
    genre.clear()
    settle(qtbot, lambda: last_cells(box) == ["—"] * 3 and box.do.isEnabled())
    box.do.click()
    settle(qtbot, lambda: finding.get_track(studio, "T3").genre == "")


def test_finding_letters_and_what_is_wrong(
    qtbot: QtBot, studio: Studio, window: StudioWindow
) -> None:
    box = EditBox(window.desk, "track", IDS, window)
    box.open()
    settle(qtbot, lambda: "genre" in box.fields)
    box.ways.choose("replace")
    qtbot.keyClicks(box.wanted, "water")
    qtbot.keyClicks(box.by, "tide")
    settle(qtbot, lambda: last_cells(box) == ["low tide"])
    box.pattern.click()
    box.wanted.setText("(")
    settle(qtbot, lambda: "no pattern" in box.said.text())
    assert not box.do.isEnabled()
    box.ways.choose("case")
    settle(qtbot, lambda: last_cells(box) == ["Night Bus", "Low Water", "Ebb"])
    editing.edit_track(studio, finding.get_track(studio, "T2"), {"title": "02. Low Water"})
    box.ways.choose("numbers")
    settle(qtbot, lambda: last_cells(box) == ["Low Water"])
    box.close()


def test_a_list_of_isrcs_lies_beside_the_tracks(
    qtbot: QtBot, studio: Studio, window: StudioWindow, tmp_path: Path
) -> None:
    editing.edit_track(studio, finding.get_track(studio, "T3"), {"isrc": "GBAYE2600009"})
    box = PasteBox(window.desk, IDS, window)
    box.open()
    box.text.setPlainText("GBAYE2600001\n\nGBAYE2600003\nGBAYE2600004")
    settle(qtbot, lambda: len(last_cells(box)) == 4 and box.do.isEnabled())
    assert [words.split(".")[0] for words in last_cells(box)] == [
        "will be set",
        "stays as it is",
        "replaces",
        "is left over",
    ]
    assert box.do.text() == "Set 1 ISRC"
    path = tmp_path / "list.csv"
    path.write_text("GBAYE2600001;Night Bus\n\nGBAYE2600003;Ebb\n", encoding="utf-16")
    box.ask_file = lambda: path
    box.open_file.click()
    settle(qtbot, lambda: len(last_cells(box)) == 3 and box.do.isEnabled())
    box.replaces.click()
    assert box.do.text() == "Set 2 ISRCs"
    box.do.click()
    settle(qtbot, lambda: finding.get_track(studio, "T3").isrc == "GBAYE2600003")
    assert finding.get_track(studio, "T1").isrc == "GBAYE2600001"


def test_a_table_comes_in_with_its_columns_named(
    qtbot: QtBot, studio: Studio, window: StudioWindow, tmp_path: Path
) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_text("Album;Stück;Interpret\nEbbe;Flut;Möwen\n", encoding="utf-8")
    ways.import_table(window, lambda: str(path))
    box = next(each for each in window.findChildren(ImportBox))
    settle(qtbot, lambda: bool(box.columns and box.preview.rows.rows))
    assert [choice.value for choice in box.columns.values()] == ["release_title", "", "artist"]
    box.columns[1].set_value("title")
    box.columns[1].edited.emit("title")
    settle(qtbot, lambda: box.do.isEnabled() and box.preview.rows.rows[0].cells[3] == "1")
    box.do.click()
    settle(qtbot, lambda: len(finding.list_releases(studio)) == 2)
    assert finding.get_release(studio, "Ebbe").tracks[0].title == "Flut"


def test_a_folder_comes_in_with_its_audio(
    qtbot: QtBot, studio: Studio, window: StudioWindow, tmp_path: Path
) -> None:
    root = tmp_path / "Old"
    for seed, title in enumerate(("Salt", "Foam")):
        path = write_bounce(root / f"{title}.flac", 0.4, seed=seed, format="FLAC")
        write_tags(path, TagSheet({"title": title, "album": "Sea", "albumartist": "Ana"}))
    (root / "broken.flac").write_bytes(b"fLaC is not all")
    ways.import_folder(window, lambda: str(root))
    box = next(each for each in window.findChildren(ImportBox))
    settle(qtbot, box.do.isEnabled)
    assert not box.audio.isChecked()
    box.audio.click()
    box.do.click()

    def lengths() -> list[int]:
        found = [line for line in finding.list_releases(studio) if line.title == "Sea"]
        release = finding.get_release(studio, f"R{found[0].id}") if found else None
        return [track.duration_ms for track in release.tracks] if release else []

    settle(qtbot, lambda: lengths() == [400, 400])
    settle(qtbot, lambda: "The audio of 2 files came in" in window.toast.accessibleName())
    window.desk.undo()
    settle(qtbot, lambda: lengths() == [0, 0])
    again = ImportBox(window.desk, root, window)
    again.open()
    settle(qtbot, lambda: "2 of them without audio" in again.said.text())
    assert not again.do.isEnabled()
    again.audio.click()
    assert again.do.text() == "Take 2 files in"
    again.do.click()
    settle(qtbot, lambda: lengths() == [400, 400])


def test_a_library_that_comes_in_says_what_was_here_and_what_is_missing(
    qtbot: QtBot, studio: Studio, window: StudioWindow, tmp_path: Path
) -> None:
    other = open_studio(tmp_path / "Other")
    editing.new_release(other, "Low Water", ["Mara Vale"])
    importing.import_file(other, write_bounce(tmp_path / "Foam.wav", 0.4))
    for path in (tmp_path / "Other" / "Vault").rglob("*.wav"):
        path.unlink()
    other.library.close()
    ways.import_library(window, lambda: str(tmp_path / "Other"))
    said = "1 release came in, 1 was here already. The audio of “Foam.wav” is missing there"
    settle(qtbot, lambda: window.toast.accessibleName() == said)


def test_a_folder_without_sound_is_said(qtbot: QtBot, window: StudioWindow, tmp_path: Path) -> None:
    empty = tmp_path / "Empty"
    empty.mkdir()
    ways.import_folder(window, lambda: str(empty))
    box = next(each for each in window.findChildren(ImportBox))
    settle(qtbot, lambda: "no sound files" in box.said.text())
    box.reject()


def test_menus_lead_to_the_boxes_and_to_the_next_numbers(
    qtbot: QtBot, studio: Studio, window: StudioWindow
) -> None:
    numbers.set_series(studio, "isrc", "GB-AYE")
    numbers.set_series(studio, "catalogue_number", "MOSS ###")
    parent, menu = QWidget(), QMenu()
    qtbot.addWidget(parent)
    ways.offer_for_tracks(menu, window.desk, IDS, window)
    ways.offer_for_releases(menu, window.desk, [1], window)
    entries = {action.text(): action for action in menu.actions()}
    entries["Give the next ISRC"].trigger()
    entries["Give the next catalogue number"].trigger()
    settle(qtbot, lambda: finding.get_track(studio, "T3").isrc == "GBAYE2600003")
    settle(qtbot, lambda: finding.get_release(studio, "R1").catalogue_number == "MOSS 001")
    entries["Paste ISRCs…"].trigger()
    assert window.findChildren(PasteBox)
    menu.deleteLater()


def test_every_editor_of_the_boxes_has_a_name(qtbot: QtBot, window: StudioWindow) -> None:
    boxes = [
        EditBox(window.desk, "release", [1], window),
        PasteBox(window.desk, IDS, window),
        TagBox(window.desk, IDS, window),
    ]
    edit = boxes[0]
    assert isinstance(edit, EditBox)
    settle(qtbot, lambda: "genre" in edit.fields)
    for box in boxes:
        box.open()
        nameless = [
            child
            for child in box.findChildren(QWidget)
            if child.focusPolicy() != Qt.FocusPolicy.NoFocus
            and child.isVisible()
            and not child.accessibleName()
            and child.objectName() != "qt_scrollarea_viewport"
        ]
        assert nameless == []
        box.close()


def test_the_next_number_is_offered_where_there_is_none(
    qtbot: QtBot, studio: Studio, window: StudioWindow
) -> None:
    window.open_release(1, "facts")
    facts = window.screens.get_of(FactsScreen)
    link = facts.track_numbers.links["isrc"]
    settle(qtbot, lambda: link.text() == "Number ISRCs by yourself")
    link.click()
    box = next(iter(window.findChildren(SeriesBox)))
    box.pattern.setText("GB")
    box.keep()
    row = next(r for r in box.findChildren(FieldRow) if r.editor is box.pattern)
    settle(qtbot, lambda: any("is not an ISRC prefix" in text.text() for text in texts(row)))
    box.pattern.setText("GB-AYE")
    box.keep()
    year = f"{window.today():%y}"
    settle(qtbot, lambda: link.text() == f"Use GB-AYE-{year}-00001")
    link.click()
    settle(qtbot, lambda: finding.get_track(studio, "T1").isrc == f"GBAYE{year}00001")
    settle(qtbot, link.isHidden)


def texts(row: FieldRow) -> list[QLabel]:
    return row.findChildren(QLabel)


def test_conflicts_of_the_catalogue_stand_on_the_check(
    qtbot: QtBot, studio: Studio, window: StudioWindow
) -> None:
    with studio.library.act("Old codes") as act:
        act.update(t.track, 2, isrc="MOSS 001")
    window.open_release(1, "check")
    card = window.screens.get_of(CheckScreen).conflicts
    settle(qtbot, lambda: len(card.rows) == 1 and card.isVisible())
    assert "MOSS 001" in card.found[0].message
    card.rows[0].place_asked.emit()
    settle(qtbot, lambda: window.page_key == "facts")
    editing.edit_track(studio, finding.get_track(studio, "T2"), {"isrc": ""})
    window.show_page("check")
    settle(qtbot, card.isHidden)


@pytest.fixture
def bounces(studio: Studio, tmp_path: Path) -> list[Path]:
    """A file of each track, called as bounces are."""
    made = [tmp_path / "Bounces" / f"{title} FINAL2.wav" for title in TITLES]
    for seed, (number, path) in enumerate(zip(IDS, made, strict=True)):
        importing.import_file(studio, write_bounce(path, 0.3, seed=seed), track_id=number)
    return made


def test_files_are_renamed_by_a_pattern_and_undone(
    qtbot: QtBot, studio: Studio, bounces: list[Path], window: StudioWindow
) -> None:
    folder = bounces[0].parent
    before = sorted(path.name for path in folder.iterdir())
    box = RenameBox(window.desk, IDS, window)
    box.open()
    settle(qtbot, lambda: len(box.preview.rows.rows) == 3)
    new = ["01 night bus.wav", "02 low water.wav", "03 ebb.wav"]
    assert [row.cells[1] for row in box.preview.rows.rows] == new
    box.pattern.clear()
    box.slots["{release}"].click()
    assert box.pattern.text() == "{release}"
    settle(qtbot, lambda: last_cells(box) == ["Another would be called so too."] * 3)
    assert not box.do.isEnabled()
    assert "3 files cannot be called so" in box.said.text()
    box.slots["{n}"].click()
    box.slots["{title}"].click()
    assert box.pattern.text() == "{release} {n} {title}"
    settle(qtbot, lambda: box.do.isEnabled() and box.do.text() == "Rename 3 files")
    assert sorted(path.name for path in folder.iterdir()) == before
    box.do.click()
    settle(qtbot, (folder / "Low Water 3 ebb.wav").exists)
    window.desk.undo()
    settle(qtbot, lambda: sorted(path.name for path in folder.iterdir()) == before)
    window.desk.redo()
    settle(qtbot, (folder / "Low Water 3 ebb.wav").exists)


def test_other_files_are_renamed_too(
    qtbot: QtBot, studio: Studio, window: StudioWindow, tmp_path: Path
) -> None:
    path = write_bounce(tmp_path / "take 7.wav", 0.3)
    box = RenameBox(window.desk, [], window)
    box.ask_files = lambda: [path]
    box.open()
    settle(qtbot, lambda: box.said.text() == "Choose the files.")
    box.choose.click()
    box.pattern.setText("{titel}")
    settle(qtbot, lambda: bool(last_cells(box)) and "no {titel}" in last_cells(box)[0])
    box.pattern.setText("{name} ok")
    settle(qtbot, box.do.isEnabled)
    assert box.preview.rows.rows[0].cells[1] == "take 7 ok.wav"
    box.reject()


def test_the_menus_lead_to_the_files(
    qtbot: QtBot, studio: Studio, bounces: list[Path], window: StudioWindow
) -> None:
    menu = QMenu(window)
    ways.offer_for_releases(menu, window.desk, [1], window)
    next(each for each in menu.actions() if each.text() == "Rename their files…").trigger()
    settle(qtbot, lambda: bool(window.findChildren(RenameBox)))
    box = window.findChildren(RenameBox)[0]
    settle(qtbot, lambda: len(box.preview.rows.rows) == 3)
    box.reject()
    menu = QMenu(window)
    ways.offer_for_tracks(menu, window.desk, [2], window)
    assert "Rename files…" in [each.text() for each in menu.actions()]
    window.open_release(1)
    settle(qtbot, lambda: window.release is not None)
    window.commands["rename-files"].trigger()
    settle(qtbot, lambda: any(b.ids == IDS for b in window.findChildren(RenameBox)))


def test_tags_of_many_files_are_shown_written_and_undone_as_one(
    qtbot: QtBot, studio: Studio, bounces: list[Path], window: StudioWindow
) -> None:
    bounces[2].write_text("no sound at all, just words " * 20)
    before = [path.read_bytes() for path in bounces]
    window.open_release(1)
    settle(qtbot, lambda: window.release is not None)
    window.commands["write-tags"].trigger()
    box = window.findChildren(TagBox)[0]
    settle(qtbot, box.do.isEnabled)
    rows = [row.cells for row in box.preview.rows.rows]
    assert rows[0][0] == "“ebb FINAL2.wav” is a text file, not audio."
    assert ("night bus FINAL2.wav", "Title", "—", "night bus") in rows
    assert box.do.text() == f"Write {len(rows) - 1} fields in 2 files"
    assert box.said.text() == "1 file cannot be read and stays."
    assert [path.read_bytes() for path in bounces] == before
    box.do.setFocus()
    qtbot.keyClick(box.do, Qt.Key.Key_Space)
    settle(qtbot, lambda: window.toast.accessibleName() == "Tags of 2 files written")
    assert read_tags(bounces[1])["title"] == ("low water",)
    window.desk.undo()
    settle(qtbot, lambda: [path.read_bytes() for path in bounces] == before)


def test_the_menus_lead_to_the_tags_of_what_is_chosen(
    qtbot: QtBot, studio: Studio, bounces: list[Path], window: StudioWindow
) -> None:
    menu = QMenu(window)
    ways.offer_for_tracks(menu, window.desk, [2], window)
    next(each for each in menu.actions() if each.text() == "Write tags into files…").trigger()
    box = window.findChildren(TagBox)[0]
    settle(qtbot, lambda: {row.cells[0] for row in box.preview.rows.rows} == {bounces[1].name})
    bounces[1].unlink()
    box.ways.choose("every")
    box.look()
    settle(qtbot, lambda: box.said.text() == "1 track without a file.")
    assert not box.do.isEnabled()
    box.reject()
    menu = QMenu(window)
    ways.offer_for_releases(menu, window.desk, [1], window)
    next(each for each in menu.actions() if each.text().startswith("Write tags")).trigger()
    settle(qtbot, lambda: any(each.ids == IDS for each in window.findChildren(TagBox)))


def test_series_are_listed_added_and_removed_and_codes_are_read(
    qtbot: QtBot, studio: Studio, window: StudioWindow
) -> None:
    numbers.set_series(studio, "isrc", "GB-AYE", "Moss")
    window.commands["numbers"].trigger()
    box = window.findChildren(NumbersBox)[0]
    settle(qtbot, lambda: len(box.removes) == 1)
    box.adds["catalogue_number"].click()
    series = box.findChildren(SeriesBox)[0]
    series.pattern.setText("MOSS ###")
    series.keep()
    settle(qtbot, lambda: len(box.removes) == 2)
    box.removes[[each.kind for each in box.series].index("isrc")].click()
    settle(qtbot, lambda: [each.kind for each in box.series] == ["catalogue_number"])
    window.desk.undo()
    settle(qtbot, lambda: len(box.series) == 2)
    for text, said in (
        ("gbaye2600001", "ISRC GB-AYE-26-00001: the code of a recording."),
        ("T0345246801", "ISWC T-034.524.680-1: the code of a work."),
        ("T0345246802", "It is none of these, or a digit is wrong."),
    ):
        box.code.setText(text)
        assert box.code.accessibleDescription() == said
    box.accept()
