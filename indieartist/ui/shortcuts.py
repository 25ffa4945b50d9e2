"""Every key of the window on one sheet, derived from what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from indieartist.ui import theme
from indieartist.ui.actions import Action
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.card import row
from indieartist.ui.widgets.text import Text

_COLUMNS, _COLUMN_PX = 3, 300
Keys = tuple[str, str]  # what it does, and the keys as they are written


class KeyCap(QWidget):
    """Keys as they stand on the keyboard."""

    def __init__(self, keys: str) -> None:
        super().__init__()
        self._keys = keys
        self.setAccessibleName(keys)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(round(painting.text_width(self._keys, "chip")) + 16, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        room = QRectF(self.rect())
        with QPainter(self) as painter:
            painting.smooth(painter)
            fill, edge = theme.colour("surface3"), theme.colour("line")
            painting.box(painter, room, theme.RADIUS_SMALL, fill, edge)
            ink = theme.colour("text2")
            painting.text(painter, room, self._keys, "chip", ink, align=painting.CENTRE)


class ShortcutsBox(QDialog):
    """The sheet; Escape closes it."""

    def __init__(self, groups: Sequence[tuple[str, Sequence[Keys]]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        close = Button("Close", kind="primary")
        close.clicked.connect(self.accept)
        self.columns = [QVBoxLayout() for _ in range(_COLUMNS)]
        self.lines = 0
        sheet = QHBoxLayout()
        sheet.setSpacing(theme.XL)
        for column in self.columns:
            column.setSpacing(theme.L)
            sheet.addLayout(column)
        self._share_out(groups)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        layout.setSpacing(theme.XL)
        layout.addWidget(Text("Keyboard shortcuts", "title"))
        layout.addLayout(sheet, 1)
        layout.addLayout(row(close))

    def _share_out(self, groups: Sequence[tuple[str, Sequence[Keys]]]) -> None:
        """Each group, the longest first, into the column that is the shortest by then."""
        lengths = [0] * _COLUMNS
        for title, keys in sorted(groups, key=lambda group: -len(group[1])):
            place = lengths.index(min(lengths))
            self.columns[place].addLayout(self._group(title, keys))
            lengths[place] += len(keys) + 1
        for column in self.columns:
            column.addStretch(1)

    def _group(self, title: str, keys: Sequence[Keys]) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.XS)
        grid.setColumnMinimumWidth(0, _COLUMN_PX - 110)
        grid.setColumnStretch(0, 1)
        grid.addWidget(Text(title, "caption", "text3"), 0, 0)
        for line, (label, words) in enumerate(keys, 1):
            grid.addWidget(Text(label), line, 0)
            grid.addWidget(KeyCap(words), line, 1, Qt.AlignmentFlag.AlignRight)
            self.lines += 1
        return grid


def groups_of(
    actions: Iterable[Action], more: Sequence[tuple[str, Sequence[Keys]]] = ()
) -> list[tuple[str, list[Keys]]]:
    """The actions that have keys, by their groups; `more` are keys that are no actions."""
    keyed = sorted((each for each in actions if each.shortcut), key=lambda each: each.group)
    found = {
        group: [(each.label, written(each.shortcut)) for each in members]
        for group, members in groupby(keyed, key=lambda each: each.group)
    }
    for group, keys in more:
        found.setdefault(group, []).extend(keys)
    return sorted(found.items())


def written(shortcut: str) -> str:
    """The keys as this system writes them: 'Ctrl+O'."""
    native = QKeySequence.SequenceFormat.NativeText
    return " or ".join(each.toString(native) for each in QKeySequence.listFromString(shortcut))
