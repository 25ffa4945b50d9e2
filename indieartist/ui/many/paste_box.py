"""Paste a list of ISRCs, and see it beside the tracks before anything is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from indieartist.domain import figures
from indieartist.domain.identifiers import format_isrc
from indieartist.domain.pasting import Aligned
from indieartist.ui import theme
from indieartist.ui.many.box import PreviewBox
from indieartist.ui.many.preview_table import PreviewRow, PreviewTable
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.form import TextField, name_editor
from indieartist.ui.widgets.toggle import ToggleSwitch

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk

_WORDS = (
    "One ISRC a line, in the order of the tracks, or with their titles beside them. An empty line"
    " or a dash leaves a track as it is."
)
_LISTS = "Lists (*.txt *.csv *.tsv);;All files (*)"
_FATES: dict[str, tuple[str, theme.ColourName]] = {
    "new": ("will be set", "ok"),
    "replaces": ("replaces", "warn"),
    "same": ("has it already", "text3"),
    "gap": ("stays as it is", "text3"),
    "wrong": ("is no ISRC", "err"),
    "twice": ("stands twice", "err"),
    "elsewhere": ("is taken", "err"),
    "left over": ("is left over", "warn"),
}


class PasteBox(PreviewBox):
    """Where a track has another ISRC, the list's is taken only when asked to."""

    def __init__(self, desk: Desk, track_ids: Sequence[int], parent: QWidget) -> None:
        title = f"ISRCs for {figures.count(len(track_ids), 'track')}"
        super().__init__(desk, title, _WORDS, parent)
        self.ids = list(track_ids)
        self.rows: list[Aligned] = []
        self.text = TextField(hint="GB-AYE-26-00001")
        name_editor(self.text, "List of ISRCs")
        self.preview = PreviewTable("The list beside the tracks", ("Track", "ISRC", ""), (4, 3, 5))
        self.replaces = ToggleSwitch("Replace what differs")
        both = QHBoxLayout()
        both.setSpacing(theme.M)
        both.addWidget(self.text, 2)
        both.addWidget(self.preview, 5)
        self.body.addLayout(both, 1)
        self.open_file = Button("Open a list…", "folder")
        self.open_file.clicked.connect(self._open_file)
        self.ask_file: Callable[[], Path | None] = self._ask_file
        self.end(self.open_file, self.replaces)
        self.text.textChanged.connect(self.look_soon)
        self.replaces.toggled.connect(lambda _: self._show(self.rows))
        self.look()

    def _ask_file(self) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self, "List of ISRCs", "", _LISTS)
        return Path(name) if name else None

    def _open_file(self) -> None:
        """Put a text or CSV file into the place of what was pasted."""
        if (path := self.ask_file()) is None:
            return

        def work(_studio: Studio, _report: Report) -> str:
            from indieartist.services import catalogue_import

            return catalogue_import.read_text(path)

        self.loader.read("Reading the list", work, self.text.setPlainText, failed=self.refuse)

    def look(self) -> None:
        """Lay the list beside the tracks."""
        ids, text = self.ids, self.text.toPlainText()

        def work(studio: Studio, _report: Report) -> list[Aligned]:
            from indieartist.services import numbers

            return numbers.align_isrcs(studio, ids, text)

        self.loader.read("Looking at the list", work, self._show, failed=self.refuse)

    def _show(self, rows: list[Aligned]) -> None:
        self.rows = rows
        self.preview.set_rows([_row(each) for each in rows])
        count = len(self._taken())
        self.show_count(count, f"Set {figures.count(count, 'ISRC')}")
        if not self.text.toPlainText().strip():
            self.said.setText("")

    def _taken(self) -> list[Aligned]:
        wanted = ("new", "replaces") if self.replaces.isChecked() else ("new",)
        return [row for row in self.rows if row.status in wanted]

    def carry_out(self) -> None:
        """Keep what the preview shows."""
        taken = self._taken()

        def work(studio: Studio, _report: Report) -> int:
            from indieartist.services import numbers, rewriting

            return rewriting.carry_out(studio, numbers.isrc_plan(taken))

        self.desk.act("Set ISRCs", work, says=f"{figures.count(len(taken), 'ISRC')} set")
        self.accept()


def _row(each: Aligned) -> PreviewRow:
    words, tone = _FATES[each.status]
    code = format_isrc(each.isrc) if each.isrc else each.text or "—"
    return PreviewRow((each.title or "—", code, f"{words}. {each.note}".strip(" .") + "."), tone)
