"""Filling a page step by step: as much as fits into one turn of the window, the rest in the next.

A page of forty rows takes 40 ms to make; made at once, nothing moves and no key is heard meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

_AT_ONCE_S = 0.004


class Gradual(QObject):
    """Takes the steps of the newest filling alone; the one before is given up."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[None] = iter(())
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._go_on)
        self._pause = QTimer(self, singleShot=True, interval=0)  # the turn the window is painted in
        self._pause.timeout.connect(self._next.start)

    @property
    def busy(self) -> bool:
        """Whether there is more to come."""
        return self._next.isActive() or self._pause.isActive()

    def begin(self, steps: Iterator[None]) -> None:
        """Take the first steps now, and the others after the window had its turn."""
        self._steps = steps
        self._next.stop()
        self._pause.stop()
        self._go_on()

    def _go_on(self) -> None:
        until = perf_counter() + _AT_ONCE_S
        for _ in self._steps:
            if perf_counter() > until:
                self._pause.start()
                return
