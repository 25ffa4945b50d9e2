"""Reading one thing at a time: what was asked for before is given up, and nobody hears of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from indieartist.errors import Cancelled

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk

T = TypeVar("T")


class Loader:
    """Reads for `owner` in a worker, the newest wish alone."""

    def __init__(self, desk: Desk, owner: QObject, lane: str = "audio") -> None:
        self._desk, self._owner, self._lane = desk, owner, lane
        self._stop = threading.Event()

    def read(
        self,
        label: str,
        work: Callable[[Studio, Report], T],
        done: Callable[[T], None],
        *,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Give up what is being read, and read this; errors are presented, or told to `failed`."""
        self.cancel()
        stop = self._stop = threading.Event()

        def report(_fraction: float) -> None:
            if stop.is_set():
                raise Cancelled

        def settle(result: T) -> None:
            if not stop.is_set():
                done(result)

        def fail(error: BaseException) -> None:
            if not stop.is_set():
                (failed or self._desk.bridge.present)(error)

        def begin(studio: Studio) -> T:
            report(0.0)
            return work(studio, report)

        self._desk.read(label, begin, settle, owner=self._owner, lane=self._lane, failed=fail)

    def cancel(self) -> None:
        """Give up what is being read."""
        self._stop.set()
