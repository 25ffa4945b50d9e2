"""The roles a person can have on a record, in the groups that stores and societies ask for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """A role's name on screen and its group: artist, writing, performance or production."""

    label: str
    group: str


ROLES: dict[str, Role] = {
    "artist": Role("Artist", "artist"),
    "featured": Role("Featured artist", "artist"),
    "remixer": Role("Remixer", "artist"),
    "composer": Role("Composer", "writing"),
    "lyricist": Role("Lyricist", "writing"),
    "writer": Role("Songwriter", "writing"),
    "arranger": Role("Arranger", "writing"),
    "performer": Role("Performer", "performance"),
    "vocals": Role("Vocals", "performance"),
    "conductor": Role("Conductor", "performance"),
    "producer": Role("Producer", "production"),
    "engineer": Role("Recording engineer", "production"),
    "mixer": Role("Mixing engineer", "production"),
    "mastering": Role("Mastering engineer", "production"),
}
