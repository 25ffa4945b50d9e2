"""Forms: an edit is told once, a wrong value says what is wrong, credits keep their order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from indieartist.domain import figures
from indieartist.domain.release import Credit
from indieartist.ui.widgets.button import IconButton
from indieartist.ui.widgets.credits import CreditLine, CreditsEditor
from indieartist.ui.widgets.form import (
    ChoiceField,
    DateField,
    FieldRow,
    LineField,
    TextField,
    read_day,
)

GENRES = {str(place): f"Genre {place}" for place in range(12)}


def test_a_line_tells_once_and_only_a_change(qtbot: QtBot) -> None:
    line = LineField("Fern")
    qtbot.addWidget(line)
    heard: list[str] = []
    line.edited.connect(heard.append)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    line.setText("Ferns")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert heard == ["Ferns"]


def test_a_value_from_outside_does_not_disturb_typing(qtbot: QtBot) -> None:
    line = LineField("Fern")
    qtbot.addWidget(line)
    line.show()
    line.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    line.setText("Fer")
    line.set_value("Moss")
    assert line.text() == "Fer"


def test_text_is_told_when_the_field_is_left(qtbot: QtBot) -> None:
    field = TextField("La")
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    with qtbot.waitSignal(field.edited) as heard:
        field.setPlainText("La la")
        field.clearFocus()
    assert heard.args == ["La la"]


def test_a_choice_is_found_by_typing(qtbot: QtBot) -> None:
    field = ChoiceField(GENRES, "3")
    qtbot.addWidget(field)
    heard: list[str] = []
    field.edited.connect(heard.append)
    line = field.lineEdit()
    assert line is not None
    line.setText("genre 11")
    line.editingFinished.emit()
    assert field.value == "11"
    assert heard == ["11"]
    line.setText("polka")
    line.editingFinished.emit()
    assert field.value == "11"
    assert line.text() == "Genre 11"
    assert heard == ["11"]


@pytest.mark.parametrize(
    "words", ["2026-11-14", "14 Nov 2026", "14 November 2026", "14.11.2026", "14/11/2026"]
)
def test_a_day_is_read_as_people_write_it(words: str) -> None:
    assert read_day(words) == date(2026, 11, 14)


@given(st.text(max_size=30))
def test_any_words_are_a_day_or_none(words: str) -> None:
    found = read_day(words)
    assert found is None or isinstance(found, date)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_a_day_that_is_shown_can_be_read_back(day: date) -> None:
    assert read_day(figures.day(day)) == day


def test_a_date_is_told_cleared_or_refused(qtbot: QtBot) -> None:
    field = DateField(date(2026, 11, 14))
    qtbot.addWidget(field)
    heard: list[object] = []
    wrong: list[str] = []
    field.edited.connect(heard.append)
    field.misread.connect(wrong.append)
    for words in ("1 May 2027", "soon", ""):
        field.line.setText(words)
        field.line.editingFinished.emit()
    assert heard == [date(2027, 5, 1), None]
    assert len(wrong) == 1
    assert "soon" in wrong[0]


def test_a_problem_takes_the_place_of_the_hint(qtbot: QtBot) -> None:
    row = FieldRow("UPC", LineField("1"), "13 digits")
    qtbot.addWidget(row)
    row.set_problem("The check digit should be 8.")
    assert row.editor.property("state") == "err"
    assert row.editor.accessibleDescription() == "The check digit should be 8."
    row.set_problem()
    assert row.editor.property("state") == ""
    assert row.editor.accessibleDescription() == "13 digits"


CREDITS = (Credit("Ana", "artist"), Credit("Bo", "performer", "Double bass"))


def test_credits_come_back_as_they_went_in(qtbot: QtBot) -> None:
    editor = CreditsEditor(CREDITS)
    qtbot.addWidget(editor)
    assert editor.value == CREDITS


def test_credits_are_ordered_removed_and_added(qtbot: QtBot) -> None:
    editor = CreditsEditor(CREDITS)
    qtbot.addWidget(editor)
    heard: list[tuple[Credit, ...]] = []
    editor.edited.connect(heard.append)
    editor.findChildren(CreditLine)[1].raised.emit()
    assert [credit.name for credit in heard[-1]] == ["Bo", "Ana"]
    line = next(row for row in editor.findChildren(CreditLine) if row.credit.name == "Ana")
    remove = next(b for b in line.findChildren(IconButton) if b.accessibleName() == "Remove Ana")
    remove.click()
    assert [credit.name for credit in heard[-1]] == ["Bo"]


def test_only_a_performer_keeps_an_instrument(qtbot: QtBot) -> None:
    line = CreditLine(Credit("Ana", "producer", "Piano"))
    qtbot.addWidget(line)
    assert line.credit == Credit("Ana", "producer")


@pytest.mark.parametrize(
    ("value", "words"), [(-9.64, "−9.6"), (-0.04, "0.0"), (None, "—"), (0.0, "0.0"), (3.0, "3.0")]
)
def test_levels(value: float | None, words: str) -> None:
    assert figures.level(value) == words


@pytest.mark.parametrize(("value", "words"), [(2.2, "+2.2"), (-4.1, "−4.1"), (0.01, "0.0")])
def test_changes(value: float, words: str) -> None:
    assert figures.change(value) == words


@pytest.mark.parametrize(
    ("duration", "words"),
    [(0, "0:00"), (214_000, "3:34"), (3_727_000, "1:02:07"), (59_600, "1:00")],
)
def test_lengths(duration: int, words: str) -> None:
    assert figures.length(duration) == words


@pytest.mark.parametrize(("at", "words"), [(92_049, "1:32.0"), (59_999, "0:59.9"), (-5, "0:00.0")])
def test_positions_never_run_ahead(at: float, words: str) -> None:
    assert figures.position(at) == words


def test_days_as_one_says_them() -> None:
    today = date(2026, 11, 2)
    said = [figures.near_day(day, today) for day in (today, date(2026, 11, 3), date(2026, 11, 7))]
    assert said == ["Today", "Tomorrow", "7 Nov"]
    assert figures.near_day(date(2027, 1, 5), today) == "5 Jan 2027"
