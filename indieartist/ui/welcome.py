"""The first run: two questions in one card, both of which may wait."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from indieartist.services.settings import SETTINGS
from indieartist.ui import theme
from indieartist.ui.screens.settings import make_editor, short_path, show_value
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.card import row
from indieartist.ui.widgets.file_row import FileRow
from indieartist.ui.widgets.form import FieldRow, LineField
from indieartist.ui.widgets.text import Paragraph, Text

if TYPE_CHECKING:
    from indieartist.ui.preferences import Preferences

ASKED = ("artist", "bounce_folder")
_WORDS = "Two things help from the first song on. Both can wait, and stand in the settings."


class Welcome(QDialog):
    """`choose_folder` asks for a folder; tests put their own in its place."""

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.choose_folder: Callable[[], Path | None] = self._ask_folder
        self.setWindowTitle("Welcome to IndieArtist")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(460)
        self.answers: dict[str, str] = {key: getattr(preferences.now, key) for key in ASKED}
        self.editors: dict[str, QWidget] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.XXL, theme.XXL, theme.XXL, theme.XL)
        layout.setSpacing(theme.L)
        layout.addWidget(Text("Welcome to IndieArtist", "title"))
        layout.addWidget(Paragraph(_WORDS))
        for setting in SETTINGS:
            if setting.key in ASKED:
                layout.addWidget(self._ask(setting.key))
        layout.addSpacing(theme.S)
        layout.addLayout(self._ways_out())
        self.finished.connect(lambda _: preferences.choose("welcomed", True))

    def _ask(self, key: str) -> FieldRow:
        setting = next(each for each in SETTINGS if each.key == key)
        editor = make_editor(setting, lambda value: self._answer(key, str(value)), self._choose)
        show_value(editor, self.answers[key])
        self.editors[key] = editor
        return FieldRow(setting.label, editor, setting.explanation)

    def _ways_out(self) -> QVBoxLayout:
        begin = Button("Begin", "check", "primary")
        begin.clicked.connect(self.accept)
        later = Button("Later", kind="quiet")
        later.clicked.connect(self.reject)
        layout = QVBoxLayout()
        layout.addLayout(row(begin, later))
        return layout

    def _answer(self, key: str, value: str) -> None:
        self.answers[key] = value
        editor = self.editors[key]
        if isinstance(editor, FileRow) and editor.path:
            editor.set_path(editor.path, short_path(editor.path))

    def accept(self) -> None:
        line = self.editors["artist"]
        if isinstance(line, LineField):  # the words may still be under the cursor
            self.answers["artist"] = line.text().strip()
        for key, value in self.answers.items():
            self._preferences.choose(key, value)
        super().accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return begins, as Escape puts off."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> Path | None:
        return self.choose_folder()

    def _ask_folder(self) -> Path | None:
        name = QFileDialog.getExistingDirectory(self, "Bounce folder")
        return Path(name) if name else None
