"""The keys of the player: digits choose a version, arrows move through the song."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from indieartist.ui.player import SongPlayer

STEP_MS, FINE_MS = 5000.0, 1000.0


class PlayerKeys(QObject):
    """Digits are the player's but where one types; arrows where nothing else needs them."""

    def __init__(self, player: SongPlayer, window: QWidget) -> None:
        super().__init__(window)
        self._player = player
        window.installEventFilter(self)
        for place in range(9):
            self._listen(place, window)

    def _listen(self, place: int, window: QWidget) -> None:
        key = QShortcut(QKeySequence(str(place + 1)), window)
        key.activated.connect(lambda: self._player.choose_version(place))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._press(event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        step = FINE_MS if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP_MS
        match Qt.Key(event.key()):
            case Qt.Key.Key_Left:
                self._player.seek_by(-step)
            case Qt.Key.Key_Right:
                self._player.seek_by(step)
            case _:
                return False
        return True
