"""A month of days: how much is due on each, which are release days, and the one that is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from indieartist.domain import figures
from indieartist.ui import theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.pressable import by_keyboard

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HEAD, _ROWS, _CELL_MIN, _CELL_MOST = 26, 6, 46, 128
_DOT, _DOTS = 6.0, 4
_NAMED_WIDE, _NAMED_HIGH = 88, 54  # a cell from this size on names what it holds
_LINE, _TOP, _TALL = 16, 23, 0.84
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


@dataclass(frozen=True, slots=True)
class DayMarks:
    """What a day holds: late, open and finished tasks, the titles that come out, and all by name.

    `names` are tasks with the colour of where each stands, those that press first.
    """

    late: int = 0
    open: int = 0
    done: int = 0
    out: tuple[str, ...] = ()
    names: tuple[tuple[theme.ColourName, str], ...] = ()

    def tell(self) -> str:
        """The day's contents in words."""
        parts = [f"“{title}” is out" for title in self.out]
        if self.late:
            parts.append(f"{figures.count(self.late, 'task')} late")
        if self.open:
            parts.append(f"{figures.count(self.open, 'task')} to do")
        if self.done:
            parts.append(f"{self.done} done")
        return ", ".join(parts) or "nothing due"

    def listed(self) -> str:
        """Everything by its name, a line each."""
        return "\n".join(
            [*(f"“{title}” is out" for title in self.out), *(n for _, n in self.names)]
        )


class MonthGrid(QWidget):
    """Six weeks around a month; `chosen` carries the day that is looked at.

    Arrows go by day and week, Page Up and Page Down by month, Home to today.
    """

    chosen = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = self.day = today
        self._marks: Mapping[date, DayMarks] = {}
        self._ringed = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(_HEAD + _ROWS * _CELL_MIN)
        self.setMouseTracking(True)
        self._name()

    def sizeHint(self) -> QSize:
        return QSize(560, self.heightForWidth(560))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Cells are not quite as tall as they are wide, within what reads well."""
        tall = min(max(round(width / 7 * _TALL), _CELL_MIN), _CELL_MOST)
        return _HEAD + _ROWS * tall

    @property
    def month(self) -> date:
        """The first day of the month on show."""
        return self.day.replace(day=1)

    def show_marks(self, marks: Mapping[date, DayMarks], today: date) -> None:
        """Show what the days hold."""
        self._marks, self.today = marks, today
        self._name()
        self.update()

    def choose(self, day: date) -> None:
        """Look at a day, and at its month."""
        if day == self.day:
            return
        self.day = day
        self._name()
        self.update()
        self.chosen.emit(day)

    def turn(self, months: int) -> None:
        """Go months on or back, to the same day or the last there is."""
        count = self.day.year * 12 + self.day.month - 1 + months
        first = date(count // 12, count % 12 + 1, 1)
        last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        self.choose(first.replace(day=min(self.day.day, last.day)))

    def _name(self) -> None:
        marks = self._marks.get(self.day, DayMarks())
        self.setAccessibleName(f"{self.day:%A} {figures.day(self.day)}: {marks.tell()}")
        event = QAccessibleEvent(self, QAccessible.Event.NameChanged)
        QAccessible.updateAccessibility(event)

    # where the days lie

    @property
    def _first(self) -> date:
        return self.month - timedelta(days=self.month.weekday())

    def _cell(self, index: int) -> QRectF:
        width = self.width() / 7
        height = (min(self.height(), self.heightForWidth(self.width())) - _HEAD) / _ROWS
        row, column = divmod(index, 7)
        return QRectF(column * width, _HEAD + row * height, width, height).adjusted(2, 2, -2, -2)

    def _day_at(self, spot: QPointF) -> date | None:
        for index in range(_ROWS * 7):
            if self._cell(index).contains(spot):
                return self._first + timedelta(days=index)
        return None

    # what the hand does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.choose(self.day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(-1 if key is Qt.Key.Key_PageUp else 1)
        elif key is Qt.Key.Key_Home:
            self.choose(self.today)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if day := self._day_at(event.position()):
            self.choose(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position())
        marks = self._marks.get(day) if day else None
        self.setToolTip(f"{figures.day(day)}\n{marks.listed()}" if day and marks else "")

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = by_keyboard(event)
        super().focusInEvent(event)
        self.update()

    # how it looks

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            for column, name in enumerate(_WEEKDAYS):
                head = QRectF(self._cell(column).x() + 9, 0, 60, _HEAD - 4)
                painting.text(painter, head, name, "label", theme.colour("text3"))
            for index in range(_ROWS * 7):
                self._draw_day(painter, self._cell(index), self._first + timedelta(days=index))

    def _draw_day(self, painter: QPainter, cell: QRectF, day: date) -> None:
        marks, inside = self._marks.get(day, DayMarks()), day.month == self.day.month
        if marks.out:
            painting.box(painter, cell, theme.RADIUS, theme.colour("accent", theme.CHIP_ALPHA))
        elif day == self.day:
            painting.box(painter, cell, theme.RADIUS, theme.lifted())
        if day == self.day:
            edge = theme.colour("line2")
            painting.box(painter, cell, theme.RADIUS, None, edge)
            if self._ringed and self.hasFocus():
                painting.focus_ring(painter, cell, theme.RADIUS)
        self._draw_number(painter, cell, day, inside=inside)
        alpha = 1.0 if inside else 0.45
        named = cell.width() >= _NAMED_WIDE and cell.height() >= _NAMED_HIGH
        if marks.out:
            left = 32 if named else 30
            spot = QRectF(cell.x() + left, cell.y() + 3, cell.width() - left - 6, 18)
            ink = theme.colour("accent", alpha)
            painting.text(painter, spot, ", ".join(marks.out), "chip", ink)
        if named:
            self._draw_names(painter, cell, marks, alpha)
        else:
            self._draw_dots(painter, cell, marks, alpha)

    def _draw_names(self, painter: QPainter, cell: QRectF, marks: DayMarks, alpha: float) -> None:
        """A line for each task that there is room for; the last one counts the others."""
        room = int((cell.height() - _TOP - 3) // _LINE)
        shown = marks.names if len(marks.names) <= room else marks.names[: room - 1]
        top = cell.y() + _TOP
        for tone, name in shown:
            spot = QPointF(cell.x() + 11, top + _LINE / 2)
            painting.dot(painter, spot, _DOT, theme.colour(tone, alpha))
            words = QRectF(cell.x() + 19, top, cell.width() - 24, _LINE)
            ink = theme.colour("text3" if tone == "ok" else "text2", alpha)
            painting.text(painter, words, name, "label", ink)
            top += _LINE
        if left := len(marks.names) - len(shown):
            words = QRectF(cell.x() + 8, top, cell.width() - 13, _LINE)
            more = f"{left} more" if shown else figures.count(left, "task")
            painting.text(painter, words, more, "label", theme.colour("text3", alpha), figures=True)

    def _draw_number(self, painter: QPainter, cell: QRectF, day: date, *, inside: bool) -> None:
        spot = QRectF(cell.x() + 6, cell.y() + 3, 24, 18)
        ink = theme.colour("text" if inside else "text3")
        if day == self.today:
            painting.box(painter, spot, 9, theme.colour("accent"))
            ink = theme.colour("on_accent")
        words = str(day.day)
        role: theme.Role = "small_strong" if day == self.today else "small"
        painting.text(painter, spot, words, role, ink, align=painting.CENTRE, figures=True)

    def _draw_dots(self, painter: QPainter, cell: QRectF, marks: DayMarks, alpha: float) -> None:
        late: theme.ColourName = "err"
        waiting: theme.ColourName = "text2"
        done: theme.ColourName = "ok"
        tones = [late] * marks.late + [waiting] * marks.open + [done] * marks.done
        x, y = cell.x() + 12, cell.bottom() - 10
        for tone in tones[:_DOTS]:
            painting.dot(painter, QPointF(x, y), _DOT, theme.colour(tone, alpha))
            x += _DOT + 4
        if len(tones) > _DOTS:
            spot = QRectF(x - 2, y - 9, 34, 18)
            ink = theme.colour("text2", alpha)
            painting.text(painter, spot, f"+{len(tones) - _DOTS}", "chip", ink, figures=True)
