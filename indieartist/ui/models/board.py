"""The releases on their way: what of each is shown on the board, and in which columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indieartist.ui.models.records import Column, FindCover, RecordModel

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from indieartist.ui import theme

COLUMNS = (
    Column("title", "Release", 180, "title"),
    Column("label", "Label", 130, "label"),
    Column("day", "Out", 100, "day"),
    Column("ready", "Ready", 118, "ready", right=True, share="share"),
    Column("late", "Late", 60, "late", right=True, tone="late_tone"),
    Column("next_task", "Next", 190, "next"),
    Column("next_day", "Due", 80, "next", tone="next_tone"),
)


@dataclass(frozen=True, slots=True)
class BoardCard:
    """One release on its way, ready to be shown."""

    key: int
    title: str
    artist: str = ""
    artwork_hash: str | None = None
    label: str = ""
    day: str = ""
    ready: str = ""
    share: float = 0.0
    late: str = ""
    next_task: str = ""
    next_day: str = ""
    late_tone: theme.ColourName = "err"
    next_tone: theme.ColourName = "text2"

    @property
    def detail(self) -> str:
        """What stands quieter beside the title."""
        return self.artist

    @property
    def spoken(self) -> str:
        """'Undertow, Mara Vale, out 14 Nov, 64 % ready, 2 late, next: Agree the splits, 3 Oct'."""
        parts = (
            self.title,
            self.artist or "no artist yet",
            f"out {self.day}",
            f"{self.ready} ready",
            f"{self.late} late" if self.late else "",
            f"next: {self.next_task}, {self.next_day}",
        )
        return ", ".join(part for part in parts if part)


class BoardModel(RecordModel):
    """All releases on their way that the filter leaves."""

    def __init__(self, find_cover: FindCover, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, lambda key: BoardCard(key, ""), find_cover, parent)
