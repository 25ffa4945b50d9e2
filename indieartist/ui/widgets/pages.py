"""Pages of which one is seen: the room is what that one needs, not what the tallest would."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget


class Pages(QWidget):
    """Used as QStackedWidget, which asks for the height of its tallest page whichever is on."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self._pages: list[QWidget] = []
        self._index = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def addWidget(self, page: QWidget) -> None:
        """Add a page; the first one is on."""
        self._column.addWidget(page, 1)
        if self._pages:
            page.hide()
        self._pages.append(page)

    def currentIndex(self) -> int:
        """The number of the page that is on."""
        return self._index

    def currentWidget(self) -> QWidget:
        """The page that is on."""
        return self._pages[self._index]

    def setCurrentIndex(self, index: int) -> None:
        """Turn to a page by its number."""
        self._index = index
        for place, page in enumerate(self._pages):
            if place != index:
                page.hide()
        self._pages[index].show()

    def setCurrentWidget(self, page: QWidget) -> None:
        """Turn to a page."""
        self.setCurrentIndex(self._pages.index(page))
