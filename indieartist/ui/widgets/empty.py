"""What an empty page says: a drawing, one sentence, and the one thing to do."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from indieartist.ui import icons, theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.button import Button
from indieartist.ui.widgets.text import Paragraph, Text


class _Medallion(QWidget):
    """The icon in its soft round."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(72, 72)

    def paintEvent(self, event: QPaintEvent) -> None:
        rect = QRectF(self.rect())
        with QPainter(self) as painter:
            painting.smooth(painter)
            painting.box(painter, rect, 36, theme.colour("accent", 0.12))
            spot = rect.adjusted(20, 20, -20, -20)
            icons.paint(painter, self._icon, spot, theme.colour("accent"))


class EmptyState(QWidget):
    """Centred on the page; `pressed` when the person does the one thing."""

    pressed = Signal()

    def __init__(
        self, icon: str, title: str, sentence: str = "", button: str = "", button_icon: str = "plus"
    ) -> None:
        super().__init__()
        self.setAccessibleName(title)
        layout = QVBoxLayout(self)
        layout.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.setSpacing(theme.S)
        centre = Qt.AlignmentFlag.AlignHCenter
        layout.addWidget(_Medallion(icon), alignment=centre)
        layout.addSpacing(theme.S)
        layout.addWidget(Text(title, "section"), alignment=centre)
        self._words = Paragraph(sentence)
        self._words.setAlignment(centre)
        self._words.setFixedWidth(420)
        layout.addWidget(self._words, alignment=centre)
        if button:
            layout.addSpacing(theme.M)
            layout.addWidget(self._button(button, button_icon), alignment=centre)

    def set_sentence(self, sentence: str) -> None:
        """Say something else under the title."""
        self._words.setText(sentence)
        self.setAccessibleDescription(sentence)

    def _button(self, label: str, icon: str) -> Button:
        button = Button(label, icon, "primary")
        button.clicked.connect(self.pressed)
        return button
