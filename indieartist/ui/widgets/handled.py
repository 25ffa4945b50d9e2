"""The one surface of every list of records: its mouse, its keys and what is dragged over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QStyledItemDelegate

from indieartist.ui.widgets.pressable import by_keyboard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView

    from indieartist.ui.models.records import RecordModel
    from indieartist.ui.widgets.list_hand import ListHand

    View = QAbstractItemView
else:
    View = object  # stands before a Qt view among the bases of a class


class RecordDelegate(QStyledItemDelegate):
    """Paints a record; `ringed` where the keyboard led here, `target` is under what is dragged."""

    ringed = False
    target: int | None = None


class Handled(View):
    """A view whose class has a `hand`, its `cards` and a `delegate`."""

    hand: ListHand
    cards: RecordModel
    delegate: RecordDelegate

    def choose(self, key: int | None) -> None:
        """Select the record with this key."""
        place = self.cards.place_of(key)
        if place >= 0:
            self.hand.choose_only(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.delegate.ringed = by_keyboard(event)
        super().focusInEvent(event)
        if self.delegate.ringed and not self.currentIndex().isValid() and self.cards.rowCount():
            self.setCurrentIndex(self.cards.index(0, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.delegate.ringed = False
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.hand.press(event):
            self.delegate.ringed = True
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            event.ignore()  # they turn the pages of the window
        else:
            self.delegate.ringed = False
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.hand.ask_menu(event.globalPos())

    def startDrag(self, supported: Qt.DropAction) -> None:
        self.hand.drag_out()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.hand.hang(event)
        self.delegate.target = self.hand.target

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hand.leave()
        self.delegate.target = None

    def dropEvent(self, event: QDropEvent) -> None:
        self.delegate.target = None
        self.hand.drop(event)
