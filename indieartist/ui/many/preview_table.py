"""A table of what would change: a few columns of words, each row in the tone of its fate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from indieartist.ui import theme
from indieartist.ui.widgets import painting

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_TONE_ROLE = int(Qt.ItemDataRole.UserRole)
_ROW, _PAD = 30, 8.0


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """The words of one row, and the tone of its last cell; a `wide` one is its first cell alone."""

    cells: tuple[str, ...]
    tone: theme.ColourName = "text"
    wide: bool = False


class PreviewModel(QAbstractTableModel):
    """Rows of plain words under their headings."""

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__()
        self.headings = tuple(headings)
        self.rows: tuple[PreviewRow, ...] = ()

    def set_rows(self, rows: Sequence[PreviewRow]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        lying = orientation is Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole and lying and 0 <= section < len(self.headings):
            return self.headings[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.cells[index.column()]
        if role == _TONE_ROLE:
            last = row.wide or index.column() == len(self.headings) - 1
            return row.tone if last else "text2"
        return None


class _Delegate(QStyledItemDelegate):
    """Quiet words on a line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.selected())
        words = str(index.data()).replace("\n", " / ")
        tint = theme.colour(index.data(_TONE_ROLE))
        room = rect.adjusted(_PAD, 0, -_PAD, 0)
        painting.text(painter, room, words, "small", tint, figures=True)
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))


class _Header(QHeaderView):
    """Quiet headings over a hairline."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(theme.HEADER)
        self.setStretchLastSection(True)

    def paintSection(self, painter: QPainter, rect: Any, section: int) -> None:
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        room = QRectF(rect)
        painter.fillRect(QRectF(room.x(), room.bottom() - 1, room.width(), 1), theme.colour("line"))
        inner = room.adjusted(_PAD, 0, -_PAD, 0)
        painting.text(painter, inner, words, "small", theme.colour("text3"))


class PreviewTable(QTableView):
    """Shows the rows of a preview; the columns share its width as `shares` say."""

    def __init__(self, name: str, headings: Sequence[str], shares: Sequence[int]) -> None:
        super().__init__()
        self.rows = PreviewModel(headings)
        self.rows.setParent(self)
        self._shares = tuple(shares)
        self.setAccessibleName(name)
        self.setHorizontalHeader(_Header(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMinimumHeight(160)

    def set_rows(self, rows: Sequence[PreviewRow]) -> None:
        """Show these rows."""
        self.clearSpans()
        self.rows.set_rows(rows)
        for place, row in enumerate(rows):
            if row.wide:
                self.setSpan(place, 0, 1, len(row.cells))

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        width, whole = self.viewport().width(), sum(self._shares)
        for section, share in enumerate(self._shares[:-1]):
            self.setColumnWidth(section, width * share // whole)
