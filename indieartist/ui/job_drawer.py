"""The drawer of work: what is under way and can be stopped, what failed, and what is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from indieartist.errors import AppError
from indieartist.ui import theme
from indieartist.ui.widgets.button import Button, IconButton
from indieartist.ui.widgets.card import column, row
from indieartist.ui.widgets.finding import Severity, SeverityIcon
from indieartist.ui.widgets.progress import ProgressRow
from indieartist.ui.widgets.text import ElidedText, Paragraph, Text

if TYPE_CHECKING:
    from indieartist.ui.bridge import Job
    from indieartist.ui.job_log import Entry, JobLog

WIDTH_PX = 380
_NOTHING = "Nothing is being done. What is at work stands here, with a way to stop it."
_SIGNS: dict[str, tuple[Severity, str]] = {"done": ("ok", "Done"), "stopped": ("info", "Stopped")}


class FailedRow(QWidget):
    """An act that failed: why, and what can be done about it."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.setAccessibleName(f"Failed: {entry.label}")
        self.again = Button("Try again", "refresh")
        self.again.setAccessibleName(f"Try again: {entry.label}")
        self.again.setVisible(entry.again is not None)
        self.copy = Button("Copy details", "copy", "quiet")
        self.copy.setAccessibleName(f"Copy details: {entry.label}")
        self.copy.clicked.connect(self._copy)
        words = column(ElidedText(entry.label, "strong"), Paragraph(_why(entry), "small"), gap=2)
        words.addSpacing(theme.XS)
        words.addLayout(row(self.again, self.copy))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, theme.XS, 0, theme.S)
        line.setSpacing(theme.S)
        line.addWidget(SeverityIcon("err"), alignment=Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.entry.details)
        self.copy.setText("Copied")
        self.copy.update()


class OverRow(QWidget):
    """An act that is over: how it ended, and when."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        severity, word = _SIGNS[entry.state]
        self.setAccessibleName(f"{word}: {entry.label}")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.S)
        line.addWidget(SeverityIcon(severity))
        line.addWidget(ElidedText(entry.label, "small", "text2"), 1)
        at = f"{entry.ended_at:%H:%M}" if entry.ended_at else ""
        line.addWidget(Text(at, "small", "text3", figures=True))


class JobDrawer(QWidget):
    """At the right edge, over the page, while it is open; Escape closes it."""

    def __init__(self, log: JobLog, page: QWidget) -> None:
        super().__init__(page)
        self._log, self._page = log, page
        self.moving: dict[Job, ProgressRow] = {}
        self.setAccessibleName("Work")
        self.close_button = IconButton("close", "Close the work", "Esc", size_px=28, icon_px=14)
        self.close_button.clicked.connect(self.hide)
        self.clear = Button("Clear what is over", kind="quiet")
        self.clear.clicked.connect(log.clear)
        self._rows = column(gap=theme.S)
        inner = QWidget()
        inner.setMinimumWidth(1)
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(theme.L, 0, theme.L, theme.L)
        whole.addLayout(self._rows)
        whole.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setAccessibleName("Work")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, theme.L, 0, theme.S)
        layout.setSpacing(theme.S)
        layout.addLayout(self._head())
        layout.addWidget(area, 1)
        log.changed.connect(self._fill)
        log.moved.connect(self._move)
        self.hide()

    def _head(self) -> QHBoxLayout:
        head = row(Text("Work", "section"), gap=theme.S)
        head.setContentsMargins(theme.L, 0, theme.S, 0)
        head.addWidget(self.clear)
        head.addWidget(self.close_button)
        return head

    def toggle(self) -> None:
        """Open it, or close it again."""
        if self.isVisible():
            self.hide()
            return
        self._fill(opening=True)
        self.place()
        self.show()
        self.raise_()
        self.close_button.setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """Stand at the right edge of the page, as high as it."""
        room = self._page.rect()
        self.setGeometry(room.width() - WIDTH_PX, 0, WIDTH_PX, room.height())

    def _fill(self, *, opening: bool = False) -> None:
        if not (opening or self.isVisible()):
            return
        self.moving.clear()
        while taken := self._rows.takeAt(0):
            if old := taken.widget():
                old.hide()
                old.deleteLater()
        entries = self._log.entries
        under_way = [entry for entry in entries if entry.state == "under way"]
        over = [entry for entry in entries if entry.state in _SIGNS]
        self._group("Under way", [self._moving(entry) for entry in under_way])
        self._group("Failed", [self._failed(entry) for entry in self._log.failed])
        self._group("Over", [OverRow(entry) for entry in over])
        if not entries:
            self._rows.addWidget(Paragraph(_NOTHING))
        self.clear.setVisible(len(under_way) < len(entries))

    def _group(self, title: str, rows: list[QWidget] | list[OverRow]) -> None:
        if not rows:
            return
        heading = Text(title, "caption", "text3")
        heading.setContentsMargins(0, theme.S, 0, 0)
        for widget in (heading, *rows):
            self._rows.addWidget(widget)

    def _moving(self, entry: Entry) -> QWidget:
        made = ProgressRow(entry.label)
        made.set_fraction(entry.job.fraction)
        made.stop_asked.connect(entry.job.cancel)
        self.moving[entry.job] = made
        return made

    def _failed(self, entry: Entry) -> QWidget:
        made = FailedRow(entry)
        made.again.clicked.connect(lambda: self._log.try_again(entry))
        return made

    def _move(self, job: Job) -> None:
        if job in self.moving:
            self.moving[job].set_fraction(job.fraction)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour("surface1"))
            edge = QRectF(0, 0, 1, self.height())
            painter.fillRect(edge, theme.colour("line"))


def _why(entry: Entry) -> str:
    """The error in a sentence; a bug is not the person's to read."""
    if isinstance(entry.error, AppError):
        return str(entry.error)
    return "This is a mistake of ours. Your library is unharmed; the details help us."
