"""The window's frame: sidebar, pages, player bar; files dropped anywhere; toasts over the page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from indieartist.ui import icons, theme, turns
from indieartist.ui.models.records import TRACKS_MIME
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.list_hand import local_paths
from indieartist.ui.widgets.sidebar import Page, Sidebar
from indieartist.ui.widgets.toast import Toast
from indieartist.ui.widgets.transport import TransportBar

MINIMUM = (1120, 700)
FIRST_SIZE = (1440, 900)


class DropVeil(QWidget):
    """What the page shows while files hang over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        room = QRectF(self.rect())
        with QPainter(self) as painter:
            painting.smooth(painter)
            painter.fillRect(room, theme.colour("bg", 0.86))
            frame = room.adjusted(theme.XL, theme.XL, -theme.XL, -theme.XL)
            tint = theme.colour("accent", 0.08)
            painting.box(painter, frame, theme.RADIUS_CARD, tint, theme.colour("accent"))
            spot = QRectF(0, 0, 40, 40)
            spot.moveCenter(frame.center())
            spot.translate(0, -24)
            icons.paint(painter, "download", spot, theme.colour("accent"))
            words = frame.translated(0, 24)
            say, ink = "Drop to add", theme.colour("text")
            painting.text(painter, words, say, "section", ink, align=painting.CENTRE)


class MainWindow(QMainWindow):
    """The frame. Pages are added with their place in the sidebar; it knows nothing of their work.

    It is painted in a turn of its own: what is laid out and what is painted for it would hold the
    window up together, and a key or a playhead would wait for both.

    Signals: `files_dropped` carries paths, `page_shown` a page's key, `closing` comes before the
    window goes.
    """

    files_dropped = Signal(list)
    page_shown = Signal(str)
    closing = Signal()

    def __init__(self, name: str, pages: tuple[Page, ...]) -> None:
        super().__init__()
        self.setWindowTitle(name)
        self.setMinimumSize(*MINIMUM)
        self.resize(*FIRST_SIZE)
        self.setAcceptDrops(True)
        self.sidebar = Sidebar(name, pages)
        self.stack = QStackedWidget()
        self.transport = TransportBar()
        self.toast = Toast(self.stack)
        self.veil = DropVeil(self.stack)
        self._pages: dict[str, tuple[QWidget, str]] = {}
        self.page_key = ""
        self._awaits_paint = False
        self.setCentralWidget(self._frame())
        self.sidebar.page_chosen.connect(self.show_page)

    def _frame(self) -> QWidget:
        frame = QWidget()
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.sidebar)
        upper.addWidget(self.stack, 1)
        layout.addLayout(upper, 1)
        layout.addWidget(self.transport)
        return frame

    def add_page(self, key: str, page: QWidget, place: str | None = None) -> None:
        """Put a page into its place in the sidebar: called like it unless named, none if empty."""
        self._pages[key] = page, key if place is None else place
        self.stack.addWidget(page)

    def show_page(self, key: str) -> None:
        """Turn to a page; it is told before it is seen, so that it is laid out once."""
        page, place = self._pages[key]
        self.page_key = key
        self.sidebar.show_page(place)
        self.page_shown.emit(key)
        if self.page_key == key:  # else it led on to another
            self.stack.setCurrentWidget(page)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.UpdateRequest:
            if not self._awaits_paint:
                self._awaits_paint = True
                turns.ask(self, self.paint_now)
            return True
        return super().event(event)

    def paint_now(self) -> None:
        """Paint what is due in this very turn."""
        self._awaits_paint = False
        super().event(QEvent(QEvent.Type.UpdateRequest))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.veil.setGeometry(self.stack.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    # files dropped anywhere

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event):
            event.acceptProposedAction()
            self.hang(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.veil.hide()

    def hang(self, on: bool) -> None:
        """Show that files hang over the page, or that they are gone."""
        self.veil.setGeometry(self.stack.rect())
        self.veil.setVisible(on)
        self.veil.raise_()

    def dropEvent(self, event: QDropEvent) -> None:
        self.veil.hide()
        if paths := files_of(event):
            event.acceptProposedAction()
            self.files_dropped.emit(paths)


def files_of(event: QDropEvent) -> list[Path]:
    """The files that hang on a drag from elsewhere; our own tracks are no news to the window."""
    data = event.mimeData()
    return [] if data.hasFormat(TRACKS_MIME) else local_paths(data)
