"""Parts side by side where the page is wide, one over the other where it is not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from indieartist.ui import theme

_UNLIMITED = 16_777_215
_MOST_SHARE = 0.42


class Split(QWidget):
    """`aside` keeps `aside_px`, or its share of a tighter page, beside `first`; on a page narrower
    than `side_by_side_px` it moves under it, or `above` it, and takes the whole width."""

    def __init__(
        self,
        first: QWidget,
        aside: QWidget,
        aside_px: int,
        side_by_side_px: int,
        *,
        above: bool = False,
    ) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        direction = QBoxLayout.Direction
        self._narrow = direction.BottomToTop if above else direction.TopToBottom
        self._aside, self._aside_px, self._limit_px = aside, aside_px, side_by_side_px
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.BLOCK_GAP)
        self._layout.addWidget(first, 1)
        self._layout.addWidget(aside, 0, Qt.AlignmentFlag.AlignTop)
        aside.setFixedWidth(aside_px)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self._limit_px
        beside_px = min(self._aside_px, round(self.width() * _MOST_SHARE))
        beside = QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(beside if wide else self._narrow)
        self._layout.setAlignment(
            self._aside, Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag(0)
        )
        self._aside.setMinimumWidth(beside_px if wide else 0)
        self._aside.setMaximumWidth(beside_px if wide else _UNLIMITED)


class Pair(QWidget):
    """Two equals, side by side from `side_by_side_px` on; there the second is `most_px` at most."""

    def __init__(
        self, first: QWidget, second: QWidget, side_by_side_px: int, most_px: int = _UNLIMITED
    ) -> None:
        super().__init__()
        self._limit_px, self._second, self._most_px = side_by_side_px, second, most_px
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.L)
        self._layout.addWidget(first, 1)
        self._layout.addWidget(second, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self._limit_px
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self._second.setMaximumWidth(self._most_px if wide else _UNLIMITED)
