"""Staging: a file's tags beside what the release says, chosen before anything is written."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from indieartist.domain.progress import Report, silent
from indieartist.domain.release import Release, Track
from indieartist.domain.tags import FIELDS, NO_PICTURE, TagSheet
from indieartist.services.studio import Studio
from indieartist.services.tagging import ARTWORK, Write, chosen, list_writes, sheet_of


@dataclass(frozen=True, slots=True)
class TagRow:
    """One field beside the file's: `release` is None where the release says nothing of it."""

    field: str
    label: str
    file: tuple[str, ...]
    release: tuple[str, ...] | None

    @property
    def differs(self) -> bool:
        """Whether writing it would change the file."""
        return self.release is not None and self.release != self.file

    @property
    def only_in_file(self) -> bool:
        """Whether the release says nothing of it: it stays, unless it is taken out."""
        return self.release is None


@dataclass(frozen=True, slots=True)
class Staged:
    """A file's tags beside the release's, before anything is written."""

    path: Path
    rows: tuple[TagRow, ...]
    sheet: TagSheet
    writes: tuple[Write, ...]  # that can be taken back
    holds_id3: bool = False  # its version, 2.3 or 2.4, can be chosen


def stage(
    studio: Studio, release: Release, track: Track, path: Path, report: Report = silent
) -> Staged:
    """Lay the tags of a file beside what the release says of a track; nothing is written."""
    from indieartist.audio.tags import carried, holds_id3, read_tags

    found = read_tags(path)
    sheet = carried(path, sheet_of(studio, release, track, path, report))
    rows = [
        TagRow(key, label.label, found.get(key, ()), sheet.get(key))
        for key, label in FIELDS.items()
        if key in found or key in sheet
    ]
    rows += _artwork_row(found, sheet)
    return Staged(path, tuple(rows), sheet, list_writes(studio, path), holds_id3(path))


def pick(staged: Staged, keys: Collection[str]) -> TagSheet:
    """What writing the chosen rows means: the release's value, or none for one only in the file."""
    out = [row.field for row in staged.rows if row.only_in_file and row.field in keys]
    sheet = chosen(staged.sheet, keys) if keys else TagSheet()
    artwork = NO_PICTURE if ARTWORK in out else sheet.artwork
    return TagSheet({**sheet, **{key: () for key in out if key != ARTWORK}}, artwork)


def _artwork_row(found: TagSheet, sheet: TagSheet) -> list[TagRow]:
    if not found.artwork and sheet.artwork is None:
        return []
    same = sheet.artwork is not None and found.artwork == sheet.artwork
    before = (str(found.artwork),) if found.artwork else ()
    after = None if sheet.artwork is None else (str(sheet.artwork),)
    if after == before and not same:
        after = (f"{sheet.artwork} (another picture)",)
    return [TagRow(ARTWORK, "Artwork", before, after)]
