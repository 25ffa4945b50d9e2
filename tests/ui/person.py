"""A person at the window: mouse, keyboard and drops, found by what is written on things."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from indieartist.ui.picture import Rest
from indieartist.ui.widgets.choice_row import ChoiceRow
from indieartist.ui.window import StudioWindow

W = TypeVar("W", bound=QWidget)
LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
PATIENCE_MS = 60_000


class Browser(QObject):
    """Takes what would open in other programs, and remembers it."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QUrl] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(url)


class Person:
    """Acts only by events of mouse and keyboard; looks at whatever is on the screen."""

    def __init__(self, qtbot: QtBot, window: StudioWindow) -> None:
        self.qtbot, self.window = qtbot, window
        self.rest = Rest(window.bridge)
        window.activateWindow()

    # looking

    def wait(self, check: Callable[[], object]) -> None:
        """Wait until it holds."""
        self.qtbot.waitUntil(lambda: bool(check()), timeout=PATIENCE_MS)

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.rest.wait()

    @property
    def root(self) -> QWidget:
        """What a person would look at: the box in front, else the window."""
        return QApplication.activeModalWidget() or self.window

    def all(self, kind: type[W], name: str = "") -> list[W]:
        """What is on screen of a kind, whose name begins so."""
        return [
            each
            for each in self.root.findChildren(kind)
            if each.isVisible() and name_of(each).startswith(name)
        ]

    def find(self, kind: type[W], name: str) -> W:
        """The first that is on screen, waited for."""
        self.wait(lambda: self.all(kind, name))
        return self.all(kind, name)[0]

    def sees(self, words: str) -> bool:
        """Whether the words stand anywhere on the screen."""
        return any(
            words in name_of(each) or words in each.accessibleDescription()
            for each in self.root.findChildren(QWidget)
            if each.isVisible()
        )

    @property
    def toast(self) -> str:
        """What the window said last."""
        return self.window.toast.accessibleName()

    # the mouse

    def click(self, name: str, kind: type[W] | None = None) -> None:
        """Press what is called so, once it can be pressed."""
        target = self.find(kind or QAbstractButton, name)  # type: ignore[type-var]
        self.wait(target.isEnabled)
        self.qtbot.mouseClick(target, LEFT)

    def click_row(self, view: QAbstractItemView, row: int, modifiers: Any = NONE) -> None:
        """Press a row of a list."""
        self.wait(lambda: view.model().rowCount() > row)
        index = view.model().index(row, 0)
        view.scrollTo(index)
        at = view.visualRect(index).center()
        self.qtbot.mouseClick(view.viewport(), LEFT, modifiers, at)

    def drop(self, *paths: Path, onto: QWidget | None = None) -> None:
        """Let files fall, anywhere or onto something."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        target = onto or self.window
        at = QPointF(target.rect().center())
        target.dropEvent(QDropEvent(at, Qt.DropAction.CopyAction, data, LEFT, NONE))

    def choose_in_menu(self, words: str) -> None:
        """Walk through the open menu with the arrows, and press Return."""
        self.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        texts = [action.text() for action in menu.actions()]
        for _ in range(len(texts)):
            QTest.keyClick(menu, Qt.Key.Key_Down)
            active = menu.activeAction()
            if active is not None and active.text().startswith(words):
                QTest.keyClick(menu, Qt.Key.Key_Return)
                return
        raise AssertionError(f"{words!r} is not in {texts}")

    # the keyboard

    def press(self, key: Qt.Key, modifiers: Any = NONE) -> None:
        """Press a key where the keyboard is; the window in front has it, as any desktop sees to."""
        if QApplication.activeWindow() is None:
            self.root.activateWindow()
            self.wait(QApplication.activeWindow)
        QTest.keyClick(QApplication.focusWidget() or self.root, key, modifiers)

    def command(self, words: str) -> None:
        """Ctrl+K, some letters, Return."""
        self.press(Qt.Key.Key_K, CONTROL)
        self.wait(lambda: QApplication.focusWidget() is self.window.guide.palette.line)
        QTest.keyClicks(QApplication.focusWidget(), words)
        self.wait(lambda: self.all(ChoiceRow))
        self.press(Qt.Key.Key_Return)

    def type(self, name: str, words: str) -> None:
        """Write into the line of that name, in place of what is there, and leave it."""
        line = self.find(QLineEdit, name)
        self.qtbot.mouseClick(line, LEFT)
        QTest.keyClick(line, Qt.Key.Key_A, CONTROL)
        QTest.keyClicks(line, words)
        QTest.keyClick(line, Qt.Key.Key_Return)

    def write(self, name: str, words: str) -> None:
        """Write into the text of that name, and leave it."""
        text = self.find(QPlainTextEdit, name)
        self.qtbot.mouseClick(text.viewport(), LEFT)
        QTest.keyClick(text, Qt.Key.Key_A, CONTROL)
        for place, line in enumerate(words.split("\n")):
            if place:
                QTest.keyClick(text, Qt.Key.Key_Return)
            QTest.keyClicks(text, line)
        QTest.keyClick(text, Qt.Key.Key_Tab, CONTROL)
        text.clearFocus()

    def choose(self, name: str, words: str, box: QComboBox | None = None) -> None:
        """Go through a choice with the arrows until it says the words."""
        box = box or self.find(QComboBox, name)
        box.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(box, Qt.Key.Key_Home)
        for _ in range(box.count()):
            if box.currentText().startswith(words):
                return
            QTest.keyClick(box, Qt.Key.Key_Down)
        texts = [box.itemText(place) for place in range(box.count())]
        raise AssertionError(f"{words!r} is not in {texts}")


def name_of(widget: QWidget) -> str:
    """What a person reads on it, or what is read out."""
    text = getattr(widget, "text", None)
    said = text() if callable(text) and not isinstance(widget, QLineEdit) else ""
    return widget.accessibleName() or str(said)


def said(widgets: Sequence[QWidget]) -> list[str]:
    """The names of these."""
    return [name_of(widget) for widget in widgets]


__all__ = ["Browser", "Person", "QPoint", "name_of", "said"]
