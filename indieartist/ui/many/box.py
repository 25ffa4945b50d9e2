"""The frame of a box that shows what it would change, and does it with one button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from indieartist.ui import theme
from indieartist.ui.loader import Loader
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.card import row
from indieartist.ui.widgets.text import Paragraph, Text

if TYPE_CHECKING:
    from indieartist.ui.desk import Desk

_PAUSE_MS = 180
_SIZE, _LEAST = (940, 760), (720, 520)


class PreviewBox(QDialog):
    """`look` is called a moment after anything was typed; `carry_out` by the one button."""

    def __init__(self, desk: Desk, title: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.loader = Loader(desk, self, "library")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(*_LEAST)
        room = parent.window().height() - 2 * theme.L
        self.resize(_SIZE[0], max(_LEAST[1], min(_SIZE[1], room)))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        self.body.setSpacing(theme.M)
        self.body.addWidget(Text(title, "section"))
        self.lead = Paragraph(words, "small")
        self.body.addWidget(self.lead)
        self.said = Paragraph("", "small", "text2")
        self.do = Button("Change", "check", "primary")
        self.do.setEnabled(False)
        self.do.clicked.connect(self.carry_out)
        self.cancel = Button("Cancel", kind="quiet")
        self.cancel.clicked.connect(self.reject)

    def end(self, *more: QWidget) -> None:
        """Close the box with its words and buttons, under everything else."""
        foot = row(*more, stretch=False, gap=theme.M)
        foot.insertWidget(0, self.said, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.do)
        self.body.addLayout(foot)

    def look_soon(self, *_: object) -> None:
        """Look again, once the hand rests."""
        self.do.setEnabled(False)
        self._pause.start()

    def look(self) -> None:
        """Read what would change."""

    def carry_out(self) -> None:
        """Do it."""

    def show_count(self, count: int, button: str, problem: str = "") -> None:
        """Say on the button how much would change, or why nothing can."""
        self.do.setText(button)
        self.do.setAccessibleName(button)
        self.do.updateGeometry()
        self.do.setEnabled(count > 0 and not problem)
        self.said.setText(problem or ("" if count else "Nothing changes."))
        self.said.set_tone("err" if problem else "text2")

    def refuse(self, error: BaseException) -> None:
        """Say what is wrong with what was typed."""
        self.show_count(0, self.do.text(), str(error))
