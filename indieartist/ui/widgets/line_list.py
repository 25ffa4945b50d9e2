"""A list of plain lines, painted: a sign, a title, what it is about, and a figure at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter

from indieartist.ui import icons, theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.painted_lines import LineDelegate, LineView

_ROW, _ICON, _MOST_ROWS = 52, 18, 8
_BAR_PX, _BAR_HIGH = 72, 4.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `share` 0..1 draws a bar under the figure, `key` is what the line stands for."""

    key: object
    title: str
    detail: str = ""
    figure: str = ""
    icon: str = "circle"
    tone: theme.ColourName = "text2"
    share: float | None = None

    @property
    def tip(self) -> str:
        """What is said of it under the pointer."""
        return self.detail

    def tell(self) -> str:
        """The line as it is read aloud."""
        return ", ".join(part for part in (self.title, self.detail, self.figure) if part)


class _PlainDelegate(LineDelegate):
    def _draw(self, painter: QPainter, rect: QRectF, line: Line) -> None:
        sign = QRectF(rect.x(), rect.center().y() - _ICON / 2, _ICON, _ICON)
        icons.paint(painter, line.icon, sign, theme.colour(line.tone))
        wide = painting.text_width(line.figure, "small", figures=True)
        wide = max(wide, _BAR_PX if line.share is not None else 0) + theme.M
        end = QRectF(rect.right() - wide, rect.y(), wide, rect.height())
        words = rect.adjusted(_ICON + theme.M, 0, -wide - theme.S, 0)
        upper = QRectF(words.x(), words.y() + 7, words.width(), 20)
        lower = QRectF(words.x(), words.y() + 26, words.width(), 18)
        if not line.detail:
            upper.moveCenter(words.center())
        painting.text(painter, upper, line.title, "medium", theme.colour("text"))
        painting.text(painter, lower, line.detail, "small", theme.colour("text3"))
        self._draw_end(painter, end, line)

    def _draw_end(self, painter: QPainter, end: QRectF, line: Line) -> None:
        tone: theme.ColourName = line.tone if line.tone in ("err", "warn") else "text2"
        spot = end if line.share is None else end.adjusted(0, 4, 0, -16)
        ink = theme.colour(tone)
        right = painting.RIGHT
        painting.text(painter, spot, line.figure, "small", ink, align=right, figures=True)
        if line.share is None:
            return
        bar = QRectF(end.right() - _BAR_PX, end.bottom() - 15, _BAR_PX, _BAR_HIGH)
        painting.box(painter, bar, _BAR_HIGH / 2, theme.colour("surface3"))
        bar.setWidth(max(bar.width() * line.share, _BAR_HIGH if line.share else 0))
        painting.box(painter, bar, _BAR_HIGH / 2, theme.colour("accent"))


class LineList(LineView):
    """`opened` carries the key of the line that was pressed twice, or with Return."""

    opened = Signal(object)

    def __init__(self, name: str, row_px: int = _ROW) -> None:
        self._row_px = row_px
        super().__init__(name, _PlainDelegate(None, row_px, 2))
        self.activated.connect(lambda index: self.opened.emit(self.key_at(index)))

    def show_lines(self, lines: Sequence[Line]) -> None:
        """As `LineView.show_lines`; the list is as high as they need, up to eight."""
        super().show_lines(lines)
        self.setFixedHeight(min(len(lines), _MOST_ROWS) * self._row_px)
        self.setVisible(bool(lines))
