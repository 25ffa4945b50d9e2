"""The tasks of one release: ticked with Space or on their circle, proved by a dropped file."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from indieartist.ui import icons, theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.list_hand import local_paths
from indieartist.ui.widgets.painted_lines import LineDelegate, LineView

_ROW, _ICON, _CLIP, _CIRCLE_PX = 50, 18, 14, 40


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task: what to do, why it stands as it does, by when, and how many files prove it."""

    key: str
    title: str
    evidence: str
    due: str = ""
    icon: str = "circle"
    tone: theme.ColourName = "text2"
    done: bool = False
    files: int = 0

    @property
    def tip(self) -> str:
        """What is said of it under the pointer."""
        return f"{self.title}\n{self.evidence}"

    def tell(self) -> str:
        """The line as it is read aloud."""
        proved = f"{self.files} attached" if self.files else ""
        state = "done" if self.done else "open"
        parts = (self.title, state, self.due, self.evidence, proved)
        return ", ".join(part for part in parts if part)


class _TaskDelegate(LineDelegate):
    target = -1  # the row under the files that hang over it

    def _ground(
        self,
        painter: QPainter,
        inner: QRectF,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        if index.row() != self.target:
            super()._ground(painter, inner, option, index)
            return
        tint = theme.colour("accent", theme.CHIP_ALPHA)
        painting.box(painter, inner, theme.RADIUS, tint, theme.colour("accent"))

    def _draw(self, painter: QPainter, rect: QRectF, line: TaskLine) -> None:
        sign = QRectF(rect.x(), rect.center().y() - _ICON / 2, _ICON, _ICON)
        icons.paint(painter, line.icon, sign, theme.colour(line.tone))
        words = rect.adjusted(_ICON + theme.M, 0, 0, 0)
        upper = QRectF(words.x(), words.y() + 6, words.width(), 20)
        lower = QRectF(words.x(), words.y() + 25, words.width(), 18)
        tone: theme.ColourName = line.tone if line.tone in ("err", "warn") else "text3"
        right, ink = painting.RIGHT, theme.colour(tone)
        wide = painting.text(painter, upper, line.due, "small", ink, align=right, figures=True)
        upper.setRight(upper.right() - wide - theme.M)
        title = theme.colour("text3" if line.done else "text")
        painting.text(painter, upper, line.title, "medium", title)
        if line.files:
            clip = QRectF(lower.x(), lower.center().y() - _CLIP / 2, _CLIP, _CLIP)
            icons.paint(painter, "paperclip", clip, theme.colour("accent"))
            lower.setLeft(lower.left() + _CLIP + theme.XS)
        painting.text(painter, lower, line.evidence, "small", theme.colour("text3"))


class TaskList(LineView):
    """`ticked` and `opened` carry a task's key, `dropped` the key and the files,
    `menu_asked` the key and where; `hung` says that files are over no task any more."""

    ticked = Signal(str)
    opened = Signal(str)
    dropped = Signal(str, list)
    menu_asked = Signal(str, object)
    hung = Signal(bool)

    def __init__(self, name: str) -> None:
        self._delegate = _TaskDelegate(None, _ROW, 1)
        super().__init__(name, self._delegate)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.key_at(index)))

    @property
    def key(self) -> str:
        """The key of the task that is chosen; empty where none is."""
        return self.key_at(self.currentIndex()) or ""

    def height_of(self, rows: int) -> int:
        """What so many rows take."""
        return rows * _ROW + 2

    # what the hand does

    def event(self, event: QEvent) -> bool:
        """Keep Space, which plays elsewhere, while a task is chosen here."""
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().event(event)
        if self.key and event.key() == Qt.Key.Key_Space:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.key and event.key() == Qt.Key.Key_Space:
            self.ticked.emit(self.key)
        elif self.key and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        on_circle = event.position().x() < _CIRCLE_PX
        key = self.key_at(self.indexAt(event.position().toPoint()))
        if key and on_circle and event.button() is Qt.MouseButton.LeftButton:
            self.ticked.emit(key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.key:
            at: QPoint = event.globalPos()
            self.menu_asked.emit(self.key, at)

    # what is dropped on a task

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if not local_paths(event.mimeData()):
            event.ignore()
            return
        event.acceptProposedAction()
        self.hung.emit(False)
        self._aim(self.indexAt(event.position().toPoint()).row())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._aim(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        key = self.key_at(self.indexAt(event.position().toPoint()))
        self._aim(-1)
        if key and (paths := local_paths(event.mimeData())):
            event.acceptProposedAction()
            self.dropped.emit(key, paths)

    def _aim(self, row: int) -> None:
        self._delegate.target = row
        self.viewport().update()
