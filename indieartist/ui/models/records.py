"""Records as a Qt model: their numbers in order, and of the records only those on screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
CARD_ROLE = int(Qt.ItemDataRole.UserRole)
COVER_ROLE = CARD_ROLE + 1
PAGE = 100
TRACKS_MIME = "application/x-indieartist-tracks"  # their numbers, as a drag carries them


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the card's field, its heading, its least width in px and what it sorts by."""

    key: str
    heading: str
    width: int
    sort: str = ""
    right: bool = False  # written to the right, in figures of one width
    share: str = ""  # the card's field, 0..1, that is drawn as a bar beside the words
    tone: str = ""  # the card's field that names the colour of the words


class Card(Protocol):
    """One record, ready to be shown; besides these it has a text for each column."""

    @property
    def key(self) -> int:
        """Its number."""
        ...

    @property
    def title(self) -> str:
        """What it is called."""
        ...

    @property
    def artist(self) -> str:
        """Whose it is."""
        ...

    @property
    def artwork_hash(self) -> str | None:
        """Its cover."""
        ...

    @property
    def spoken(self) -> str:
        """It in one sentence, for a screen reader."""
        ...


FindCover = Callable[[str | None, Callable[[], None]], QImage | None]


class RecordModel(QAbstractTableModel):
    """`page_wanted` carries the numbers of records that are looked at and not here yet.

    A record that was here before is shown as it was until it comes anew; one that never was is
    `blank(number)`.
    """

    page_wanted = Signal(list)

    def __init__(
        self,
        columns: tuple[Column, ...],
        blank: Callable[[int], Card],
        find_cover: FindCover,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = columns
        self._blank, self._find_cover = blank, find_cover
        self._ids: tuple[int, ...] = ()
        self._cards: dict[int, Card] = {}
        self._asked: set[int] = set()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == CARD_ROLE:
            return self.card_at(index.row())
        if role == COVER_ROLE:
            return self._find_cover(self.card_at(index.row()).artwork_hash, self._touch)
        if role in _SPEAKING:
            return _said(self.card_at(index.row()), self.columns[index.column()].key, role)
        return None

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these records in this order; what is looked at is read anew."""
        self._asked.clear()
        if tuple(ids) == self._ids:
            self._touch()
            return
        self.beginResetModel()
        self._ids = tuple(ids)
        self.endResetModel()

    def set_cards(self, cards: Sequence[Card]) -> None:
        """Take the records of a page."""
        self._cards.update({card.key: card for card in cards})
        self._touch()

    @property
    def ids(self) -> tuple[int, ...]:
        """The records' numbers, in order."""
        return self._ids

    def key_at(self, row: int) -> int:
        """The number of the record in this row."""
        return self._ids[row]

    def place_of(self, key: int | None) -> int:
        """Where the record stands, -1 where it does not."""
        return self._ids.index(key) if key in self._ids else -1

    def places_of(self, keys: Sequence[int]) -> list[int]:
        """Where these records stand, from the top; those that are not here are left out."""
        wanted = set(keys)
        return [row for row, key in enumerate(self._ids) if key in wanted] if wanted else []

    def card_at(self, row: int) -> Card:
        """The record in this row, blank until its page has been read."""
        page = row // PAGE
        if page not in self._asked:
            self._asked.add(page)
            self.page_wanted.emit(list(self._ids[page * PAGE : (page + 1) * PAGE]))
        key = self._ids[row]
        return self._cards.get(key) or self._blank(key)

    def _touch(self) -> None:
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


_SPEAKING = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


def _said(card: Card, key: str, role: int) -> str:
    """What a cell says in words, by role."""
    if role == Qt.ItemDataRole.ToolTipRole:
        return f"{card.title}\n{card.artist}"
    if role == Qt.ItemDataRole.AccessibleTextRole and key == "title":
        return card.spoken
    return str(getattr(card, key))


def write_keys(keys: Sequence[int]) -> bytes:
    """Numbers as a drag carries them."""
    return " ".join(map(str, keys)).encode()


def read_keys(data: QMimeData, mime: str) -> list[int]:
    """The numbers that a drag carries; none where it does not."""
    words = bytes(data.data(mime).data()).decode("ascii", "ignore").split()
    return [int(word) for word in words if word.isdigit()]
