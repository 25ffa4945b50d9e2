"""A button that rests while the act it began is under way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton

if TYPE_CHECKING:
    from indieartist.ui.bridge import Job
    from indieartist.ui.desk import Desk


class Busy(QObject):
    """Watches over one button, so that nothing is begun twice."""

    def __init__(self, desk: Desk, button: QAbstractButton) -> None:
        super().__init__(button)
        self._desk, self._button = desk, button
        self._job: Job | None = None
        desk.bridge.finished.connect(self._end)

    def during(self, begin: Callable[[], None]) -> None:
        """Let the button rest until the act that `begin` begins is over, however it ends."""
        link = self._desk.began.connect(self._begin)
        begin()
        self._desk.began.disconnect(link)

    def _begin(self, job: Job) -> None:
        self._job = job
        self._button.setEnabled(False)

    def _end(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._button.setEnabled(True)
