"""What every screen is: a page over the release in hand, reading and acting through the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indieartist.ui.widgets.page import PageFrame

if TYPE_CHECKING:
    from indieartist.domain.release import Release
    from indieartist.ui.desk import Desk
    from indieartist.ui.window import StudioWindow

_WAY = ("releases", "release", "track")


class Screen(PageFrame):
    """A page of the window; one without `search_hint` has nothing to search."""

    def __init__(self, desk: Desk, studio_window: StudioWindow, search_hint: str = "") -> None:
        super().__init__(search_hint or "Search")
        self.desk, self.studio_window = desk, studio_window
        self.search.setVisible(bool(search_hint))
        self.settings_asked.connect(studio_window.handlers.open_settings)
        self.path.asked.connect(self._go_back)

    def _go_back(self, step: int) -> None:
        """The first step of the way is all releases, the second the one in hand."""
        self.studio_window.show_page(_WAY[step])

    def show_release(self, release: Release | None) -> None:
        """Show this release: the screen was turned to, or something in the library changed.

        Called on the screen that is on, and on no other; None where the library holds no release.
        """
        raise NotImplementedError
