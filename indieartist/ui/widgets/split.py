"""Two parts side by side where the page is wide, one under the other where it is not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from indieartist.ui import theme

_UNLIMITED = 16_777_215


class Split(QWidget):
    """`aside` keeps `aside_px` beside `first`; on a page narrower than `side_by_side_px` it moves
    under it and takes the whole width."""

    def __init__(self, first: QWidget, aside: QWidget, aside_px: int, side_by_side_px: int) -> None:
        super().__init__()
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
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self._layout.setAlignment(
            self._aside, Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag(0)
        )
        self._aside.setMinimumWidth(self._aside_px if wide else 0)
        self._aside.setMaximumWidth(self._aside_px if wide else _UNLIMITED)
