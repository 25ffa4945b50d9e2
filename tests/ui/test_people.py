"""Codes of works and people in the window: shown as printed, refused beside the field, undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ui.studios import open_window, settle

from indieartist.domain.release import Credit
from indieartist.library import tables as t
from indieartist.services import editing, finding, people
from indieartist.services.studio import Studio, open_studio
from indieartist.ui.person_box import PersonBox
from indieartist.ui.screens.facts import FactsScreen
from indieartist.ui.widgets.button import IconButton
from indieartist.ui.widgets.credits import CreditLine, CreditsEditor
from indieartist.ui.widgets.form import LineField
from indieartist.ui.window import StudioWindow


@pytest.fixture
def studio(library_dir: Path) -> Studio:
    made = open_studio(library_dir)
    editing.new_release(made, "Low Water", ["Mara Vale"])
    with made.library.act("Track") as act:
        act.insert(t.track, release_id=1, position=1, title="Ebb")
    return made


@pytest.fixture
def window(qtbot: QtBot, studio: Studio) -> Iterator[StudioWindow]:
    with open_window(qtbot, studio, "releases") as made:
        made.open_release(1)
        settle(qtbot, lambda: made.release is not None)
        made.turn_to("facts")
        yield made


@pytest.fixture
def facts(qtbot: QtBot, window: StudioWindow) -> FactsScreen:
    found = window.screens["facts"]
    assert isinstance(found, FactsScreen)
    settle(qtbot, lambda: bool(found.people.value))
    return found


def type_into(qtbot: QtBot, line: object, words: str) -> LineField:
    assert isinstance(line, LineField)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, words)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    line.clearFocus()
    return line


def codes_button(editor: CreditsEditor) -> IconButton:
    line = editor.findChildren(CreditLine)[0]
    named = [b for b in line.findChildren(IconButton) if b.accessibleName().startswith("IPI and")]
    return named[0]


def test_an_iswc_is_shown_as_it_is_printed(
    qtbot: QtBot, studio: Studio, window: StudioWindow, facts: FactsScreen
) -> None:
    row = facts.track_facts.rows["iswc"]
    line = type_into(qtbot, row.editor, "T0345246802")
    settle(qtbot, lambda: "is not an ISWC" in row.editor.accessibleDescription())
    type_into(qtbot, row.editor, "t 034524680 1")
    settle(qtbot, lambda: line.text() == "T-034.524.680-1")
    assert finding.get_track(studio, "T1").iswc == "T0345246801"
    window.desk.undo()
    settle(qtbot, lambda: line.text() == "")


def test_the_codes_of_a_person(
    qtbot: QtBot, studio: Studio, window: StudioWindow, facts: FactsScreen
) -> None:
    assert codes_button(facts.people).accessibleName().endswith("Mara Vale: none yet")
    codes_button(facts.people).click()
    box = facts.findChildren(PersonBox)[0]
    ipi, isni = box.form.rows["ipi"], box.form.rows["isni"]
    type_into(qtbot, ipi.editor, "00014107339")
    settle(qtbot, lambda: "is not an IPI" in ipi.editor.accessibleDescription())
    type_into(qtbot, ipi.editor, "014107338")
    line = type_into(qtbot, isni.editor, "000000012281955x")
    settle(qtbot, lambda: line.text() == "0000 0001 2281 955X")
    assert people.find_codes(studio, "Mara Vale").ipi == "00014107338"
    said = "IPI and ISNI of Mara Vale: IPI 00014107338, ISNI 0000 0001 2281 955X"
    settle(qtbot, lambda: codes_button(facts.people).accessibleName() == said)
    assert codes_button(facts.people).tone == "accent"
    window.desk.undo()
    settle(qtbot, lambda: people.find_codes(studio, "Mara Vale").isni == "")
    settle(qtbot, lambda: line.text() == "")


def test_a_line_without_a_name_has_no_codes(qtbot: QtBot) -> None:
    editor = CreditsEditor((Credit("Ana", "composer", ipi="00014107338"),))
    qtbot.addWidget(editor)
    asked: list[str] = []
    editor.codes_asked.connect(asked.append)
    codes_button(editor).click()
    assert asked == ["Ana"]
    assert editor.value[0].ipi == "00014107338"
    empty = CreditsEditor((Credit("", "composer"),))
    qtbot.addWidget(empty)
    assert not codes_button(empty).isEnabled()
