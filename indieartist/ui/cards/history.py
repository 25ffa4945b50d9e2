"""What was done to the library, the newest first, with the way back and the way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from indieartist.domain import figures
from indieartist.ui import theme
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.card import Card
from indieartist.ui.widgets.text import ElidedText, Paragraph, Text

if TYPE_CHECKING:
    from datetime import datetime

    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk

    Line = tuple[datetime, str, str]  # when, what, and how it stands

_SHOWN, _ALL = 8, 200
_STATES = {
    "": "",
    "undone": "undone",
    "passed over": "passed over by undo",
    "final": "left the machine",
}
_NOTHING = "Nothing was done yet. Every change will stand here, and can be taken back."
_TIME_PX = 150


class HistoryCard(Card):
    """The newest acts; all of them on demand. Undo takes the newest back that is not undone yet."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("What was done")
        self.desk = desk
        self.lines: list[Line] = []
        self._most = _SHOWN
        self.undo = Button("Undo", "undo", shortcut="Ctrl+Z")
        self.redo = Button("Redo", "redo", shortcut="Ctrl+Shift+Z")
        self.more = Button("Show more", kind="quiet")
        self.rows = QVBoxLayout()
        self._lay_out()
        self.undo.clicked.connect(desk.undo)
        self.redo.clicked.connect(desk.redo)
        self.more.clicked.connect(self._show_more)

    def _lay_out(self) -> None:
        self.column.setSpacing(theme.M)
        self.column.addWidget(Text("What was done", "section"))
        self.rows.setSpacing(theme.S)
        self.column.addLayout(self.rows)
        foot = QHBoxLayout()
        foot.setSpacing(theme.S)
        foot.addWidget(self.more)
        foot.addStretch(1)
        foot.addWidget(self.redo)
        foot.addWidget(self.undo)
        self.column.addLayout(foot)

    def read(self) -> None:
        """Read the history again."""
        most = self._most + 1

        def work(studio: Studio) -> list[Line]:
            from indieartist.services import acts

            return [(act.done_at, act.label, act.state) for act in acts.list_acts(studio, most)]

        self.desk.read("Reading the history", work, self._show, owner=self)

    def _show(self, found: list[Line]) -> None:
        self.more.setVisible(len(found) > self._most)
        self.undo.setEnabled(any(state == "" for _at, _label, state in found))
        self.redo.setEnabled(any(state == "undone" for _at, _label, state in found))
        found = found[: self._most]
        if found == self.lines and self.rows.count():
            return
        self.lines = found
        while taken := self.rows.takeAt(0):
            if old := taken.widget():
                old.hide()
                old.deleteLater()
        for line in found:
            self.rows.addWidget(_row(line))
        if not found:
            self.rows.addWidget(Paragraph(_NOTHING))

    def _show_more(self) -> None:
        self._most = _ALL
        self.read()


def _row(line: Line) -> QWidget:
    at, label, state = line
    here = at.astimezone()
    quiet = state in ("undone", "passed over")
    time = Text(f"{figures.day(here.date())} {here:%H:%M}", "small", "text3", figures=True)
    time.setFixedWidth(_TIME_PX)
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.M)
    layout.addWidget(time)
    layout.addWidget(ElidedText(label, "body", "text3" if quiet else "text"), 1)
    if state:
        layout.addWidget(Text(_STATES[state], "small", "text3"))
    return row
