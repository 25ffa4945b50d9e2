"""The window: the frame, the desk and the screens, and which release is being worked on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPaintEvent, QResizeEvent

from indieartist.errors import AppError
from indieartist.services.settings import Settings
from indieartist.ui import actions
from indieartist.ui.about import AboutBox
from indieartist.ui.bridge import Bridge, Runner
from indieartist.ui.commands import ACTIONS
from indieartist.ui.covers import Covers
from indieartist.ui.desk import Desk
from indieartist.ui.due import DuePosts
from indieartist.ui.errors import Presenter
from indieartist.ui.garbage import Collector
from indieartist.ui.guide import Guide
from indieartist.ui.instance import Wishes
from indieartist.ui.intake import Intake
from indieartist.ui.job_drawer import JobDrawer
from indieartist.ui.job_log import JobLog
from indieartist.ui.job_strip import JobStrip
from indieartist.ui.keys import PlayerKeys
from indieartist.ui.main_window import MainWindow
from indieartist.ui.places import PLACES, sidebar_pages
from indieartist.ui.player import SongPlayer
from indieartist.ui.preferences import Preferences
from indieartist.ui.screens.facts import FactsScreen
from indieartist.ui.screens.master import MasterScreen
from indieartist.ui.screens.release import ReleaseScreen
from indieartist.ui.screens.releases import release_state
from indieartist.ui.screens.screen import Screen
from indieartist.ui.welcome import Welcome
from indieartist.ui.widgets.sidebar import RECENT_MAX, Recent

if TYPE_CHECKING:
    from indieartist.domain.release import Release
    from indieartist.services.finding import ReleaseLine
    from indieartist.services.studio import Studio

NAME = "IndieArtist"
S = TypeVar("S", bound=Screen)


@dataclass(frozen=True, slots=True)
class Hand:
    """What was read of the library: all releases in short, and the one in hand."""

    lines: Sequence[ReleaseLine]
    release: Release | None
    wanted: int | None
    today: date


class StudioWindow(MainWindow):
    """Holds the desk, the screens, and the release that all of them are about.

    `painted` comes once, after the first paint: what is heavy begins then. `release_read` carries
    the release in hand, or None, whenever it was read anew.
    """

    painted = Signal()
    release_read = Signal(object)

    def __init__(
        self, open_studio: Callable[[], Studio], runner: Runner, kept: Settings | None = None
    ) -> None:
        super().__init__(NAME, sidebar_pages())
        self.presenter = Presenter(self, self.toast)
        self.bridge = Bridge(runner, self.presenter.present, self)
        self.desk = Desk(self.bridge, self.toast, open_studio)
        self.preferences = Preferences(self.bridge, kept or Settings(), self)
        self.covers = Covers(self.desk)
        self.intake = Intake(self)
        self.player = SongPlayer(self.desk, self.transport, self.cover_of)
        PlayerKeys(self.player, self)
        DuePosts(self.desk)
        self.release_read.connect(self.player.set_release)
        self.closing.connect(self.player.stop)
        self._heed()
        self.release: Release | None = None
        self._release_id: int | None = None
        self.track_id: int | None = None
        self._hand: Hand | None = None
        self._unpainted = True
        self.job_log = JobLog(self.bridge, self.desk)
        self.jobs = JobStrip(self.bridge, self.desk, self.job_log)
        self.drawer = JobDrawer(self.job_log, self.stack)
        self.jobs.asked.connect(self.show_jobs)
        self.sidebar.set_foot(self.jobs)
        self.sidebar.watching.hide()
        self.transport.set_sources(())
        self.screens: dict[str, Screen] = {}
        for place in PLACES:
            self.screens[place.key] = place.factory(self.desk, self)
            self.add_page(place.key, self.screens[place.key], place.page.key if place.page else "")
        self.guide = Guide(self)
        self.commands = actions.build(ACTIONS, self)
        self.sidebar.recent_chosen.connect(self.open_release)
        self.player.moved.connect(self.release_screen.table.set_playing)
        self.collector = Collector(self)
        self.desk.opened.connect(self.reload)
        self.desk.refused.connect(self._refuse)
        self.desk.changed.connect(self.reload)
        self.page_shown.connect(lambda _: self._tell_screen())
        self.preferences.changed.connect(lambda _: self._heed())
        self.show_page(PLACES[0].key)

    def _heed(self) -> None:
        """Work as the settings say, now and whenever one is chosen anew."""
        now = self.preferences.now
        self.desk.name_artist(now.artist)
        self.player.buffer_ms = int(now.buffer_ms)

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
    def release_screen(self) -> ReleaseScreen:
        """The page of the release in hand."""
        return self._one_of(ReleaseScreen)

    def _one_of(self, kind: type[S]) -> S:
        """The screen of this kind."""
        return next(screen for screen in self.screens.values() if isinstance(screen, kind))

    @property
    def shown(self) -> Screen:
        """The screen that is on."""
        return self.screens[self.page_key]

    def open_release(self, release_id: int, page: str = "release") -> None:
        """Take a release in hand, and turn to its page, or to another that is about it."""
        self._release_id = release_id
        self._hand = self.release = None  # until it has been read, there is nothing to show
        self.show_page(page)
        self.reload()

    def open_track(self, track_id: int, release_id: int | None = None) -> None:
        """Turn to the page of a track, of the release in hand unless another is named."""
        self.track_id = track_id
        if release_id in (None, self._release_id):
            self.show_page("track")
        else:
            self.open_release(release_id or 0, "track")

    def show_master_of(self, track_id: int) -> None:
        """Turn to the masters of a track."""
        self._one_of(MasterScreen).choose_track(track_id)
        self.show_page("master")

    def fulfil(self, wishes: Wishes) -> None:
        """Come to the front, open the release and take in the files that a start named."""
        if not self.desk.is_open:
            once = Qt.ConnectionType.SingleShotConnection
            self.desk.opened.connect(lambda: self.fulfil(wishes), once)
            return
        if self.isMinimized():
            self.showNormal()
        self.raise_()
        self.activateWindow()
        if wishes.release_id is not None:
            self.open_release(wishes.release_id)
        if wishes.files:
            self.intake.take([Path(name) for name in wishes.files])

    def turn_to(self, key: str) -> None:
        """Turn to a screen; the page of the release where the window has none of that name."""
        self.show_page(key if key in self.screens else "release")

    def edit_fact(self, field: str, track_id: int | None = None) -> None:
        """Turn to the facts, and put the cursor into a field of the release or of a track."""
        self.show_page("facts")
        self._one_of(FactsScreen).go_to(field, track_id)

    def cover_of(self, release: Release) -> QImage | None:
        """The release's cover, if it has been read."""
        artwork = release.artwork
        return self.covers.find(artwork.hash if artwork else None, lambda: None)

    def reload(self) -> None:
        """Read the release in hand again, the newest where none is, and show it."""
        wanted = self._release_id

        def work(studio: Studio) -> Hand:
            from indieartist.services import finding

            lines = finding.list_releases(studio)
            known = wanted if any(line.id == wanted for line in lines) else None
            number = known or (lines[0].id if lines else None)
            release = finding.get_release(studio, f"R{number}") if number else None
            return Hand(lines, release, wanted, studio.today)

        self.desk.read("Reading the release", work, self._take, owner=self)

    def _take(self, hand: Hand) -> None:
        if hand.wanted != self._release_id:
            return  # another one was asked for meanwhile
        self._hand, self.release = hand, hand.release
        self._release_id = hand.release.id if hand.release else None
        self._show_recent()
        self.release_read.emit(hand.release)
        self._tell_screen()

    def _tell_screen(self) -> None:
        if self._hand is not None:
            self.shown.show_release(self.release)

    def _refuse(self, error: BaseException) -> None:
        """Turn to where it is said that there is no library; a bug is reported besides."""
        self.show_releases()
        if not isinstance(error, AppError):
            self.presenter.present(error)

    def today(self) -> date:
        """The day it is, by the studio's clock."""
        return self._hand.today if self._hand else date.today()

    def _show_recent(self) -> None:
        if self._hand is None:
            return
        today, find = self._hand.today, self.covers.find
        recent = [
            Recent(
                line.id,
                line.title,
                release_state(line.release_on, line.track_count, today),
                find(line.artwork_hash, self._show_recent),
            )
            for line in self._hand.lines[:RECENT_MAX]
        ]
        self.sidebar.set_recent(tuple(recent))

    # what the commands do

    def move_up(self) -> None:
        """Move the chosen track up."""
        self.release_screen.move_track(-1)

    def move_down(self) -> None:
        """Move the chosen track down."""
        self.release_screen.move_track(1)

    def show_facts(self) -> None:
        """Turn to the facts of the release in hand."""
        self.turn_to("facts")

    def show_releases(self) -> None:
        """Turn to all releases."""
        self.show_page("releases")

    def show_master(self) -> None:
        """Turn to the masters of the release in hand."""
        self.show_page("master")

    def show_check(self) -> None:
        """Turn to what is wrong with the release in hand."""
        self.show_page("check")

    def show_publish(self) -> None:
        """Turn to where the release in hand goes."""
        self.show_page("publish")

    def new_release(self) -> None:
        """Begin an empty release, and turn to its facts."""

        def work(studio: Studio, _report: object) -> int:
            from indieartist.services.editing import new_release

            return new_release(studio, "Untitled", [studio.artist] if studio.artist else [])

        def done(release_id: int) -> None:
            self.open_release(release_id)
            self.edit_fact("title")

        self.desk.act("New release", work, done, says="A new release")

    def remove_release(self) -> None:
        """Remove the release in hand, with everything on it."""
        if (release := self.release) is None:
            return

        def work(studio: Studio, _report: object) -> None:
            from indieartist.services.editing import remove_release

            remove_release(studio, release)

        says = f"“{release.title}” was removed"
        self.desk.act("Remove release", work, lambda _: self.show_releases(), says=says)

    def choose_dark(self) -> None:
        """Show the dark scheme."""
        self.preferences.choose("appearance", "dark")

    def choose_light(self) -> None:
        """Show the light scheme."""
        self.preferences.choose("appearance", "light")

    def choose_system(self) -> None:
        """Follow the system's scheme."""
        self.preferences.choose("appearance", "system")

    def search_page(self) -> None:
        """Put the cursor into the search of the screen that is on."""
        self.shown.search.setFocus()

    def show_about(self) -> None:
        """Say what this program is."""
        AboutBox(self).open()

    def open_settings(self) -> None:
        """Turn to the settings."""
        self.show_page("settings")

    def show_jobs(self) -> None:
        """Open the drawer of work, or close it."""
        self.drawer.toggle()
        if self.drawer.isVisible():
            self.toast.hide()  # what it said stands in the drawer

    def welcome(self) -> None:
        """Ask the two questions of the first run."""
        Welcome(self.preferences, self).open()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The mouse's own buttons for back and forward."""
        button = Qt.MouseButton
        if event.button() is button.BackButton:
            self.guide.back()
        elif event.button() is button.ForwardButton:
            self.guide.on()
        else:
            super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.drawer.place()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._unpainted:
            self._unpainted = False
            QTimer.singleShot(0, self.painted.emit)
