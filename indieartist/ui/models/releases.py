"""The releases as a Qt model: one row per record, filtered by the words that are searched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
RELEASE_ROLE = int(Qt.ItemDataRole.UserRole)
COVER_ROLE = RELEASE_ROLE + 1


@dataclass(frozen=True, slots=True)
class ReleaseCard:
    """One record, ready to be shown."""

    key: int
    title: str
    artist: str
    state: str  # "Out 14 Nov 2026", "No date yet"
    artwork_hash: str | None = None


FindCover = Callable[[str | None, Callable[[], None]], QImage | None]


class ReleaseModel(QAbstractListModel):
    """Cards in the order given; `find_cover` is asked only for those that are on screen."""

    def __init__(self, find_cover: FindCover, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._find_cover = find_cover
        self._all: list[ReleaseCard] = []
        self._shown: list[ReleaseCard] = []
        self._words: tuple[str, ...] = ()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        card = self._shown[index.row()]
        if role == RELEASE_ROLE:
            return card
        if role == COVER_ROLE:
            return self._find_cover(card.artwork_hash, self._touch)
        return _said(card, role)

    @property
    def has_any(self) -> bool:
        """Whether there are records at all, shown or filtered out."""
        return bool(self._all)

    def set_cards(self, cards: Sequence[ReleaseCard]) -> None:
        """Show these records, as far as they match the words searched."""
        self._all = list(cards)
        self._match()

    def search(self, words: str) -> None:
        """Show only the records whose title or artist hold every word."""
        self._words = tuple(words.casefold().split())
        self._match()

    def place_of(self, key: int | None) -> int:
        """Where the record with this key stands, -1 where it does not."""
        return next((row for row, card in enumerate(self._shown) if card.key == key), -1)

    def _match(self) -> None:
        shown = [card for card in self._all if self._holds(card)]
        if shown == self._shown:
            return
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()

    def _holds(self, card: ReleaseCard) -> bool:
        text = f"{card.title} {card.artist}".casefold()
        return all(word in text for word in self._words)

    def _touch(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1), [COVER_ROLE])


def _said(card: ReleaseCard, role: int) -> str | None:
    """What a card says in words, by role."""
    words = {
        Qt.ItemDataRole.DisplayRole: card.title,
        Qt.ItemDataRole.ToolTipRole: f"{card.title}\n{card.artist}",
        Qt.ItemDataRole.AccessibleTextRole: (
            f"{card.title}, {card.artist or 'no artist yet'}, {card.state}"
        ),
    }
    return words.get(Qt.ItemDataRole(role))
