"""Spectra over one another, or what lies between them: frequency by octaves, level in decibels."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from indieartist.domain import figures
from indieartist.ui import theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.pressable import by_keyboard

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

LOWEST_HZ, HIGHEST_HZ = 25.0, 18_000.0
_TICKS = {50: "50", 100: "100", 200: "200", 500: "500", 1000: "1k", 2000: "2k", 5000: "5k"}
_TICKS |= {10_000: "10k"}
_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 4, 8, 20
_FINE, _COARSE = 1 / 12, 1.0  # octaves, at each press of an arrow
_TALLEST_DB, _FLATTEST_DB = 48.0, 3.0


@dataclass(frozen=True, slots=True, eq=False)
class ToneLine:
    """One spectrum: what it is of, in which colour, and its points; `hz` rises."""

    name: str
    tone: theme.ColourName
    hz: Floats
    level_db: Floats
    dashed: bool = False

    def at(self, hz: Floats | float) -> Floats:
        """Its level between the points; NaN where it has none."""
        import numpy as np

        level = np.where(np.isfinite(self.level_db), self.level_db, np.nan)
        nothing = {"left": np.nan, "right": np.nan}
        return np.asarray(np.interp(np.log(hz), np.log(self.hz), level, **nothing))


def write_hz(hz: float) -> str:
    """'63 Hz', '1.25 kHz', '12 kHz': three digits, as one reads a dial."""
    if round(hz) < 1000:
        return f"{hz:.0f} Hz"
    return f"{hz / 1000:.3g} kHz"


class ToneChart(QWidget):
    """Shows `ToneLine`s. `read` carries the words of what is under the pointer or the cursor."""

    read = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Spectrum")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._lines: Sequence[ToneLine] = ()
        self._shown: Sequence[ToneLine] = ()
        self._apart = False
        self._cursor_hz: float | None = None
        self._ringed = False
        self._reach_db = (-24.0, 12.0)
        self._said: tuple[object, ...] = ()
        self._drawn: dict[str, tuple[tuple[object, ...], list[QPolygonF]]] = {}

    def sizeHint(self) -> QSize:
        return QSize(420, 220)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 140)

    def show_lines(self, lines: Sequence[ToneLine], *, apart: bool) -> None:
        """Show spectra; `apart` shows the others by how far they lie from the first."""
        said = apart, *((line.name, line.tone, line.dashed, *_arrays(line)) for line in lines)
        if said == self._said:
            return
        self._said = said
        self._lines, self._apart = lines, apart
        self._shown = list(_differences(lines)) if apart else lines
        self._reach_db = _reach(self._shown, apart)
        self._drawn.clear()
        self._tell()
        self.update()

    # what is read

    def words_at(self, hz: float) -> str:
        """What every line says at a frequency."""
        said = [write_hz(hz)]
        for line in self._shown:
            level = float(line.at(hz))
            value = None if math.isnan(level) else level
            shown = figures.change(value) if self._apart else figures.level(value)
            said.append(f"{line.name} {shown} dB")
        return "  ·  ".join(said)

    def table(self) -> str:
        """All lines as comma-separated values: Hz, then one column for each."""
        if not self._shown:
            return ""
        heads = ",".join(["Hz", *(f'"{line.name} (dB)"' for line in self._shown)])
        rows = [heads]
        for hz in self._shown[0].hz:
            values = [float(line.at(float(hz))) for line in self._shown]
            cells = [
                "" if math.isnan(value) else f"{round(value, 2) + 0.0:.2f}" for value in values
            ]
            rows.append(",".join([f"{float(hz):.1f}", *cells]))
        return "\n".join(rows)

    def _tell(self) -> None:
        words = self.words_at(self._cursor_hz) if self._cursor_hz and self._shown else ""
        names = ", ".join(line.name for line in self._shown)
        whole = f"{names}; arrow keys read it" if names else "Nothing was measured yet"
        self.setAccessibleDescription(words or whole)
        self.read.emit(words)

    def _point_at(self, hz: float | None) -> None:
        self._cursor_hz = hz if hz is None else min(max(hz, LOWEST_HZ), HIGHEST_HZ)
        self._tell()
        self.update()

    # where things lie

    @property
    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)

    def _x_at(self, hz: float) -> float:
        share = math.log(hz / LOWEST_HZ) / math.log(HIGHEST_HZ / LOWEST_HZ)
        return self._room.left() + share * self._room.width()

    def _hz_at(self, x: float) -> float:
        share = (x - self._room.left()) / max(self._room.width(), 1)
        return float(LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** share)

    def _y_at(self, level_db: float) -> float:
        low, high = self._reach_db
        level = min(max(level_db, low), high)
        return self._room.top() + (high - level) / (high - low) * self._room.height()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            self._draw_axes(painter)
            for line in reversed(self._shown):
                self._draw_line(painter, line)
            if self._cursor_hz is not None and self._shown:
                self._draw_cursor(painter, self._cursor_hz)
            if self._ringed:
                painting.focus_ring(painter, QRectF(self.rect()), theme.RADIUS_SMALL)

    def _draw_axes(self, painter: QPainter) -> None:
        room, ink, grid = self._room, theme.colour("text3"), theme.colour("line")
        for hz, words in _TICKS.items():
            x = round(self._x_at(hz))
            painter.fillRect(QRectF(x, room.top(), 1, room.height()), grid)
            spot = QRectF(x - 20, room.bottom() + 5, 40, 14)
            painting.text(painter, spot, words, "ruler", ink, align=painting.CENTRE, figures=True)
        low, high = self._reach_db
        step = _step(high - low)
        for tick in range(math.ceil(low / step), math.floor(high / step) + 1):
            level = tick * step
            y = round(self._y_at(level))
            strong = self._apart and level == 0
            painter.fillRect(
                QRectF(room.left(), y, room.width(), 1), theme.colour("line2") if strong else grid
            )
            spot = QRectF(0, y - 7, _LEFT - 7, 14)
            words = figures.change(level, 0) if self._apart else figures.level(level, 0)
            painting.text(painter, spot, words, "ruler", ink, align=painting.RIGHT, figures=True)

    def _draw_line(self, painter: QPainter, line: ToneLine) -> None:
        ink = theme.colour(line.tone)
        pen = QPen(ink, 1.4 if line.dashed else 2.0, j=Qt.PenJoinStyle.RoundJoin)
        if line.dashed:
            pen.setDashPattern([4, 3])
        for run in self._runs(line):
            if self._apart and not line.dashed:
                self._draw_area(painter, run, line.tone)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(run)

    def _draw_area(self, painter: QPainter, run: QPolygonF, tone: theme.ColourName) -> None:
        zero = self._y_at(0.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(tone, 0.18))
        ends = [QPointF(run.last().x(), zero), QPointF(run.first().x(), zero)]
        painter.drawPolygon(QPolygonF([*run.toList(), *ends]))

    def _runs(self, line: ToneLine) -> list[QPolygonF]:
        """The stretches of a line that can be drawn; they stay until it is drawn elsewhere."""
        room = self._room
        key = (line, room.width(), room.height(), self._reach_db)
        if (drawn := self._drawn.get(line.name)) is None or drawn[0] != key:
            drawn = self._drawn[line.name] = key, list(_stretches(line, room, self._reach_db))
        return drawn[1]

    def _draw_cursor(self, painter: QPainter, hz: float) -> None:
        x = round(self._x_at(hz))
        painter.fillRect(
            QRectF(x, self._room.top(), 1, self._room.height()), theme.colour("text", 0.45)
        )
        for line in self._shown:
            level = float(line.at(hz))
            if math.isfinite(level):
                painting.dot(painter, QPointF(x, self._y_at(level)), 9, theme.colour("surface2"))
                painting.dot(painter, QPointF(x, self._y_at(level)), 6, theme.colour(line.tone))

    # the hand

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        inside = self._room.contains(event.position())
        self._point_at(self._hz_at(event.position().x()) if inside else None)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows read the next frequency, with Shift an octave on."""
        step = _COARSE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _FINE
        here = self._cursor_hz or 1000.0
        goals = {
            Qt.Key.Key_Left: here / 2**step,
            Qt.Key.Key_Right: here * 2**step,
            Qt.Key.Key_Home: LOWEST_HZ,
            Qt.Key.Key_End: HIGHEST_HZ,
        }
        key = Qt.Key(event.key())
        if key in goals and self._shown:
            self._point_at(goals[key] if self._cursor_hz else here)
        elif key == Qt.Key.Key_Escape and self._cursor_hz is not None:
            self._point_at(None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = by_keyboard(event)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        super().focusOutEvent(event)


def _differences(lines: Sequence[ToneLine]) -> Iterator[ToneLine]:
    """How far each other line lies from the first."""
    for line in lines[1:]:
        level = line.at(lines[0].hz) - lines[0].level_db
        yield ToneLine(line.name, line.tone, lines[0].hz, level, line.dashed)


def _arrays(line: ToneLine) -> tuple[int, int]:
    """Which arrays it holds; they live as long as the line that is shown."""
    return id(line.hz), id(line.level_db)


def _stretches(line: ToneLine, room: QRectF, reach_db: tuple[float, float]) -> Iterator[QPolygonF]:
    """Where a line runs in `room`, cut where it has no level or leaves the axis of frequency."""
    import numpy as np

    low, high = reach_db
    seen = (line.hz >= LOWEST_HZ) & (line.hz <= HIGHEST_HZ) & np.isfinite(line.level_db)
    share = np.log(line.hz[seen] / LOWEST_HZ) / math.log(HIGHEST_HZ / LOWEST_HZ)
    x = room.left() + share * room.width()
    level = np.clip(line.level_db[seen], low, high)
    y = room.top() + (high - level) / (high - low) * room.height()
    points = [QPointF(*at) for at in zip(x.tolist(), y.tolist(), strict=True)]
    ends = [*(np.flatnonzero(np.diff(np.flatnonzero(seen)) > 1) + 1).tolist(), len(points)]
    for start, end in zip([0, *ends], ends, strict=False):
        if end - start > 1:
            yield QPolygonF(points[start:end])


def _reach(lines: Sequence[ToneLine], apart: bool) -> tuple[float, float]:
    """The levels that the axis goes from and to: whole steps around all lines."""
    import numpy as np

    heard = [
        line.level_db[(line.hz >= LOWEST_HZ) & (line.hz <= HIGHEST_HZ) & np.isfinite(line.level_db)]
        for line in lines
    ]
    levels = np.concatenate(heard) if heard else np.zeros(0)
    if not levels.size:
        return (-_FLATTEST_DB, _FLATTEST_DB) if apart else (-24.0, 12.0)
    if apart:
        most = max(float(np.abs(levels).max()) * 1.1, _FLATTEST_DB)
        return -most, most
    high = math.ceil((float(levels.max()) + 1) / 6) * 6
    low = math.floor((float(levels.min()) - 1) / 6) * 6
    return max(low, high - _TALLEST_DB), high


def _step(span_db: float) -> float:
    """The distance of the axis' marks: five to nine of them."""
    return next(step for step in (1, 2, 3, 6, 12, 24) if span_db / step <= 9)
