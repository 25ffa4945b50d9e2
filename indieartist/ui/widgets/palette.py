"""The command palette: type a few letters of what you want to do, and do it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from indieartist.ui import theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.card import Rule
from indieartist.ui.widgets.choice_row import ChoiceRow

_WIDTH, _LINE, _LINES = 560, 40, 9


class _Choice(ChoiceRow):
    """One action in the list."""

    def __init__(self, action: QAction) -> None:
        native = QKeySequence.SequenceFormat.NativeText
        keys = str(action.property("hint") or "") or action.shortcut().toString(native)
        super().__init__(action.text(), keys, str(action.property("drawing") or ""), _LINE)
        self.action = action


class CommandPalette(QWidget):
    """Over the window while it is open; `find` gives the actions that match the words typed.

    `typed` carries the words: what else goes by that name may be offered below, a moment later.
    """

    typed = Signal(str)

    def __init__(self, find: Callable[[str], list[QAction]], parent: QWidget) -> None:
        super().__init__(parent)
        self._find, self._page, self._chosen = find, parent, 0
        self._choices: list[_Choice] = []
        self._offered: list[QAction] = []
        self.line = QLineEdit()
        self.line.setProperty("quiet", True)
        self.line.setFont(theme.font("input"))
        self.line.setPlaceholderText("What do you want to do, or open?")
        self.line.setAccessibleName("Command")
        self.line.setFixedHeight(44)
        self.line.setTextMargins(theme.M, 0, theme.M, 0)
        self.line.textChanged.connect(self._fill)
        self.line.installEventFilter(self)
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        self._list.setSpacing(0)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 4, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.line)
        layout.addWidget(Rule())
        layout.addWidget(self._area)
        self.hide()

    def open(self) -> None:
        """Show it with nothing typed."""
        self.line.clear()
        self._fill("")
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _fill(self, words: str) -> None:
        while taken := self._list.takeAt(0):
            if old := taken.widget():
                old.hide()
                old.deleteLater()
        for old_action in self._offered:
            old_action.deleteLater()
        self._offered, self._choices = [], []
        self._add(self._find(words))
        self._list.addStretch(1)
        self._choose(0)
        self._place()
        self.typed.emit(words)

    def offer(self, words: str, more: list[QAction]) -> None:
        """Offer more for these words, unless others were typed meanwhile."""
        if self.line.text() != words or not self.isVisible():
            return
        self._offered = more
        self._add(more)
        self._choose(self._chosen if len(self._choices) > len(more) else 0)
        self._place()

    def _add(self, found: list[QAction]) -> None:
        for action in found:
            choice = _Choice(action)
            choice.clicked.connect(lambda _=False, action=action: self._do(action))
            self._list.insertWidget(len(self._choices), choice)
            self._choices.append(choice)

    def _place(self) -> None:
        lines = min(max(len(self._choices), 1), _LINES)
        height = 44 + 6 + lines * _LINE + 2 * theme.S
        left = (self._page.width() - _WIDTH) // 2
        self.setGeometry(max(left, 0), min(96, self._page.height() // 8), _WIDTH, height)

    def _choose(self, place: int) -> None:
        if not self._choices:
            return
        self._chosen = place % len(self._choices)
        for index, choice in enumerate(self._choices):
            choice.choose(index == self._chosen)
        self._area.ensureWidgetVisible(self._choices[self._chosen], 0, theme.S)

    def _do(self, action: QAction) -> None:
        self.hide()
        action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(event)
        if event.type() is QEvent.Type.FocusOut and not self.isActiveWindow():
            self.hide()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._choose(self._chosen + (1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._choices:
            self._do(self._choices[self._chosen].action)
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            fill, edge = theme.colour("surface2"), theme.colour("line2")
            painting.box(painter, QRectF(self.rect()), theme.RADIUS_CARD, fill, edge)
