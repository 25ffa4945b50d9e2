"""Chips to choose from, any number of them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from indieartist.ui import theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.chip import Fact, chip_width, draw_chip
from indieartist.ui.widgets.flow import FlowLayout
from indieartist.ui.widgets.offstage import offstage
from indieartist.ui.widgets.pressable import Pressable

_HEIGHT = 26


class ChoiceChip(Pressable):
    """One choice; chosen, it carries a tick and the accent."""

    radius = _HEIGHT / 2

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.setText(label)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(lambda _: self.updateGeometry())

    @property
    def fact(self) -> Fact:
        """What it shows now."""
        on = self.isChecked()
        return Fact(self.text(), "check" if on else "", "accent" if on else None)

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self.fact), _HEIGHT)

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        draw_chip(painter, rect, self.fact)
        if self.hovered:
            painting.box(painter, rect, self.radius, None, theme.colour("text3", 0.6))


class ChipFlow(QWidget):
    """Chips that run like words, each by its key."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.chips: dict[str, ChoiceChip] = {}
        self._flow = FlowLayout(theme.S, theme.S)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._flow)

    def offer(self, choices: Mapping[str, str]) -> None:
        """Offer these; chips that say the same stay, with the focus."""
        if {key: chip.text() for key, chip in self.chips.items()} == choices:
            return
        with offstage(self):
            self._make(choices)

    def _make(self, choices: Mapping[str, str]) -> None:
        while taken := self._flow.takeAt(0):
            if old := taken.widget():
                old.hide()
                old.deleteLater()
        self.chips = {key: ChoiceChip(words) for key, words in choices.items()}
        for key, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, key=key: self.press(key))
            self._flow.addWidget(chip)

    def press(self, key: str) -> None:
        """A chip was pressed."""
        raise NotImplementedError


class ChoiceChips(ChipFlow):
    """Any number is chosen: `changed` carries their keys, in the order they are offered."""

    changed = Signal(tuple)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The chosen keys."""
        return tuple(key for key, chip in self.chips.items() if chip.isChecked())

    def press(self, key: str) -> None:
        self.changed.emit(self.chosen)
