"""The window: the frame, the desk and the screens, and the way from one to another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPaintEvent, QResizeEvent

from indieartist.errors import AppError
from indieartist.services.settings import Settings
from indieartist.ui import actions
from indieartist.ui.anywhere import Anywhere
from indieartist.ui.bridge import Bridge, Runner
from indieartist.ui.commands import ACTIONS
from indieartist.ui.covers import Covers
from indieartist.ui.desk import Desk
from indieartist.ui.due import DuePosts
from indieartist.ui.errors import Presenter
from indieartist.ui.garbage import Collector
from indieartist.ui.guide import Guide
from indieartist.ui.handlers import Handlers
from indieartist.ui.in_hand import InHand
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
from indieartist.ui.recent import RecentReleases
from indieartist.ui.reminders import Reminders
from indieartist.ui.screen_shelf import ScreenShelf
from indieartist.ui.screens.facts import FactsScreen
from indieartist.ui.screens.master import MasterScreen
from indieartist.ui.screens.release import ReleaseScreen
from indieartist.ui.watch import BounceWatch
from indieartist.ui.welcome import Welcome

if TYPE_CHECKING:
    from indieartist.domain.release import Release
    from indieartist.services.studio import Studio
    from indieartist.ui.screens.screen import Screen

NAME = "IndieArtist"


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
        self.in_hand = InHand(self.desk)
        self.intake = Intake(self)
        self.player = SongPlayer(self.desk, self.transport, self.cover_of)
        self.handlers = Handlers(self)
        self._unpainted = True
        self._furnish()
        self.anywhere = Anywhere(self)
        self.screens = ScreenShelf(self)
        self.guide = Guide(self)
        self.commands = actions.build(ACTIONS, self)
        self.collector = Collector(self)
        self._connect()
        self._heed()
        self.show_page(PLACES[0].key)

    def _furnish(self) -> None:
        """What stands beside the pages."""
        PlayerKeys(self.player, self)
        DuePosts(self.desk)
        self.reminders = Reminders(self)
        RecentReleases(self.sidebar, self.in_hand, self.covers)
        self.job_log = JobLog(self.bridge, self.desk)
        self.jobs = JobStrip(self.bridge, self.desk, self.job_log)
        self.drawer = JobDrawer(self.job_log, self.stack)
        self.sidebar.set_foot(self.jobs)
        self.watch = BounceWatch(self)
        self.transport.set_sources(())

    def _connect(self) -> None:
        self.in_hand.read.connect(self._show_anew)
        self.release_read.connect(self.player.set_release)
        self.player.versions.services_chosen.connect(
            lambda keys: self.preferences.choose("hear_as", ",".join(keys))
        )
        self.closing.connect(self.player.stop)
        self.jobs.asked.connect(self.handlers.show_jobs)
        self.sidebar.recent_chosen.connect(self.open_release)
        self.sidebar.files_dropped.connect(lambda key, paths: self.intake.take(paths, key))
        self.sidebar.tracks_dropped.connect(lambda key, ids: self.intake.move(ids, key))
        self.desk.refused.connect(self._refuse)
        self.page_shown.connect(lambda _: self._tell_screen())
        self.preferences.changed.connect(lambda _: self._heed())
        self.painted.connect(self.screens.make_rest)

    def _heed(self) -> None:
        """Work as the settings say, now and whenever one is chosen anew."""
        now = self.preferences.now
        self.desk.name_artist(now.artist)
        self.player.buffer_ms = int(now.buffer_ms)
        self.player.hear_as(now.hear_as)

    # the release in hand

    @property
    def release(self) -> Release | None:
        """The release in hand, where it has been read."""
        return self.in_hand.release

    @property
    def release_id(self) -> int | None:
        """The number of the release in hand."""
        return self.in_hand.release_id

    @property
    def track_id(self) -> int | None:
        """The number of the track in hand."""
        return self.in_hand.track_id

    @property
    def release_on_screen(self) -> int | None:
        """The number of the release, where its own page is the one on screen."""
        return self.release_id if self.page_key == "release" else None

    def cover_of(self, release: Release) -> QImage | None:
        """The release's cover, if it has been read."""
        artwork = release.artwork
        return self.covers.find(artwork.hash if artwork else None, lambda: None)

    def today(self) -> date:
        """The day it is, by the studio's clock."""
        return self.in_hand.today

    def reload(self) -> None:
        """Read the release in hand again, the newest where none is, and show it."""
        self.in_hand.reload()

    def _show_anew(self) -> None:
        self.release_read.emit(self.release)
        self._tell_screen()

    def _tell_screen(self) -> None:
        if self.in_hand.is_known:
            self.shown.show_release(self.release)

    def _refuse(self, error: BaseException) -> None:
        """Turn to where it is said that there is no library; a bug is reported besides."""
        self.show_page("releases")
        if not isinstance(error, AppError):
            self.presenter.present(error)

    # the way from page to page

    @property
    def shown(self) -> Screen:
        """The screen that is on."""
        return self.screens[self.page_key]

    @property
    def release_screen(self) -> ReleaseScreen:
        """The page of the release in hand."""
        return self.screens.get_of(ReleaseScreen)

    def show_page(self, key: str) -> None:
        """Turn to a page, which is made where it was never seen."""
        self.screens[key].ensurePolished()
        super().show_page(key)

    def open_release(self, release_id: int, page: str = "release") -> None:
        """Take a release in hand, and turn to its page, or to another that is about it."""
        self.in_hand.take(release_id)
        self.show_page(page)
        self.reload()

    def open_track(self, track_id: int, release_id: int | None = None) -> None:
        """Turn to the page of a track, of the release in hand unless another is named."""
        self.in_hand.track_id = track_id
        if release_id in (None, self.release_id):
            self.show_page("track")
        else:
            self.open_release(release_id or 0, "track")

    def play(self, track_id: int, release_id: int) -> None:
        """Play a track; its release is taken in hand, the page that is on stays."""
        if release_id == self.release_id and self.in_hand.is_known:
            self.player.play_track(track_id)
            return
        self.in_hand.take(release_id)
        once = Qt.ConnectionType.SingleShotConnection
        self.release_read.connect(lambda _: self.player.play_track(track_id), once)
        self.reload()

    def show_master_of(self, track_id: int) -> None:
        """Turn to the masters of a track."""
        self.screens.get_of(MasterScreen).choose_track(track_id)
        self.show_page("master")

    def turn_to(self, key: str) -> None:
        """Turn to a screen; the page of the release where the window has none of that name."""
        self.show_page(key if key in self.screens else "release")

    def edit_fact(self, field: str, track_id: int | None = None) -> None:
        """Turn to the facts, and put the cursor into a field of the release or of a track."""
        self.show_page("facts")
        self.screens.get_of(FactsScreen).go_to(field, track_id)

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
