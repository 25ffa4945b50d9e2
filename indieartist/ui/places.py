"""The places of the window, in the order of the sidebar, and the screen that stands at each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indieartist.ui.screens.calendar import CalendarScreen
from indieartist.ui.screens.check import CheckScreen
from indieartist.ui.screens.facts import FactsScreen
from indieartist.ui.screens.master import MasterScreen
from indieartist.ui.screens.publish import PublishScreen
from indieartist.ui.screens.release import ReleaseScreen
from indieartist.ui.screens.releases import ReleasesScreen
from indieartist.ui.screens.safety import SafetyScreen
from indieartist.ui.screens.settings import SettingsScreen
from indieartist.ui.screens.tags import TagsScreen
from indieartist.ui.screens.track import TrackScreen
from indieartist.ui.screens.tracks import TracksScreen
from indieartist.ui.widgets.sidebar import Page

if TYPE_CHECKING:
    from indieartist.ui.desk import Desk
    from indieartist.ui.screens.screen import Screen
    from indieartist.ui.window import StudioWindow


@dataclass(frozen=True, slots=True)
class Place:
    """A screen's key, the place in the sidebar that it lights, if any, and how it is made."""

    key: str
    page: Page | None
    factory: Callable[[Desk, StudioWindow], Screen]


RELEASES = Page("releases", "Releases", "library", "Ctrl+1")
PLACES = (
    Place("releases", RELEASES, ReleasesScreen),
    Place("release", RELEASES, ReleaseScreen),
    Place("tracks", Page("tracks", "Tracks", "note", "Ctrl+2"), TracksScreen),
    Place("track", RELEASES, TrackScreen),
    Place("tags", RELEASES, TagsScreen),
    Place("facts", RELEASES, FactsScreen),
    Place("master", Page("master", "Master", "sliders", "Ctrl+3"), MasterScreen),
    Place("check", Page("check", "Check", "check-circle", "Ctrl+4"), CheckScreen),
    Place("publish", Page("publish", "Publish", "send", "Ctrl+5"), PublishScreen),
    Place("calendar", Page("calendar", "Calendar", "calendar", "Ctrl+6"), CalendarScreen),
    Place("safety", None, SafetyScreen),
    Place("settings", None, SettingsScreen),
)


def sidebar_pages() -> tuple[Page, ...]:
    """Each place of the sidebar once."""
    return tuple(dict.fromkeys(place.page for place in PLACES if place.page))
