"""What a search finds, in a list under its field: grouped by kind, walked through by the arrows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from indieartist.ui import theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.choice_row import ChoiceRow
from indieartist.ui.widgets.text import Paragraph, Text, Tone

_WIDTH, _LINE, _GAP = 460, 36, 6


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found, and what opens it."""

    words: str
    aside: str
    drawing: str
    open: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind under their heading; an empty heading parts nothing."""

    title: str
    hits: Sequence[Hit]


class SearchResults(QWidget):
    """Over the page while it is open; the keyboard stays in the field."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self.setAccessibleName("Search results")
        self.setObjectName("results")
        self._hits: list[Hit] = []
        self._rows: list[ChoiceRow] = []
        self._chosen = 0
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        self._list.setSpacing(0)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._area)
        self.hide()

    @property
    def told(self) -> str:
        """The hit that the arrows stand on, as it is read aloud."""
        if not self._rows:
            return ""
        place = f"{self._chosen + 1} of {len(self._rows)}"
        return f"{self._rows[self._chosen].accessibleName()}, {place}"

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What is offered, from the top."""
        return tuple(self._hits)

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show what was found, the first of it chosen."""
        self._clear()
        for group in groups:
            if group.title:
                self._put(_heading(group.title))
            for hit in group.hits:
                self._add(hit)
        self._list.addStretch(1)
        self.step(0)

    def say(self, title: str, sentence: str) -> None:
        """Show no hits, but why there are none."""
        self._clear()
        self._put(_heading(title, "text2"))
        words = Paragraph(sentence, "small", "text3")
        words.setContentsMargins(theme.M, 0, theme.M, theme.S)
        self._put(words)
        self._list.addStretch(1)

    def step(self, by: int) -> None:
        """Go on in the list, round its end."""
        if not self._rows:
            return
        self._chosen = (self._chosen + by) % len(self._rows)
        for place, line in enumerate(self._rows):
            line.choose(place == self._chosen)
        self._area.ensureWidgetVisible(self._rows[self._chosen], 0, theme.S)

    def open_chosen(self) -> None:
        """Open what the arrows stand on."""
        if self._rows:
            self._rows[self._chosen].click()

    def place_under(self, field: QWidget) -> None:
        """Stand under the field, its right edge below the field's, as high as there is room."""
        page = self._page
        corner = field.mapTo(page, QPoint(field.width(), field.height() + _GAP))
        width = max(_WIDTH, field.width())
        inner = self._list.heightForWidth(width - 2) if self._list.hasHeightForWidth() else -1
        height = (inner if inner >= 0 else self._list.sizeHint().height()) + 2
        room = page.height() - corner.y() - theme.M
        self.setGeometry(max(corner.x() - width, 0), corner.y(), width, min(height, room))

    def _add(self, hit: Hit) -> None:
        line = ChoiceRow(hit.words, hit.aside, hit.drawing, _LINE)
        line.clicked.connect(lambda: self._open(hit))
        self._put(line)
        self._rows.append(line)
        self._hits.append(hit)

    def _put(self, line: QWidget) -> None:
        self._list.addWidget(line)
        line.show()  # counts for the height at once

    def _open(self, hit: Hit) -> None:
        self.hide()
        hit.open()

    def _clear(self) -> None:
        while taken := self._list.takeAt(0):
            if old := taken.widget():
                old.hide()
                old.deleteLater()
        self._rows, self._hits, self._chosen = [], [], 0

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            fill, edge = theme.colour("surface2"), theme.colour("line2")
            painting.box(painter, QRectF(self.rect()), theme.RADIUS_CARD, fill, edge)


def _heading(title: str, tone: Tone = "text3") -> Text:
    made = Text(title, "caption" if tone == "text3" else "strong", tone)
    made.setContentsMargins(theme.M, theme.S, theme.M, theme.XS)
    return made
