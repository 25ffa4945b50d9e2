"""A file that may be chosen, dropped or taken away again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from indieartist.ui import theme
from indieartist.ui.widgets.button import Button, IconButton
from indieartist.ui.widgets.text import ElidedText

Choose = Callable[[], Path | None]


class FileRow(QWidget):
    """Shows the file's name, or `none` where there is none; `chosen` carries a path or None."""

    chosen = Signal(object)

    def __init__(self, none: str, button: str, choose: Choose, *, icon: str = "folder") -> None:
        super().__init__()
        self.setAccessibleName(button)
        self.setAcceptDrops(True)
        self._none, self._choose = none, choose
        self.path: Path | None = None
        self._name = ElidedText(none, "body", "text3")
        self._button = Button(button, icon)
        self._button.clicked.connect(self._ask)
        self._clear = IconButton("close", f"{button}: none", size_px=28, icon_px=14)
        self._clear.clicked.connect(lambda: self._take(None))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self._name, 1)
        layout.addWidget(self._clear)
        layout.addWidget(self._button)
        self.set_path(None)

    def set_path(self, path: Path | None, words: str = "") -> None:
        """Show a path, without telling; `words` stand for it where its name says too little."""
        self.path = path
        self._name.setText(words or (path.name if path else self._none))
        self._name.set_tone("text" if path else "text3")
        self._clear.setVisible(path is not None)

    def _take(self, path: Path | None) -> None:
        self.set_path(path)
        self.chosen.emit(path)

    def _ask(self) -> None:
        if path := self._choose():
            self._take(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._take(Path(event.mimeData().urls()[0].toLocalFile()))
