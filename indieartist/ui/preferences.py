"""What the person chose, in the window's hands: applied at once, and kept on another thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from indieartist.services.settings import Settings, Value, write_settings
from indieartist.ui import theme

if TYPE_CHECKING:
    from indieartist.ui.bridge import Bridge


class Preferences(QObject):
    """The settings in force; `changed` carries the key of one that was chosen anew."""

    changed = Signal(str)

    def __init__(self, bridge: Bridge, kept: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.now = kept

    def choose(self, key: str, value: Value) -> None:
        """Choose a value: it counts from now on, and is kept for the next run."""
        if getattr(self.now, key) == value:
            return
        chosen: dict[str, Any] = {key: value}
        self.now = replace(self.now, **chosen)
        self._apply(key)
        self.changed.emit(key)
        kept = self.now
        if self._bridge.is_open:
            self._bridge.start("Keeping the settings", lambda _report: write_settings(kept))

    def _apply(self, key: str) -> None:
        if key == "appearance":
            theme.THEME.choose(appearance_of(self.now))
        elif key == "reduced_motion":
            theme.THEME.reduced_motion = self.now.reduced_motion


def appearance_of(kept: Settings) -> theme.Choice:
    """The appearance that was chosen; what is not one is the system's."""
    known = {choice.value: choice for choice in theme.Choice}
    return known.get(kept.appearance, theme.Choice.SYSTEM)
