"""The records as a table: sort by a heading, choose several, open with Return or a double click."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
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
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from indieartist.ui import icons, theme
from indieartist.ui.models.releases import (
    COLUMNS,
    COVER_ROLE,
    RELEASE_ROLE,
    ReleaseCard,
    ReleaseModel,
)
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.artwork import draw_cover
from indieartist.ui.widgets.pressable import by_keyboard
from indieartist.ui.widgets.release_hand import ReleaseHand

_LEFT, _ART = 8.0, 34
_HIDDEN_FIRST = ("label", "tracks")


class _Delegate(QStyledItemDelegate):
    """Cells as quiet words; the title stands beside its cover."""

    ringed = False
    target: int | None = None

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(COLUMNS[index.column()].width, theme.ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        card: ReleaseCard = index.data(RELEASE_ROLE)
        rect, key = QRectF(option.rect), COLUMNS[index.column()].key
        painting.smooth(painter)
        self._ground(painter, option, index)
        if key == "title":
            self._title(painter, card, rect, index)
            return
        ink = theme.colour("text2" if key in ("artist", "day") else "text3")
        room = rect.adjusted(_LEFT, 0, -_LEFT, 0)
        align = painting.RIGHT if key == "tracks" else painting.LEFT
        words = str(getattr(card, key))
        painting.text(painter, room, words, "small", ink, align=align, figures=key != "artist")

    def _ground(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if index.row() == self.target:
            painter.fillRect(rect, theme.colour("accent", theme.CHIP_ALPHA))
        elif chosen or bool(option.state & QStyle.StateFlag.State_MouseOver):
            fill = theme.selected() if chosen else theme.colour("surface2", 0.7)
            painter.fillRect(rect, fill)
        if chosen and index.column() == 0:
            bar = QRectF(rect.x(), rect.center().y() - 15, 3, 30)
            painting.box(painter, bar, 1.5, theme.colour("accent"))
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))
        if (
            self.ringed
            and index.column() == 0
            and bool(option.state & QStyle.StateFlag.State_HasFocus)
        ):
            painting.focus_ring(painter, rect.adjusted(1, 1, -1, -2), theme.RADIUS_SMALL)

    def _title(
        self,
        painter: QPainter,
        card: ReleaseCard,
        rect: QRectF,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        art = QRectF(rect.x() + 12, rect.center().y() - _ART / 2, _ART, _ART)
        draw_cover(painter, art, index.data(COVER_ROLE), theme.RADIUS_SMALL, card.title)
        room = rect.adjusted(12 + _ART + theme.M, 0, -_LEFT, 0)
        painting.text(painter, room, card.title, "strong", theme.colour("text"))


class _Header(QHeaderView):
    """Quiet headings; a press on one sorts by it, and a chevron says which way."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.sorted_by, self.falling = "", False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFixedHeight(theme.HEADER)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        column, room = COLUMNS[section], QRectF(rect)
        painter.fillRect(QRectF(room.x(), room.bottom() - 1, room.width(), 1), theme.colour("line"))
        on = bool(column.sort) and column.sort == self.sorted_by
        ink = theme.colour("text" if on else "text3")
        align = painting.RIGHT if column.key == "tracks" else painting.LEFT
        room.adjust(12 if column.key == "title" else _LEFT, 0, -_LEFT, 0)
        width = painting.text(painter, room, column.heading, "small", ink, align=align)
        if on:
            sign = QRectF(room.x() + width + 2, room.y(), 14, room.height())
            icons.paint(painter, "chevron-down" if self.falling else "chevron-up", sign, ink)


class ReleaseTable(QTableView):
    """What the hand does here is told by `hand`; `sorted` carries what a heading sorts by."""

    sorted = Signal(str)

    def __init__(self, model: ReleaseModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = model
        self.headings = _Header(self)
        self._delegate = _Delegate(self)
        self.setAccessibleName("Releases")
        self.setHorizontalHeader(self.headings)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.hand = ReleaseHand(self, model)
        self.doubleClicked.connect(lambda _: self.hand.open_current())
        self.headings.sectionClicked.connect(self._sort)

    def show_sort(self, sort: str, falling: bool) -> None:
        """Say by which heading the rows are sorted."""
        self.headings.sorted_by, self.headings.falling = sort, falling
        self.headings.viewport().update()

    def choose(self, key: int | None) -> None:
        """Select the record with this key."""
        place = self.cards.place_of(key)
        if place >= 0:
            self.hand.choose_only(place)

    def _sort(self, section: int) -> None:
        if sort := COLUMNS[section].sort:
            self.sorted.emit(sort)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title takes what the others leave; where it is short, labels give way first."""
        super().resizeEvent(event)
        width, shown = self.viewport().width(), list(COLUMNS)
        for key in _HIDDEN_FIRST:
            if sum(column.width for column in shown) <= width:
                break
            shown = [column for column in shown if column.key != key]
        rest = width - sum(column.width for column in shown if column.key != "title")
        for section, column in enumerate(COLUMNS):
            self.setColumnHidden(section, column not in shown)
            self.setColumnWidth(section, max(rest, 120) if section == 0 else column.width)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._delegate.ringed = by_keyboard(event)
        super().focusInEvent(event)
        if self._delegate.ringed and not self.currentIndex().isValid() and self.cards.rowCount():
            self.setCurrentIndex(self.cards.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.hand.press(event):
            self._delegate.ringed = True
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            event.ignore()  # they turn the pages of the window
        else:
            self._delegate.ringed = False
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
