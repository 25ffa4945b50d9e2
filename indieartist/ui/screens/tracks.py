"""All tracks of the library: found as one types, sorted by any heading, played, dragged out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from indieartist.domain import figures
from indieartist.domain.catalogue import TrackAnswer, TrackLine, TrackQuestion
from indieartist.ui import theme
from indieartist.ui.loader import Loader
from indieartist.ui.many.ways import offer_for_tracks
from indieartist.ui.models.records import TRACKS_MIME
from indieartist.ui.models.track_lists import TrackCard, TrackListModel
from indieartist.ui.screens.screen import Screen
from indieartist.ui.widgets.card import row
from indieartist.ui.widgets.empty import EmptyState
from indieartist.ui.widgets.form import ChoiceField, name_editor
from indieartist.ui.widgets.pages import Pages
from indieartist.ui.widgets.record_table import RecordTable
from indieartist.ui.widgets.search import FilterField
from indieartist.ui.widgets.text import Text

if TYPE_CHECKING:
    from indieartist.domain.progress import Report
    from indieartist.domain.release import Release
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk
    from indieartist.ui.window import StudioWindow

_TEACHES = "Drop a bounce from your DAW anywhere on this window, or press Ctrl+O and choose one."
_LACKING = {
    "": "All tracks",
    "audio": "Without audio",
    "approval": "Not approved",
    "isrc": "Without ISRC",
    "advisory": "Without advisory",
    "language": "Without language",
    "lyrics": "Without lyrics",
}
_HIDDEN_FIRST = ("day", "isrc", "state", "loudness")
_LAID_OUT_MAX, _FILTER_PX = 100, 300


class TracksScreen(Screen):
    """Return or a double click plays; the rest is in the menu."""

    def __init__(self, desk: Desk, studio_window: StudioWindow) -> None:
        super().__init__(desk, studio_window)
        self.path.show_path("Tracks")
        self.question = TrackQuestion()
        self.model = TrackListModel(studio_window.covers.find, self)
        self.table = RecordTable("Tracks", self.model, _HIDDEN_FIRST, mime=TRACKS_MIME, takes=False)
        self.filter: FilterField = FilterField("Filter by title, artist, ISRC")
        self.lacking = ChoiceField(_LACKING)
        self.count = Text("", "small", "text3", figures=True)
        self._finder = Loader(desk, self, "library")
        self._layer = Loader(desk, self, "library")
        self._laid: tuple[list[int], list[Path]] = ([], [])
        self._chosen: list[int] = []
        self._releases: dict[int, int] = {}  # of each track that was read
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        name_editor(self.lacking, "Show")
        self.lacking.setFixedWidth(164)
        self.filter.setMaximumWidth(_FILTER_PX)
        self._empty = EmptyState("note", "No tracks yet", _TEACHES, "Add bounces")
        self._nothing = EmptyState("filter", "No track is like that", "Filter by fewer letters.")
        self._pages = Pages()
        for page in (self.table, self._empty, self._nothing):
            self._pages.addWidget(page)
        self.body.setSpacing(theme.M)
        self.body.addLayout(row(self.filter, self.lacking, self.count, gap=theme.S))
        self.body.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.filter.filtered.connect(lambda words: self.ask(words=words))
        self.lacking.edited.connect(lambda lacking: self.ask(lacking=lacking))
        self.table.sorted.connect(self._sort_by)
        self._empty.pressed.connect(self.studio_window.intake.choose)
        self.model.page_wanted.connect(self._read_page)
        hand = self.table.hand
        hand.audio_of = self._audio_of
        hand.opened.connect(self.play)
        hand.chosen.connect(self._choose)
        hand.menu_asked.connect(self._open_menu)

    # what is shown

    def show_release(self, release: Release | None) -> None:
        self.ask()

    def ask(self, **changes: Any) -> None:
        """Ask for tracks in another way, or again as before."""
        self.question = replace(self.question, **changes)
        question = self.question

        def work(studio: Studio, _report: Report) -> TrackAnswer:
            from indieartist.services import catalogue

            return catalogue.find_tracks(studio, question)

        if self.desk.is_open:
            self._finder.read("Reading the tracks", work, self._show)

    def _show(self, answer: TrackAnswer) -> None:
        kept = list(self._chosen)
        self.table.show_sort(self.question.sort, self.question.falling)
        self.model.set_ids(answer.ids)
        self.count.setText(figures.count(len(answer.ids), "track") if answer.total else "")
        for part in (self.filter, self.lacking, self.count):
            part.setVisible(bool(answer.total))
        empty = self._nothing if answer.total else self._empty
        self._pages.setCurrentWidget(self.table if answer.ids else empty)
        if kept:
            self.table.hand.choose_again(kept)

    def _read_page(self, ids: list[int]) -> None:
        def work(studio: Studio) -> list[TrackLine]:
            from indieartist.services import catalogue

            return catalogue.read_tracks(studio, ids)

        self.desk.read("Reading the tracks", work, self._take_page, owner=self)

    def _take_page(self, lines: list[TrackLine]) -> None:
        self._releases.update({line.id: line.release_id for line in lines})
        self.model.set_cards([card_of(line) for line in lines])

    def _sort_by(self, sort: str) -> None:
        """A heading pressed again turns the order round; pressed a third time, newest first."""
        question = self.question
        if sort != question.sort:
            self.ask(sort=sort, falling=False)
        elif not question.falling:
            self.ask(falling=True)
        else:
            self.ask(sort="newest", falling=False)

    # what the hand does

    def play(self, track_id: int) -> None:
        """Play a track, whichever release it is on."""
        if (release_id := self._releases.get(track_id)) is not None:
            self.studio_window.play(track_id, release_id)

    def open_track(self, track_id: int) -> None:
        """Turn to the track's own page."""
        if (release_id := self._releases.get(track_id)) is not None:
            self.studio_window.open_track(track_id, release_id)

    def open_release(self, track_id: int) -> None:
        """Turn to the release that the track is on."""
        if (release_id := self._releases.get(track_id)) is not None:
            self.studio_window.open_release(release_id)

    def _choose(self, keys: list[int]) -> None:
        """Lay out the audio of what is chosen, so that it can be dragged out at once."""
        self._chosen = keys
        self._laid = (keys, [])
        if not 0 < len(keys) <= _LAID_OUT_MAX:
            return

        def work(studio: Studio, _report: Report) -> list[Path]:
            from indieartist.services import catalogue

            return catalogue.lay_out_tracks(studio, keys)

        self._layer.read("Laying out the audio", work, lambda paths: self._lay(keys, paths))

    def _lay(self, keys: list[int], paths: list[Path]) -> None:
        self._laid = (keys, paths)

    def _audio_of(self, keys: list[int]) -> list[Path]:
        laid, paths = self._laid
        return paths if laid == keys else []

    def _open_menu(self, keys: list[int], at: QPoint) -> None:
        menu = self.make_menu(keys)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def make_menu(self, keys: list[int]) -> QMenu:
        """What can be done with these tracks."""
        menu = QMenu(self)
        if len(keys) == 1:
            menu.addAction("Play", lambda: self.play(keys[0]))
            menu.addAction("Open track", lambda: self.open_track(keys[0]))
            menu.addAction("Open its release", lambda: self.open_release(keys[0]))
            menu.addSeparator()
        offer_for_tracks(menu, self.desk, keys, self)
        menu.addSeparator()
        ways = menu.addMenu("Move to")
        for line in self.studio_window.in_hand.newest:
            way = ways.addAction(line.title)
            way.triggered.connect(partial(self.studio_window.intake.move, keys, line.id))
        return menu


def card_of(line: TrackLine) -> TrackCard:
    """A track as its row says it."""
    state = "Approved" if line.approved else "Not approved" if line.mix_count else "No audio"
    loud = line.integrated_lufs
    return TrackCard(
        line.id,
        line.title,
        line.artist_line,
        line.release_title,
        line.release_id,
        line.artwork_hash,
        line.version,
        figures.day(line.release_on) if line.release_on else figures.NONE,
        figures.length(line.length_ms) if line.length_ms else figures.NONE,
        figures.NONE if loud is None else f"{figures.level(loud)} LUFS",
        line.isrc or figures.NONE,
        state,
    )
