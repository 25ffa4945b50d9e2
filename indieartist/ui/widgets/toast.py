"""A short word at the foot of the page after an act, with the way back beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from indieartist.ui import theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.button import Button, IconButton
from indieartist.ui.widgets.finding import Severity, SeverityIcon
from indieartist.ui.widgets.text import Paragraph, Text

_SHOWN_MS = 6000
_RISE = 24
_WIDEST = 520


class Toast(QWidget):
    """One message at a time, over `parent`; it waits while the pointer is on it.

    `acted` when the button (Undo, Retry...) was pressed.
    """

    acted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.L, theme.S, theme.S, theme.S)
        self._row.setSpacing(theme.M)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def say(self, words: str, severity: Severity = "ok", button: str = "") -> None:
        """Show `words`; with `button`, offer that act. Errors stay until they are closed."""
        self._clear()
        self.setAccessibleName(words)
        self._row.addWidget(SeverityIcon(severity))
        self._row.addWidget(_sentence(words))
        if button:
            self._row.addWidget(self._act(button))
        close = IconButton("close", "Close", size_px=28, icon_px=14)
        close.clicked.connect(self.hide)
        self._row.addWidget(close)
        for place in range(self._row.count()):
            if (item := self._row.itemAt(place)) and (part := item.widget()):
                part.show()  # else a layout that was seen before leaves it out of its size
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        if severity != "err":
            self._timer.start(_SHOWN_MS)

    def _act(self, label: str) -> Button:
        button = Button(label, kind="quiet", shortcut="Ctrl+Z" if label == "Undo" else "")
        button.clicked.connect(self.hide)
        button.clicked.connect(self.acted)
        return button

    def _clear(self) -> None:
        self._timer.stop()
        self.hide()  # parts that come into a visible toast are shown, and measured, too late
        while taken := self._row.takeAt(0):
            if old := taken.widget():
                old.hide()
                old.deleteLater()

    def _place(self) -> None:
        room = self._page.rect()
        width = min(self.sizeHint().width(), room.width() - 2 * _RISE)
        self.resize(width, self.sizeHint().height())
        self.move((room.width() - width) // 2, room.height() - self.height() - _RISE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        if self.isVisible():
            self._timer.start(_SHOWN_MS)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            rect = QRectF(self.rect())
            fill, edge = theme.colour("surface3"), theme.colour("line2")
            painting.box(painter, rect, theme.RADIUS_ART, fill, edge)


def _sentence(words: str) -> Text:
    """The words on one line where they fit, else on as many as they need."""
    if painting.text_width(words, "body") <= _WIDEST:
        return Text(words)
    wrapped = Paragraph(words, "body", "text")
    wrapped.setFixedWidth(_WIDEST)
    return wrapped
