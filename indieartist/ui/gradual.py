"""Filling a page step by step: as much as fits into one turn of the window, the rest in the next.

A page of forty rows takes 40 ms to make; made at once, nothing moves and no key is heard meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QObject

from indieartist.ui import turns

_AT_ONCE_S = 0.004


class Gradual(QObject):
    """Takes the steps of the newest filling alone; the one before is given up."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[None] = iter(())
        self._asked = False

    @property
    def busy(self) -> bool:
        """Whether there is more to come."""
        return self._asked

    def begin(self, steps: Iterator[None]) -> None:
        """Take the first steps now, and the others after the window had its turn."""
        self._steps = steps
        self._take_some()

    def _go_on(self) -> None:
        self._asked = False
        self._take_some()

    def _take_some(self) -> None:
        until = perf_counter() + _AT_ONCE_S
        for _ in self._steps:
            if perf_counter() > until:
                self._ask()
                return

    def _ask(self) -> None:
        if not self._asked:
            self._asked = True
            turns.ask(self, self._go_on)
