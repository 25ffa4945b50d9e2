"""The release in hand: the one that every page is about, read anew after each act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from indieartist.domain.release import Release
    from indieartist.services.browsing import ReleaseLine
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk

RECENT_MAX = 4


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read of the library: the newest releases in short, and the one in hand."""

    newest: Sequence[ReleaseLine]
    release: Release | None
    wanted: int | None
    today: date


class InHand(QObject):
    """Knows the number at once, and the release when it has been read: `read` says so.

    `track_id` is the track that the page of tracks is about.
    """

    read = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._seen: Seen | None = None
        self.release_id: int | None = None
        self.track_id: int | None = None
        desk.opened.connect(self.reload)
        desk.changed.connect(self.reload)

    @property
    def is_known(self) -> bool:
        """Whether the library was read since another release was asked for."""
        return self._seen is not None

    @property
    def release(self) -> Release | None:
        """The release, where there is one and it has been read."""
        return self._seen.release if self._seen else None

    @property
    def newest(self) -> Sequence[ReleaseLine]:
        """The newest releases."""
        return self._seen.newest if self._seen else ()

    @property
    def today(self) -> date:
        """The day it is, by the studio's clock."""
        return self._seen.today if self._seen else date.today()

    def take(self, release_id: int) -> None:
        """Take another release in hand; until it has been read, there is nothing to show."""
        self.release_id, self._seen = release_id, None

    def reload(self) -> None:
        """Read the release in hand again, the newest where none is."""
        wanted = self.release_id

        def work(studio: Studio) -> Seen:
            from indieartist.services import browsing

            newest = browsing.list_newest(studio, RECENT_MAX)
            release = browsing.find_release(studio, wanted)
            if release is None and newest:
                release = browsing.find_release(studio, newest[0].id)
            return Seen(newest, release, wanted, studio.today)

        self._desk.read("Reading the release", work, self._settle, owner=self)

    def _settle(self, seen: Seen) -> None:
        if seen.wanted != self.release_id:
            return  # another one was asked for meanwhile
        self._seen = seen
        self.release_id = seen.release.id if seen.release else None
        self.read.emit()
