"""A release's page: its head, how ready it is, and its tracks with what can be done to them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from indieartist.domain import figures
from indieartist.ui import actions, release_views, theme
from indieartist.ui.agenda_views import live_lines, tell_moment
from indieartist.ui.loader import Loader
from indieartist.ui.models.tracks import TrackModel
from indieartist.ui.screens.calendar import CalendarScreen
from indieartist.ui.screens.screen import Screen
from indieartist.ui.widgets.add_row import AddRow
from indieartist.ui.widgets.artwork import cover_tint
from indieartist.ui.widgets.hero import Act, Hero
from indieartist.ui.widgets.readiness import ReadinessCard
from indieartist.ui.widgets.split import Split
from indieartist.ui.widgets.track_table import TrackTable

if TYPE_CHECKING:
    from indieartist.domain.release import Release, Track
    from indieartist.domain.territories import GoesLive
    from indieartist.services.overview import Outlines, Overview
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk
    from indieartist.ui.window import StudioWindow

_ACTS = (
    Act("preview", "Preview masters", "headphones"),
    Act("facts", "Edit facts", "tag", "Ctrl+E"),
    Act("add", "Add bounces", "plus", "Ctrl+O"),
)
_TRACK_MENU = (
    *("track", "rename", "approve", None, "up", "down", None),
    *("write-tags", "rename-files", "remove"),
)
_CARD_PX, _SIDE_BY_SIDE_PX = 372, 1060


class ReleaseScreen(Screen):
    """The release in hand; the table's chosen track is what the track's commands are about."""

    def __init__(self, desk: Desk, studio_window: StudioWindow) -> None:
        super().__init__(desk, studio_window)
        self.overview: Overview | None = None
        self._outlines: Outlines = {}  # read once for each mix, in the library's lane alone
        self._layer = Loader(desk, self, "library")
        self.hero = Hero(_ACTS)
        self.card = ReadinessCard()
        self.tracks = TrackModel()
        self.table = TrackTable(self.tracks)
        self.add_row = AddRow("Drop WAV, AIFF or FLAC bounces anywhere to add tracks")
        self.body.addWidget(Split(self.hero, self.card, _CARD_PX, _SIDE_BY_SIDE_PX))
        self.body.addWidget(self.table)
        self.body.setSpacing(0)
        self.body.insertSpacing(1, theme.BLOCK_GAP)
        self.body.addWidget(self.add_row)
        self.body.addStretch(1)
        self._keys()
        self._connect()

    def _keys(self) -> None:
        """Delete takes the chosen track off only where the table has the focus."""
        key = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self.remove)

    def _connect(self) -> None:
        window = self.studio_window
        self.hero.acted.connect(self._act)
        self.hero.issues_asked.connect(lambda: window.turn_to("check"))
        self.card.ticked.connect(self._tick)
        self.card.proved.connect(self._prove)
        self.card.all_asked.connect(self._open_checklist)
        self.add_row.clicked.connect(window.intake.choose)
        self.table.chosen.connect(self._lay_out_audio)
        self.table.ordered.connect(self._order)
        self.table.menu_asked.connect(self._open_menu)
        self.table.played.connect(window.player.play_track)
        self.table.opened.connect(window.open_track)
        window.player.moved.connect(self.table.set_playing)

    def show_release(self, release: Release | None) -> None:
        if release is None:
            self.studio_window.show_page("releases")
            return
        self.path.show_path("Releases", release.title)

        def work(studio: Studio) -> Overview:
            from indieartist.services.overview import read_overview

            return read_overview(studio, release, self._outlines)

        self.desk.read("Reading the release", work, self._show, owner=self)

    def _show(self, overview: Overview) -> None:
        if overview.release.id != self.studio_window.release_id:
            return
        self.overview = overview
        self._show_head()
        chosen = self.table.chosen_key
        self.card.show_view(release_views.readiness_view(overview))
        self._read_live(overview.release)
        self.tracks.set_rows(release_views.track_rows(overview))
        if chosen is not None:
            self.table.choose(chosen)
        total = overview.release.duration_ms
        self.table.setVisible(bool(overview.release.tracks))
        self.add_row.set_total(f"{figures.length(total)} total" if total else "")

    def _show_head(self) -> None:
        if self.overview is None:
            return
        artwork = self.overview.release.artwork
        cover = self.studio_window.covers.find(artwork.hash if artwork else None, self._show_head)
        self.hero.show_view(release_views.hero_view(self.overview, cover))
        self.set_tint(cover_tint(cover) if cover else None)

    # what is done here

    @property
    def track(self) -> Track | None:
        """The chosen track."""
        found = self.overview.release.tracks if self.overview else ()
        return next((track for track in found if track.id == self.table.chosen_key), None)

    def _act(self, key: str) -> None:
        window = self.studio_window
        acts = {
            "preview": window.handlers.show_master,
            "facts": lambda: window.turn_to("facts"),
            "add": window.intake.choose,
        }
        acts[key]()

    def _tick(self, key: str) -> None:
        """Tick a task that a person sees; one that ticks itself says what is missing."""
        if self.overview is None:
            return
        release = self.overview.release
        state = next(state for state in self.overview.board.tasks if state.key == key)
        if not state.can_attest:
            self.desk.say(f"{state.title}: {state.evidence}", "info")
            self.card.show_view(release_views.readiness_view(self.overview))
            return

        def work(studio: Studio, _report: object) -> None:
            from indieartist.services.checklist import attest

            attest(studio, release, key)

        self.desk.act("Tick", work, says=f"Done: {state.title}")

    def _prove(self, key: str, paths: list[Path]) -> None:
        """Tick a task with the files that were dropped on it."""
        if self.overview is None:
            return
        release = self.overview.release
        state = next(state for state in self.overview.board.tasks if state.key == key)
        if not state.can_attest:
            self.desk.say(f"{state.title} ticks itself and needs no proof.", "info")
            return

        def work(studio: Studio, _report: object) -> None:
            from indieartist.services.checklist import attest

            attest(studio, release, key, paths=paths)

        self.desk.act("Attach", work, says=f"{paths[0].name} proves: {state.title}")

    def _open_checklist(self) -> None:
        """Turn to the release's place on the board."""
        self.studio_window.show_page("calendar")
        page = self.studio_window.shown
        if self.overview is not None and isinstance(page, CalendarScreen):
            page.show_board(self.overview.release.id)

    def _read_live(self, release: Release) -> None:
        def work(studio: Studio) -> tuple[GoesLive, ...]:
            from indieartist.services.agenda import read_live

            return read_live(studio, release)

        def done(live: tuple[GoesLive, ...]) -> None:
            first = f"First out {tell_moment(live[0].at)} here" if live else ""
            places = "\n".join(f"{line.title}: {line.figure}" for line in live_lines(live))
            self.card.show_live(first, places)

        self.desk.read("Reading the territories", work, done, owner=self)

    def _lay_out_audio(self, key: int) -> None:
        """Have the track's file ready to be dragged out of the window."""

        def work(studio: Studio, _report: object) -> list[Path]:
            from indieartist.services.catalogue import lay_out_tracks

            return lay_out_tracks(studio, [key])

        def done(paths: list[Path]) -> None:
            if self.table.chosen_key == key:
                self.table.audio_path = paths[0] if paths else None

        self._layer.read("Laying out the audio", work, done)

    def _order(self, key: int, place: int) -> None:
        """Put a track at another place, counted from 0."""
        if self.overview is None:
            return
        release = self.overview.release
        order = [track.id for track in release.tracks if track.id != key]
        order.insert(place, key)

        def work(studio: Studio, _report: object) -> None:
            from indieartist.services.editing import order_tracks

            order_tracks(studio, release, order)

        self.desk.act("Order", work, says="Tracks are in a new order")

    def move_track(self, step: int) -> None:
        """Move the chosen track up or down."""
        place = self.tracks.place_of(self.table.chosen_key)
        if place >= 0 and 0 <= place + step < self.tracks.rowCount():
            self._order(self.tracks.rows[place].key, place + step)

    def open_track(self) -> None:
        """Turn to the page of the chosen track."""
        if (track := self.track) is not None:
            self.studio_window.open_track(track.id)

    def rename(self) -> None:
        """Put the cursor into the title of the chosen track."""
        if (track := self.track) is not None:
            self.studio_window.edit_fact("title", track.id)

    def approve(self) -> None:
        """Approve the chosen track's current mix, or withdraw the approval."""
        if (track := self.track) is None or track.current is None:
            return
        mix = None if track.approved else track.current

        def work(studio: Studio, _report: object) -> None:
            from indieartist.services.editing import approve_mix

            approve_mix(studio, track, mix)

        says = f"Mix {mix.number} of “{track.title}” is approved" if mix else "Approval withdrawn"
        self.desk.act("Approve", work, says=says)

    def remove(self) -> None:
        """Take the chosen track off the release."""
        if (track := self.track) is None:
            return

        def work(studio: Studio, _report: object) -> None:
            from indieartist.services.editing import remove_track

            remove_track(studio, track)

        self.desk.act("Remove", work, says=f"“{track.title}” was removed")

    def _open_menu(self, _key: int, at: QPoint) -> None:
        commands = self.studio_window.commands
        chosen = [commands[key] if key else None for key in _TRACK_MENU]
        approved = self.track is not None and self.track.approved is not None
        commands["approve"].setText("Withdraw approval" if approved else "Approve mix")
        actions.menu(chosen, self).popup(at)
