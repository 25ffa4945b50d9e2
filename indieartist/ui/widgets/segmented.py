"""A switch of a few choices, each with the coloured dot that stands for it everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from indieartist.ui import theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.pressable import by_keyboard

_HEIGHT, _INSET, _PAD, _DOT, _NUMBER = 36, 3, 11, 8, 26


@dataclass(frozen=True, slots=True)
class Segment:
    """One choice: its key, its words, and its colour where it has one."""

    key: str
    label: str
    tone: theme.ColourName | None = None
    tip: str = ""


class SegmentedSwitch(QWidget):
    """One of a few; the arrow keys move, a click chooses. `chosen` carries the key.

    Where there is no room for all names, those that are not chosen are shown by their numbers.
    """

    chosen = Signal(str)

    def __init__(
        self, segments: tuple[Segment, ...], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._hover, self._ringed = -1, False
        self._room_px: int | None = None
        self.set_segments(segments)

    def set_segments(self, segments: tuple[Segment, ...]) -> None:
        """Offer other choices; the first is chosen unless the old choice is among them."""
        old = self.key if hasattr(self, "_segments") else ""
        self._segments = segments
        keys = [segment.key for segment in segments]
        self._index = keys.index(old) if old in keys else 0
        self._describe()
        self.updateGeometry()
        self.update()

    @property
    def key(self) -> str:
        """The chosen segment's key."""
        return self._segments[self._index].key if self._segments else ""

    def choose(self, key: str) -> None:
        """Choose by key and tell; an unknown key or the present one changes nothing."""
        if key != self.key and self.show_choice(key):
            self.chosen.emit(key)

    def show_choice(self, key: str) -> bool:
        """Show a choice that was made elsewhere; False for an unknown key."""
        keys = [segment.key for segment in self._segments]
        if key in keys:
            self._index = keys.index(key)
            self._describe()
            self.updateGeometry()
            self.update()
        return key in keys

    def set_room(self, room_px: int) -> None:
        """Take no more than about this width."""
        if self.brief != self._is_brief(room_px):
            self.updateGeometry()
            self.update()
        self._room_px = room_px

    @property
    def brief(self) -> bool:
        """Whether only the chosen one is named."""
        return self._room_px is not None and self._is_brief(self._room_px)

    def _is_brief(self, room_px: int) -> bool:
        return sum(map(self._full_width, self._segments)) + 2 * _INSET > room_px

    def _describe(self) -> None:
        label = self._segments[self._index].label if self._segments else ""
        self.setAccessibleDescription(f"{label} is chosen")

    def _width_of(self, segment: Segment) -> int:
        if self.brief and segment.key != self.key:
            return _NUMBER
        return self._full_width(segment)

    def _full_width(self, segment: Segment) -> int:
        dot = _DOT + 8 if segment.tone else 0
        return round(painting.text_width(segment.label, "strong")) + dot + 2 * _PAD + 6

    def _rects(self) -> list[QRectF]:
        left, rects = float(_INSET), []
        for segment in self._segments:
            width = self._width_of(segment)
            rects.append(QRectF(left, _INSET, width, self.height() - 2 * _INSET))
            left += width
        return rects

    def sizeHint(self) -> QSize:
        return QSize(sum(map(self._width_of, self._segments)) + 2 * _INSET, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        whole = QRectF(self.rect())
        with QPainter(self) as painter:
            painting.smooth(painter)
            well = theme.colour("bg" if theme.THEME.dark else "surface3")
            painting.box(painter, whole, theme.RADIUS + 1, well, theme.colour("line"))
            for index, rect in enumerate(self._rects()):
                self._draw(painter, rect, index)
            if self._ringed and self._segments:
                ring = self._rects()[self._index]
                painting.focus_ring(painter, ring, theme.RADIUS_SMALL + 1)

    def _draw(self, painter: QPainter, rect: QRectF, index: int) -> None:
        segment, on = self._segments[index], index == self._index
        if on:
            painting.box(painter, rect, theme.RADIUS_SMALL + 1, theme.lifted())
        if self.brief and not on:
            words, ink = str(index + 1), theme.colour("text" if index == self._hover else "text2")
            painting.text(painter, rect, words, "medium", ink, align=painting.CENTRE)
            return
        left = rect.x() + _PAD
        if segment.tone:
            centre = QPointF(left + _DOT / 2, rect.center().y())
            painting.dot(painter, centre, _DOT, theme.colour(segment.tone, 1.0 if on else 0.75))
            left += _DOT + 8
        bright = on or index == self._hover
        ink = theme.colour("text" if bright else "text2")
        room = QRectF(left, rect.y(), rect.right() - left, rect.height())
        painting.text(painter, room, segment.label, "strong" if on else "medium", ink)

    def _at(self, x: float) -> int:
        hits = [i for i, rect in enumerate(self._rects()) if rect.left() <= x < rect.right()]
        return hits[0] if hits else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self._at(event.position().x())
        self.setToolTip(self._segments[self._hover].tip if self._hover >= 0 else "")
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = -1
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = by_keyboard(event)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._at(event.position().x())
        if event.button() is Qt.MouseButton.LeftButton and index >= 0:
            self.choose(self._segments[index].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        index = min(max(self._index + step, 0), len(self._segments) - 1)
        self.choose(self._segments[index].key)
