"""What each streaming service does to the song: how it turns it, and what its coder does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from indieartist.domain import figures
from indieartist.ui import icons, theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.card import Card
from indieartist.ui.widgets.pressable import by_keyboard
from indieartist.ui.widgets.segmented import Segment, SegmentedSwitch
from indieartist.ui.widgets.text import Paragraph, Text

if TYPE_CHECKING:
    from indieartist.services.mastering_views import PlatformCell

_ROW, _HEAD, _PAD = 30, 24, 8
_CHANGE, _PLAYS, _PEAK = 84, 104, 118
_MODES = (
    Segment("song", "This song", tip="As a service plays it by itself, or in a playlist"),
    Segment("album", "The album", tip="As a service plays it within its album"),
)
_HINT = "Choose a service to read what it does; arrow keys go from one to the next."
_PEAK_LIMIT_DBTP = 0.0
_SAMPLED = "Coded peaks are those of the 30 s where the song peaks highest."


class ServiceTable(QWidget):
    """One row a service; `told` carries the sentence of the row in hand."""

    told = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Streaming services")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._cells: Sequence[PlatformCell] = ()
        self._row = -1
        self._ringed = False

    def sizeHint(self) -> QSize:
        return QSize(420, _HEAD + _ROW * max(len(self._cells), 1))

    def show_cells(self, cells: Sequence[PlatformCell]) -> None:
        """Show other rows; the row in hand stays in hand."""
        self._cells = cells
        self._row = min(self._row, len(cells) - 1)
        self.updateGeometry()
        self._tell()

    def _tell(self) -> None:
        words = self._sentence(self._cells[self._row]) if 0 <= self._row < len(self._cells) else ""
        names = ", ".join(f"{cell.name} {_change(cell)}" for cell in self._cells)
        self.setAccessibleDescription(words or names)
        self.told.emit(words)
        self.update()

    def _sentence(self, cell: PlatformCell) -> str:
        return f"{cell.name}: {cell.sentence} {cell.note}".strip()

    def _take(self, row: int) -> None:
        if row != self._row:
            self._row = row
            self._tell()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            heads = ("Service", "Change", "Plays at", "Coded peak")
            room = QRectF(0, 0, self.width(), _HEAD)
            _draw_row(painter, room, heads, ("text3",) * 4)
            for row, cell in enumerate(self._cells):
                self._draw_cell(painter, row, cell)

    def _draw_cell(self, painter: QPainter, row: int, cell: PlatformCell) -> None:
        top = _HEAD + row * _ROW
        line = QRectF(0, top, self.width(), _ROW)
        if row == self._row:
            band = line.adjusted(0, 1, 0, 0)
            painting.box(painter, band, theme.RADIUS_SMALL, theme.colour("surface3", 0.6))
            if self._ringed:
                painting.focus_ring(painter, band, theme.RADIUS_SMALL)
        painter.fillRect(QRectF(_PAD, top, self.width() - 2 * _PAD, 1), theme.colour("line"))
        peak = cell.codec_true_peak_dbtp
        over = cell.clips or (peak is not None and peak > _PEAK_LIMIT_DBTP)
        shown = f"{figures.level(peak)} dBTP" if peak is not None else figures.NONE
        words = (cell.name, _change(cell), f"{figures.level(cell.playback_lufs)} LUFS", shown)
        _draw_row(painter, line, words, ("text", "service", "text2", "err" if over else "text2"))

    # the hand

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.position().y() >= _HEAD:
            self._take(min(int((event.position().y() - _HEAD) // _ROW), len(self._cells) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._cells:
            self._take(min(max(self._row + step, 0), len(self._cells) - 1))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = by_keyboard(event)
        super().focusInEvent(event)
        if self._ringed and self._cells:
            self._take(max(self._row, 0))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        super().focusOutEvent(event)
        self.update()


class ServicesCard(Card):
    """`mode_chosen` when song or album is asked for; `code_asked` when the coders are to be run."""

    mode_chosen = Signal()
    code_asked = Signal()

    def __init__(self) -> None:
        super().__init__("On the services")
        self.modes = SegmentedSwitch(_MODES, "Played as")
        self.modes.chosen.connect(lambda _: self.mode_chosen.emit())
        self.code_button = Button("Run the coders", "waveform")
        self.code_button.clicked.connect(self.code_asked)
        self.table = ServiceTable()
        self._hint = _HINT
        self._words = Paragraph(_HINT, "small", "text3")
        self.table.told.connect(self._say)
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(Text("On the services", "section"), 1)
        head.addWidget(self.code_button)
        head.addWidget(self.modes)
        # The rows have room for a ring around them, so they reach out of the column of the words.
        side = theme.CARD_X - _PAD
        self.column.setContentsMargins(side, theme.CARD_Y, side, theme.CARD_Y)
        head.setContentsMargins(_PAD, 0, _PAD, 0)
        self._words.setContentsMargins(_PAD, 0, _PAD, 0)
        self.column.addLayout(head)
        self.column.addWidget(self.table)
        self.column.addWidget(self._words)
        self.show_cells((), album=False)

    @property
    def as_album(self) -> bool:
        """Whether the album is asked for."""
        return self.modes.key == "album" and self.modes.isVisibleTo(self)

    def show_cells(self, cells: Sequence[PlatformCell], *, album: bool) -> None:
        """Show what each service does; `album` where there is one to be part of."""
        self.setVisible(bool(cells))
        self.modes.setVisible(album)
        self.table.show_cells(cells)
        unknown = any(cell.codec_true_peak_dbtp is None for cell in cells)
        self.code_button.setVisible(unknown)
        heard = [cell for cell in cells if cell.codec_true_peak_dbtp is not None]
        self._hint = _HINT if all(cell.whole for cell in heard) else f"{_HINT} {_SAMPLED}"
        self._say("")

    def _say(self, words: str) -> None:
        self._words.setText(words or self._hint)


def _change(cell: PlatformCell) -> str:
    return f"{figures.change(cell.change_db)} dB"


def _draw_row(
    painter: QPainter,
    line: QRectF,
    words: tuple[str, ...],
    tones: tuple[theme.ColourName, ...],
) -> None:
    """Four cells, the figures to the right; a peak that is too high has its sign too."""
    head = line.height() == _HEAD
    role: theme.Role = "small" if head else "body"
    left, whole = float(_PAD), line.width() - 2 * _PAD
    for place, width in enumerate((whole - _PEAK - _PLAYS - _CHANGE, _CHANGE, _PLAYS, _PEAK)):
        room = QRectF(left, line.top(), width, line.height())
        align = painting.RIGHT if place else painting.LEFT
        ink = theme.colour(tones[place])
        wide = painting.text(painter, room, words[place], role, ink, align=align, figures=place > 0)
        if tones[place] == "err":
            spot = QRectF(room.right() - wide - 21, line.top(), 15, line.height())
            icons.paint(painter, "alert-triangle", spot, ink)
        left += width
