"""The fields one types words into: the search that finds anywhere, the filter that thins a list."""

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


class _WordsField(QWidget):
    """A line with its drawing before it and a way to clear it; `told` once typing rests."""

    told = Signal(str)

    def __init__(self, drawing: str, hint: str, shortcut: str) -> None:
        super().__init__()
        self._drawing = drawing
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line = _Line()
        self.line.setProperty("quiet", True)
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self.line.setFont(theme.font("body"))
        self.line.setToolTip(tip(hint, shortcut))
        self.setFocusProxy(self.line)
        self._clear = IconButton("close", "Clear the words", "Esc", size_px=24, icon_px=14)
        self._clear.clicked.connect(self.line.clear)
        self._clear.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(31, 0, 4, 0)
        layout.addWidget(self.line, 1)
        layout.addWidget(self._clear)
        self._rest = QTimer(self, singleShot=True, interval=_DEBOUNCE_MS)
        self._rest.timeout.connect(self.tell)
        self.line.textChanged.connect(self._typed)

    @property
    def words(self) -> str:
        """What stands in it."""
        return self.line.text().strip()

    @property
    def is_telling(self) -> bool:
        """Whether words were typed that nobody was told of yet."""
        return self._rest.isActive()

    def tell(self) -> None:
        """Tell the words now, however short typing rested."""
        self._rest.stop()
        self.told.emit(self.words)

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
            icons.paint(painter, self._drawing, spot, theme.colour("text3"))
            if self.line.hasFocus():
                painting.focus_ring(painter, rect, theme.RADIUS)


class SearchField(_WordsField):
    """Finds anywhere; `searched` carries the words once typing rests."""

    searched = Signal(str)

    def __init__(self, hint: str, shortcut: str = "") -> None:
        super().__init__("search", hint, shortcut)
        self.told.connect(self.searched)


class FilterField(_WordsField):
    """Thins the list below it; `filtered` carries the words once typing rests."""

    filtered = Signal(str)

    def __init__(self, hint: str, shortcut: str = "Ctrl+Shift+F") -> None:
        super().__init__("filter", hint, shortcut)
        self.told.connect(self.filtered)

    def set_words(self, words: str) -> None:
        """Put words into it and tell them at once."""
        self.line.setText(words)
        self.tell()
