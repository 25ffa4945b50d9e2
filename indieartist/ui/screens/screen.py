"""What every screen is: a page over the release in hand, reading and acting through the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indieartist.ui.widgets.page import PageFrame

if TYPE_CHECKING:
    from indieartist.domain.release import Release
    from indieartist.ui.desk import Desk
    from indieartist.ui.widgets.search import FilterField
    from indieartist.ui.window import StudioWindow

_WAY = ("releases", "release", "track")


class Screen(PageFrame):
    """A page of the window; one that is a long list has a `filter` of its own."""

    filter: FilterField | None = None

    def __init__(self, desk: Desk, studio_window: StudioWindow) -> None:
        super().__init__()
        self.desk, self.studio_window = desk, studio_window
        studio_window.anywhere.serve(self.search)
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
