"""Chips: one short fact in a pill, toned by state, with an icon where the state matters."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from indieartist.ui import icons, theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.pressable import Pressable

_HEIGHT = 26
_ICON_PX, _ICON_GAP = 15, 5


@dataclass(frozen=True, slots=True)
class Fact:
    """What a chip says: plain in a hairline pill, or toned ('ok', 'warn', 'err', 'service'...)."""

    words: str
    icon: str = ""
    tone: theme.ColourName | None = None


def chip_width(fact: Fact) -> int:
    """How wide the chip is drawn."""
    role: theme.Role = "small_strong" if fact.tone else "chip"
    icon = _ICON_PX + _ICON_GAP if fact.icon else 0
    return round(painting.text_width(fact.words, role)) + icon + 19


def draw_chip(painter: QPainter, rect: QRectF, fact: Fact) -> None:
    """Draw the chip to fill `rect`."""
    tone = fact.tone
    fill = theme.colour(tone, theme.CHIP_ALPHA) if tone else theme.colour("surface2", 0.7)
    painting.box(painter, rect, rect.height() / 2, fill, None if tone else theme.colour("line"))
    ink = theme.colour(tone or "text2")
    start = 9.0 if fact.icon else 10.0
    if fact.icon:
        icons.paint(painter, fact.icon, QRectF(start, rect.y(), _ICON_PX, rect.height()), ink)
        start += _ICON_PX + _ICON_GAP
    role: theme.Role = "small_strong" if tone else "chip"
    room = rect.adjusted(start, 0, -8, 0)
    painting.text(painter, room, fact.words, role, ink)


class Chip(QWidget):
    """A chip that only says."""

    def __init__(self, fact: Fact, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_fact(fact)

    def set_fact(self, fact: Fact) -> None:
        """Say something else."""
        self.fact = fact
        self.setAccessibleName(fact.words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self.fact), _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            draw_chip(painter, QRectF(self.rect()), self.fact)


class ChipButton(Pressable):
    """A chip that leads somewhere, as '2 issues' leads to the issues."""

    radius = _HEIGHT / 2

    def __init__(self, fact: Fact, parent: QWidget | None = None) -> None:
        super().__init__(fact.words, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_fact(fact)

    def set_fact(self, fact: Fact) -> None:
        """Say something else."""
        self.fact = fact
        self.setAccessibleName(fact.words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self.fact), _HEIGHT)

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        draw_chip(painter, rect, self.fact)
        if self.hovered:
            tone = theme.colour(self.fact.tone or "text3", 0.6)
            painting.box(painter, rect, self.radius, None, tone)


def badge_width(count: int) -> float:
    """How wide a badge with this count is."""
    return max(20.0, painting.text_width(badge_words(count), "caption", figures=True) + 12)


def badge_words(count: int) -> str:
    """The count as shown: nobody reads more than two digits."""
    return str(count) if count < 100 else "99+"


def draw_badge(painter: QPainter, rect: QRectF, count: int) -> None:
    """Draw the count in its pill."""
    painting.box(painter, rect, rect.height() / 2, theme.colour("warn", theme.CHIP_ALPHA))
    words = badge_words(count)
    ink = theme.colour("warn")
    painting.text(painter, rect, words, "small_strong", ink, align=painting.CENTRE, figures=True)
