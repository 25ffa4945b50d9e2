"""The board: every release on its way, sorted and thinned, beside the chosen one's checklist."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from indieartist.domain import figures
from indieartist.domain.agenda import BoardOrder, narrow_going, sort_going
from indieartist.domain.territories import list_live
from indieartist.ui import theme
from indieartist.ui.agenda_views import board_card
from indieartist.ui.cards.checklist import ChecklistCard
from indieartist.ui.models.board import BoardModel
from indieartist.ui.widgets.card import column, row
from indieartist.ui.widgets.empty import EmptyState
from indieartist.ui.widgets.pages import Pages
from indieartist.ui.widgets.record_table import RecordTable
from indieartist.ui.widgets.search import FilterField
from indieartist.ui.widgets.split import Split
from indieartist.ui.widgets.text import Text

if TYPE_CHECKING:
    from datetime import date

    from indieartist.domain.agenda import InProgress
    from indieartist.domain.territories import Territory
    from indieartist.ui.window import StudioWindow

_ASIDE_PX, _SIDE_BY_SIDE_PX, _FILTER_PX = 420, 760, 260
_HIDDEN_FIRST = ("label", "late", "next_task", "next_day", "day")
_LEAST_ROWS = 5


class Board(QWidget):
    """`opened` carries the release that was opened."""

    opened = Signal(int)

    def __init__(self, studio_window: StudioWindow) -> None:
        super().__init__()
        self._going: tuple[InProgress, ...] = ()
        self._places: tuple[Territory, ...] = ()
        self._today: date | None = None
        self.order, self.falling = BoardOrder.DAY, False
        self.filter = FilterField("Filter by title, artist, label")
        self.count = Text("", "small", "text3", figures=True)
        self.model = BoardModel(studio_window.covers.find, self)
        self.table = RecordTable("Releases on their way", self.model, _HIDDEN_FIRST, takes=False)
        self.card = ChecklistCard(studio_window)
        self._nothing = EmptyState("filter", "Nothing is called that", "Filter by fewer letters.")
        self.table.setMinimumHeight(theme.HEADER + _LEAST_ROWS * theme.ROW)
        self._lists = Pages()
        self._lists.addWidget(self.table)
        self._lists.addWidget(self._nothing)
        self.filter.setFixedWidth(_FILTER_PX)
        left = QWidget()
        whole = column(gap=theme.M)
        whole.addLayout(row(self.filter, self.count, gap=theme.M))
        whole.addWidget(self._lists, 1)
        left.setLayout(whole)
        outer = column()
        outer.addWidget(Split(left, self.card, _ASIDE_PX, _SIDE_BY_SIDE_PX))
        self.setLayout(outer)
        self.filter.filtered.connect(lambda _: self._list())
        self.table.sorted.connect(self._sort_by)
        self.table.hand.opened.connect(self.opened)
        self.table.hand.chosen.connect(lambda _: self._show_chosen())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside the table the checklist is as long as the page; under it, it keeps to a few."""
        super().resizeEvent(event)
        beside = self.width() >= _SIDE_BY_SIDE_PX
        self.card.set_room(self.height() if beside else 0)

    def show_going(
        self, going: tuple[InProgress, ...], places: tuple[Territory, ...], today: date
    ) -> None:
        """Show the releases on their way; the one that was chosen stays chosen."""
        self._going, self._places, self._today = going, places, today
        self.model.set_cards([board_card(each, today) for each in going])
        self._list()

    def choose(self, release_id: int | None) -> None:
        """Choose a release, and show its checklist; the first one where it is not here."""
        key = release_id if release_id in self.model.ids else next(iter(self.model.ids), None)
        self.table.choose(key)
        self._show_chosen()

    def show_task(self, release_id: int, task: str) -> None:
        """Choose a release whatever the filter leaves, and one of its tasks, done or not."""
        if release_id not in self.model.ids:
            self.filter.set_words("")
            self._list()
        self.choose(release_id)
        self.card.choose(task)

    @property
    def chosen(self) -> int | None:
        """The number of the chosen release."""
        return next(iter(self.table.hand.keys), None)

    def _sort_by(self, key: str) -> None:
        """A heading pressed again turns the order round."""
        order = BoardOrder(key)
        self.falling = order is self.order and not self.falling
        self.order = order
        self._list()

    def _list(self) -> None:
        kept = self.chosen
        found = narrow_going(self._going, self.filter.line.text())
        shown = sort_going(found, self.order, falling=self.falling)
        self.table.show_sort(self.order.value, self.falling)
        self.model.set_ids([each.release_id for each in shown])
        self.count.setText(_tell_count(shown, len(self._going)))
        self._lists.setCurrentWidget(self.table if shown else self._nothing)
        self.choose(kept)

    def _show_chosen(self) -> None:
        if self._today is None:
            return
        chosen = next((e for e in self._going if e.release_id == self.chosen), None)
        day = chosen.release_on if chosen else None
        live = list_live(day, self._places) if day else ()
        self.card.show_progress(chosen, live, self._today)


def _tell_count(shown: Sequence[InProgress], total: int) -> str:
    late = sum(bool(each.overdue) for each in shown)
    some = f"{len(shown)} of " if len(shown) != total else ""
    behind = f" · {late} late" if late else ""
    return f"{some}{figures.count(total, 'release')}{behind}"
