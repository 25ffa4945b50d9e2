"""The last line of the track table: how more tracks come in, and how long all of them are."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from indieartist.ui import icons, theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.pressable import Pressable


class AddRow(Pressable):
    """Press it to choose files; dropping them anywhere does the same."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setText(words)
        self._total = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_total(self, total: str) -> None:
        """Say how long all tracks are together."""
        self._total = total
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 52)

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        ink = theme.colour("text" if self.hovered else "text3")
        icons.paint(painter, "plus", QRectF(20, 0, 16, rect.height()), ink)
        words = rect.adjusted(44, 0, -120, 0)
        painting.text(painter, words, self.text(), "small", ink)
        total = rect.adjusted(0, 0, -17, 0)
        quiet = theme.colour("text3")
        painting.text(
            painter, total, self._total, "small", quiet, align=painting.RIGHT, figures=True
        )
