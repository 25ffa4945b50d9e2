"""The tracks of a release in one table: choose, play, and put in order by drag or by keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QMimeData,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QWidget

from indieartist.ui import theme
from indieartist.ui.models.tracks import COLUMNS, ROW_ROLE, Key, Playing, TrackModel, TrackRow
from indieartist.ui.widgets import painting
from indieartist.ui.widgets.pressable import by_keyboard
from indieartist.ui.widgets.track_delegate import OPEN_PX, TrackDelegate

_BEAT_MS = 90
_HIDDEN_FIRST: tuple[Key, ...] = ("waveform", "isrc", "service")
_TITLE_MIN, _TITLE_WIDE = 200, 400
_WAVE_SHARE, _WAVE_MAX = 70, 720  # of what is beyond a wide title, in per cent; px


class _Header(QHeaderView):
    """The headings: quiet words over a hairline."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setFixedHeight(theme.HEADER)
        self.setMinimumSectionSize(24)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        pad, room = COLUMNS[section].right_pad, QRectF(rect)
        painter.fillRect(QRectF(room.x(), room.bottom() - 1, room.width(), 1), theme.colour("line"))
        align = painting.LEFT if pad is None else painting.RIGHT
        room.adjust(8, 0, -(pad or 0), 0)
        painting.text(painter, room, words, "small", theme.colour("text3"), align=align)


class TrackTable(QTableView):
    """As tall as its rows, for a page that scrolls. Signals carry the track's key.

    `ordered` carries the key and its new place, counted from 0.
    """

    chosen = Signal(int)
    played = Signal(int)
    opened = Signal(int)
    ordered = Signal(int, int)
    menu_asked = Signal(int, object)

    def __init__(self, model: TrackModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tracks = model
        self._ringed = False
        self._delegate = TrackDelegate(self)
        self.audio_path: Path | None = None  # of the chosen track, once it is laid out
        self._beat = QTimer(self, interval=_BEAT_MS)
        self._beat.timeout.connect(self._dance)
        self.setAccessibleName("Tracks")
        self.setHorizontalHeader(_Header(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._behave()
        model.modelReset.connect(self.updateGeometry)
        self.doubleClicked.connect(lambda index: self.played.emit(index.data(ROW_ROLE).key))

    def _behave(self) -> None:
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollBarPolicy(off)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.entered.connect(lambda index: self._hover(index.row()))

    def sizeHint(self) -> QSize:
        rows = self.tracks.rowCount()
        return QSize(sum(column.width for column in COLUMNS), theme.HEADER + rows * theme.ROW + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(480, self.sizeHint().height())

    def set_playing(self, playing: Playing) -> None:
        """Mark the track that is heard; its bars move while it does."""
        self._delegate.playing = playing
        self.tracks.set_playing(playing)
        moving = playing.moving and self.isVisible() and not theme.THEME.reduced_motion
        if moving != self._beat.isActive():
            self._beat.start() if moving else self._beat.stop()

    def choose(self, key: int) -> None:
        """Select the track with this key."""
        self.selectRow(self.tracks.place_of(key))

    @property
    def chosen_key(self) -> int | None:
        """The selected track's key."""
        rows = self.selectionModel().selectedRows()
        row: TrackRow | None = rows[0].data(ROW_ROLE) if rows else None
        return row.key if row else None

    def _dance(self) -> None:
        self._delegate.beat += _BEAT_MS / 1000 * 5
        place = self.tracks.place_of(self._delegate.playing.key)
        if place >= 0:
            self.update(self.tracks.index(place, 0))

    def _hover(self, place: int) -> None:
        before, self._delegate.hovered = self._delegate.hovered, place
        for row in {before, place} - {-1}:
            self.viewport().update(0, row * theme.ROW, self.viewport().width(), theme.ROW)

    # layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit(self.viewport().width())

    def fit(self, width: int) -> None:
        """Share out the width; where it is short the waveform gives way first, then the ISRC.

        On a wide screen the waveform takes most of what the titles do not need.
        """
        shown = list(COLUMNS)
        for key in _HIDDEN_FIRST:
            if sum(column.width for column in shown) <= width + COLUMNS[1].width - _TITLE_MIN:
                break
            shown = [column for column in shown if column.key != key]
        rest = width - sum(column.width for column in shown if column.key != "title")
        beyond = max(rest - _TITLE_WIDE, 0) * _WAVE_SHARE // 100
        wave = min(beyond, _WAVE_MAX) if COLUMNS[2] in shown else 0
        wider = {"title": max(rest - wave, _TITLE_MIN), "waveform": COLUMNS[2].width + wave}
        for section, column in enumerate(COLUMNS):
            self.setColumnHidden(section, column not in shown)
            self.setColumnWidth(section, wider.get(column.key, column.width))

    # the hand

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.audio_path = None
        if (key := self.chosen_key) is not None:
            self.chosen.emit(key)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            event.ignore()  # they turn the pages of the window
            return
        self._ringed = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the number plays; one on the sign at the end opens the track's page."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        key, column = index.data(ROW_ROLE).key, COLUMNS[index.column()].key
        if column == "number":
            self.played.emit(key)
        elif event.position().x() > self.viewport().width() - OPEN_PX:
            self.opened.emit(key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by Tab, the first track is taken, so that there is something to move from."""
        self._ringed = by_keyboard(event)
        super().focusInEvent(event)
        if self._ringed and self.chosen_key is None and self.tracks.rowCount():
            self.selectRow(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, chosen = event.key(), self.chosen_key
        if chosen is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.played.emit(chosen)
        elif chosen is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key), 0)
            self._order(chosen, self.tracks.place_of(chosen) + step)
        else:
            self._ringed = True
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if (key := self.chosen_key) is not None:
            self.menu_asked.emit(key, event.globalPos())

    # dragging: inside it orders, on a record it moves, outside it copies the audio

    def startDrag(self, supported: Qt.DropAction) -> None:
        drag = QDrag(self)
        drag.setMimeData(self.outgoing())
        drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.CopyAction)

    def outgoing(self) -> QMimeData:
        """What a drag of the chosen track carries: its number, and its file where it is here."""
        data = self.tracks.mimeData(self.selectionModel().selectedRows())
        if self.audio_path is not None:
            data.setUrls([QUrl.fromLocalFile(str(self.audio_path))])
        return data

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is self:
            super().dragEnterEvent(event)
        else:
            event.ignore()  # files are the window's

    def dropEvent(self, event: QDropEvent) -> None:
        """Say where the track was put; the release decides, and the rows come back in order."""
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        place = round(event.position().y() / theme.ROW)
        if (key := self.chosen_key) is not None:
            here = self.tracks.place_of(key)
            self._order(key, place - 1 if place > here else place)

    def _order(self, key: int, place: int) -> None:
        if 0 <= place < self.tracks.rowCount() and place != self.tracks.place_of(key):
            self.ordered.emit(key, place)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        rows = self.selectionModel().selectedRows()
        if not (self._ringed and self.hasFocus() and rows):
            return
        ring = QRectF(0, rows[0].row() * theme.ROW, self.viewport().width(), theme.ROW - 1)
        with QPainter(self.viewport()) as painter:
            painting.smooth(painter)
            painting.focus_ring(painter, ring, theme.RADIUS_SMALL)
