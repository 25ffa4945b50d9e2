"""The records as a grid of covers: choose with the mouse or the arrows, open with a click."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyleOptionViewItem,
)

from indieartist.ui import theme
from indieartist.ui.models.records import CARD_ROLE, COVER_ROLE
from indieartist.ui.models.releases import ReleaseCard, ReleaseModel
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.artwork import draw_cover
from indieartist.ui.widgets.handled import Handled, RecordDelegate
from indieartist.ui.widgets.list_hand import ListHand

_LEAST_PX, _MOST_PX, _GAP, _WORDS = 176, 224, theme.L, 64
_PAD = theme.S


class _Delegate(RecordDelegate):
    """A cover, and under it the title, the artist and where the record stands."""

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
        card: ReleaseCard = index.data(CARD_ROLE)
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


class ReleaseGrid(Handled, QListView):
    """What the hand does here is told by `hand`; a plain click opens."""

    def __init__(self, model: ReleaseModel) -> None:
        super().__init__()
        self.cards = model
        self._drawn = _Delegate(self)
        self.delegate = self._drawn
        self.setModel(model)
        self.setItemDelegate(self.delegate)
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
        self.hand = ListHand(self, model)
        self.clicked.connect(self._click)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit beside the scroll bar, for which Qt keeps room in any case."""
        bar = self.verticalScrollBar().sizeHint().width()
        width = self.maximumViewportSize().width() - bar - 1
        columns = max(width // (_LEAST_PX + _GAP), 1)
        self._drawn.side_px = min(width // columns - _GAP, _MOST_PX)
        step = self._drawn.side_px + _GAP
        self.setGridSize(QSize(step, step + _WORDS))
        super().resizeEvent(event)

    def _click(self, index: QModelIndex) -> None:
        """A plain click opens; one with Ctrl or Shift only chooses."""
        if not QApplication.keyboardModifiers():
            self.hand.opened.emit(self.cards.key_at(index.row()))
