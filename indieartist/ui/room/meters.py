"""What is heard at the playhead: loudness, stereo image, and what compressor and limiter take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from indieartist.domain import figures
from indieartist.ui import theme
from indieartist.ui.room.series import value_at
from indieartist.ui.widgets import painting

if TYPE_CHECKING:
    from indieartist.services.mastering_views import Reductions, Traces

_ROW, _HEAD, _NAME, _FIGURE = 24, 22, 80, 76
_ROWS = 8  # four that are heard, four that are taken off
_MOST_DB, _WIDEST_DB = 9.0, 12.0
_NARROW = 0.0  # a correlation below is lost in mono
_FRAME_MS = 40.0  # the eye reads no figure faster
_MEASURED, _TAKEN = "At the playhead", "Gain reduction"


@dataclass(frozen=True, slots=True)
class Reading:
    """One row: its name, its words, and its bar from `start` to `end`, shares 0..1 of the width."""

    name: str
    words: str
    start: float = 0.0
    end: float = 0.0
    tone: theme.ColourName = "text2"
    middle: bool = False  # the bar grows from a mark in the middle
    most: float | None = None  # a mark of the most in the whole song


class RoomMeters(QWidget):
    """Moves with `set_moment`; all figures come from stored series, none from the sound."""

    ground: theme.ColourName = "surface2"

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Meters")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._traces: Traces | None = None
        self._made: Reductions | None = None
        self._deepest: tuple[float, ...] = ()
        self._names = "", ""
        self._at_ms = 0.0
        self.readings: tuple[tuple[str, tuple[Reading, ...]], ...] = ()
        self._read()

    def sizeHint(self) -> QSize:
        return QSize(264, 2 * _HEAD + _ROWS * _ROW + theme.M)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_series(
        self, traces: Traces | None, made: Reductions | None, *, name: str = "", of_made: str = ""
    ) -> None:
        """Read from another version by its name; what was taken off may be of yet another."""
        self._traces, self._made = traces, made
        self._names = name, of_made or name
        self._deepest = _deepest(made) if made else ()
        self._read()

    def set_moment(self, at_ms: float) -> None:
        """Read another moment; a little later is soon enough."""
        if abs(at_ms - self._at_ms) >= _FRAME_MS:
            self._at_ms = at_ms
            self._read()

    def _read(self) -> None:
        heads = [
            f"{head}: {name}" if name else head
            for head, name in zip((_MEASURED, _TAKEN), self._names, strict=True)
        ]
        readings = ((heads[0], tuple(self._heard())), (heads[1], tuple(self._taken())))
        if readings != self.readings:
            self.readings = readings
            said = [f"{r.name} {r.words}" for _, rows in readings for r in rows]
            self.setAccessibleDescription(", ".join(said))
            self.update()

    def _heard(self) -> list[Reading]:
        traces = self._traces

        def at(name: str) -> float | None:
            if traces is None:
                return None
            return value_at(getattr(traces, name), traces.step_ms, self._at_ms)

        correlation, balance = at("correlation"), at("balance_db")
        return [
            _loud("Momentary", at("momentary_lufs")),
            _loud("Short-term", at("short_term_lufs")),
            _correlated(correlation),
            _balanced(balance),
        ]

    def _taken(self) -> list[Reading]:
        made = self._made
        if made is None:
            return []
        named = [*zip(made.band_names, made.bands_db, strict=False), ("Limiter", made.limiter_db)]
        rows = []
        for (name, values), most in zip(named, self._deepest, strict=True):
            taken = value_at(values, made.step_ms, self._at_ms) or 0.0
            share, furthest = (min(-value / _MOST_DB, 1.0) for value in (taken, most))
            tone: theme.ColourName = "accent" if name == "Limiter" else "text2"
            words = f"{figures.level(taken)} dB"
            rows.append(Reading(name.capitalize(), words, 0.0, share, tone, most=furthest))
        return rows

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        top, row = 0.0, min((self.height() - 2 * _HEAD - theme.M) / _ROWS, 1.7 * _ROW)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour(self.ground))
            painting.smooth(painter)
            for head, rows in self.readings:
                room = QRectF(0, top, self.width(), _HEAD - 4)
                painting.text(painter, room, head, "small", theme.colour("text3"))
                top += _HEAD
                for reading in rows:
                    self._draw_row(painter, reading, QRectF(0, top, self.width(), row))
                    top += row
                if not rows:
                    words = "None: this is a bounce, or its master was made before it was kept"
                    self._draw_none(painter, words, top)
                top += theme.M

    def _draw_none(self, painter: QPainter, words: str, top: float) -> None:
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text2"))
        room = QRectF(0, top, self.width(), 3 * _ROW)
        painter.drawText(room, int(Qt.TextFlag.TextWordWrap), words)

    def _draw_row(self, painter: QPainter, reading: Reading, row: QRectF) -> None:
        name = QRectF(0, row.top(), _NAME, row.height())
        painting.text(painter, name, reading.name, "small", theme.colour("text2"))
        figure = QRectF(row.right() - _FIGURE, row.top(), _FIGURE, row.height())
        ink = theme.colour("warn" if reading.tone == "warn" else "text")
        painting.text(
            painter, figure, reading.words, "small", ink, align=painting.RIGHT, figures=True
        )
        bar = QRectF(_NAME, row.center().y() - 3, row.width() - _NAME - _FIGURE - theme.S, 6)
        painting.box(painter, bar, 3, theme.colour("surface3"))
        left = bar.left() + min(reading.start, reading.end) * bar.width()
        width = abs(reading.end - reading.start) * bar.width()
        if width >= 0.5:
            part = QRectF(left, bar.top(), max(width, 3), bar.height())
            painting.box(painter, part, 3, theme.colour(reading.tone))
        if reading.middle:
            mark = QRectF(round(bar.center().x()), bar.top() - 2, 1, bar.height() + 4)
            painter.fillRect(mark, theme.colour("text3"))
        if reading.most:
            x = bar.left() + reading.most * bar.width()
            painter.fillRect(QRectF(x - 1, bar.top(), 1.5, bar.height()), theme.colour("text3"))


def _deepest(made: Reductions) -> tuple[float, ...]:
    series = [*made.bands_db, made.limiter_db]
    return tuple(float(values.min()) if len(values) else 0.0 for values in series)


def _loud(name: str, lufs: float | None) -> Reading:
    share = 0.0 if lufs is None else min(max((lufs + 42.0) / 42.0, 0.0), 1.0)
    return Reading(name, f"{figures.level(lufs)} LUFS", 0.0, share, "text")


def _correlated(value: float | None) -> Reading:
    if value is None:
        return Reading("Correlation", figures.NONE, middle=True)
    tone: theme.ColourName = "warn" if value < _NARROW else "text2"
    words = figures.change(value, 2)
    return Reading("Correlation", words, 0.5, 0.5 + value / 2, tone, middle=True)


def _balanced(balance_db: float | None) -> Reading:
    """Left over right: positive leans to the left, so the bar does."""
    if balance_db is None:
        return Reading("Balance", figures.NONE, middle=True)
    lean = min(max(balance_db / _WIDEST_DB, -1.0), 1.0)
    side = "" if round(abs(balance_db), 1) == 0 else " L" if balance_db > 0 else " R"
    words = f"{figures.level(abs(balance_db))} dB{side}"
    return Reading("Balance", words, 0.5, 0.5 - lean / 2, "text2", middle=True)
