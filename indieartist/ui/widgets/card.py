"""Cards, rules and rows: the plain furniture of a page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from indieartist.ui import theme
from indieartist.ui.widgets import painting


class Card(QWidget):
    """A surface with a hairline that holds one subject; add to `column`."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.CARD_X, theme.CARD_Y, theme.CARD_X, theme.CARD_Y)
        self.column.setSpacing(theme.S)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            fill, edge = theme.colour("surface2"), theme.colour("line")
            painting.box(painter, QRectF(self.rect()), theme.RADIUS_CARD, fill, edge)


class Rule(QWidget):
    """A hairline, lying or standing."""

    def __init__(
        self, orientation: Qt.Orientation = Qt.Orientation.Horizontal, inset_px: int = 0
    ) -> None:
        super().__init__()
        self.setContentsMargins(0, inset_px, 0, inset_px)
        self._lying = orientation is Qt.Orientation.Horizontal
        policy = QSizePolicy.Policy
        self.setSizePolicy(
            policy.Expanding if self._lying else policy.Fixed,
            policy.Fixed if self._lying else policy.Expanding,
        )

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.contentsRect(), theme.colour("line"))


def row(*items: QWidget, gap: int = theme.S, stretch: bool = True) -> QHBoxLayout:
    """The items side by side, pushed left unless `stretch` is off."""
    layout = QHBoxLayout()
    _fill(layout, items, gap)
    if stretch:
        layout.addStretch(1)
    return layout


def column(*items: QWidget, gap: int = theme.S) -> QVBoxLayout:
    """The items one under another."""
    layout = QVBoxLayout()
    _fill(layout, items, gap)
    return layout


def _fill(layout: QBoxLayout, items: tuple[QWidget, ...], gap: int) -> None:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for item in items:
        layout.addWidget(item)
