"""The frame of a page: where one is, the search, and a body that scrolls over the cover's tint."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from indieartist.ui import theme
from indieartist.ui.widgets.artwork import Tint
from indieartist.ui.widgets.button import IconButton
from indieartist.ui.widgets.search import SearchField
from indieartist.ui.widgets.text import Text

_TINT_PX = 330
_SEARCH_PX = 300


class Breadcrumb(QWidget):
    """The way here, as in 'Releases / Harbour Lights'; the steps before lead back."""

    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.S)

    def show_path(self, *steps: str) -> None:
        """Show another way."""
        while taken := self._row.takeAt(0):
            if old := taken.widget():
                old.hide()
                old.deleteLater()
        for place, step in enumerate(steps):
            last = place == len(steps) - 1
            self._row.addWidget(Text(step, "body", "text2" if last else "text3"))
            if not last:
                self._row.addWidget(Text("/", "body", "text3"))
        self.setAccessibleName(" / ".join(steps))


class PageFrame(QWidget):
    """A page with its top line; put the content into `body`."""

    searched = Signal(str)
    settings_asked = Signal()

    def __init__(self, search_hint: str) -> None:
        super().__init__()
        self._tint: Tint | None = None
        self.path = Breadcrumb()
        self.search = SearchField(search_hint, "Ctrl+F")
        self.search.searched.connect(self.searched)
        self.search.setFixedWidth(_SEARCH_PX)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName("Page")
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.verticalScrollBar().valueChanged.connect(lambda _: self.update())
        content = QWidget()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(theme.PAGE_MARGIN, 0, theme.PAGE_MARGIN, theme.XL)
        self.body.setSpacing(theme.BLOCK_GAP)
        self.area.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._top())
        layout.addWidget(self.area, 1)

    def _top(self) -> QHBoxLayout:
        settings = IconButton("gear", "Settings", "Ctrl+,", size_px=36, icon_px=19)
        settings.clicked.connect(self.settings_asked)
        top = QHBoxLayout()
        top.setContentsMargins(theme.PAGE_MARGIN, 17, theme.PAGE_MARGIN, 16)
        top.setSpacing(theme.M)
        top.addWidget(self.path)
        top.addStretch(1)
        top.addWidget(self.search)
        top.addWidget(settings)
        return top

    def set_tint(self, tint: Tint | None) -> None:
        """Lend the page the colour of a cover."""
        self._tint = tint
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour("bg"))
            if self._tint is None:
                return
            top = -self.area.verticalScrollBar().value()
            fade = QLinearGradient(QPointF(0, top), QPointF(0, top + _TINT_PX))
            fade.setColorAt(0, self._tint.now)
            end = QColor(self._tint.now)
            end.setAlphaF(0)
            fade.setColorAt(1, end)
            painter.fillRect(self.rect().adjusted(0, 0, 0, 0), fade)
