"""Buttons: one filled with the accent per page, the others quiet; icons alone carry a name."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QKeySequence, QPainter
from PySide6.QtWidgets import QWidget

from indieartist.ui import icons, theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.pressable import Pressable

Kind = Literal["primary", "plain", "quiet", "danger"]
_ICON_PX = 17
_PAD = 16


def tip(words: str, shortcut: str = "") -> str:
    """A tooltip: what it does, and the keys that do it."""
    if not shortcut:
        return words
    keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    return f"{words}  ({keys})"


class Button(Pressable):
    """A labelled button, 32 px high, with an optional icon before the words."""

    def __init__(
        self,
        label: str,
        icon: str = "",
        kind: Kind = "plain",
        *,
        shortcut: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, parent)
        self.setText(label)
        self.icon_name = icon
        self.kind: Kind = kind
        if shortcut:
            self.setToolTip(tip(label, shortcut))

    def sizeHint(self) -> QSize:
        words = painting.text_width(self.text(), "strong")
        icon = _ICON_PX + theme.S if self.icon_name else 0
        return QSize(round(words + icon + 2 * _PAD), theme.CONTROL)

    def ring_on_accent(self) -> bool:
        return self.kind == "primary"

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        painting.box(painter, rect, theme.RADIUS, self._fill(), self._edge())
        ink = self._ink()
        words = painting.text_width(self.text(), "strong")
        icon = _ICON_PX + theme.S if self.icon_name else 0
        start = max((rect.width() - words - icon) / 2, theme.S)
        if self.icon_name:
            spot = QRectF(start, 0, _ICON_PX, rect.height())
            icons.paint(painter, self.icon_name, spot, self._icon_ink())
        room = rect.adjusted(start + icon, 0, -theme.XS, 0)
        painting.text(painter, room, self.text(), "strong", ink)

    def _fill(self) -> QColor | None:
        if self.kind == "primary" and self.isEnabled():
            return theme.colour("accent") if not self._hot() else theme.hover("accent")
        if self.kind == "danger" and self.isEnabled():
            return theme.colour("err", theme.CHIP_ALPHA)
        if self.kind == "quiet":
            return theme.colour("surface3") if self._hot() else None
        return theme.hover("surface3") if self._hot() else theme.colour("surface3")

    def _edge(self) -> QColor | None:
        if self.kind == "danger" and self._hot():
            return theme.colour("err")
        return theme.colour("line") if self.kind == "plain" else None

    def _ink(self) -> QColor:
        if not self.isEnabled():
            return theme.colour("text3")
        if self.kind == "primary":
            return theme.colour("on_accent")
        return theme.colour("err" if self.kind == "danger" else "text")

    def _icon_ink(self) -> QColor:
        return theme.colour("text2") if self.kind in ("plain", "quiet") else self._ink()

    def _hot(self) -> bool:
        return self.isEnabled() and (self.hovered or self.isDown())


class IconButton(Pressable):
    """A button that is only an icon: its name is heard and shown on hover with its shortcut."""

    def __init__(
        self,
        icon: str,
        name: str,
        shortcut: str = "",
        *,
        size_px: int = theme.CONTROL,
        icon_px: int = 18,
    ) -> None:
        super().__init__(name)
        self.icon_name, self._side, self._icon_px = icon, size_px, icon_px
        self.tone: theme.ColourName = "text2"
        self.setFixedSize(size_px, size_px)
        self.set_name(name, shortcut)

    def set_name(self, name: str, shortcut: str = "") -> None:
        """Rename it, as play becomes pause."""
        self.setAccessibleName(name)
        self.setToolTip(tip(name, shortcut))

    def set_icon(self, icon: str) -> None:
        """Show another drawing."""
        self.icon_name = icon
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        if self.isEnabled() and (self.hovered or self.isDown()):
            painting.box(painter, rect, theme.RADIUS, theme.colour("surface3"))
        spot = QRectF(0, 0, self._icon_px, self._icon_px)
        spot.moveCenter(rect.center())
        icons.paint(painter, self.icon_name, spot, self._ink())

    def _ink(self) -> QColor:
        if not self.isEnabled():
            return theme.colour("text3", 0.6)
        if self.isCheckable():
            return theme.colour("accent" if self.isChecked() else "text2")
        return theme.colour("text" if self.hovered else self.tone)


class PlayButton(Pressable):
    """The one round button: play, or pause while it plays."""

    radius = 21.0

    def __init__(self) -> None:
        super().__init__("Play")
        self.playing = False
        self.setFixedSize(42, 42)
        self.setToolTip(tip("Play", "Space"))

    def set_playing(self, playing: bool) -> None:
        """Show what a press would do next."""
        self.playing = playing
        self.setAccessibleName("Pause" if playing else "Play")
        self.setToolTip(tip(self.accessibleName(), "Space"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(42, 42)

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        fill = theme.colour("text" if self.isEnabled() else "surface3")
        painting.box(painter, rect, self.radius, theme.hover("text") if self.hovered else fill)
        spot = QRectF(0, 0, 25, 25)
        spot.moveCenter(rect.center())
        ink = theme.colour("bg" if self.isEnabled() else "text3")
        icons.paint(painter, "pause" if self.playing else "play", spot, ink)


class LinkButton(Pressable):
    """Words that lead somewhere: a page outside, or the place where a fact came from."""

    def __init__(self, label: str, icon: str = "", role: theme.Role = "small") -> None:
        super().__init__(label)
        self.setText(label)
        self.icon_name, self._role = icon, role

    def sizeHint(self) -> QSize:
        icon = 16 if self.icon_name else 0
        return QSize(round(painting.text_width(self.text(), self._role)) + icon + 2, 20)

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        ink = theme.colour("text" if self.hovered else "text2")
        width = painting.text(painter, rect, self.text(), self._role, ink)
        if self.icon_name:
            icons.paint(painter, self.icon_name, QRectF(width + 4, 0, 12, rect.height()), ink)
        if self.hovered:
            painter.setPen(ink)
            y = rect.center().y() + 8
            painter.drawLine(QPointF(0, y), QPointF(width, y))
