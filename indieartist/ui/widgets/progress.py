"""Work under way: what it is, how far it is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from indieartist.ui import theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.button import IconButton
from indieartist.ui.widgets.text import ElidedText, Text


class ProgressBar(QWidget):
    """A thin bar that fills."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Progress")
        self.fraction = 0.0

    def set_fraction(self, fraction: float) -> None:
        """Fill to `fraction`, 0..1."""
        self.fraction = min(max(fraction, 0.0), 1.0)
        self.setAccessibleDescription(f"{self.fraction:.0%}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        rect = QRectF(self.rect())
        with QPainter(self) as painter:
            painting.smooth(painter)
            painting.box(painter, rect, 2, theme.colour("surface3"))
            rect.setWidth(rect.width() * self.fraction)
            painting.box(painter, rect, 2, theme.colour("accent"))


class ProgressRow(QWidget):
    """One job: its label, its bar, its percentage, and the cross that stops it."""

    stop_asked = Signal()

    def __init__(self, label: str) -> None:
        super().__init__()
        self.setAccessibleName(label)
        self._bar = ProgressBar()
        self._figure = Text("0 %", "small", "text2", figures=True)
        self._figure.setFixedWidth(40)
        self._figure.setAlignment(painting.RIGHT)
        stop = IconButton("close", f"Stop: {label}", size_px=24, icon_px=14)
        stop.clicked.connect(self.stop_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.XS, 0, theme.XS)
        layout.setSpacing(theme.S)
        line = QHBoxLayout()
        line.addWidget(self._bar, 1)
        line.addWidget(self._figure)
        room = QVBoxLayout()
        room.setSpacing(0)
        room.addWidget(ElidedText(label, "small"))
        room.addLayout(line)
        layout.addLayout(room, 1)
        layout.addWidget(stop)

    def set_fraction(self, fraction: float) -> None:
        """Show how far it is, 0..1."""
        self._bar.set_fraction(fraction)
        self._figure.setText(f"{self._bar.fraction * 100:.0f} %")
