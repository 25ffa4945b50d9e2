"""The records last worked on, in the sidebar, with their covers as these come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from indieartist.ui.screens.releases import release_state
from indieartist.ui.widgets.sidebar import Recent, Sidebar

if TYPE_CHECKING:
    from indieartist.ui.covers import Covers
    from indieartist.ui.in_hand import InHand


class RecentReleases(QObject):
    """Shows the newest releases whenever the library was read."""

    def __init__(self, sidebar: Sidebar, in_hand: InHand, covers: Covers) -> None:
        super().__init__(sidebar)
        self._sidebar, self._in_hand, self._covers = sidebar, in_hand, covers
        in_hand.read.connect(self._show)

    def _show(self) -> None:
        today, find = self._in_hand.today, self._covers.find
        self._sidebar.set_recent(
            tuple(
                Recent(
                    line.id,
                    line.title,
                    release_state(line.release_on, line.track_count, today),
                    find(line.artwork_hash, self._show),
                )
                for line in self._in_hand.newest
            )
        )
