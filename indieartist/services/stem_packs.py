"""Stem packs: the parts of a song as one .dawproject, with the song's tempo, markers and facts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.domain.bounce_names import parse_bounce_name
from indieartist.domain.progress import Report, part, silent
from indieartist.domain.project import Marker, Project
from indieartist.domain.release import Release, Track, join_names
from indieartist.domain.stems import Stem, StemPack
from indieartist.errors import UserError, world_error
from indieartist.services.daw import find_taken

if TYPE_CHECKING:
    from indieartist.services.studio import Studio

SUFFIX = ".dawproject"
_KINDS = {"wav", "rf64", "aiff", "flac", "mp3", "ogg"}  # what DAWs open without converting
_WRITERS = {"composer": "composer", "writer": "songwriter", "producer": "producer"}


@dataclass(frozen=True, slots=True)
class WrittenPack:
    """A pack that was written: where, and what it says."""

    path: str
    stems: tuple[str, ...]
    tempo_bpm: float | None
    time_signature: str | None
    markers: tuple[Marker, ...]


def read_stem(path: Path) -> Stem:
    """A part by its own file; raises UserError for what is no whole sound a DAW can open."""
    from indieartist.audio.decode import probe

    info = probe(path)
    if info.container not in _KINDS:
        raise UserError(f"“{path.name}” is no file that a DAW opens.", "Export it as WAV.")
    name = parse_bounce_name(path.stem).title or path.stem
    seconds = info.frames / info.sample_rate_hz
    return Stem(path, name, seconds, info.channels, info.sample_rate_hz)


def facts_of(release: Release, track: Track) -> dict[str, str]:
    """What the library knows of a song, by the names a pack has for it."""
    names = {key: track.named(role) for role, key in _WRITERS.items()}
    year = f"{release.release_on.year}" if release.release_on else ""
    facts = {
        "title": f"{track.title} ({track.version})" if track.version else track.title,
        "artist": join_names(track.named("artist")) or release.artist_line,
        "album": release.title,
        "year": year,
        "genre": track.genre or release.genre,
        "copyright": release.c_line,
        **{key: join_names(found) for key, found in names.items()},
        "arranger": join_names(track.named("arranger")),
    }
    return {key: value for key, value in facts.items() if value}


def project_of(studio: Studio, track: Track) -> Project | None:
    """The tempo and markers that a track took over from its DAW project, or None."""
    taken = find_taken(studio, track)
    if taken is None:
        return None
    return Project(taken.daw, "", taken.tempo_bpm, False, taken.time_signature, taken.markers)


def make_pack(
    stems: Sequence[Stem], project: Project | None = None, facts: dict[str, str] | None = None
) -> StemPack:
    """A pack of these stems that says of its song what `project` and `facts` do."""
    if not stems:
        raise UserError("A pack needs a stem.", "Name the audio files of the parts.")
    known = project.facts if project else {}
    return StemPack(
        tuple(stems),
        project.tempo_bpm if project else None,
        project.time_signature if project else None,
        project.markers if project else (),
        {**known, **(facts or {})},
    )


def write_pack(pack: StemPack, path: Path, report: Report = silent) -> WrittenPack:
    """Write a pack whole or not at all; a file of that name is replaced."""
    from indieartist.readers.stem_pack import write_stem_pack

    if any(path.absolute() == stem.path.absolute() for stem in pack.stems):
        raise UserError(f"{path.name} is one of the stems.", "Name another file for the pack.")
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        write_stem_pack(pack, draft, part(report, 0.0, 1.0))
        draft.replace(path)
    except OSError as error:
        raise world_error(error, path) from error
    finally:
        draft.unlink(missing_ok=True)
    names = tuple(stem.name for stem in pack.stems)
    return WrittenPack(str(path), names, pack.tempo_bpm, pack.time_signature, pack.markers)
