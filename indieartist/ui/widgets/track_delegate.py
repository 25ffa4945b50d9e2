"""How a track's cells are painted: chips for levels, icon and words for status, bars that move."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from indieartist.domain import figures
from indieartist.ui import icons, theme
from indieartist.ui.models.tracks import COLUMNS, ROW_ROLE, Key, Playing, State, TrackRow, shown
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.mini_waveform import draw_mini

_CHIP_WIDTH, _CHIP_HEIGHT = 88, 24
_LEFT = 8.0
OPEN_PX = 28  # the sign at the end of a row that leads to the track's page
_STATUS: dict[State, tuple[str, theme.ColourName]] = {
    "ok": ("check-circle", "ok"),
    "warn": ("alert-circle", "warn"),
    "err": ("alert-triangle", "err"),
    "info": ("clock", "text2"),
}


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell about to be painted."""

    painter: QPainter
    rect: QRectF
    row: TrackRow
    selected: bool
    playing: bool


class TrackDelegate(QStyledItemDelegate):
    """Paints cells from the row object; `hovered` is the row under the pointer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hovered = -1
        self.playing = Playing()
        self.beat = 0.0
        self._painters = {
            "number": self._number,
            "title": _title,
            "waveform": self._waveform,
            "length": _length,
            "loudness": _loudness,
            "peak": _peak,
            "service": _service,
            "isrc": _isrc,
            "status": _status,
        }

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(COLUMNS[index.column()].width, theme.ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: TrackRow = index.data(ROW_ROLE)
        rect = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        column: Key = COLUMNS[index.column()].key
        painter.save()
        painting.smooth(painter)
        self._ground(painter, rect, index.row(), selected)
        if selected and column == "number":
            bar = QRectF(rect.x(), rect.center().y() - 15, 3, 30)
            painting.box(painter, bar, 1.5, theme.colour("accent"))
        cell = _Cell(painter, rect, row, selected, row.key == self.playing.key)
        if index.row() == self.hovered and column == "number":
            _play_sign(cell)
        else:
            self._painters[column](cell)
        if column == "status" and (selected or index.row() == self.hovered):
            sign = QRectF(rect.right() - OPEN_PX + 4, rect.y(), 18, rect.height())
            icons.paint(painter, "chevron-right", sign, theme.colour("text2"))
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRectF, place: int, selected: bool) -> None:
        if selected:
            painter.fillRect(rect, theme.selected())
        elif place == self.hovered:
            painter.fillRect(rect, theme.colour("surface2", 0.7))
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))

    def _number(self, cell: _Cell) -> None:
        if cell.playing:
            self._bars(cell)
            return
        room = cell.rect.adjusted(0, 0, -_LEFT, 0)
        ink = theme.colour("text3")
        words = str(cell.row.number)
        painting.text(cell.painter, room, words, "body", ink, align=painting.RIGHT, figures=True)

    def _bars(self, cell: _Cell) -> None:
        """Four bars that dance while the track moves, and stand while it is paused."""
        foot, left = cell.rect.center().y() + 7, cell.rect.right() - 24
        for place, rest in enumerate((6.0, 13.0, 5.0, 10.0)):
            swing = math.sin(self.beat * (1.7 + 0.45 * place) + place) if self.playing.moving else 0
            height = max(rest + 3.5 * swing, 2.5)
            bar = QRectF(left + place * 4.2, foot - height, 3, height)
            painting.box(cell.painter, bar, 1, theme.colour("accent"))

    def _waveform(self, cell: _Cell) -> None:
        room = cell.rect.adjusted(_LEFT, 11, -6, -11)
        played = self.playing.fraction if cell.playing else None
        draw_mini(cell.painter, room, cell.row.levels, played)


def _title(cell: _Cell) -> None:
    room = cell.rect.adjusted(_LEFT, 0, -_LEFT, 0)
    ink = theme.colour("accent" if cell.playing else "text")
    width = painting.text(cell.painter, room, cell.row.title, "strong", ink)
    room.setLeft(room.left() + width + 8)
    if room.width() > 24:
        painting.text(cell.painter, room, cell.row.detail, "small", theme.colour("text3"))


def _length(cell: _Cell) -> None:
    room, words = cell.rect.adjusted(0, 0, -22, 0), shown(cell.row, "length")
    ink = theme.colour("text2")
    painting.text(cell.painter, room, words, "body", ink, align=painting.RIGHT, figures=True)


def _loudness(cell: _Cell) -> None:
    _chip(cell, figures.level(cell.row.loudness_lufs), "LUFS", over=False)


def _peak(cell: _Cell) -> None:
    _chip(cell, figures.level(cell.row.peak_dbtp), "dBTP", over=cell.row.peak_over)


def _chip(cell: _Cell, number: str, unit: str, *, over: bool) -> None:
    """A level in its chip: number and unit end in one line down the column."""
    if number == figures.NONE:
        _quiet(cell, number)
        return
    top = cell.rect.center().y() - _CHIP_HEIGHT / 2
    chip = QRectF(cell.rect.x() + _LEFT, top, _CHIP_WIDTH, _CHIP_HEIGHT)
    painting.box(cell.painter, chip, theme.RADIUS_SMALL, _chip_fill(cell.selected, over))
    unit_width = painting.text_width(unit, "label")
    room = chip.adjusted(4, 0, -9 - unit_width - 5, 0)
    ink = theme.colour("err" if over else "text")
    painting.text(cell.painter, room, number, "strong", ink, align=painting.RIGHT, figures=True)
    room = chip.adjusted(0, 0.5, -9, 0.5)
    ink = theme.colour("err" if over else "text2")
    painting.text(cell.painter, room, unit, "label", ink, align=painting.RIGHT)


def _chip_fill(selected: bool, over: bool) -> QColor:
    if over:
        return theme.colour("err", theme.CHIP_ALPHA)
    return theme.lifted() if selected else theme.colour("surface3")


def _service(cell: _Cell) -> None:
    value = cell.row.service_db
    turned_down = value is not None and round(value, 1) < 0
    room = cell.rect.adjusted(_LEFT, 0, -4, 0)
    ink = theme.colour("service" if turned_down else "text2")
    words = shown(cell.row, "service")
    painting.text(cell.painter, room, words, "medium" if turned_down else "body", ink, figures=True)


def _isrc(cell: _Cell) -> None:
    _quiet(cell, shown(cell.row, "isrc"))


def _quiet(cell: _Cell, words: str) -> None:
    room = cell.rect.adjusted(_LEFT, 0, -4, 0)
    ink = theme.colour("text3" if words == figures.NONE else "text2")
    painting.text(cell.painter, room, words, "small", ink, figures=True)


def _status(cell: _Cell) -> None:
    icon, tone = _STATUS[cell.row.state]
    spot = QRectF(cell.rect.x() + _LEFT, cell.rect.y(), 17, cell.rect.height())
    icons.paint(cell.painter, icon, spot, theme.colour(tone))
    room = cell.rect.adjusted(_LEFT + 23, 0, -OPEN_PX, 0)
    loud = cell.row.state in ("warn", "err")
    ink = theme.colour(tone if loud else "text2")
    role: theme.Role = "small_strong" if loud else "small"
    painting.text(cell.painter, room, cell.row.status, role, ink)


def _play_sign(cell: _Cell) -> None:
    """What a press on the number does."""
    spot = QRectF(cell.rect.right() - _LEFT - 18, cell.rect.y(), 18, cell.rect.height())
    icons.paint(cell.painter, "play", spot, theme.colour("text"))
