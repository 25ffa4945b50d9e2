"""What the hand does with releases in a list: choose several, open, drag out, and drop onto one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import (
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    QUrl,
    Signal,
)
from PySide6.QtGui import QDrag, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from indieartist.ui.models.releases import ReleaseModel


class ReleaseHand(QObject):
    """Beside a view. `opened` carries a release; `dropped` a release, or None beside all, and
    the paths; `hung` whether files hang beside all releases; `chosen` the selected releases.

    `audio_of` gives the files to be dragged out, or None where they are not laid out yet.
    """

    opened = Signal(int)
    dropped = Signal(object, list)
    hung = Signal(bool)
    chosen = Signal(list)
    removal_asked = Signal(list)
    menu_asked = Signal(list, object)

    def __init__(self, view: QAbstractItemView, model: ReleaseModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model
        self.target: int | None = None  # the row under the files that hang over it
        self.audio_of: Callable[[list[int]], list[Path] | None] = lambda _keys: []
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setDragEnabled(True)
        view.setAcceptDrops(True)
        view.viewport().setAcceptDrops(True)
        view.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        view.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit(self.keys))

    @property
    def keys(self) -> list[int]:
        """The selected releases, from the top."""
        rows = sorted({index.row() for index in self._view.selectionModel().selectedIndexes()})
        return [self._model.key_at(row) for row in rows]

    def choose_only(self, row: int) -> None:
        """Select one release and no other, whatever keys are held."""
        flag = QItemSelectionModel.SelectionFlag
        index = self._model.index(row, 0)
        self._view.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)

    def open_current(self) -> None:
        """Open the release that the keyboard stands on."""
        index = self._view.currentIndex()
        if index.isValid():
            self.opened.emit(self._model.key_at(index.row()))

    def press(self, event: QKeyEvent) -> bool:
        """Whether a key was for the releases themselves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.open_current()
            return True
        if event.key() == Qt.Key.Key_Delete and self.keys:
            self.removal_asked.emit(self.keys)
            return True
        return False

    def ask_menu(self, at: QPoint) -> None:
        """Ask for the menu of what is selected."""
        if self.keys:
            self.menu_asked.emit(self.keys, at)

    # dragging out

    def drag_out(self) -> None:
        """Drag the audio of what is selected, as copies."""
        paths = self.audio_of(self.keys)
        if not paths:
            return
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        drag = QDrag(self._view)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)

    # dropping onto

    def hang(self, event: QDragMoveEvent) -> None:
        """Files hang over the view: say over which release."""
        if event.source() is self._view or not event.mimeData().hasUrls():
            event.ignore()
            return
        event.acceptProposedAction()
        self._aim(self._view.indexAt(event.position().toPoint()))

    def leave(self) -> None:
        """The files are gone."""
        self.target = None
        self.hung.emit(False)
        self._view.viewport().update()

    def drop(self, event: QDropEvent) -> None:
        """Take the files for the release under them."""
        index = self._view.indexAt(event.position().toPoint())
        urls = event.mimeData().urls()
        paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        self.leave()
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(self._model.key_at(index.row()) if index.isValid() else None, paths)

    def _aim(self, index: QModelIndex) -> None:
        self.target = index.row() if index.isValid() else None
        self.hung.emit(self.target is None)
        self._view.viewport().update()
