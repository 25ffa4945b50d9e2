"""Change single tags of a file by hand, also such as the release says nothing of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from indieartist.domain import figures
from indieartist.domain.tags import FIELDS, TagSheet
from indieartist.ui.loader import Loader
from indieartist.ui.many.box import PreviewBox
from indieartist.ui.many.preview_table import PreviewRow, PreviewTable
from indieartist.ui.widgets.form import ChoiceField, FieldRow, TextField

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.domain.tags import TagChange
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk

_WORDS = (
    "What is changed here stands in the file alone; the release keeps its own facts."
    " Go from field to field: all changes are written together, and one Undo takes them back."
)
_LINES = "One value a line; nothing takes the field out of the file."
_LINES_HIGH = 5
_LONG = ("lyrics", "syncedlyrics", "comment")  # one value of several lines


class TagEditBox(PreviewBox):
    """The fields that were changed, beside what the file holds, before they are written."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget) -> None:
        super().__init__(desk, f"Tags of {path.name}", _WORDS, parent)
        self.loader = Loader(desk, self, "audio")
        self.path = path
        self.found = TagSheet()
        self.changed: dict[str, tuple[str, ...]] = {}
        self.field = ChoiceField({key: field.label for key, field in FIELDS.items()}, "title")
        self.values = TextField(lines=_LINES_HIGH)
        self.values.setFixedHeight(self.values.minimumHeight())
        self.preview = PreviewTable("What would change", ("Field", "Now", "Then"), (2, 4, 4))
        self.field.edited.connect(lambda _: self._show_field())
        self.values.textChanged.connect(self._take)
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        self.do.setText("Write")
        self.body.addWidget(FieldRow("Field", self.field))
        self.body.addWidget(FieldRow("Values", self.values, _LINES))
        self.body.addWidget(self.preview, 1)
        self.end()

    def _read(self) -> None:
        path = self.path

        def work(_studio: Studio, _report: Report) -> TagSheet:
            from indieartist.services import tagging

            return tagging.read_file_tags(path)

        self.loader.read("Reading tags", work, self._show, failed=self.refuse)

    def _show(self, found: TagSheet) -> None:
        self.found = found
        self._show_field()

    def _show_field(self) -> None:
        """Lay the values of the field that is chosen into the editor."""
        key = self.field.value
        values = self.changed.get(key, self.found.get(key, ()))
        self.values.blockSignals(True)
        self.values.setPlainText("\n".join(values))
        self.values.blockSignals(False)

    def _take(self) -> None:
        key, text = self.field.value, self.values.toPlainText()
        lines = (text,) if key in _LONG else tuple(text.splitlines())
        values = tuple(line.strip() for line in lines if line.strip())
        self.changed.pop(key, None)
        if values != tuple(self.found.get(key, ())):
            self.changed[key] = values
        self.look_soon()

    def look(self) -> None:
        """Ask what writing these fields would change."""
        path, sheet = self.path, TagSheet(self.changed)

        def work(_studio: Studio, _report: Report) -> tuple[TagChange, ...]:
            from indieartist.services import tagging

            return tagging.preview_tags(path, sheet)

        self.loader.read("Comparing tags", work, self._compare, failed=self.refuse)

    def _compare(self, changes: tuple[TagChange, ...]) -> None:
        rows = [
            (FIELDS[c.field].label, _line(c.before), _line(c.after))
            for c in changes
            if c.field in FIELDS
        ]
        self.preview.set_rows([PreviewRow(words) for words in rows])
        self.show_count(len(rows), f"Write {figures.count(len(rows), 'field')}")

    def carry_out(self) -> None:
        """Write them as one act."""
        path, sheet = self.path, TagSheet(self.changed)

        def work(studio: Studio, report: Report) -> None:
            from indieartist.services import tagging

            tagging.write_file_tags(studio, path, sheet, report)

        says = f"{figures.count(len(self.changed), 'field')} written into {path.name}"
        self.desk.act("Writing tags", work, lane="audio", says=says)
        self.accept()


def _line(values: tuple[str, ...]) -> str:
    return "; ".join(values) or "—"
