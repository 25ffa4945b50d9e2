"""Taking turns on the window's thread: results, the parts of a page, and painting, one at a time.

Qt does all that is due before it looks for keys and timers again. What waits here is taken alone,
so that nothing is ever held up by more than one piece of work.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from shiboken6 import isValid


class Turns(QObject):
    """Makes the calls that wait in the order they were asked for, each in a turn of its own."""

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[QObject, Callable[[], object]]] = deque()
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._take)

    def ask(self, owner: QObject, call: Callable[[], object]) -> None:
        """Have `call` made when its turn comes, if `owner` still lives then."""
        self._waiting.append((owner, call))
        if not self._timer.isActive():
            self._timer.start()

    def _take(self) -> None:
        owner, call = self._waiting.popleft()
        try:
            if isValid(owner):
                call()
        finally:
            # From here on, so that whatever else fell due meanwhile goes before the next turn.
            if self._waiting:
                self._timer.start()


class _Shared:
    """The turns of the window's thread; an application that is made anew begins new ones."""

    turns: Turns | None = None


def ask(owner: QObject, call: Callable[[], object]) -> None:
    """Have `call` made on the window's thread in a turn of its own, if `owner` lives then."""
    if _Shared.turns is None or not isValid(_Shared.turns):
        _Shared.turns = Turns(QCoreApplication.instance())
    _Shared.turns.ask(owner, call)
