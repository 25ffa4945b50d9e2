"""Chips of groups with how many each holds: one is chosen, or none for all."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from indieartist.ui import theme
from indieartist.ui.widgets.choice_chips import ChoiceChip
from indieartist.ui.widgets.flow import FlowLayout

_MOST = 24


class PartChips(QWidget):
    """`chosen` carries the group's key, or None when it was given up."""

    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.chips: dict[str, ChoiceChip] = {}
        self._flow = FlowLayout(theme.S, theme.S)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._flow)

    def show_parts(self, parts: Mapping[str, str], chosen: str | None) -> None:
        """Offer the first of these groups; chips that say the same stay, with the focus."""
        first = dict(list(parts.items())[:_MOST])
        if [chip.text() for chip in self.chips.values()] != list(first.values()):
            self._make(first)
        for key, chip in self.chips.items():
            chip.setChecked(key == chosen)

    def _make(self, parts: Mapping[str, str]) -> None:
        while taken := self._flow.takeAt(0):
            if old := taken.widget():
                old.hide()
                old.deleteLater()
        self.chips = {key: ChoiceChip(words) for key, words in parts.items()}
        for key, chip in self.chips.items():
            chip.clicked.connect(lambda on, key=key: self.chosen.emit(key if on else None))
            self._flow.addWidget(chip)
