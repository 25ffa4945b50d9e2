"""Python's garbage collector kept to the window's thread.

By itself it runs on whichever thread happens to allocate. Widgets often stand in reference cycles;
one that is collected by a worker is destroyed on the worker's thread, and the window crashes later.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 300


class Collector(QObject):
    """Collects on the thread it lives on, as often as Python itself would, from now on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(self.collect)
        timer.start(INTERVAL_MS)

    def collect(self) -> None:
        """Collect the oldest generation that is due, and the younger ones with it."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
