"""What can be pressed: hover, press and keyboard focus, for painters to show."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from indieartist.ui.widgets import painting

_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


def by_keyboard(event: QFocusEvent) -> bool:
    """Whether the keyboard brought the focus here; only then a ring is drawn."""
    return event.reason() in _KEYBOARD


class Pressable(QAbstractButton):
    """A button that draws itself in `draw`; the ring shows only where the keyboard led here."""

    radius = 8.0

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hovered = False
        self.ringed = False
        self.by_mouse = False  # a click brought the focus
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the control into `rect`."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        rect = QRectF(self.rect())
        with QPainter(self) as painter:
            painting.smooth(painter)
            self.draw(painter, rect)
            if self.ringed and self.hasFocus():
                painting.focus_ring(painter, rect, self.radius, on_accent=self.ring_on_accent())

    def ring_on_accent(self) -> bool:
        """Whether the ring lies on the accent colour and must take the text's."""
        return False

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered = False
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ringed = by_keyboard(event)
        self.by_mouse = event.reason() is Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.ringed = False
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses too, as people expect of a button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)
