"""Records as a table: sort by a heading, choose several, open with Return or a double click."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from indieartist.ui import icons, theme
from indieartist.ui.models.records import CARD_ROLE, COVER_ROLE, Card, Column, RecordModel
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.artwork import draw_cover
from indieartist.ui.widgets.handled import Handled, RecordDelegate
from indieartist.ui.widgets.list_hand import ListHand

_LEFT, _ART = 8.0, 34
_RIGHT = 20.0  # beside what is written to the right: the next column begins close by
_TITLE_LEAST = 120
_BAR_PX, _BAR = 52.0, 4.0


class _Delegate(RecordDelegate):
    """Cells as quiet words; the title stands beside its cover."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(80, theme.ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model = index.model()
        card: Card = index.data(CARD_ROLE)
        rect = QRectF(option.rect)
        painting.smooth(painter)
        self._ground(painter, option, index)
        if index.column() == 0:
            self._title(painter, card, rect, index)
        elif isinstance(model, RecordModel):
            self._cell(painter, card, rect, model.columns[index.column()])

    def _cell(self, painter: QPainter, card: Card, rect: QRectF, column: Column) -> None:
        tone: theme.ColourName = "text2" if column.sort else "text3"
        if column.tone:
            tone = getattr(card, column.tone)
        room = rect.adjusted(_LEFT, 0, -(_RIGHT if column.right else _LEFT), 0)
        align = painting.RIGHT if column.right else painting.LEFT
        if column.share:
            self._bar(painter, room, getattr(card, column.share))
        words, ink = str(getattr(card, column.key)), theme.colour(tone)
        painting.text(painter, room, words, "small", ink, align=align, figures=True)

    def _bar(self, painter: QPainter, room: QRectF, share: float) -> None:
        bar = QRectF(room.x(), room.center().y() - _BAR / 2, _BAR_PX, _BAR)
        painting.box(painter, bar, _BAR / 2, theme.colour("surface3"))
        bar.setWidth(max(_BAR_PX * share, _BAR if share else 0))
        painting.box(painter, bar, _BAR / 2, theme.colour("accent"))

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
        here = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if self.ringed and index.column() == 0 and here:
            painting.focus_ring(painter, rect.adjusted(1, 1, -1, -2), theme.RADIUS_SMALL)

    def _title(
        self,
        painter: QPainter,
        card: Card,
        rect: QRectF,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        art = QRectF(rect.x() + 12, rect.center().y() - _ART / 2, _ART, _ART)
        draw_cover(painter, art, index.data(COVER_ROLE), theme.RADIUS_SMALL, card.title)
        room = rect.adjusted(12 + _ART + theme.M, 0, -_LEFT, 0)
        width = painting.text(painter, room, card.title, "strong", theme.colour("text"))
        room.setLeft(room.left() + width + _LEFT)
        if (detail := getattr(card, "detail", "")) and room.width() > theme.XL:
            painting.text(painter, room, detail, "small", theme.colour("text3"))


class _Header(QHeaderView):
    """Quiet headings; a press on one sorts by it, and a chevron says which way."""

    def __init__(self, model: RecordModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = model.columns
        self.sorted_by, self.falling = "", False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFixedHeight(theme.HEADER)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        column, room = self._columns[section], QRectF(rect)
        painter.fillRect(QRectF(room.x(), room.bottom() - 1, room.width(), 1), theme.colour("line"))
        on = bool(column.sort) and column.sort == self.sorted_by
        ink = theme.colour("text" if on else "text3")
        align = painting.RIGHT if column.right else painting.LEFT
        room.adjust(_LEFT if section else 12, 0, -(_RIGHT if column.right else _LEFT), 0)
        width = painting.text(painter, room, column.heading, "small", ink, align=align)
        if on:
            left = room.right() - width - 16 if column.right else room.x() + width + 2
            sign = QRectF(left, room.y(), 14, room.height())
            icons.paint(painter, "chevron-down" if self.falling else "chevron-up", sign, ink)


class RecordTable(Handled, QTableView):
    """What the hand does here is told by `hand`; `sorted` carries what a heading sorts by.

    The first column takes what the others leave; where it is short, the columns of `first_hidden`
    give way one after another.
    """

    sorted = Signal(str)

    def __init__(
        self,
        name: str,
        model: RecordModel,
        first_hidden: tuple[str, ...],
        *,
        mime: str = "",
        takes: bool = True,
    ) -> None:
        super().__init__()
        self.cards, self._first_hidden = model, first_hidden
        self.headings = _Header(model, self)
        self.delegate = _Delegate(self)
        self.setAccessibleName(name)
        self.setHorizontalHeader(self.headings)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self._behave()
        self.hand = ListHand(self, model, mime, takes=takes)
        self.doubleClicked.connect(lambda _: self.hand.open_current())
        self.headings.sectionClicked.connect(self._sort)

    def _behave(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)

    def show_sort(self, sort: str, falling: bool) -> None:
        """Say by which heading the rows are sorted."""
        self.headings.sorted_by, self.headings.falling = sort, falling
        self.headings.viewport().update()

    def _sort(self, section: int) -> None:
        if sort := self.cards.columns[section].sort:
            self.sorted.emit(sort)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width, shown = self.viewport().width(), list(self.cards.columns)
        for key in self._first_hidden:
            if sum(column.width for column in shown) <= width:
                break
            shown = [column for column in shown if column.key != key]
        rest = width - sum(column.width for column in shown[1:])
        for section, column in enumerate(self.cards.columns):
            self.setColumnHidden(section, column not in shown)
            self.setColumnWidth(section, column.width if section else max(rest, _TITLE_LEAST))
