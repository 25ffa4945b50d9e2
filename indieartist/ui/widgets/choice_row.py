"""One line of a list that is chosen from while one types: a drawing, a name, and a quiet word."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter

from indieartist.ui import icons, theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.pressable import Pressable


class ChoiceRow(Pressable):
    """The keyboard stays in the line above; `chosen` is where its arrows are."""

    radius = 8.0

    def __init__(self, words: str, aside: str, drawing: str, height_px: int) -> None:
        super().__init__(f"{words}, {aside}" if aside else words)
        self.setText(words)
        self.aside, self._drawing = aside, drawing
        self.chosen = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(height_px)

    def choose(self, on: bool) -> None:
        """Show that the arrows are here, or are no longer."""
        self.chosen = on
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        if self.chosen or self.hovered:
            painting.box(painter, rect, self.radius, theme.colour("surface3"))
        if self._drawing:
            spot = QRectF(12, 0, 18, rect.height())
            icons.paint(painter, self._drawing, spot, theme.colour("text2"))
        room = rect.adjusted(44, 0, -14, 0)
        wanted = painting.text_width(self.text(), "body") + theme.L
        beside = max(room.width() - wanted, room.width() * 0.4)  # what the name leaves
        aside = room.adjusted(room.width() - beside, 0, 0, 0)
        tint = theme.colour("text2" if self.chosen else "text3")
        used = painting.text(painter, aside, self.aside, "small", tint, align=painting.RIGHT)
        words = room.adjusted(0, 0, -used - theme.L if used else 0, 0)
        painting.text(painter, words, self.text(), "body", theme.colour("text"))
