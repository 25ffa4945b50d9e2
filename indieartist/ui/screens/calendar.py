"""The calendar: every release on its way, the month with its tasks, and what a day holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from indieartist.domain.agenda import Entry, list_entries, list_today
from indieartist.ui import figures, theme
from indieartist.ui.agenda_views import entry_line, mark_days, release_line, tell_due
from indieartist.ui.loader import Loader
from indieartist.ui.screens.screen import Screen
from indieartist.ui.widgets.button import Button, IconButton
from indieartist.ui.widgets.card import Card, column, row
from indieartist.ui.widgets.empty import EmptyState
from indieartist.ui.widgets.line_list import LineList
from indieartist.ui.widgets.month_grid import MonthGrid
from indieartist.ui.widgets.pages import Pages
from indieartist.ui.widgets.split import Split
from indieartist.ui.widgets.text import Text

if TYPE_CHECKING:
    from indieartist.domain.agenda import InProgress
    from indieartist.domain.progress import Report
    from indieartist.domain.release import Release
    from indieartist.services.studio import Studio
    from indieartist.ui.desk import Desk
    from indieartist.ui.window import StudioWindow

FILE_NAME = "Releases.ics"
_ASIDE_PX, _SIDE_BY_SIDE_PX = 440, 900
_TEACHES = "Give a release its day, and everything that is to be done before it stands here."


class CalendarScreen(Screen):
    """`ask_path` asks where the calendar file goes; tests put their own in its place."""

    def __init__(self, desk: Desk, studio_window: StudioWindow) -> None:
        super().__init__(desk, studio_window)
        self.path.show_path("Calendar")
        self.ask_path: Callable[[], Path | None] = self._ask_path
        self._reader = Loader(desk, self, "library")
        self._going: tuple[InProgress, ...] = ()
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
        self.board = LineList("Releases on their way")
        self._pages = Pages()
        self._pages.addWidget(EmptyState("calendar", "Nothing on its way yet", _TEACHES))
        self._pages.addWidget(self._lay_out())
        self.body.addWidget(self._pages, 1)
        self._connect()

    def _lay_out(self) -> QWidget:
        head = QHBoxLayout()
        head.addLayout(column(self.headline, self.subline, gap=theme.XS), 1)
        head.addWidget(self.save)
        month = Card("Month")
        turn = row(self.month_name, gap=theme.S)
        for button in (self.now, self.before, self.after):
            turn.addWidget(button)
        month.column.addLayout(turn)
        month.column.addWidget(self.month)
        left = QWidget()
        left.setLayout(column(month, self._list("Day", self.day_name, self.tasks), gap=theme.L))
        going = self._list("Releases on their way", Text("On their way", "section"), self.board)
        whole = column(gap=theme.L)
        whole.addLayout(head)
        whole.addWidget(Split(left, going, _ASIDE_PX, _SIDE_BY_SIDE_PX))
        whole.addStretch(1)
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
        for lines in (self.tasks, self.board):
            lines.opened.connect(lambda key: self.studio_window.open_release(key[0]))

    # what is shown

    def show_release(self, release: Release | None) -> None:
        def work(studio: Studio, report: Report) -> tuple[InProgress, ...]:
            from indieartist.services import agenda

            return agenda.read_agenda(studio, report)

        self._reader.read("Reading the checklists", work, self._show)

    def _show(self, going: tuple[InProgress, ...]) -> None:
        self._going, today = going, self.studio_window.today()
        self._pages.setCurrentIndex(1 if going else 0)
        pressing = list_today(going, today + timedelta(days=7))
        self.headline.setText(tell_due(pressing))
        self.subline.setText(f"{figures.count(len(going), 'release')} on the way")
        self.month.show_marks(mark_days(list_entries(going)), today)
        self.board.show_lines([release_line(each, today) for each in going])
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
