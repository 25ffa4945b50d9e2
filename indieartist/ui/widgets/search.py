"""The field one types into to find things: a magnifier, the words, and a way to clear them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from indieartist.ui import icons, theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.button import IconButton, tip

_DEBOUNCE_MS = 120


class _Line(QLineEdit):
    """The line inside; Escape clears before it leaves."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)


class SearchField(QWidget):
    """A search field; `searched` carries the words once typing rests."""

    searched = Signal(str)

    def __init__(self, hint: str, shortcut: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line = _Line()
        self.line.setProperty("quiet", True)
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self.line.setFont(theme.font("body"))
        self.line.setToolTip(tip(hint, shortcut))
        self.setFocusProxy(self.line)
        self._clear = IconButton("close", "Clear the search", "Esc", size_px=24, icon_px=14)
        self._clear.clicked.connect(self.line.clear)
        self._clear.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(31, 0, 4, 0)
        layout.addWidget(self.line, 1)
        layout.addWidget(self._clear)
        self._rest = QTimer(self, singleShot=True, interval=_DEBOUNCE_MS)
        self._rest.timeout.connect(lambda: self.searched.emit(self.line.text().strip()))
        self.line.textChanged.connect(self._typed)

    def _typed(self, words: str) -> None:
        self._clear.setVisible(bool(words))
        self._rest.start()

    def sizeHint(self) -> QSize:
        return QSize(300, theme.CONTROL)

    def paintEvent(self, event: QPaintEvent) -> None:
        rect = QRectF(self.rect())
        with QPainter(self) as painter:
            painting.smooth(painter)
            fill, edge = (
                theme.colour("surface2"),
                theme.colour("line2" if self.underMouse() else "line"),
            )
            painting.box(painter, rect, theme.RADIUS, fill, edge)
            spot = QRectF(8, 0, 18, rect.height())
            icons.paint(painter, "search", spot, theme.colour("text3"))
            if self.line.hasFocus():
                painting.focus_ring(painter, rect, theme.RADIUS)
