"""What the lists of painted lines share: their model, a row's ground, and the view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from indieartist.ui import theme
from indieartist.ui.widgets import painting

LINE = Qt.ItemDataRole.UserRole
_SPOKEN = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class PaintedLine(Protocol):
    """A line of such a list; `key` is what it stands for."""

    @property
    def key(self) -> object:
        """What it stands for, once in a list."""

    @property
    def tip(self) -> str:
        """What is said of it under the pointer."""

    def tell(self) -> str:
        """The line as it is read aloud."""


class LineModel(QAbstractListModel):
    """The lines that are shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[PaintedLine, ...] = ()

    def show_lines(self, lines: Sequence[PaintedLine]) -> None:
        """Show other lines; the same stay as they are."""
        if tuple(lines) == self.lines:
            return
        if [line.key for line in lines] == [line.key for line in self.lines]:
            self.lines = tuple(lines)
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role in _SPOKEN:
            return line.tell()
        return line.tip if role == Qt.ItemDataRole.ToolTipRole else None


class LineDelegate(QStyledItemDelegate):
    """Paints a row's ground, chosen, under the pointer or in focus; heirs draw the line on it."""

    def __init__(self, parent: QObject | None, row_px: int, gap_px: int) -> None:
        super().__init__(parent)
        self._row_px, self._gap_px = row_px, gap_px

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, self._row_px)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        painting.smooth(painter)
        inner = QRectF(option.rect).adjusted(4, self._gap_px, -4, -self._gap_px)
        self._ground(painter, inner, option, index)
        self._draw(painter, inner.adjusted(10, 0, -12, 0), index.data(LINE))
        painter.restore()

    def _ground(
        self, painter: QPainter, inner: QRectF, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painting.box(painter, inner, theme.RADIUS, theme.lifted())
        elif state & QStyle.StateFlag.State_MouseOver:
            painting.box(painter, inner, theme.RADIUS, theme.colour("surface3", 0.5))
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Selected:
            painting.focus_ring(painter, inner, theme.RADIUS)

    def _draw(self, painter: QPainter, rect: QRectF, line: Any) -> None:
        """Draw what a line says."""


class LineView(QListView):
    """A list on the card's own ground; what is chosen stays chosen while lines change."""

    def __init__(self, name: str, delegate: LineDelegate) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.lines = LineModel(self)
        self.setModel(self.lines)
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("background: transparent")

    def show_lines(self, lines: Sequence[Any]) -> None:
        """Show other lines, with the one that was chosen still chosen where it is there."""
        key = self.key_at(self.currentIndex())
        self.lines.show_lines(lines)
        if key is not None:
            self.choose(key)

    def choose(self, key: object) -> None:
        """Choose a line by its key, and bring it into sight."""
        keys = [line.key for line in self.lines.lines]
        if key in keys:
            index = self.lines.index(keys.index(key))
            self.setCurrentIndex(index)
            self.scrollTo(index)

    @staticmethod
    def key_at(index: QModelIndex) -> Any:
        """The key of the line there; None where there is no line."""
        return index.data(LINE).key if index.isValid() else None
