"""Something that is built into a folder: what it is, where it goes, and the last one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices

from indieartist.domain import figures
from indieartist.domain.publishing import Publication
from indieartist.ui import theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.card import Card, column, row
from indieartist.ui.widgets.file_row import FileRow
from indieartist.ui.widgets.form import FieldRow, LineField
from indieartist.ui.widgets.text import ElidedText, Paragraph, Text


class BuildCard(Card):
    """`build_asked` when the button is pressed; `folder` None stands for the library's own."""

    build_asked = Signal()

    def __init__(
        self,
        title: str,
        sentence: str,
        button: Button,
        choose_folder: Callable[[], Path | None],
    ) -> None:
        super().__init__(title)
        self.button = button
        self.button.clicked.connect(self.build_asked)
        self.folder = FileRow("In the library's own folder", "Choose", choose_folder)
        self._last = ElidedText("Not built yet", "small", "text3")
        self.open_button = Button("Open", "external", "quiet")
        self.open_button.setAccessibleName(f"Open: {title}")
        self.open_button.clicked.connect(self._open)
        self.open_button.hide()
        self._place = ""
        self.column.setSpacing(theme.M)
        self.column.addWidget(Text(title, "section"))
        self.column.addWidget(Paragraph(sentence))
        caption = row(Text("Folder", "small", "text2"), self._last, stretch=False)
        caption.setStretch(1, 1)
        self._last.setAlignment(painting.RIGHT)
        where = column(gap=5)
        where.addLayout(caption)
        where.addWidget(self.folder)
        self.column.addLayout(where)
        self.address: LineField | None = None
        self.column.addStretch(1)
        self.column.addLayout(row(button, self.open_button, gap=theme.M))

    def ask_address(self, label: str, hint: str) -> None:
        """Let the person say at which address it will stand."""
        self.address = LineField("", hint)
        self.column.insertWidget(3, FieldRow(label, self.address))

    def show_last(self, last: Publication | None) -> None:
        """Say when it was built last."""
        self._place = last.out_path if last else ""
        built = last.sent_at.astimezone() if last and last.sent_at else None
        words = f"Built {figures.day(built.date())}, {built:%H:%M}" if built else "Not built yet"
        self._last.setText(words)
        self.open_button.setVisible(bool(self._place))

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._place))
