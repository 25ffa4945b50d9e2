"""Chips of groups with how many each holds: one is chosen, or none for all."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from indieartist.ui.widgets.choice_chips import ChipFlow

_MOST = 24


class PartChips(ChipFlow):
    """`chosen` carries the group's key, or None when it was given up."""

    chosen = Signal(object)

    def show_parts(self, parts: Mapping[str, str], chosen: str | None) -> None:
        """Offer the first of these groups, and mark the chosen one."""
        self.offer(dict(list(parts.items())[:_MOST]))
        for key, chip in self.chips.items():
            chip.setChecked(key == chosen)

    def press(self, key: str) -> None:
        self.chosen.emit(key if self.chips[key].isChecked() else None)
