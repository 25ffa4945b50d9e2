"""The window: the frame, the desk and the screens, and which release is being worked on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QCursor, QImage, QPaintEvent

from indieartist.ui import actions, theme
from indieartist.ui.about import AboutBox
from indieartist.ui.bridge import Bridge, Runner
from indieartist.ui.commands import ACTIONS, SETTINGS
from indieartist.ui.covers import Covers
from indieartist.ui.desk import Desk
from indieartist.ui.errors import Presenter
from indieartist.ui.intake import Intake
from indieartist.ui.job_strip import JobStrip
from indieartist.ui.keys import PlayerKeys
from indieartist.ui.main_window import MainWindow
from indieartist.ui.places import PLACES, sidebar_pages
from indieartist.ui.player import SongPlayer
from indieartist.ui.screens.screen import Screen
from indieartist.ui.theme import Choice

if TYPE_CHECKING:
    from indieartist.domain.release import Release
    from indieartist.services.studio import Studio

NAME = "IndieArtist"


class StudioWindow(MainWindow):
    """Holds the desk, the screens, and the release that all of them are about.

    `painted` comes once, after the first paint: what is heavy begins then. `release_read` carries
    the release in hand, or None, whenever it was read anew.
    """

    painted = Signal()
    release_read = Signal(object)

    def __init__(self, open_studio: Callable[[], Studio], runner: Runner) -> None:
        super().__init__(NAME, sidebar_pages())
        self.presenter = Presenter(self, self.toast)
        self.bridge = Bridge(runner, self.presenter.present, self)
        self.desk = Desk(self.bridge, self.toast, open_studio)
        self.covers = Covers(self.desk)
        self.intake = Intake(self)
        self.player = SongPlayer(self.desk, self.transport, self._find_cover)
        PlayerKeys(self.player, self)
        self.release_read.connect(self.player.set_release)
        self.closing.connect(self.player.stop)
        self.release: Release | None = None
        self._release_id: int | None = None
        self._unpainted = True
        self.commands = actions.build(ACTIONS, self)
        self.offer_commands(lambda words: actions.search(self.commands.values(), words))
        self.jobs = JobStrip(self.bridge, self.desk)
        self.sidebar.set_foot(self.jobs)
        self.sidebar.watching.hide()
        self.screens: dict[str, Screen] = {}
        for place in PLACES:
            self.screens[place.key] = place.factory(self.desk, self)
            self.add_page(place.key, self.screens[place.key], place.page.key)
        self.sidebar.recent_chosen.connect(self.open_release)
        self.desk.opened.connect(self.reload)
        self.desk.changed.connect(self.reload)
        self.page_shown.connect(lambda _: self._tell_screen())
        self.show_page(PLACES[0].key)

    # the release in hand

    @property
    def release_id(self) -> int | None:
        """The number of the release in hand."""
        return self._release_id

    @property
    def release_on_screen(self) -> int | None:
        """The number of the release, where its own page is the one on screen."""
        return self._release_id if self.page_key == "release" else None

    @property
    def shown(self) -> Screen:
        """The screen that is on."""
        return self.screens[self.page_key]

    def open_release(self, release_id: int) -> None:
        """Take a release in hand, and turn to its page."""
        self._release_id = release_id
        self.show_page("releases")
        self.reload()

    def reload(self) -> None:
        """Read the release in hand again, the newest where none is, and show it."""
        wanted = self._release_id

        def work(studio: Studio) -> Release | None:
            from indieartist.services import finding

            lines = finding.list_releases(studio)
            known = wanted if any(line.id == wanted for line in lines) else None
            number = known or (lines[0].id if lines else None)
            return finding.get_release(studio, f"R{number}") if number else None

        self.desk.read("Reading the release", work, self._take, owner=self)

    def _take(self, release: Release | None) -> None:
        self.release = release
        self._release_id = release.id if release else None
        self.release_read.emit(release)
        self._tell_screen()

    def _tell_screen(self) -> None:
        if self.desk.is_open:
            self.shown.show_release(self.release)

    def _find_cover(self, release: Release) -> QImage | None:
        artwork = release.artwork
        return self.covers.find(artwork.hash if artwork else None, lambda: None)

    # what the commands do

    def choose_dark(self) -> None:
        """Show the dark scheme."""
        theme.THEME.choose(Choice.DARK)

    def choose_light(self) -> None:
        """Show the light scheme."""
        theme.THEME.choose(Choice.LIGHT)

    def choose_system(self) -> None:
        """Follow the system's scheme."""
        theme.THEME.choose(Choice.SYSTEM)

    def search_page(self) -> None:
        """Put the cursor into the search of the screen that is on."""
        self.shown.search.setFocus()

    def show_about(self) -> None:
        """Say what this program is."""
        AboutBox(self).open()

    def open_settings(self) -> None:
        """Open the menu behind the gear."""
        chosen: list[QAction | None] = [self.commands[key] if key else None for key in SETTINGS]
        actions.menu(chosen, self).popup(QCursor.pos())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._unpainted:
            self._unpainted = False
            QTimer.singleShot(0, self.painted.emit)
