"""A list of plain lines, painted: a sign, a title, what it is about, and a figure at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
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

from indieartist.ui import icons, theme
from indieartist.ui.widgets import painting

_ROW, _ICON, _MOST_ROWS = 52, 18, 8
_BAR_PX, _BAR_HIGH = 72, 4.0
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
LINE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `share` 0..1 draws a bar under the figure, `key` is what the line stands for."""

    key: object
    title: str
    detail: str = ""
    figure: str = ""
    icon: str = "circle"
    tone: theme.ColourName = "text2"
    share: float | None = None

    def tell(self) -> str:
        """The line as it is read aloud."""
        return ", ".join(part for part in (self.title, self.detail, self.figure) if part)


class LineModel(QAbstractListModel):
    """The lines that are shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; the same stay as they are."""
        if tuple(lines) == self.lines:
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
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            return line.tell()
        return line.detail if role == Qt.ItemDataRole.ToolTipRole else None


class _LineDelegate(QStyledItemDelegate):
    def __init__(self, parent: QObject, row_px: int) -> None:
        super().__init__(parent)
        self._row_px = row_px

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, self._row_px)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line: Line = index.data(LINE)
        rect, state = QRectF(option.rect), option.state
        painter.save()
        painting.smooth(painter)
        inner = rect.adjusted(4, 2, -4, -2)
        if state & QStyle.StateFlag.State_Selected:
            painting.box(painter, inner, theme.RADIUS, theme.lifted())
        elif state & QStyle.StateFlag.State_MouseOver:
            painting.box(painter, inner, theme.RADIUS, theme.colour("surface3", 0.5))
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Selected:
            painting.focus_ring(painter, inner, theme.RADIUS)
        self._draw(painter, inner.adjusted(10, 0, -12, 0), line)
        painter.restore()

    def _draw(self, painter: QPainter, rect: QRectF, line: Line) -> None:
        sign = QRectF(rect.x(), rect.center().y() - _ICON / 2, _ICON, _ICON)
        icons.paint(painter, line.icon, sign, theme.colour(line.tone))
        wide = painting.text_width(line.figure, "small", figures=True)
        wide = max(wide, _BAR_PX if line.share is not None else 0) + theme.M
        end = QRectF(rect.right() - wide, rect.y(), wide, rect.height())
        words = rect.adjusted(_ICON + theme.M, 0, -wide - theme.S, 0)
        upper = QRectF(words.x(), words.y() + 7, words.width(), 20)
        lower = QRectF(words.x(), words.y() + 26, words.width(), 18)
        if not line.detail:
            upper.moveCenter(words.center())
        painting.text(painter, upper, line.title, "medium", theme.colour("text"))
        painting.text(painter, lower, line.detail, "small", theme.colour("text3"))
        self._draw_end(painter, end, line)

    def _draw_end(self, painter: QPainter, end: QRectF, line: Line) -> None:
        tone: theme.ColourName = line.tone if line.tone in ("err", "warn") else "text2"
        spot = end if line.share is None else end.adjusted(0, 4, 0, -16)
        ink = theme.colour(tone)
        right = painting.RIGHT
        painting.text(painter, spot, line.figure, "small", ink, align=right, figures=True)
        if line.share is None:
            return
        bar = QRectF(end.right() - _BAR_PX, end.bottom() - 15, _BAR_PX, _BAR_HIGH)
        painting.box(painter, bar, _BAR_HIGH / 2, theme.colour("surface3"))
        bar.setWidth(max(bar.width() * line.share, _BAR_HIGH if line.share else 0))
        painting.box(painter, bar, _BAR_HIGH / 2, theme.colour("accent"))


class LineList(QListView):
    """`opened` carries the key of the line that was pressed twice, or with Return."""

    opened = Signal(object)

    def __init__(self, name: str, row_px: int = _ROW) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._row_px = row_px
        self.lines = LineModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_LineDelegate(self, row_px))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("background: transparent")
        self.activated.connect(lambda index: self.opened.emit(index.data(LINE).key))

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines, with the one that was chosen still chosen where it is there."""
        here = self.currentIndex()
        key = here.data(LINE).key if here.isValid() else None
        self.lines.show_lines(lines)
        keys = [line.key for line in lines]
        if key in keys:
            self.setCurrentIndex(self.lines.index(keys.index(key)))
        self.setFixedHeight(min(len(lines), _MOST_ROWS) * self._row_px)
        self.setVisible(bool(lines))
