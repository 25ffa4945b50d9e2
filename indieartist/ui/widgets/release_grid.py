"""The records as a grid of covers: choose with the mouse or the arrows, open with a click."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
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

_LEAST_PX, _MOST_PX, _GAP, _WORDS = 176, 224, theme.L, 64
_PAD = theme.S


class _Delegate(QStyledItemDelegate):
    """A cover, and under it the title, the artist and where the record stands."""

    ringed = False
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
        painting.text(painter, line, card.state, "label", theme.colour("text3"))


class ReleaseGrid(QListView):
    """`opened` carries the record's key."""

    opened = Signal(int)

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
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(lambda index: self.opened.emit(index.data(RELEASE_ROLE).key))

    @property
    def chosen_key(self) -> int | None:
        """The selected record's key."""
        index = self.currentIndex()
        return index.data(RELEASE_ROLE).key if index.isValid() else None

    def choose(self, key: int | None) -> None:
        """Select the record with this key."""
        place = self.cards.place_of(key)
        if place >= 0:
            self.setCurrentIndex(self.cards.index(place))

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
            self.setCurrentIndex(self.cards.index(0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._delegate.ringed = False
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.chosen_key
        if key is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(key)
            return
        self._delegate.ringed = True
        super().keyPressEvent(event)
