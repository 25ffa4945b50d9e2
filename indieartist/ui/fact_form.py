"""A form over the facts of a release or a track: each field is kept as soon as it is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QGridLayout, QWidget

from indieartist.domain.codes import shown_code
from indieartist.domain.content_id import CHOICES as CONTENT_ID
from indieartist.domain.languages import LANGUAGES
from indieartist.ui import theme
from indieartist.ui.widgets.form import ChoiceField, DateField, FieldRow, LineField, TextField

if TYPE_CHECKING:
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk

    Save = Callable[[str, str], Callable[[Studio], object] | None]
    Editor = LineField | TextField | ChoiceField | DateField

Kind = Literal["line", "code", "text", "day", "language", "advisory", "content_id"]
_ADVISORIES = {"": "Not said", "none": "Not explicit", "explicit": "Explicit", "clean": "Clean"}
_TONGUES = {"": "Not said"} | dict(sorted(LANGUAGES.items(), key=lambda row: row[1]))
_COLUMNS, _TEXT_LINES = 2, 6


@dataclass(frozen=True, slots=True)
class Field:
    """One fact: its key in the services, its label, how it is edited, and what to know of it.

    `code` names a kind of code of `codes.KINDS`: it is shown as it is printed.
    """

    key: str
    label: str
    kind: Kind = "line"
    hint: str = ""
    code: str = ""


class FactForm(QWidget):
    """The fields in two columns; long texts take both.

    `save(key, text)` gives the work that keeps a value, or None where there is nothing to keep.
    """

    def __init__(self, desk: Desk, fields: Sequence[Field], save: Save) -> None:
        super().__init__()
        self._desk, self._save = desk, save
        self.rows: dict[str, FieldRow] = {}
        self._codes = {field.key: field.code for field in fields if field.code}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.L)
        grid.setVerticalSpacing(theme.M)
        place = 0
        for field in fields:
            row = self._row(field)
            wide = field.kind == "text"
            place += wide and place % _COLUMNS
            span = _COLUMNS if wide else 1
            grid.addWidget(row, place // _COLUMNS, place % _COLUMNS, 1, span)
            grid.setAlignment(row, Qt.AlignmentFlag.AlignTop)
            place += span
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)

    def _row(self, field: Field) -> FieldRow:
        editor = _editor(field.kind)
        row = FieldRow(field.label, editor, field.hint)
        self.rows[field.key] = row
        editor.edited.connect(lambda value: self._keep(field, _text(value)))
        if isinstance(editor, DateField):
            editor.misread.connect(row.set_problem)
        return row

    def show_values(self, values: Mapping[str, str | date | None]) -> None:
        """Show these values; a field that is being typed in is left alone."""
        for key, value in values.items():
            kind = self._codes.get(key)
            shown = shown_code(kind, str(value or "")) if kind else value
            show_value(self.rows[key].editor, shown)

    def offer(self, key: str, words: Sequence[str]) -> None:
        """Complete what is typed into a line from these words."""
        line = self.rows[key].editor
        if isinstance(line, LineField):
            finder = QCompleter(QStringListModel(list(words), line), line)
            finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            finder.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(finder)

    def go_to(self, key: str) -> None:
        """Put the cursor into a field."""
        if key in self.rows:
            self.rows[key].editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _keep(self, field: Field, text: str) -> None:
        row = self.rows[field.key]
        row.set_problem()
        work = self._save(field.key, text)
        if work is not None:
            self._desk.edit(
                f"Keeping the {field.label}",
                work,
                lambda error: row.set_problem(str(error)),
                owner=row,
                says=f"{field.label} is kept",
            )


def show_value(editor: QWidget, value: str | date | None) -> None:
    """Put a value into an editor without telling."""
    if isinstance(editor, DateField):
        editor.set_value(value if isinstance(value, date) else None)
    elif isinstance(editor, ChoiceField):
        words = str(value or "")
        if editor.findData(words) < 0:  # a code beyond the list stays what it is
            editor.addItem(words, words)
        editor.set_value(words)
    elif isinstance(editor, LineField | TextField):
        editor.set_value(str(value or ""))


def _editor(kind: Kind) -> Editor:
    if kind == "text":
        text = TextField(lines=_TEXT_LINES)
        text.setFixedHeight(text.minimumHeight())
        return text
    if kind == "day":
        return DateField()
    if kind == "language":
        return ChoiceField(_TONGUES)
    if kind == "advisory":
        return ChoiceField(_ADVISORIES)
    if kind == "content_id":
        return ChoiceField(CONTENT_ID)
    return LineField(figures=kind == "code")


def _text(value: object) -> str:
    """A value as the services take it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value or "")
