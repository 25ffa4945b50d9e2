"""The frame of a page: where one is, the search, and a body that scrolls over the cover's tint."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from indieartist.ui import theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.artwork import Tint
from indieartist.ui.widgets.button import IconButton
from indieartist.ui.widgets.pressable import Pressable
from indieartist.ui.widgets.search import SearchField
from indieartist.ui.widgets.text import ElidedText, Text

_TINT_PX = 330
_SEARCH_PX = 300
_STEP_PX = 320
_COMMON_STEPS = 2  # ahead of their time: parts that come into a page on screen cost a layout


class Step(Pressable):
    """One step of the way that leads back."""

    def __init__(self) -> None:
        super().__init__("Back")

    def say(self, words: str) -> None:
        """Lead back to another page."""
        if words == self.text():
            return
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(f"Back to {words}")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(min(ceil(painting.text_width(self.text(), "body")) + 2, _STEP_PX), 24)

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        ink = theme.colour("text" if self.hovered or self.ringed else "text3")
        painting.text(painter, rect, self.text(), "body", ink)


class Breadcrumb(QWidget):
    """The way here, as in 'Releases / Harbour Lights'; `asked` carries the step to go back to."""

    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._words: tuple[str, ...] = ()
        self._steps: list[tuple[Step, Text]] = []
        self._here = ElidedText("", "body", "text2")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.S)
        self._row.addWidget(self._here, 1)
        for _ in range(_COMMON_STEPS):
            self._add_step()

    def show_path(self, *steps: str) -> None:
        """Show another way; the steps that are the same stay, with the focus where it stands."""
        if steps == self._words:
            return
        self._words = steps
        *back, here = steps or ("",)
        self._here.setText(here)
        while len(self._steps) < len(back):
            self._add_step()
        for place, (step, slash) in enumerate(self._steps):
            step.setVisible(place < len(back))
            slash.setVisible(place < len(back))
        for (step, _), words in zip(self._steps, back, strict=False):
            step.say(words)
        self.setAccessibleName(" / ".join(steps))

    def _add_step(self) -> None:
        place = len(self._steps)
        step, slash = Step(), Text("/", "body", "text3")
        step.clicked.connect(lambda: self.asked.emit(place))
        step.hide()
        slash.hide()
        self._row.insertWidget(2 * place, step)
        self._row.insertWidget(2 * place + 1, slash)
        self._steps.append((step, slash))


class PageFrame(QWidget):
    """A page with its top line; put the content into `body`."""

    settings_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tint: Tint | None = None
        self.path = Breadcrumb()
        self.search = SearchField("Search tracks, people, ISRC", "Ctrl+F")
        self.search.setFixedWidth(_SEARCH_PX)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName("Page")
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.verticalScrollBar().valueChanged.connect(lambda _: self.update())
        content = QWidget()
        content.setAttribute(Qt.WidgetAttribute.WA_StaticContents)  # as it grows, the rest stays
        content.setMinimumWidth(1)  # as wide as the page, whatever the parts were laid out for
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
        top.addWidget(self.path, 1)
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
            painter.fillRect(0, 0, self.width(), max(top + _TINT_PX, 0), fade)  # clear below
