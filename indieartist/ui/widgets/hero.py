"""The head of a release's page: its cover, what it is, what it measures, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from indieartist.ui import theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.artwork import ArtworkView
from indieartist.ui.widgets.button import Button, Kind
from indieartist.ui.widgets.card import Rule
from indieartist.ui.widgets.chip import Chip, ChipButton, Fact
from indieartist.ui.widgets.flow import FlowLayout
from indieartist.ui.widgets.offstage import offstage
from indieartist.ui.widgets.text import ElidedText
from indieartist.ui.widgets.value import ValueTile


@dataclass(frozen=True, slots=True)
class Value:
    """One measured value of the head; `apart` draws a hairline before it."""

    caption: str
    number: str
    unit: str
    tone: theme.ColourName = "text"
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """A button of the head: its key, its label and its icon."""

    key: str
    label: str
    icon: str
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class HeroView:
    """All that the head says."""

    title: str
    line: str  # "Album  ·  Mara Vale  ·  7 tracks, 25 min"
    cover: QImage | None = None
    facts: tuple[Fact, ...] = ()
    issues: Fact | None = None  # the chip that leads to the findings
    values: tuple[Value, ...] = ()


class Title(QWidget):
    """The title as large as it fits: the display face, a smaller one, then '…'."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_words(self, words: str) -> None:
        """Show another title."""
        self._words = words
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 46)

    def paintEvent(self, event: QPaintEvent) -> None:
        fits = painting.text_width(self._words, "display") <= self.width()
        with QPainter(self) as painter:
            rect = QRectF(self.rect()).adjusted(-1, 0, 0, 0)
            role: theme.Role = "display" if fits else "title"
            painting.text(painter, rect, self._words, role, theme.colour("text"))


class Hero(QWidget):
    """Cover and words side by side. Signals: `acted` with an act's key, `issues_asked`,
    `cover_asked`."""

    acted = Signal(str)
    issues_asked = Signal()
    cover_asked = Signal()

    def __init__(self, acts: tuple[Act, ...]) -> None:
        super().__init__()
        self._view: HeroView | None = None
        self.art = ArtworkView("")
        self._line = ElidedText("", "body", "text2")
        self._title = Title()
        self._chips = FlowLayout(theme.S, theme.S)
        self._values = FlowLayout(20, theme.S)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XL)
        layout.addWidget(self.art, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addLayout(self._words(acts), 1)

    def _words(self, acts: tuple[Act, ...]) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addSpacing(2)
        words.addWidget(self._line)
        words.addSpacing(7)
        words.addWidget(self._title)
        words.addSpacing(11)
        words.addLayout(self._chips)
        words.addSpacing(18)
        words.addLayout(self._values)
        words.addStretch(1)
        words.addSpacing(theme.L)
        words.addLayout(self._buttons(acts))
        return words

    def _buttons(self, acts: tuple[Act, ...]) -> FlowLayout:
        buttons = FlowLayout(theme.S, theme.S)
        for place, act in enumerate(acts):
            kind: Kind = "primary" if place == 0 else "plain"
            button = Button(act.label, act.icon, kind, shortcut=act.shortcut)
            button.clicked.connect(lambda _=False, key=act.key: self.acted.emit(key))
            buttons.addWidget(button)
        return buttons

    def show_view(self, view: HeroView) -> None:
        """Show a release's head; the same one stays as it is."""
        if view == self._view:
            return
        self._view = view
        self.art.set_cover(view.cover, view.title)
        self._line.setText(view.line)
        self._title.set_words(view.title)
        with offstage(self):
            self._show_facts(view)
            self._show_values(view.values)

    def _show_facts(self, view: HeroView) -> None:
        _empty(self._chips)
        for fact in view.facts:
            self._chips.addWidget(Chip(fact))
        if view.issues:
            issues = ChipButton(view.issues)
            issues.clicked.connect(self.issues_asked)
            self._chips.addWidget(issues)

    def _show_values(self, values: tuple[Value, ...]) -> None:
        _empty(self._values)
        for value in values:
            if value.apart:
                rule = Rule(Qt.Orientation.Vertical, inset_px=3)
                rule.setFixedSize(1, 36)
                self._values.addWidget(rule)
            tile = ValueTile(value.caption, value.number, value.unit, value.tone)
            self._values.addWidget(tile)


def _empty(layout: QLayout) -> None:
    while taken := layout.takeAt(0):
        if old := taken.widget():
            old.hide()
            old.deleteLater()
