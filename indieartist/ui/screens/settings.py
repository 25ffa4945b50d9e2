"""The settings: drawn from their declaration, each in force as soon as it is chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from indieartist.services.settings import SETTINGS, Setting, Value, settings_file
from indieartist.ui import theme
from indieartist.ui.screens.screen import Screen
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.card import Card, Rule, column
from indieartist.ui.widgets.file_row import FileRow
from indieartist.ui.widgets.form import LineField, name_editor
from indieartist.ui.widgets.segmented import Segment, SegmentedSwitch
from indieartist.ui.widgets.text import ElidedText, Paragraph, Text
from indieartist.ui.widgets.toggle import ToggleSwitch

if TYPE_CHECKING:
    from indieartist.domain.release import Release
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk
    from indieartist.ui.window import StudioWindow

    Editor = LineField | FileRow | SegmentedSwitch | ToggleSwitch
    Chosen = Callable[[Value], None]

_EDITOR_PX, _WIDEST_PX = 300, 820


class SettingsScreen(Screen):
    """`choose_folder` asks for a folder; tests put their own in its place."""

    def __init__(self, desk: Desk, studio_window: StudioWindow) -> None:
        super().__init__(desk, studio_window)
        self.path.show_path("Settings")
        self.choose_folder: Callable[[], Path | None] = self._ask_folder
        self.editors: dict[str, Editor] = {}
        self.facts: dict[str, ElidedText] = {}
        self.body.setSpacing(theme.L)
        for section, settings in groupby(SETTINGS, lambda setting: setting.section):
            self._add(self._card(section, [self._row(each) for each in settings]))
        self._add(self._card("Where things are", self._places()))
        self.safety = Button("Open", "lock")
        self.safety.setAccessibleName("Open safe keeping")
        self.safety.clicked.connect(studio_window.handlers.show_safety)
        self._add(self._card("Safe keeping", [_beside("Bin, backup, way out", _SAFE, self.safety)]))
        self.body.addStretch(1)
        studio_window.preferences.changed.connect(self._follow)

    def _add(self, card: Card) -> None:
        card.setMaximumWidth(_WIDEST_PX)
        self.body.addWidget(card)

    def _card(self, title: str, rows: list[QWidget]) -> Card:
        card = Card(title)
        card.column.setSpacing(theme.M)
        card.column.addWidget(Text(title, "section"))
        for place, row in enumerate(rows):
            if place:
                card.column.addWidget(Rule())
            card.column.addWidget(row)
        return card

    def _row(self, setting: Setting) -> QWidget:
        chosen = partial(self.studio_window.preferences.choose, setting.key)
        editor = make_editor(setting, chosen, self._choose)
        self.editors[setting.key] = editor
        show_value(editor, getattr(self.studio_window.preferences.now, setting.key))
        return _beside(setting.label, setting.explanation, editor)

    def _places(self) -> list[QWidget]:
        """What is only shown: the library, the secrets, and the file of the settings."""
        rows = []
        for key, label, explanation in _SHOWN:
            fact = self.facts[key] = ElidedText("…", "body", "text2")
            holder = QWidget()
            line = QHBoxLayout(holder)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(fact, 1)
            if key != "secrets":
                show = Button("Show", "folder")
                show.setAccessibleName(f"Show: {label}")
                show.clicked.connect(partial(self._show_folder, key))
                line.addWidget(show)
            rows.append(_beside(label, explanation, holder))
        self.facts["settings"].setText(str(settings_file().parent))
        return rows

    def show_release(self, release: Release | None) -> None:
        def work(studio: Studio) -> tuple[str, str]:
            return str(studio.library.folder), studio.secrets.where

        self.desk.read("Reading where things are", work, self._show_places, owner=self)

    def _show_places(self, read: tuple[str, str]) -> None:
        self.facts["library"].setText(read[0])
        self.facts["secrets"].setText(f"{read[1][:1].upper()}{read[1][1:]}")

    def _follow(self, key: str) -> None:
        if key in self.editors:
            show_value(self.editors[key], getattr(self.studio_window.preferences.now, key))

    def _show_folder(self, key: str) -> None:
        folder = self.facts[key].text()
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(folder)):
            self.desk.say(f"It lies in {folder}", "info")

    def _choose(self) -> Path | None:
        return self.choose_folder()

    def _ask_folder(self) -> Path | None:
        name = QFileDialog.getExistingDirectory(self, "Bounce folder")
        return Path(name) if name else None


_SAFE = "What was removed, a copy of the library, every file checked, and all of it exported."
_SHOWN = (
    ("library", "Library", "Copies of your bounces, the masters and all you wrote about them."),
    ("secrets", "Secrets", "Where tokens and passwords of your accounts are kept."),
    ("settings", "Settings", "The file that holds what is chosen on this page."),
)


def make_editor(
    setting: Setting, chosen: Chosen, choose_folder: Callable[[], Path | None]
) -> Editor:
    """The editor for a kind of setting; it tells `chosen` when the person has chosen."""
    editor: Editor
    match setting.kind:
        case "folder":
            editor = FileRow("None chosen", "Choose", choose_folder)
            editor.chosen.connect(lambda path: chosen(str(path) if path else ""))
        case "choice":
            segments = tuple(Segment(key, label) for key, label in setting.choices)
            editor = SegmentedSwitch(segments, setting.label)
            editor.chosen.connect(chosen)
        case "switch":
            editor = ToggleSwitch("")
            editor.toggled.connect(chosen)
        case _:
            editor = LineField()
            editor.edited.connect(lambda words: chosen(words.strip()))
    name_editor(editor, setting.label)
    editor.setAccessibleDescription(setting.explanation)
    return editor


def show_value(editor: Editor, value: Value) -> None:
    """Put a value into an editor; one that stands there already changes nothing."""
    if isinstance(editor, FileRow):
        path = Path(str(value)) if value else None
        editor.set_path(path, short_path(path) if path else "")
    elif isinstance(editor, SegmentedSwitch):
        editor.choose(str(value))
    elif isinstance(editor, ToggleSwitch):
        editor.setChecked(bool(value))
    else:
        editor.set_value(str(value))


def short_path(path: Path) -> str:
    """'~/Music/Bounces': the home folder by its sign."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def _beside(label: str, explanation: str, editor: QWidget) -> QWidget:
    """What it is, and what to know of it, on the left; the editor on the right."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.XL)
    line.addLayout(column(Text(label, "strong"), Paragraph(explanation, "small"), gap=2), 1)
    holder = QWidget()
    holder.setFixedWidth(_EDITOR_PX)
    inner = QHBoxLayout(holder)
    inner.setContentsMargins(0, 0, 0, 0)
    if isinstance(editor, ToggleSwitch | SegmentedSwitch):
        inner.addStretch(1)
        inner.addWidget(editor)
    else:
        inner.addWidget(editor, 1)
    line.addWidget(holder, alignment=Qt.AlignmentFlag.AlignVCenter)
    return row
