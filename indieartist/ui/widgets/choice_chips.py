"""Chips to choose from, any number of them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from indieartist.ui import theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.chip import Fact, chip_width, draw_chip
from indieartist.ui.widgets.flow import FlowLayout
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


class ChoiceChips(QWidget):
    """`changed` carries the chosen keys, in the order they are offered."""

    changed = Signal(tuple)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.chips: dict[str, ChoiceChip] = {}
        self._flow = FlowLayout(theme.S, theme.S)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._flow)

    def offer(self, choices: dict[str, str]) -> None:
        """Offer these, once."""
        if self.chips:
            return
        for key, label in choices.items():
            chip = self.chips[key] = ChoiceChip(label)
            chip.clicked.connect(lambda: self.changed.emit(self.chosen))
            self._flow.addWidget(chip)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The chosen keys."""
        return tuple(key for key, chip in self.chips.items() if chip.isChecked())
