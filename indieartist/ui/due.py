"""While the window is open, what is due goes out."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from indieartist.errors import AppError

if TYPE_CHECKING:
    from indieartist.domain.publishing import Publication
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk

_LOG = logging.getLogger("indieartist")
_EVERY_MS = 60_000


class DuePosts(QObject):
    """Looks once a minute, and says nothing: what became of a post stands in the outbox."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._looking = desk, False
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.look)
        desk.opened.connect(self._timer.start)

    def look(self) -> None:
        """Send what is due now, unless the last look is still going on."""
        if self._looking or not self._desk.is_open:
            return
        self._looking = True

        def work(studio: Studio) -> list[Publication]:
            from indieartist.services import outbox

            return outbox.publish_due(studio)

        label = "Looking for posts that are due"
        self._desk.read(label, work, self._done, owner=self, lane="network", failed=self._failed)

    def _done(self, worked_on: list[Publication]) -> None:
        self._looking = False
        if worked_on:
            self._desk.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self._looking = False
        if isinstance(error, AppError):
            _LOG.info("Posts that are due wait: %s", error)
        else:
            self._desk.bridge.present(error)
