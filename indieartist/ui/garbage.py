"""Python's garbage collector kept to the window's thread, and off its way.

By itself it runs on whichever thread happens to allocate. Widgets often stand in reference cycles;
one that is collected by a worker is destroyed on the worker's thread, and the window crashes later.
"""

from __future__ import annotations

import gc
import sys

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 300
MODULES_GROWN = 40  # since the last look: their objects stay as long as the program


class Collector(QObject):
    """Collects on the thread it lives on, as often as Python itself would, from now on.

    What libraries brought with them is put aside once it is loaded: to look through all of it for
    what nobody needs took 30 ms, in which the window stood.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._modules = 0
        timer = QTimer(self)
        timer.timeout.connect(self.collect)
        timer.start(INTERVAL_MS)

    def collect(self) -> None:
        """Collect the oldest generation that is due, and the younger ones with it."""
        if len(sys.modules) - self._modules > MODULES_GROWN:
            self._put_aside()
            return
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def _put_aside(self) -> None:
        """Leave out of later looks what is there now, after the young have been looked through."""
        self._modules = len(sys.modules)
        gc.collect(1)
        gc.freeze()
