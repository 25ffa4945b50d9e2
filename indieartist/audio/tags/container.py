"""What every container can do: show where its audio lies, read its tags, write a tagged copy."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

from indieartist.audio.tags import id3, table
from indieartist.audio.tags.layout import Layout
from indieartist.audio.tags.slots import Column, read_fields, write_fields
from indieartist.domain.tags import TagSheet


class Container(ABC):
    """One kind of file."""

    column: ClassVar[Column]

    @abstractmethod
    def layout(self, file: BinaryIO) -> Layout:
        """Where the audio lies."""

    @abstractmethod
    def read(self, path: Path) -> TagSheet:
        """Every field and the cover."""

    @abstractmethod
    def write(
        self, source: Path, target: Path, sheet: TagSheet, id3_version: int | None = None
    ) -> None:
        """Make `target` a copy of `source` with the tags of `sheet`.

        `id3_version` 3 or 4 is for an ID3 tag: 2.3 or 2.4; None keeps it, a new one is 2.4.
        """

    def fit(self, sheet: TagSheet) -> dict[str, tuple[str, ...]]:
        """The fields of `sheet` as they will be read back; those without a place are missing."""
        return {key: self.column[key].fit(sheet[key]) for key in sheet if key in self.column}


def id3_sheet(tags: Any) -> TagSheet:
    """What an ID3 tag says."""
    return TagSheet(read_fields(table.ID3, tags), id3.read_picture(tags))


def write_id3(tags: Any, sheet: TagSheet) -> None:
    """Put a sheet into an ID3 tag."""
    write_fields(table.ID3, tags, sheet)
    if sheet.artwork is not None:
        id3.write_picture(tags, sheet.artwork)
    id3.name_language(tags)
