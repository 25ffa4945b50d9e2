"""What is due today: counted while the window is open, and said once a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from indieartist.domain import figures

if TYPE_CHECKING:
    from collections.abc import Callable

    from indieartist.domain.agenda import Entry
    from indieartist.services.studio import Studio
    from indieartist.ui.window import StudioWindow

_EVERY_MS = 3_600_000  # looked at again each hour: a day may have begun
_CALM_MS = 3_000  # after a change, for more changes


class Reminders(QObject):
    """`counted` carries how many tasks are late or due today, whenever that was read anew.

    `notify` says something on the desktop, and tells whether it could; tests put their own there.
    """

    counted = Signal(int)

    def __init__(self, window: StudioWindow) -> None:
        super().__init__(window)
        self._window, self._desk = window, window.desk
        self.notify: Callable[[str], bool] = self._notify
        self.count = 0
        self._said_on: date | None = None
        self._tray: QSystemTrayIcon | None = None
        self._hourly = QTimer(self, interval=_EVERY_MS)
        self._hourly.timeout.connect(self.look)
        self._soon = QTimer(self, interval=_CALM_MS, singleShot=True)
        self._soon.timeout.connect(self.look)
        self._desk.opened.connect(self._hourly.start)
        self._desk.opened.connect(self._soon.start)
        self._desk.changed.connect(self._soon.start)

    def look(self) -> None:
        """Read what is due now."""

        def work(studio: Studio) -> tuple[date, list[Entry]]:
            from indieartist.services import agenda

            return studio.today, agenda.read_today(studio)

        if self._desk.is_open:
            label = "Reading what is due"  # of all releases: nobody should wait behind that
            self._desk.read(label, work, self._count, owner=self, lane="audio")

    def _count(self, read: tuple[date, list[Entry]]) -> None:
        today, entries = read
        self.count = len(entries)
        self.counted.emit(self.count)
        if entries and self._window.preferences.now.remind and self._said_on != today:
            self._said_on = today
            self._say(tell(entries))

    def _say(self, words: str) -> None:
        """On the desktop where nobody looks at the window, else in the window."""
        if self._window.isActiveWindow() or not self.notify(words):
            show = self._window.handlers.show_calendar
            self._desk.say(words, "info", button="Calendar", then=show)

    def _notify(self, words: str) -> bool:
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return False
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._window.windowIcon(), self)
            self._tray.messageClicked.connect(self._come)
        self._tray.show()
        self._tray.showMessage(self._window.windowTitle(), words)
        return True

    def _come(self) -> None:
        self._window.raise_()
        self._window.activateWindow()
        self._window.handlers.show_calendar()


def tell(entries: list[Entry]) -> str:
    """What is due, in a sentence: 'Due today: Deliver the release — Night Bus, and 2 more.'"""
    first = entries[-1]  # the newest: what has been late for long was said before
    what = first.task.title if first.task else "Release day"
    more = len(entries) - 1
    rest = f", and {figures.count(more, 'more', 'more')}" if more else ""
    return f"Due today: {what} — {first.release.title}{rest}."
