"""The sheet of a blind test: over the page, above the player that goes on being worked."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from indieartist.domain.blind import BlindTest
from indieartist.ui import theme
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.blind_pages import Reveal, RevealPage, SetupPage, TrialPage
from indieartist.ui.widgets.button import IconButton
from indieartist.ui.widgets.card import row
from indieartist.ui.widgets.text import Text

_WIDTH_PX, _GAP_PX = 600, 16


class BlindSheet(QWidget):
    """Asks, shows the trials, and tells the end. It stands above `bar`, in the bar's window.

    `begun` carries a `Wish`; `chosen` and `guessed` a letter, guessed none for the one heard.
    """

    begun = Signal(object)
    chosen = Signal(str)
    guessed = Signal(str)
    stopped = Signal()
    copied = Signal()
    again = Signal()

    def __init__(self, bar: QWidget) -> None:
        super().__init__(bar.window())
        self._bar = bar
        self.setAccessibleName("Blind test")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setup = SetupPage()
        self.setup.begin.clicked.connect(self._begin)
        self.close_button = IconButton("close", "Close", "Esc", size_px=28, icon_px=14)
        self._pages = QStackedWidget()
        self._page: QWidget = self.setup
        self._pages.addWidget(self.setup)
        head = row(Text("Blind test", "strong", "text2"))
        head.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.XL, theme.L, theme.XL, theme.XL)
        layout.setSpacing(theme.M)
        layout.addLayout(head)
        layout.addWidget(self._pages)
        self.close_button.clicked.connect(self._leave)
        bar.window().installEventFilter(self)
        self.hide()

    @cached_property
    def trial(self) -> TrialPage:
        """The letters and answers; made for the first test."""
        page = TrialPage()
        page.chosen.connect(self.chosen)
        page.guessed.connect(self.guessed)
        page.stop.clicked.connect(self.stopped)
        self._pages.addWidget(page)
        return page

    @cached_property
    def reveal(self) -> RevealPage:
        """The end; made for the first one."""
        page = RevealPage()
        page.copy.clicked.connect(self._copy)
        page.again.clicked.connect(self.again)
        page.close_button.clicked.connect(self.hide)
        self._pages.addWidget(page)
        return page

    def ask(self, names: dict[str, str]) -> None:
        """Ask which of these versions are to be tested, and how."""
        self.setup.offer(names)
        self._turn_to(self.setup)
        self.setup.begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_test(self, test: BlindTest) -> None:
        """Show where the test is; the keyboard is the test's from now on."""
        self.trial.show_test(test)
        if not isinstance(self._page, TrialPage):
            self._turn_to(self.trial)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_heard(self, letter: str) -> None:
        """Light the letter that is heard."""
        self.trial.show_heard(letter)

    def show_reveal(self, reveal: Reveal) -> None:
        """Show how the test ended."""
        self.reveal.show_reveal(reveal)
        self._turn_to(self.reveal)
        self.reveal.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Close it, but for a result that is being read."""
        self.setVisible(self.isVisible() and isinstance(self._page, RevealPage))

    def _turn_to(self, page: QWidget) -> None:
        self._page = page
        self._pages.setCurrentWidget(page)
        self.show()
        self.raise_()
        self._place()

    def _begin(self) -> None:
        if (wish := self.setup.wish) is not None:
            self.begun.emit(wish)

    def _copy(self) -> None:
        self.copied.emit()
        self.reveal.copy.setText("Copied")

    def _leave(self) -> None:
        """Close it; a test that runs is ended, and shown."""
        if isinstance(self._page, TrialPage):
            self.stopped.emit()
        else:
            self.hide()

    def _place(self) -> None:
        """Stand in the middle of the page, on the bar."""
        window, page = self._bar.window(), self._page
        width = min(_WIDTH_PX, window.width() - 2 * _GAP_PX)
        wanted = page.heightForWidth(width - 2 * theme.XL) if page.hasHeightForWidth() else -1
        frame = theme.L + self.close_button.height() + theme.M + theme.XL
        height = max(wanted, page.minimumSizeHint().height()) + frame
        foot = self._bar.mapTo(window, QPoint(0, 0)).y()
        self.setGeometry((window.width() - width) // 2, foot - height - _GAP_PX, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not isinstance(self._page, TrialPage):
            self.hide()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            fill, edge = theme.colour("surface2"), theme.colour("line2")
            painting.box(painter, QRectF(self.rect()), theme.RADIUS_CARD, fill, edge)
