"""The calendar: the month with its tasks and what a day holds, and the board of all releases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from indieartist.domain import figures
from indieartist.domain.agenda import Entry, list_entries, list_today
from indieartist.domain.territories import list_live
from indieartist.ui import theme
from indieartist.ui.agenda_views import entry_line, live_lines, mark_days, tell_due
from indieartist.ui.cards.board import Board
from indieartist.ui.loader import Loader
from indieartist.ui.screens.screen import Screen
from indieartist.ui.widgets.button import Button, IconButton
from indieartist.ui.widgets.card import Card, column, row
from indieartist.ui.widgets.empty import EmptyState
from indieartist.ui.widgets.line_list import LineList
from indieartist.ui.widgets.month_grid import MonthGrid
from indieartist.ui.widgets.pages import Pages
from indieartist.ui.widgets.segmented import Segment, SegmentedSwitch
from indieartist.ui.widgets.split import Split
from indieartist.ui.widgets.text import Text

if TYPE_CHECKING:
    from indieartist.domain.agenda import InProgress
    from indieartist.domain.progress import Report
    from indieartist.domain.release import Release
    from indieartist.domain.territories import Territory
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk
    from indieartist.ui.window import StudioWindow

FILE_NAME = "Releases.ics"
_VIEWS = (Segment("calendar", "Calendar"), Segment("board", "Board"))
_ASIDE_PX, _SIDE_BY_SIDE_PX = 350, 900
_TEACHES = "Give a release its day, and everything that is to be done before it stands here."


Read = tuple[tuple["InProgress", ...], tuple["Territory", ...]]


class CalendarScreen(Screen):
    """`ask_path` asks where the calendar file goes; tests put their own in its place."""

    def __init__(self, desk: Desk, studio_window: StudioWindow) -> None:
        super().__init__(desk, studio_window)
        self.path.show_path("Calendar")
        self.ask_path: Callable[[], Path | None] = self._ask_path
        self._reader = Loader(desk, self, "library")
        self._going: tuple[InProgress, ...] = ()
        self._places: tuple[Territory, ...] = ()
        self._wanted: tuple[int, str] | None = None  # where one was sent before it was read
        self.headline, self.subline = Text("", "title"), Text("", "body", "text2")
        self.save = Button("Save as calendar file…", "calendar")
        self.save.setToolTip("For your own calendar program; saved again, its events move")
        self.month = MonthGrid(studio_window.today())
        self.month_name = Text("", "section")
        self.before = IconButton("chevron-left", "Month before", "PgUp")
        self.after = IconButton("chevron-right", "Month after", "PgDown")
        self.now = Button("Today", kind="quiet")
        self.day_name = Text("", "section")
        self.tasks = LineList("Tasks of the day")
        self.live = LineList("Out in each territory", theme.ROW_DENSE)
        self.board = Board(studio_window)
        self.views = SegmentedSwitch(_VIEWS, "View")
        self._empty = EmptyState("calendar", "Nothing on its way yet", _TEACHES)
        self._busy = EmptyState("clock", "Reading the checklists", "Each release is looked at.")
        self._broken = EmptyState(
            "alert-triangle", "The checklists could not be read", "", "Try again", "refresh"
        )
        self._views = Pages()
        self._full = self._lay_out()
        self._pages = Pages()
        for page in (self._busy, self._empty, self._broken, self._full):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages, 1)
        self._connect()

    def _lay_out(self) -> QWidget:
        head = QHBoxLayout()
        head.addLayout(column(self.headline, self.subline, gap=theme.XS), 1)
        head.setSpacing(theme.M)
        head.addWidget(self.views)
        head.addWidget(self.save)
        month = Card("Month")
        turn = row(self.month_name, gap=theme.S)
        for button in (self.now, self.before, self.after):
            turn.addWidget(button)
        month.column.addLayout(turn)
        month.column.addWidget(self.month)
        self._live_card = self._list("Out", Text("Out in each territory", "section"), self.live)
        days = QWidget()
        day = self._list("Day", self.day_name, self.tasks)
        days.setLayout(column(day, self._live_card, gap=theme.L))
        left = QWidget()
        held = column(month)
        held.addStretch(1)
        left.setLayout(held)
        self._views.addWidget(Split(left, days, _ASIDE_PX, _SIDE_BY_SIDE_PX))
        self._views.addWidget(self.board)
        whole = column(gap=theme.L)
        whole.addLayout(head)
        whole.addWidget(self._views, 1)
        page = QWidget()
        page.setLayout(whole)
        return page

    @staticmethod
    def _list(name: str, title: Text, lines: LineList) -> Card:
        card = Card(name)
        card.column.setContentsMargins(theme.S, theme.CARD_Y, theme.S, theme.S)
        title.setContentsMargins(theme.M, 0, 0, 0)
        card.column.addWidget(title)
        card.column.addWidget(lines)
        return card

    def _connect(self) -> None:
        self.before.clicked.connect(lambda: self.month.turn(-1))
        self.after.clicked.connect(lambda: self.month.turn(1))
        self.now.clicked.connect(lambda: self.month.choose(self.month.today))
        self.month.chosen.connect(lambda _: self._show_day())
        self.save.clicked.connect(self.save_file)
        self.views.chosen.connect(self._show_view)
        self._broken.pressed.connect(lambda: self.show_release(None))
        self.tasks.opened.connect(lambda key: self.show_board(key[0], key[1]))
        self.board.opened.connect(self.studio_window.open_release)

    # what is shown

    def show_release(self, release: Release | None) -> None:
        def work(studio: Studio, report: Report) -> Read:
            from indieartist.services import agenda

            return agenda.read_agenda(studio, report), agenda.read_places(studio)

        self._reader.read("Reading the checklists", work, self._show, failed=self._fail)

    def show_board(self, release_id: int | None = None, task: str = "") -> None:
        """Turn to the board, at a release and one of its tasks."""
        self.views.choose("board")
        self._wanted = None if release_id is None else (release_id, task)
        self._show_wanted()

    def _show_wanted(self) -> None:
        """Go where one was sent, once it is read; what is out for long has no plan any more."""
        if self._wanted is None or not self._going:
            return
        (number, task), self._wanted = self._wanted, None
        if any(each.release_id == number for each in self._going):
            self.board.show_task(number, task)
        else:
            self.desk.say("This release was out long ago, and has no plan any more.", "info")

    def _show_view(self, key: str) -> None:
        """Turn to a view, and to what the keys are for there, unless they are at the switch."""
        stays = self.views.hasFocus()
        self._views.setCurrentIndex(int(key == "board"))
        target = self.board.table if key == "board" else self.month
        (self.views if stays else target).setFocus()

    def _fail(self, error: BaseException) -> None:
        """What was there stays; where nothing was, say why nothing is."""
        if self._pages.currentWidget() is self._full:
            self.desk.bridge.present(error)
            return
        self._broken.set_sentence(str(error))
        self._pages.setCurrentWidget(self._broken)

    def _show(self, read: Read) -> None:
        self._going, self._places = read
        going, today = self._going, self.studio_window.today()
        self._pages.setCurrentWidget(self._full if going else self._empty)
        pressing = list_today(going, today + timedelta(days=7))
        self.headline.setText(tell_due(pressing))
        self.subline.setText(f"{figures.count(len(going), 'release')} on the way")
        self.month.show_marks(mark_days(list_entries(going)), today)
        self.board.show_going(going, self._places, today)
        self._show_wanted()
        self._show_day()

    def _show_day(self) -> None:
        day = self.month.day
        self.month_name.setText(f"{day:%B} {day.year}")
        entries = list_entries(self._going, day, day)
        if day == self.month.today:
            entries = self._with_late(entries)
        name = "Today" if day == self.month.today else f"{day:%A} {figures.day(day)}"
        self.day_name.setText(name if entries else f"{name}: nothing is due")
        self.tasks.show_lines([entry_line(entry, self.month.today) for entry in entries])
        out = any(entry.task is None for entry in entries)
        self.live.show_lines(live_lines(list_live(day, self._places)) if out else [])
        self._live_card.setVisible(out)

    def _with_late(self, entries: list[Entry]) -> list[Entry]:
        """Today's own, after all that is late or due by now."""
        waiting = [e for e in list_today(self._going, self.month.today) if e not in entries]
        return waiting + entries

    # what is done

    def save_file(self) -> None:
        """Write the agenda where the person says; it can be deleted like any file."""
        path = self.ask_path()
        if path is None:
            return

        def work(studio: Studio, report: Report) -> int:
            from indieartist.services import agenda

            return agenda.export_calendar(studio, path, force=True, report=report)

        def done(count: int) -> None:
            self.desk.say(f"{figures.count(count, 'event')} in {path.name}")

        self._reader.read("Writing the calendar file", work, done)

    def _ask_path(self) -> Path | None:
        name, _ = QFileDialog.getSaveFileName(
            self, "Save as calendar file", FILE_NAME, "Calendar (*.ics)"
        )
        return Path(name) if name else None
