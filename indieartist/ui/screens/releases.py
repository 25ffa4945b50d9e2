"""All releases as a grid of covers; where there are none yet, how the first one comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from indieartist.ui import figures
from indieartist.ui.models.releases import ReleaseCard, ReleaseModel
from indieartist.ui.screens.screen import Screen
from indieartist.ui.widgets.empty import EmptyState
from indieartist.ui.widgets.release_grid import ReleaseGrid

if TYPE_CHECKING:
    from datetime import date

    from indieartist.domain.release import Release
    from indieartist.services.finding import ReleaseLine
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk
    from indieartist.ui.window import StudioWindow

_TEACHES = (
    "Drop a bounce from your DAW anywhere on this window, or press Ctrl+O and choose one. "
    "It is copied and measured; your own file stays as it is."
)


class ReleasesScreen(Screen):
    """Press a cover to open its release."""

    def __init__(self, desk: Desk, studio_window: StudioWindow) -> None:
        super().__init__(desk, studio_window, "Search releases and artists")
        self.path.show_path("Releases")
        self.model = ReleaseModel(studio_window.covers.find, self)
        self.grid = ReleaseGrid(self.model)
        self.grid.opened.connect(studio_window.open_release)
        self.searched.connect(self.model.search)
        empty = EmptyState("waveform", "Begin with a bounce", _TEACHES, "Try our demo song")
        empty.pressed.connect(studio_window.intake.try_demo)
        nothing = EmptyState("search", "Nothing is called that", "Search for fewer letters.")
        closed = EmptyState(
            "alert-triangle", "The library could not be opened", "", "Try again", "refresh"
        )
        closed.pressed.connect(self._try_again)
        desk.refused.connect(self._refuse)
        self._pages = QStackedWidget()
        self._empty, self._nothing, self._closed = empty, nothing, closed
        for page in (self.grid, empty, nothing, closed):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages, 1)
        self.model.modelReset.connect(self._choose_page)

    def show_release(self, release: Release | None) -> None:
        def work(studio: Studio) -> list[ReleaseCard]:
            from indieartist.services import finding

            return [_card(line, studio.today) for line in finding.list_releases(studio)]

        self.desk.read("Reading the releases", work, self._show, owner=self)

    def _show(self, cards: list[ReleaseCard]) -> None:
        self.model.set_cards(cards)
        self.search.setVisible(bool(cards))
        self._choose_page()
        self.grid.choose(self.studio_window.release_id)

    def _refuse(self, error: BaseException) -> None:
        """Say why there is no library, where its releases would stand."""
        self.search.hide()
        self._closed.set_sentence(str(error))
        self._pages.setCurrentWidget(self._closed)

    def _try_again(self) -> None:
        self._pages.setCurrentWidget(self.grid)
        self.desk.open()

    def _choose_page(self) -> None:
        if self.model.rowCount():
            self._pages.setCurrentWidget(self.grid)
        else:
            self._pages.setCurrentWidget(self._nothing if self.model.has_any else self._empty)


def release_state(release_on: date | None, track_count: int, today: date) -> str:
    """Where a release stands, in few words: '3 tracks · out 14 Nov'."""
    tracks = figures.count(track_count, "track")
    if release_on is None:
        return f"{tracks} · no date yet"
    since = "out" if release_on > today else "out since"
    return f"{tracks} · {since} {figures.near_day(release_on, today)}"


def _card(line: ReleaseLine, today: date) -> ReleaseCard:
    state = release_state(line.release_on, line.track_count, today)
    return ReleaseCard(line.id, line.title, line.artist_line, state, line.artwork_hash)
