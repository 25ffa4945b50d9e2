"""A stem pack: the parts of a song as files, with what a DAW should know of the song."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from indieartist.domain.project import Marker

# What a pack can say of its song, in the order of the format's metadata.xml.
PACK_FACTS = (
    "title",
    "artist",
    "album",
    "original_artist",
    "composer",
    "songwriter",
    "producer",
    "arranger",
    "year",
    "genre",
    "copyright",
    "website",
    "comment",
)


@dataclass(frozen=True, slots=True)
class Stem:
    """One part: its file, what it is called, and its sound."""

    path: Path
    name: str
    duration_s: float
    channels: int
    sample_rate_hz: int


@dataclass(frozen=True, slots=True)
class StemPack:
    """Stems that all begin together, with their song's tempo, signature, markers and facts."""

    stems: tuple[Stem, ...]
    tempo_bpm: float | None = None
    time_signature: str | None = None
    markers: tuple[Marker, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)
