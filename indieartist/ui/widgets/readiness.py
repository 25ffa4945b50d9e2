"""The card of readiness: how far the release is, how long there is, and the next tasks."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from indieartist.ui import theme
from indieartist.ui.widgets.button import LinkButton
from indieartist.ui.widgets.card import Card, column, row
from indieartist.ui.widgets.offstage import offstage
from indieartist.ui.widgets.ring import ReadinessRing
from indieartist.ui.widgets.task_row import TaskRow
from indieartist.ui.widgets.text import ElidedText, Text

_SHOWN = 3
_WIDE_PX = 560


@dataclass(frozen=True, slots=True)
class Task:
    """One task still to do: its key, its words, and by when."""

    key: str
    words: str
    due: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class ReadinessView:
    """What the card says."""

    done: int
    total: int
    headline: str  # "Release day in 12 days"
    when: str = ""  # "Saturday 14 November, 00:00"
    remark: str = ""  # "On track for playlist pitching"
    tasks: tuple[Task, ...] = ()


class ReadinessCard(Card):
    """`ticked` carries the key of a task that was done, `proved` the key and files that show it;
    `all_asked` is for the whole checklist."""

    ticked = Signal(str)
    proved = Signal(str, list)
    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__("Readiness")
        self._view: ReadinessView | None = None
        self._rows: list[TaskRow] = []
        self.ring = ReadinessRing()
        self._headline = ElidedText("", "section")
        self._when = ElidedText("", "small", "text2")
        self._remark = ElidedText("", "small", "text3")
        self._live = Text("", "small", "text3")
        self._live.hide()
        self.all = LinkButton("All tasks")
        self.all.clicked.connect(self.all_asked)
        self._tasks = QVBoxLayout()
        self._tasks.setSpacing(0)
        self._tasks.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._parts.setSpacing(12)
        self._parts.addLayout(self._head(), 2)
        self._parts.addLayout(self._tasks, 3)
        self.column.setContentsMargins(21, 17, theme.CARD_X, 11)
        self.column.addLayout(self._parts)
        self.column.addStretch(1)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(18)
        head.addWidget(self.ring)
        last = row(self._remark, self.all, gap=theme.S, stretch=False)
        last.setStretch(0, 1)
        words = column(self._headline, self._when, self._live, gap=theme.XS)
        words.addLayout(last)
        words.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        head.addLayout(words, 1)
        return head

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the card is wide the tasks stand beside the ring."""
        super().resizeEvent(event)
        wide = self.width() > _WIDE_PX
        direction = QBoxLayout.Direction
        self._parts.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self._parts.setSpacing(theme.XXL if wide else 12)
        self.column.setContentsMargins(21, 17, theme.CARD_X, 17 if wide else 11)

    def show_live(self, words: str, places: str) -> None:
        """Say when it is out first; `places` tells of every territory."""
        self._live.setText(words)
        self._live.setVisible(bool(words))
        self._live.setToolTip(places)

    def show_view(self, view: ReadinessView) -> None:
        """Show how ready a release is; the same stays as it is, but for a tick that was refused."""
        if view == self._view and not any(row.isChecked() for row in self._rows):
            return
        self._view, self._rows = view, []
        self.ring.set_progress(view.done, view.total)
        self._headline.setText(view.headline)
        self._when.setText(view.when)
        self._remark.setText(view.remark)
        with offstage(self):
            self._list(view.tasks[:_SHOWN])

    def _list(self, tasks: tuple[Task, ...]) -> None:
        while taken := self._tasks.takeAt(0):
            if old := taken.widget():
                old.hide()
                old.deleteLater()
        for task in tasks:
            row = TaskRow(task.words, task.due, urgent=task.urgent)
            row.clicked.connect(lambda _=False, key=task.key: self.ticked.emit(key))
            row.dropped.connect(lambda paths, key=task.key: self.proved.emit(key, paths))
            self._rows.append(row)
            self._tasks.addWidget(row)
