"""The keys of the player: digits choose a version, arrows move through the song."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from indieartist.ui.widgets.pressable import Pressable

if TYPE_CHECKING:
    from indieartist.ui.player import SongPlayer

STEP_MS, FINE_MS = 5000.0, 1000.0
PLAYER_KEYS = (
    ("Hear a version", "1 – 9"),
    ("5 seconds back or on", "← →"),
    ("1 second back or on", "Shift+← →"),
    ("Hear A, B or X in a blind test", "A B X"),
    ("X is the one I hear", "Enter"),
)
WAVE_KEYS = (
    ("Closer, farther, or all of the song", "+ − 0"),
    ("Loop from or up to here, on the wave", "I O"),
    ("End the loop", "Esc"),
    ("Peak after or before, on the wave", "PgDn PgUp"),
)


def _is_for_the_focus(event: QKeyEvent) -> bool:
    """Whether Space presses the button that has the focus, rather than plays.

    One that was only clicked lets go of it: after a click on a switch, Space plays on.
    """
    focus = QApplication.focusWidget()
    if event.key() != Qt.Key.Key_Space or not isinstance(focus, QAbstractButton):
        return False
    return not (isinstance(focus, Pressable) and focus.by_mouse)


class PlayerKeys(QObject):
    """Digits are the player's but where one types; arrows where nothing else needs them.

    Space plays, but where the keyboard stands on a button; fields keep it by themselves.
    """

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
        if isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.KeyPress:
                return self._press(event) or super().eventFilter(watched, event)
            if event.type() is QEvent.Type.ShortcutOverride and _is_for_the_focus(event):
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        step = FINE_MS if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP_MS
        match Qt.Key(event.key()):
            case Qt.Key.Key_Left:
                self._player.seek_by(-step)
            case Qt.Key.Key_Right:
                self._player.seek_by(step)
            case key:
                return self._player.blind.running and self._answer(key)
        return True

    def _answer(self, key: Qt.Key) -> bool:
        """In a blind test: a letter is heard, Enter says that it is the one."""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._player.blind.guess()
        elif Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
            self._player.blind.hear(chr(key))
        else:
            return False
        return True
