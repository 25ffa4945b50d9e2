"""DAW projects: what one says of its song, and a track taking over its tempo and markers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.domain.bounce_names import parse_bounce_name
from indieartist.domain.project import Project, TrackProject
from indieartist.errors import AppError, UserError, world_error

if TYPE_CHECKING:
    from indieartist.domain.release import Track
    from indieartist.services.studio import Studio

SUFFIXES = (".als", ".rpp", ".dawproject", ".flp")
_FOLDERS_UP, _MOST_ENTRIES = 3, 5_000
_OFFER_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Offer:
    """A project that lies near a track's bounces and says what the track does not have yet."""

    project: TrackProject
    source: Project

    @property
    def name(self) -> str:
        """The project's file."""
        return Path(self.project.path).name


def read_project(path: Path) -> Project:
    """Everything a project says; nothing is written. Raises UserError for what is none."""
    from indieartist.readers.projects import read_project as read

    return read(path)


def taken_from(path: Path, project: Project) -> TrackProject:
    """The part of a project that a track takes over."""
    return TrackProject(
        str(path.absolute()),
        f"{project.daw} {project.version}".strip(),
        project.tempo_bpm,
        project.time_signature,
        project.markers,
    )


def find_taken(studio: Studio, track: Track) -> TrackProject | None:
    """What a track has taken over, or None."""
    from indieartist.library import projects

    with studio.library.read() as connection:
        return projects.find_track_project(connection, track.id)


def take_project(studio: Studio, track: Track, taken: TrackProject) -> None:
    """Take tempo, signature and markers over into a track; undo gives back what it had.

    Raises UserError where the project says none of them.
    """
    from indieartist.library import projects

    if not (taken.tempo_bpm or taken.time_signature or taken.markers):
        raise UserError(f"{Path(taken.path).name} names no tempo and no markers.")
    with studio.library.act(f"Tempo and markers of “{track.title}”") as act:
        projects.keep_track_project(act, track.id, taken, studio.now())


def drop_project(studio: Studio, track: Track) -> None:
    """Let go of the tempo and markers that a track took over."""
    from indieartist.library import projects

    with studio.library.act(f"Let go of tempo and markers of “{track.title}”") as act:
        projects.drop_track_project(act, track.id)


def make_offer(path: Path) -> Offer:
    """What a project that was chosen offers; raises UserError for what is none."""
    project = read_project(path)
    return Offer(taken_from(path, project), project)


def find_offer(studio: Studio, track: Track) -> Offer | None:
    """What the newest project of the track's name near its bounces offers, or None.

    A project that cannot be read offers nothing; nobody asked for it.
    """
    for path in _near(studio, track):
        try:
            project = _read_for_offer(path)
        except AppError:
            continue
        taken = taken_from(path, project)
        told = taken.tempo_bpm or taken.markers
        if told and not _is_known(taken, find_taken(studio, track)):
            return Offer(taken, project)
        return None
    return None


def _read_for_offer(path: Path) -> Project:
    """A project that nobody asked for: within seconds, and once for as long as it is not saved."""
    try:
        found = path.stat()
    except OSError as error:
        raise world_error(error, path) from error
    return _read_once(path, found.st_size, found.st_mtime_ns)


@lru_cache(maxsize=16)
def _read_once(path: Path, _size_bytes: int, _mtime_ns: int) -> Project:
    from indieartist.readers.projects import read_project as read

    return read(path, seconds=_OFFER_SECONDS)


def _is_known(offered: TrackProject, taken: TrackProject | None) -> bool:
    if taken is None:
        return False
    ours = (taken.tempo_bpm, taken.time_signature, taken.markers)
    return ours == (offered.tempo_bpm, offered.time_signature, offered.markers)


def _near(studio: Studio, track: Track) -> list[Path]:
    """Projects of the track's name in the folders of its bounces and above, the newest first."""
    from indieartist.library import projects

    with studio.library.read() as connection:
        sources = [Path(source) for source in projects.list_sources(connection, track.id)]
    stems = {parse_bounce_name(source.stem).stem for source in sources}
    stems |= {parse_bounce_name(track.title).stem}
    folders = dict.fromkeys(folder for source in sources for folder in source.parents[:_FOLDERS_UP])
    found = {path: stamp for folder in folders for path, stamp in _projects_in(folder, stems)}
    return sorted(found, key=lambda path: -found[path])


def _projects_in(folder: Path, stems: set[str]) -> Iterator[tuple[Path, float]]:
    try:
        with os.scandir(folder) as entries:
            for entry in islice(entries, _MOST_ENTRIES):
                path = Path(entry.path)
                if path.suffix.lower() in SUFFIXES and _is_called(path, stems):
                    yield path, entry.stat().st_mtime
    except OSError:  # it is gone, or not ours to read: then it offers nothing
        return


def _is_called(path: Path, stems: set[str]) -> bool:
    """Whether a project has one of the names; projects are numbered without a word: 'Song 12'."""
    stem = parse_bounce_name(path.stem).stem
    return stem in stems or stem.rstrip("0123456789") in stems
