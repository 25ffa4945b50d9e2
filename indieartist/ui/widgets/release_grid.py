"""The records as a grid of covers: choose with the mouse or the arrows, open with a click."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from indieartist.ui import theme
from indieartist.ui.models.releases import COVER_ROLE, RELEASE_ROLE, ReleaseCard, ReleaseModel
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.artwork import draw_cover
from indieartist.ui.widgets.pressable import by_keyboard
from indieartist.ui.widgets.release_hand import ReleaseHand

_LEAST_PX, _MOST_PX, _GAP, _WORDS = 176, 224, theme.L, 64
_PAD = theme.S


class _Delegate(QStyledItemDelegate):
    """A cover, and under it the title, the artist and where the record stands."""

    ringed = False
    target: int | None = None  # the record that files hang over
    side_px = _LEAST_PX

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(self.side_px, self.side_px + _WORDS)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        card: ReleaseCard = index.data(RELEASE_ROLE)
        room = QRectF(option.rect).adjusted(_PAD, _PAD, -_PAD, -_PAD)
        painting.smooth(painter)
        self._draw_ground(painter, option)
        art = QRectF(room.x(), room.y(), room.width(), room.width())
        draw_cover(painter, art, index.data(COVER_ROLE), theme.RADIUS_ART, card.title)
        if index.row() == self.target:
            painting.box(painter, art, theme.RADIUS_ART, theme.colour("bg", 0.8))
            ink = theme.colour("accent")
            painting.text(painter, art, "Drop to add", "strong", ink, align=painting.CENTRE)
        self._draw_words(painter, card, QRectF(room.x(), art.bottom() + 10, room.width(), 19))

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = QRectF(option.rect)
        if chosen or hovered:
            fill = theme.selected() if chosen else theme.colour("surface2", 0.7)
            painting.box(painter, ground, theme.RADIUS_CARD, fill)
        if chosen and self.ringed:
            painting.focus_ring(painter, ground, theme.RADIUS_CARD)

    def _draw_words(self, painter: QPainter, card: ReleaseCard, line: QRectF) -> None:
        painting.text(painter, line, card.title, "strong", theme.colour("text"))
        line.translate(0, 19)
        artist = card.artist or "No artist yet"
        painting.text(painter, line, artist, "small", theme.colour("text2"))
        line.translate(0, 18)
        painting.text(painter, line, card.about, "label", theme.colour("text3"))


class ReleaseGrid(QListView):
    """What the hand does here is told by `hand`."""

    def __init__(self, model: ReleaseModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = model
        self._delegate = _Delegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Releases")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.hand = ReleaseHand(self, model)
        self.clicked.connect(self._click)

    @property
    def chosen_key(self) -> int | None:
        """The selected record's key."""
        index = self.currentIndex()
        return self.cards.key_at(index.row()) if index.isValid() else None

    def choose(self, key: int | None) -> None:
        """Select the record with this key."""
        place = self.cards.place_of(key)
        if place >= 0:
            self.hand.choose_only(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit, and all the width shared among them."""
        width = self.viewport().width() - 1
        columns = max(width // (_LEAST_PX + _GAP), 1)
        self._delegate.side_px = min(width // columns - _GAP, _MOST_PX)
        step = self._delegate.side_px + _GAP
        self.setGridSize(QSize(step, step + _WORDS))
        super().resizeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._delegate.ringed = by_keyboard(event)
        super().focusInEvent(event)
        if self._delegate.ringed and not self.currentIndex().isValid() and self.cards.rowCount():
            self.setCurrentIndex(self.cards.index(0, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._delegate.ringed = False
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.hand.press(event):
            self._delegate.ringed = True
            super().keyPressEvent(event)

    # what the hand does

    def _click(self, index: QModelIndex) -> None:
        """A plain click opens; one with Ctrl or Shift only chooses."""
        if not QApplication.keyboardModifiers():
            self.hand.opened.emit(self.cards.key_at(index.row()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            event.ignore()  # they turn the pages of the window
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.hand.ask_menu(event.globalPos())

    def startDrag(self, supported: Qt.DropAction) -> None:
        self.hand.drag_out()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.hand.hang(event)
        self._delegate.target = self.hand.target

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hand.leave()
        self._delegate.target = None

    def dropEvent(self, event: QDropEvent) -> None:
        self._delegate.target = None
        self.hand.drop(event)
