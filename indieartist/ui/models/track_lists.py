"""The tracks of the whole library: what of them is shown, and in which columns."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from indieartist.ui.models.records import Column, FindCover, RecordModel

COLUMNS = (
    Column("title", "Title", 240, "title"),
    Column("artist", "Artist", 150, "artist"),
    Column("release", "Release", 170, "release"),
    Column("day", "Release day", 104, "release_on"),
    Column("length", "Length", 80, "length", right=True),
    Column("loudness", "Loudness", 112, right=True),
    Column("isrc", "ISRC", 132, "isrc"),
    Column("state", "Mix", 108),
)


@dataclass(frozen=True, slots=True)
class TrackCard:
    """One track, ready to be shown."""

    key: int
    title: str
    artist: str = ""
    release: str = ""
    release_id: int = 0
    artwork_hash: str | None = None
    detail: str = ""  # the version, quieter beside the title
    day: str = ""
    length: str = ""
    loudness: str = ""
    isrc: str = ""
    state: str = ""  # "Approved", "Not approved", "No audio"

    @property
    def spoken(self) -> str:
        """'Salt, Mara Vale, on Harbour Lights, 1:14, approved'."""
        whose = self.artist or "no artist yet"
        return f"{self.title}, {whose}, on {self.release}, {self.length}, {self.state.lower()}"


class TrackListModel(RecordModel):
    """All tracks that answer a question."""

    def __init__(self, find_cover: FindCover, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, lambda key: TrackCard(key, ""), find_cover, parent)
