"""The series that numbers are given from, and what a code is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from indieartist.domain import codes
from indieartist.domain.series import KINDS, Series
from indieartist.ui import theme
from indieartist.ui.many.next_numbers import SeriesBox
from indieartist.ui.widgets.button import Button, IconButton, LinkButton
from indieartist.ui.widgets.card import Rule, row
from indieartist.ui.widgets.form import FieldRow, LineField
from indieartist.ui.widgets.text import ElidedText, Paragraph, Text

if TYPE_CHECKING:
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk

_ABOUT = (
    "The next ISRC, UPC or catalogue number is the next of its series, given once and for ever."
)
_NONE = "No series yet. Say what begins your ISRCs, or how your catalogue numbers read."
_ADD = {"isrc": "ISRC prefix", "gtin": "UPC range", "catalogue_number": "Catalogue numbers"}
_HINT = "ISRC, UPC or EAN, ISWC, IPI, ISNI or GRid"
_WIDTH_PX, _KIND_PX = 560, 150


class NumbersBox(QDialog):
    """Each series with its owner; the numbers of one that is removed stay used."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.series: list[Series] = []
        self.removes: list[IconButton] = []
        self.setWindowTitle("Numbers")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH_PX)
        self.rows = QVBoxLayout()
        self.adds = {kind: LinkButton(words, "plus") for kind, words in _ADD.items()}
        self.code = LineField(hint="GB-AYE-26-00001", figures=True)
        self.code_row = FieldRow("What is this code?", self.code, _HINT)
        self._lay_out()
        for kind, link in self.adds.items():
            link.clicked.connect(partial(self._add, kind))
        self.code.textChanged.connect(self._tell)
        desk.changed.connect(self._read)
        self._read()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        layout.setSpacing(theme.M)
        layout.addWidget(Text("Series of numbers", "section"))
        layout.addWidget(Paragraph(_ABOUT, "small"))
        self.rows.setSpacing(theme.XS)
        layout.addLayout(self.rows)
        layout.addLayout(row(*self.adds.values(), gap=theme.L))
        layout.addWidget(Rule())
        layout.addWidget(self.code_row)
        close = Button("Close")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout.addLayout(foot)

    def _read(self) -> None:
        def work(studio: Studio) -> list[Series]:
            from indieartist.services import numbers

            return numbers.list_series(studio)

        self.desk.read("Reading the series", work, self._show, owner=self)

    def _show(self, found: list[Series]) -> None:
        if found == self.series and self.rows.count():
            return
        self.series, self.removes = found, []
        while taken := self.rows.takeAt(0):
            if old := taken.widget():
                old.hide()
                old.deleteLater()
        for each in found:
            self.rows.addWidget(self._row(each))
        if not found:
            self.rows.addWidget(Paragraph(_NONE))
        self.adjustSize()

    def _row(self, series: Series) -> QWidget:
        kind = Text(_capital(KINDS[series.kind]), "small", "text2")
        kind.setFixedWidth(_KIND_PX)
        remove = IconButton("trash", f"Remove the series {series.pattern}", icon_px=16)
        remove.clicked.connect(partial(self._remove, series))
        self.removes.append(remove)
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.M)
        layout.addWidget(kind)
        layout.addWidget(ElidedText(series.pattern, "strong"), 1)
        layout.addWidget(ElidedText(series.owner or "Everybody", "body", "text2"), 1)
        layout.addWidget(remove)
        return line

    def _add(self, kind: str) -> None:
        SeriesBox(self.desk, kind, "", self).open()

    def _remove(self, series: Series) -> None:
        def work(studio: Studio, _report: object) -> None:
            from indieartist.services import numbers

            numbers.remove_series(studio, series)

        says = f"The series {series.pattern} is removed; its numbers stay used"
        self.desk.act("Remove series", work, says=says)

    def _tell(self, text: str) -> None:
        """Say of what is typed which code it is, as it is printed."""
        self.code_row.set_problem()
        found = codes.kinds_of(text) if text.strip() else {}
        if found:
            said = (f"{codes.KINDS[k].name} {codes.KINDS[k].format(c)}" for k, c in found.items())
            of = codes.KINDS[next(iter(found))].of
            self.code_row.set_hint(f"{' or '.join(said)}: the code of {of}.")
        else:
            self.code_row.set_hint(_HINT)
            if text.strip():
                self.code_row.set_problem("It is none of these, or a digit is wrong.", "warn")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
