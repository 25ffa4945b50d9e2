"""All releases, as covers or as a table; where there are none yet, how the first one comes in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from indieartist.domain import figures
from indieartist.domain.catalogue import Answer, Question, state_of
from indieartist.ui import theme
from indieartist.ui.loader import Loader
from indieartist.ui.many.ways import offer_for_releases
from indieartist.ui.models.releases import ReleaseCard, ReleaseModel
from indieartist.ui.screens.screen import Screen
from indieartist.ui.widgets.button import LinkButton
from indieartist.ui.widgets.card import column, row
from indieartist.ui.widgets.empty import EmptyState
from indieartist.ui.widgets.form import ChoiceField, name_editor
from indieartist.ui.widgets.pages import Pages
from indieartist.ui.widgets.part_chips import PartChips
from indieartist.ui.widgets.record_table import RecordTable
from indieartist.ui.widgets.release_grid import ReleaseGrid
from indieartist.ui.widgets.search import FilterField
from indieartist.ui.widgets.segmented import Segment, SegmentedSwitch
from indieartist.ui.widgets.text import Text

if TYPE_CHECKING:
    from datetime import date

    from indieartist.domain.progress import Report
    from indieartist.domain.release import Release
    from indieartist.services.finding import ReleaseLine
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk
    from indieartist.ui.widgets.list_hand import ListHand
    from indieartist.ui.window import StudioWindow

_TEACHES = (
    "Drop a bounce from your DAW anywhere on this window, or press Ctrl+O and choose one. "
    "It is copied and measured; your own file stays as it is."
)
_SORTS = {
    "newest": "Newest first",
    "title": "By title",
    "artist": "By artist",
    "label": "By label",
    "release_on": "By release day",
}
_GROUPS = {
    "": "All together",
    "artist": "Each artist",
    "label": "Each label",
    "year": "Each year",
    "state": "Each state",
}
_STATES = {"undated": "No date", "coming": "Coming", "out": "Out"}
_NAMELESS = {"artist": "No artist", "label": "No label", "year": "No date"}
_VIEWS = (Segment("covers", "Covers"), Segment("table", "Table"))
_HIDDEN_FIRST = ("label", "tracks")
_LAID_OUT_MAX, _FILTER_PX = 25, 240
_WAIT = "The files are being laid out. Drag again in a moment."


class ReleasesScreen(Screen):
    """Press a cover to open its release; with Ctrl or Shift several are chosen."""

    def __init__(self, desk: Desk, studio_window: StudioWindow) -> None:
        super().__init__(desk, studio_window)
        self.path.show_path("Releases")
        self.question = Question()
        self.model = ReleaseModel(studio_window.covers.find, self)
        self.grid = ReleaseGrid(self.model)
        self.table = RecordTable("Releases", self.model, _HIDDEN_FIRST)
        self.views = SegmentedSwitch(_VIEWS, "View")
        self.filter: FilterField = FilterField("Filter by title, artist, label")
        self.sort, self.group = ChoiceField(_SORTS), ChoiceField(_GROUPS)
        self.parts = PartChips("Groups")
        self.count = Text("", "small", "text3", figures=True)
        self.due = LinkButton("", "clock")
        self.due.hide()
        self._finder = Loader(desk, self, "library")
        self._layer = Loader(desk, self, "library")
        self._laid: tuple[list[int], list[Path] | None] = ([], [])
        self._chosen: list[int] = []
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        name_editor(self.sort, "Sort")
        name_editor(self.group, "Group")
        for field in (self.sort, self.group):
            field.setFixedWidth(148)
        self.filter.setMaximumWidth(_FILTER_PX)
        bar = row(self.filter, self.sort, self.group, self.count, gap=theme.S)
        bar.addWidget(self.due)
        bar.addSpacing(theme.M)
        bar.addWidget(self.views)
        self._bar = (self.filter, self.sort, self.group, self.count, self.views)
        self._empty = EmptyState("waveform", "Begin with a bounce", _TEACHES, "Try our demo song")
        self._nothing = EmptyState("filter", "Nothing is called that", "Filter by fewer letters.")
        self._closed = EmptyState(
            "alert-triangle", "The library could not be opened", "", "Try again", "refresh"
        )
        self._pages = Pages()
        pages = (self.grid, self.table, self._empty, self._nothing, self._closed)
        for page in pages:
            self._pages.addWidget(page)
        head = column(gap=theme.M)
        head.addLayout(bar)
        head.addWidget(self.parts)
        self.body.setSpacing(theme.M)
        self.body.addLayout(head)
        self.body.addWidget(self._pages, 1)
        self._show_bar(False)

    def _connect(self) -> None:
        self.filter.filtered.connect(lambda words: self.ask(words=words))
        self.sort.edited.connect(lambda sort: self.ask(sort=sort, falling=False))
        self.group.edited.connect(lambda group: self.ask(group=group, part=None))
        self.parts.chosen.connect(lambda part: self.ask(part=part))
        self.table.sorted.connect(self._sort_by)
        self.views.chosen.connect(lambda _: self._choose_page(len(self.model.ids)))
        self.due.clicked.connect(self.studio_window.handlers.show_calendar)
        self.studio_window.reminders.counted.connect(self._show_due)
        self.model.page_wanted.connect(self._read_page)
        self._empty.pressed.connect(self.studio_window.intake.try_demo)
        self._closed.pressed.connect(self._try_again)
        self.desk.refused.connect(self._refuse)
        for view in (self.grid, self.table):
            self._serve(view.hand)

    def _serve(self, hand: ListHand) -> None:
        hand.audio_of = self._audio_of
        hand.opened.connect(self.studio_window.open_release)
        hand.dropped.connect(self._take)
        hand.hung.connect(self.studio_window.hang)
        hand.chosen.connect(self._choose)
        hand.menu_asked.connect(self._open_menu)
        hand.removal_asked.connect(self.remove)

    # what is shown

    def show_release(self, release: Release | None) -> None:
        self.ask()

    def ask(self, **changes: Any) -> None:
        """Ask for releases in another way, or again as before."""
        self.question = replace(self.question, **changes)
        question = self.question

        def work(studio: Studio, _report: Report) -> Answer:
            from indieartist.services import catalogue

            return catalogue.find_releases(studio, question)

        if self.desk.is_open:
            self._finder.read("Reading the releases", work, self._show)

    def _show(self, answer: Answer) -> None:
        question, kept = self.question, list(self._chosen)
        self.table.show_sort(question.sort, question.falling)
        self.sort.set_value(question.sort)
        self.parts.show_parts(self._named(answer.parts), question.part)
        self.model.set_ids(answer.ids)
        self.count.setText(figures.count(len(answer.ids), "release") if answer.total else "")
        self._show_bar(bool(answer.total))
        self._choose_page(len(answer.ids), answer.total)
        self._choose_again(kept)

    def _choose_again(self, kept: list[int]) -> None:
        view = self.table if self.views.key == "table" else self.grid
        if self.model.places_of(kept):
            view.hand.choose_again(kept)
        else:
            view.choose(self.studio_window.release_id)

    def _show_bar(self, shown: bool) -> None:
        for part in self._bar:
            part.setVisible(shown)
        self.parts.setVisible(shown and bool(self.question.group))

    def _show_due(self, count: int) -> None:
        """How much is late or due, over all releases."""
        words = f"{figures.count(count, 'task')} due" if count else ""
        self.due.setText(words)
        self.due.setAccessibleName(f"{words}: open the calendar")
        self.due.setVisible(bool(count))
        self.due.updateGeometry()

    def _named(self, parts: dict[str, int]) -> dict[str, str]:
        """The groups as chips say them, the largest first."""
        group = self.question.group
        words = _STATES if group == "state" else {}
        falling = sorted(parts.items(), key=lambda item: (-item[1], item[0]))
        return {
            part: f"{words.get(part) or part or _NAMELESS.get(group, '')}  {count}"
            for part, count in falling
        }

    def _choose_page(self, found: int, total: int = 1) -> None:
        view = self.table if self.views.key == "table" else self.grid
        empty = self._nothing if total else self._empty
        self._pages.setCurrentWidget(view if found else empty)

    def _read_page(self, ids: list[int]) -> None:
        def work(studio: Studio) -> list[ReleaseCard]:
            from indieartist.services import catalogue

            return [_card(line, studio.today) for line in catalogue.read_page(studio, ids)]

        self.desk.read("Reading the releases", work, self.model.set_cards, owner=self)

    def _sort_by(self, sort: str) -> None:
        """A heading pressed again turns the order round."""
        again = sort == self.question.sort
        self.ask(sort=sort, falling=again and not self.question.falling)

    def _refuse(self, error: BaseException) -> None:
        """Say why there is no library, where its releases would stand."""
        self._show_bar(False)
        self._closed.set_sentence(str(error))
        self._pages.setCurrentWidget(self._closed)

    def _try_again(self) -> None:
        self._pages.setCurrentWidget(self.grid)
        self.desk.open()

    # what the hand does

    def _choose(self, keys: list[int]) -> None:
        """Lay out the audio of what is chosen, so that it can be dragged out at once."""
        self._chosen = keys
        if keys == self._laid[0]:
            return
        self._laid = (keys, None)
        if not 0 < len(keys) <= _LAID_OUT_MAX:
            self._laid = (keys, [])
            return

        def work(studio: Studio, _report: Report) -> list[Path]:
            from indieartist.services import catalogue

            return catalogue.lay_out_audio(studio, keys)

        self._layer.read("Laying out the audio", work, lambda paths: self._lay(keys, paths))

    def _lay(self, keys: list[int], paths: list[Path]) -> None:
        self._laid = (keys, paths)

    def _audio_of(self, keys: list[int]) -> list[Path] | None:
        laid, paths = self._laid
        if laid == keys and paths is not None:
            if not paths:
                self.desk.say("There is no audio on what is chosen.", "info")
            return paths
        self.desk.say(_WAIT, "info")
        return None

    def _take(self, release_id: int | None, paths: list[Path]) -> None:
        self.studio_window.intake.take(paths, release_id)

    def _open_menu(self, keys: list[int], at: QPoint) -> None:
        menu = QMenu(self)
        if len(keys) == 1:
            menu.addAction("Open", lambda: self.studio_window.open_release(keys[0]))
        offer_for_releases(menu, self.desk, keys, self)
        menu.addSeparator()
        what = "this release" if len(keys) == 1 else f"{len(keys)} releases"
        menu.addAction(f"Remove {what}", lambda: self.remove(keys))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def remove(self, keys: list[int]) -> None:
        """Remove these releases as one act."""

        def work(studio: Studio, _report: object) -> None:
            from indieartist.services import catalogue

            catalogue.remove_releases(studio, keys)

        were = "was" if len(keys) == 1 else "were"
        self.desk.act("Remove", work, says=f"{figures.count(len(keys), 'release')} {were} removed")


def release_state(release_on: date | None, track_count: int, today: date) -> str:
    """Where a release stands, in few words: '3 tracks · out 14 Nov'."""
    tracks = figures.count(track_count, "track") if track_count else "Empty"
    if release_on is None:
        return f"{tracks} · no date yet"
    since = "out" if release_on > today else "out since"
    return f"{tracks} · {since} {figures.near_day(release_on, today)}"


def _card(line: ReleaseLine, today: date) -> ReleaseCard:
    return ReleaseCard(
        line.id,
        line.title,
        line.artist_line,
        release_state(line.release_on, line.track_count, today),
        line.artwork_hash,
        line.label,
        figures.day(line.release_on) if line.release_on else figures.NONE,
        line.track_count,
        _STATES[state_of(line.release_on, today)],
    )
