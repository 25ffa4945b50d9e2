"""The bin: what was removed, brought back or deleted for good."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from indieartist.errors import UserError
from indieartist.library import bin as binning
from indieartist.services import editing, finding
from indieartist.services.mastering_traces import derived_of
from indieartist.services.studio import Studio


@dataclass(frozen=True, slots=True)
class BinLine:
    """One thing in the bin as lists show it."""

    id: str
    kind: str  # release, track, mix, artwork
    title: str
    removed_at: datetime


@dataclass(frozen=True, slots=True)
class Bin:
    """The bin, and what emptying it deletes."""

    lines: tuple[BinLine, ...]
    file_count: int
    size_bytes: int


def remove(studio: Studio, thing: str) -> str:
    """Remove what a person calls R3, T7, T7:2 (a mix) or R3:cover; return what it was."""
    name, _, part = thing.strip().partition(":")
    if not part:
        return _remove_whole(studio, name)
    if part.casefold() == "cover":
        release = finding.get_release(studio, name)
        editing.remove_artwork(studio, release)
        return f"the cover of “{release.title}”"
    track = finding.get_track(studio, name)
    mix = next((mix for mix in track.mixes if str(mix.number) == part), None)
    if mix is None:
        raise UserError(f"“{track.title}” has no mix {part}.", "Write T7:2 for its second mix.")
    editing.remove_mix(studio, track, mix)
    return f"mix {mix.number} of “{track.title}”"


def _remove_whole(studio: Studio, name: str) -> str:
    """R3 is a release, T7 and R3.2 are tracks."""
    if re.fullmatch(r"[Rr]\d+", name):
        release = finding.get_release(studio, name)
        editing.remove_release(studio, release)
        return f"“{release.title}”"
    if not re.fullmatch(r"[Tt]\d+|[Rr]\d+\.\d+", name):
        raise UserError(f"“{name}” is not a number.", "Write R3, T7, T7:2 or R3:cover.")
    track = finding.get_track(studio, name)
    editing.remove_track(studio, track)
    return f"“{track.title}”"


def look(studio: Studio) -> Bin:
    """What is in the bin, what was removed last first."""
    with studio.library.read() as connection:
        binned, waste = binning.list_binned(connection), binning.find_waste(connection)
    lines = tuple(BinLine(one.id, one.kind, one.title, one.removed_at) for one in binned)
    return Bin(lines, len(waste.files), waste.size_bytes)


def bring_back(studio: Studio, name: str) -> BinLine:
    """Put one thing back, as an act that can be undone; UserError where its place is gone."""
    with studio.library.read() as connection:
        one = binning.get_binned(connection, name)
    with studio.library.act(f"Bring back {one.kind} “{one.title}”") as act:
        binning.bring_back(act, one)
    return BinLine(one.id, one.kind, one.title, one.removed_at)


def empty(studio: Studio) -> Bin:
    """Delete for good what is in the bin, and the files that nothing names any more.

    There is no undo: the act is listed as final. What was removed from the library is no longer
    in it before a file goes, so a kill in between leaves at most files that nobody names.
    """
    before = look(studio)
    with studio.library.act("Empty the bin", final=True) as act:
        waste = binning.empty(act.connection)
        act.effect = {"kind": "bin"}
    for content_hash, suffix in waste.files:
        for path in (
            studio.library.vault.path_of(content_hash, suffix),
            *(studio.library.folder / "Renders").glob(f"{content_hash}*"),
        ):
            with suppress(FileNotFoundError, IsADirectoryError):
                path.unlink()
        derived_of(studio).forget(content_hash)
    return Bin(before.lines, len(waste.files), waste.size_bytes)
