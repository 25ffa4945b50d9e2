"""The releases as a Qt model: their numbers in order, and the records that are on screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
RELEASE_ROLE = int(Qt.ItemDataRole.UserRole)
COVER_ROLE = RELEASE_ROLE + 1
PAGE = 100
Key = Literal["title", "artist", "label", "day", "tracks", "state"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table: its key, its heading, its least width and what it sorts by."""

    key: Key
    heading: str
    width: int
    sort: str = ""


COLUMNS = (
    Column("title", "Title", 260, "title"),
    Column("artist", "Artist", 180, "artist"),
    Column("label", "Label", 140, "label"),
    Column("day", "Release day", 112, "release_on"),
    Column("tracks", "Tracks", 64),
    Column("state", "State", 88),
)


@dataclass(frozen=True, slots=True)
class ReleaseCard:
    """One record, ready to be shown."""

    key: int
    title: str
    artist: str
    about: str  # "3 tracks · out 14 Nov"
    artwork_hash: str | None = None
    label: str = ""
    day: str = ""
    tracks: int = 0
    state: str = ""  # "Out", "Coming", "No date"


FindCover = Callable[[str | None, Callable[[], None]], QImage | None]


class ReleaseModel(QAbstractTableModel):
    """`page_wanted` carries the numbers of records that are looked at and not here yet.

    A record that was here before is shown as it was until it comes anew.
    """

    page_wanted = Signal(list)

    def __init__(self, find_cover: FindCover, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._find_cover = find_cover
        self._ids: tuple[int, ...] = ()
        self._cards: dict[int, ReleaseCard] = {}
        self._asked: set[int] = set()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].heading
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        card = self._card(index.row())
        if role == RELEASE_ROLE:
            return card
        if role == COVER_ROLE:
            return self._find_cover(card.artwork_hash, self._touch)
        return _said(card, COLUMNS[index.column()].key, role)

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these releases in this order; what is looked at is read anew."""
        self._asked.clear()
        if tuple(ids) == self._ids:
            self._touch()
            return
        self.beginResetModel()
        self._ids = tuple(ids)
        self.endResetModel()

    def set_cards(self, cards: Sequence[ReleaseCard]) -> None:
        """Take the records of a page."""
        self._cards.update({card.key: card for card in cards})
        self._touch()

    @property
    def ids(self) -> tuple[int, ...]:
        """The releases, in order."""
        return self._ids

    def key_at(self, row: int) -> int:
        """The number of the release in this row."""
        return self._ids[row]

    def place_of(self, key: int | None) -> int:
        """Where the release stands, -1 where it does not."""
        return self._ids.index(key) if key in self._ids else -1

    def _card(self, row: int) -> ReleaseCard:
        page = row // PAGE
        if page not in self._asked:
            self._asked.add(page)
            self.page_wanted.emit(list(self._ids[page * PAGE : (page + 1) * PAGE]))
        key = self._ids[row]
        return self._cards.get(key) or ReleaseCard(key, "", "", "")

    def _touch(self) -> None:
        if self._ids:
            last = self.index(len(self._ids) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def _said(card: ReleaseCard, key: Key, role: int) -> str | None:
    """What a cell says in words, by role."""
    if role == Qt.ItemDataRole.DisplayRole:
        return str(getattr(card, key))
    if role == Qt.ItemDataRole.ToolTipRole:
        return f"{card.title}\n{card.artist}"
    if role == Qt.ItemDataRole.AccessibleTextRole and key == "title":
        return f"{card.title}, {card.artist or 'no artist yet'}, {card.about}"
    return str(getattr(card, key)) if role == Qt.ItemDataRole.AccessibleTextRole else None
