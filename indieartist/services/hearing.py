"""Hearing a bounce to its end: its figures, its tags, and its copy in the vault."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.domain.names import title_from_name
from indieartist.domain.progress import Report, part, silent
from indieartist.errors import UserError
from indieartist.services.studio import Studio

if TYPE_CHECKING:
    from indieartist.audio.analysis.listening import Heard
    from indieartist.domain.measurement import AudioInfo
    from indieartist.domain.tags import TagSheet

# Files in the vault are named by what they hold, whatever they were called.
SUFFIXES = {
    "wav": ".wav",
    "rf64": ".wav",
    "aiff": ".aiff",
    "flac": ".flac",
    "mp3": ".mp3",
    "mp4": ".m4a",
    "opus": ".opus",
    "ogg": ".ogg",
}


@dataclass(frozen=True, slots=True)
class Bounce:
    """A file once it has been heard and lies in the vault."""

    path: Path
    audio_hash: str
    size_bytes: int
    info: AudioInfo
    heard: Heard
    tags: TagSheet
    suffix: str
    note: str

    @property
    def title(self) -> str:
        """What the song is called: by its tags, else by its name."""
        return first(self.tags, "title") or title_from_name(storable(self.path.stem))

    @property
    def name(self) -> str:
        """The file's name, as it can be kept."""
        return storable(self.path.name)


def hear(studio: Studio, path: Path, report: Report = silent, *, threads: int = 2) -> Bounce:
    """Hear a file to its end and copy it into the vault; nothing else is written.

    Raises UserError for a file that is no sound, is damaged, or is written to meanwhile.
    """
    from indieartist.audio.analysis.listening import hear_file

    before = _stamp(path)
    heard = hear_file(path, part(report, 0.0, 0.9), threads=threads)
    info = heard.info
    suffix = SUFFIXES.get(info.codec) or SUFFIXES.get(info.container) or path.suffix.lower()
    audio_hash = studio.library.vault.add_file(path, suffix, part(report, 0.9, 1.0))
    tags, note = _read_tags(path)
    if _stamp(path) != before:
        raise UserError(
            f"“{storable(path.name)}” was changed while it was being heard.",
            "Import it again once the bounce is finished.",
        )
    size_bytes = studio.library.vault.get_path(audio_hash, suffix).stat().st_size
    return Bounce(path, audio_hash, size_bytes, info, heard, tags, suffix, note)


def _read_tags(path: Path) -> tuple[TagSheet, str]:
    """The file's tags, or none and why: damaged tags are no reason to refuse the sound."""
    from indieartist.audio.tags import read_tags
    from indieartist.domain.tags import TagSheet

    try:
        return read_tags(path), ""
    except UserError as error:
        return TagSheet({}), f"{error.message} Its tags were left out."


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file is written to; None where it is not there to be asked."""
    try:
        found = path.stat()
    except (OSError, ValueError):  # the decoder says what is wrong, in words
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def first(tags: TagSheet, field: str) -> str:
    """The first value of a tag, or none."""
    return next(iter(tags.get(field, ())), "")


def storable(text: str) -> str:
    """A name that is not valid Unicode, kept readable; the audio itself lies in the vault."""
    return text.encode("utf-8", "replace").decode("utf-8")
