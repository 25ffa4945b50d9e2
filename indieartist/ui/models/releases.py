"""The releases of a list: what of them is shown, and in which columns."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from indieartist.ui.models.records import Column, FindCover, RecordModel

COLUMNS = (
    Column("title", "Title", 260, "title"),
    Column("artist", "Artist", 180, "artist"),
    Column("label", "Label", 140, "label"),
    Column("day", "Release day", 112, "release_on"),
    Column("tracks", "Tracks", 76, right=True),
    Column("state", "State", 88),
)


@dataclass(frozen=True, slots=True)
class ReleaseCard:
    """One release, ready to be shown."""

    key: int
    title: str
    artist: str
    about: str  # "3 tracks · out 14 Nov"
    artwork_hash: str | None = None
    label: str = ""
    day: str = ""
    tracks: int = 0
    state: str = ""  # "Out", "Coming", "No date"

    @property
    def spoken(self) -> str:
        """'Undertow, Mara Vale, 3 tracks · out 14 Nov'."""
        return f"{self.title}, {self.artist or 'no artist yet'}, {self.about}"


class ReleaseModel(RecordModel):
    """All releases that answer a question."""

    def __init__(self, find_cover: FindCover, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, lambda key: ReleaseCard(key, "", "", ""), find_cover, parent)
