"""One task of the checklist: a circle to tick, what to do, and by when."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from indieartist.ui import icons, theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.list_hand import local_paths
from indieartist.ui.widgets.pressable import Pressable

_TICK_PX = 17


class TaskRow(Pressable):
    """A checkable row; a task that is due takes the warning tone.

    `dropped` carries files that prove it.
    """

    radius = 6.0
    dropped = Signal(list)

    def __init__(
        self, words: str, due: str = "", *, urgent: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"{words}, {due}" if due else words, parent)
        self.setText(words)
        self.setCheckable(True)
        self.setAcceptDrops(True)
        self._aimed = False
        self.setToolTip(words)
        self._due, self._urgent = due, urgent
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        due = painting.text_width(self._due, "small")
        return QSize(round(painting.text_width(self.text(), "body") + due) + 44, 28)

    def minimumSizeHint(self) -> QSize:
        return QSize(140, 28)

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        if self._aimed:
            tint = theme.colour("accent", theme.CHIP_ALPHA)
            painting.box(painter, rect, self.radius, tint, theme.colour("accent"))
        elif self.hovered:
            painting.box(painter, rect, self.radius, theme.colour("surface3", 0.6))
        done = self.isChecked()
        tick = QRectF(rect.x() - 1, rect.y(), _TICK_PX, rect.height())
        ink = theme.colour("ok" if done else "text" if self.hovered else "line2")
        icons.paint(painter, "check-circle" if done else "circle", tick, ink)
        due = painting.text_width(self._due, "small", figures=True) + theme.S
        words = rect.adjusted(_TICK_PX + 7, 0, -due, 0)
        painting.text(
            painter, words, self.text(), "body", theme.colour("text3" if done else "text")
        )
        tone = theme.colour("warn" if self._urgent and not done else "text3")
        edge = rect.adjusted(0, 0, -1, 0)
        painting.text(painter, edge, self._due, "small", tone, align=painting.RIGHT, figures=True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_paths(event.mimeData()):
            event.acceptProposedAction()
            self._aim(on=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._aim(on=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._aim(on=False)
        if paths := local_paths(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _aim(self, *, on: bool) -> None:
        self._aimed = on
        self.update()
