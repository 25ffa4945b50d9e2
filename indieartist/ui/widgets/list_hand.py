"""What the hand does with records in a list: choose several, open, drag out, and drop onto one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import (
    QItemSelection,
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

from indieartist.ui.models.records import RecordModel, write_keys

AudioOf = Callable[[list[int]], list[Path] | None]
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ListHand(QObject):
    """Beside a view. `opened` carries a record; `dropped` a record, or None beside all, and
    the paths; `hung` whether files hang beside all records; `chosen` the selected records.

    `audio_of` gives the files to be dragged out, or None where they are not laid out yet. Where
    `mime` is set, the records' own numbers go along under it, for what they are dropped on here.
    """

    opened = Signal(int)
    dropped = Signal(object, list)
    hung = Signal(bool)
    chosen = Signal(list)
    removal_asked = Signal(list)
    menu_asked = Signal(list, object)

    def __init__(
        self, view: QAbstractItemView, model: RecordModel, mime: str = "", *, takes: bool = True
    ) -> None:
        super().__init__(view)
        self._view, self._model, self._mime = view, model, mime
        self.target: int | None = None  # the row under the files that hang over it
        self.audio_of: AudioOf = lambda _keys: []
        mode = QAbstractItemView.DragDropMode
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setDragDropMode(mode.DragDrop if takes else mode.DragOnly)
        view.setDragEnabled(True)
        view.setAcceptDrops(takes)
        view.viewport().setAcceptDrops(takes)
        view.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit(self.keys))

    @property
    def keys(self) -> list[int]:
        """The selected records, from the top."""
        selection = self._view.selectionModel().selection()
        ranges = (selection.at(place) for place in range(selection.count()))
        rows = {row for each in ranges for row in range(each.top(), each.bottom() + 1)}
        return [self._model.key_at(row) for row in sorted(rows)]

    def choose_only(self, row: int) -> None:
        """Select one record and no other, whatever keys are held."""
        flag = QItemSelectionModel.SelectionFlag
        index = self._model.index(row, 0)
        self._view.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)

    def choose_again(self, keys: Sequence[int]) -> None:
        """Select the records that were selected before the list was read anew."""
        selection, last = QItemSelection(), len(self._model.columns) - 1
        places = self._model.places_of(keys)
        for start, end in _runs(places):
            selection.select(self._model.index(start, 0), self._model.index(end, last))
        flag = QItemSelectionModel.SelectionFlag
        chosen = self._view.selectionModel()
        chosen.select(selection, flag.ClearAndSelect)
        if places:
            chosen.setCurrentIndex(self._model.index(places[0], 0), flag.NoUpdate)

    def open_current(self) -> None:
        """Open the record that the keyboard stands on."""
        index = self._view.currentIndex()
        if index.isValid():
            self.opened.emit(self._model.key_at(index.row()))

    def press(self, event: QKeyEvent) -> bool:
        """Whether a key was for the records themselves."""
        if event.key() in _RETURN and not event.modifiers():
            self.open_current()
            return True
        if event.key() == Qt.Key.Key_Delete and self.keys:
            self.removal_asked.emit(self.keys)
            return True
        return False

    def ask_menu(self, at: QPoint) -> None:
        """Ask for the menu of what is selected."""
        if keys := self.keys:
            self.menu_asked.emit(keys, at)

    # dragging out

    def drag_out(self) -> None:
        """Drag what is selected: its audio as copies, and its numbers for this window."""
        if (data := self.data_of(self.keys)) is None:
            return
        drag = QDrag(self._view)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.CopyAction)

    def data_of(self, keys: list[int]) -> QMimeData | None:
        """What a drag of these records carries; None where there is nothing to drag."""
        paths = self.audio_of(keys) or []
        if not keys or not (paths or self._mime):
            return None
        data = QMimeData()
        if paths:
            data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        if self._mime:
            data.setData(self._mime, write_keys(keys))
        return data

    # dropping onto

    def hang(self, event: QDragMoveEvent) -> None:
        """Files hang over the view: say over which record."""
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
        """Take the files for the record under them."""
        index = self._view.indexAt(event.position().toPoint())
        paths = local_paths(event.mimeData())
        self.leave()
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(self._model.key_at(index.row()) if index.isValid() else None, paths)

    def _aim(self, index: QModelIndex) -> None:
        self.target = index.row() if index.isValid() else None
        self.hung.emit(self.target is None)
        self._view.viewport().update()


def local_paths(data: QMimeData) -> list[Path]:
    """The local files that hang on a drag."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Rows that follow one another, as first and last."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and place == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
