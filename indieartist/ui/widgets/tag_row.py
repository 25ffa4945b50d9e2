"""One field of a file's tags: what is in the file, what would be written, and whether to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from indieartist.ui import icons, theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.pressable import Pressable

if TYPE_CHECKING:
    from indieartist.services.tag_staging import TagRow

_HEIGHT, _TICK_PX, _LABEL_PX, _ARROW_PX = 34, 17, 160, 28
_TIP_LENGTH = 2000


def columns(rect: QRectF) -> tuple[QRectF, QRectF, QRectF]:
    """Where the label, the file's value and the value to be written stand in a row."""
    left = rect.x() + _TICK_PX + theme.M
    half = max((rect.right() - left - _LABEL_PX - _ARROW_PX) / 2, 0.0)
    label = QRectF(left, rect.y(), _LABEL_PX - theme.S, rect.height())
    before = QRectF(left + _LABEL_PX, rect.y(), half, rect.height())
    after = QRectF(before.right() + _ARROW_PX, rect.y(), half, rect.height())
    return label, before, after


class TagHead(QWidget):
    """The names of the columns."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme.XL)
        self.setAccessibleName("Field, in the file, will be written")

    def paintEvent(self, event: object) -> None:
        words = ("Field", "In the file", "Will be written")
        with QPainter(self) as painter:
            painting.smooth(painter)
            for room, name in zip(columns(QRectF(self.rect())), words, strict=True):
                painting.text(painter, room, name, "small", theme.colour("text3"))


class TagField(Pressable):
    """A row that is ticked where its value is to be written; the arrow keys go from row to row."""

    radius = 6.0

    def __init__(self, row: TagRow, parent: QWidget | None = None) -> None:
        super().__init__(row.label, parent)
        self.row = row
        self.setText(row.label)
        self.setCheckable(True)
        self.setChecked(row.differs)
        self.setEnabled(row.differs or row.only_in_file)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(lambda _: self._describe())
        self._describe()

    @property
    def before(self) -> str:
        """The file's value in one line."""
        return _line(self.row.file)

    @property
    def after(self) -> str:
        """What will stand in the file."""
        if not self.row.only_in_file:
            return _line(self.row.release or ()) if self.isChecked() or not self.row.differs else ""
        return "taken out" if self.isChecked() else ""

    def _describe(self) -> None:
        now = f"In the file: {self.before or 'nothing'}"
        then = f"Will be written: {self.after or 'nothing, it stays as it is'}"
        self.setAccessibleDescription(f"{now}. {then}.")
        said = f"{self.row.label}\n{now}\n{then}"
        self.setToolTip(said[:_TIP_LENGTH])

    def sizeHint(self) -> QSize:
        return QSize(560, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, _HEIGHT)

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        if self.hovered and self.isEnabled():
            painting.box(painter, rect, self.radius, theme.colour("surface3", 0.6))
        label, before, after = columns(rect)
        on = self.isChecked()
        if self.isEnabled():
            tick = QRectF(rect.x() + 2, rect.y(), _TICK_PX, rect.height())
            ink = theme.colour("accent" if on else "text" if self.hovered else "line2")
            icons.paint(painter, "check-circle" if on else "circle", tick, ink)
        tone: theme.ColourName = "text" if on else "text2"
        painting.text(painter, label, self.row.label, "medium", theme.colour(tone))
        painting.text(painter, before, self.before or "—", "body", theme.colour("text2"))
        self._draw_after(painter, after, on)

    def _draw_after(self, painter: QPainter, room: QRectF, on: bool) -> None:
        if on:
            spot = QRectF(room.x() - _ARROW_PX + 4, room.y(), 14, room.height())
            icons.paint(painter, "chevron-right", spot, theme.colour("accent"))
            out = self.row.only_in_file
            ink = theme.colour("err" if out else "text")
            painting.text(painter, room, self.after or "—", "strong", ink)
        else:
            same = not self.isEnabled()
            words = "the same" if same else "stays as it is"
            painting.text(painter, room, words, "body", theme.colour("text3"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Up: False, Qt.Key.Key_Down: True}
        forward = keys.get(Qt.Key(event.key()))
        if forward is None:
            super().keyPressEvent(event)
        else:
            self.focusNextPrevChild(forward)


def _line(values: tuple[str, ...]) -> str:
    return "; ".join(values).replace("\n", " / ")
