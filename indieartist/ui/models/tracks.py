"""The tracks of a release as a Qt model: a thin adapter over plain rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from indieartist.domain import figures
from indieartist.ui.models.records import TRACKS_MIME, write_keys

Index = QModelIndex | QPersistentModelIndex
Key = Literal[
    "number", "title", "waveform", "length", "loudness", "peak", "service", "isrc", "status"
]
State = Literal["ok", "warn", "err", "info"]
ROOT = QModelIndex()
ROW_ROLE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class TrackRow:
    """One track, ready to be shown; None where a value does not exist."""

    key: int
    number: int
    title: str
    detail: str = ""  # what stands quieter beside the title: guests, the version
    levels: tuple[float, ...] = ()  # the small waveform, 0..1
    length_ms: int | None = None
    loudness_lufs: float | None = None
    peak_dbtp: float | None = None
    peak_over: bool = False
    service_db: float | None = None  # what the service turns it by
    isrc: str = ""
    status: str = ""
    state: State = "ok"
    reasons: tuple[str, ...] = ()  # all that is behind the status


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, its heading, its width in px and what it means."""

    key: Key
    title: str
    width: int
    tip: str = ""
    right_pad: int | None = None  # set where the cell is written to the right


COLUMNS = (
    Column("number", "#", 44, right_pad=8),
    Column("title", "Title", 228),
    Column("waveform", "Waveform", 176),
    Column("length", "Length", 92, right_pad=22),
    Column("loudness", "Loudness", 118, "Integrated loudness of the current mix (ITU-R BS.1770)"),
    Column("peak", "True peak", 104, "Highest peak between the samples (ITU-R BS.1770, annex 2)"),
    Column("service", "On {service}", 100, "What the service turns it down or up by"),
    Column("isrc", "ISRC", 114, "International Standard Recording Code"),
    Column("status", "Status", 168),
)


@dataclass(frozen=True, slots=True)
class Playing:
    """Which track is heard, how far it is (0..1), and whether it moves."""

    key: int | None = None
    fraction: float = 0.0
    moving: bool = False


class TrackModel(QAbstractTableModel):
    """Rows in the order of the record; a change touches only the rows that differ."""

    def __init__(self, rows: Sequence[TrackRow] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows = list(rows)
        self.service = "Spotify"
        self.playing = Playing()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].title.format(service=self.service)
        return COLUMNS[section].tip or None if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], COLUMNS[index.column()].key
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row, column)
        if role == Qt.ItemDataRole.ToolTipRole and column in ("title", "status"):
            reasons = row.reasons if column == "status" else ()
            return "\n".join(reasons) or shown(row, column)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [TRACKS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        rows = sorted({index.row() for index in indexes})
        data.setData(TRACKS_MIME, write_keys([self.rows[row].key for row in rows]))
        return data

    def set_rows(self, rows: Sequence[TrackRow]) -> None:
        """Show these rows; where the tracks are the same ones, only the changed are repainted."""
        if [row.key for row in rows] != [row.key for row in self.rows]:
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()
            return
        for place, row in enumerate(rows):
            if row != self.rows[place]:
                self.rows[place] = row
                self._touch(place)

    def set_playing(self, playing: Playing) -> None:
        """Say what is heard; at most two rows are repainted."""
        before, self.playing = self.playing, playing
        for key in {before.key, playing.key}:
            self._touch(self.place_of(key))

    def set_service(self, service: str) -> None:
        """Name the service whose turn-down is shown."""
        self.service = service
        section = [column.key for column in COLUMNS].index("service")
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, section, section)

    def place_of(self, key: int | None) -> int:
        """Where the track with this key stands, -1 where it does not."""
        return next((place for place, row in enumerate(self.rows) if row.key == key), -1)

    def _touch(self, place: int) -> None:
        if place >= 0:
            last = len(COLUMNS) - 1
            self.dataChanged.emit(self.index(place, 0), self.index(place, last))


def shown(row: TrackRow, column: Key) -> str:
    """A cell as it is read and copied."""
    words: dict[Key, str] = {
        "number": str(row.number),
        "title": f"{row.title} {row.detail}".strip(),
        "waveform": "",
        "length": figures.NONE if row.length_ms is None else figures.length(row.length_ms),
        "loudness": _with_unit(figures.level(row.loudness_lufs), "LUFS"),
        "peak": _with_unit(figures.level(row.peak_dbtp), "dBTP"),
        "service": _with_unit(figures.change(row.service_db), "dB"),
        "isrc": row.isrc or figures.NONE,
        "status": row.status,
    }
    return words[column]


def spoken(row: TrackRow, column: Key) -> str:
    """A cell as a screen reader says it: what the eye sees by colour or shape is put in words."""
    if column == "waveform":
        return f"Waveform of {row.title}"
    if column == "peak" and row.peak_over:
        return f"{shown(row, column)}, over limit"
    if column == "status" and row.reasons:
        return f"{row.status}: {'; '.join(row.reasons)}"
    if column == "isrc" and not row.isrc:
        return "No ISRC"
    return shown(row, column)


def _with_unit(number: str, unit: str) -> str:
    return number if number == figures.NONE else f"{number} {unit}"
