"""The audio of an imported catalogue: heard and taken into its tracks, release by release."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select

from indieartist.domain.progress import Report, part, silent
from indieartist.errors import AppError
from indieartist.library import tables as t
from indieartist.services import importing
from indieartist.services.catalogue_import import Imported
from indieartist.services.importing import Refused
from indieartist.services.studio import Studio

Files = list[tuple[int, Path]]  # the number of a track, and its file
_AT_ONCE = 500


def take_audio(studio: Studio, made: Imported, report: Report = silent) -> list[Refused]:
    """Hear the files that tracks were made from, and take each in as its track's mix.

    Each release is an act of its own: what was heard when the machine goes down stays. A file that
    cannot be heard is given back with the reason; its track stays without audio.
    """
    groups = _by_release(studio, made.files)
    refused: list[Refused] = []
    for done, (title, files) in enumerate(groups, 1):
        share = part(report, (done - 1) / len(groups), done / len(groups))
        refused += _take(studio, title, files, share)
    return refused


def _by_release(studio: Studio, files: Sequence[tuple[int, Path]]) -> list[tuple[str, Files]]:
    """The files of each release under its title, in the order they came."""
    owners: dict[int, tuple[int, str]] = {}
    query = select(t.track.c.id, t.release.c.id.label("release_id"), t.release.c.title).join(
        t.release, t.release.c.id == t.track.c.release_id
    )
    with studio.library.read() as connection:
        for start in range(0, len(files), _AT_ONCE):
            some = [track_id for track_id, _path in files[start : start + _AT_ONCE]]
            for row in connection.execute(query.where(t.track.c.id.in_(some))):
                owners[row.id] = (row.release_id, row.title)
    groups: dict[tuple[int, str], Files] = {}
    for track_id, path in files:
        if track_id in owners:
            groups.setdefault(owners[track_id], []).append((track_id, path))
    return [(title, found) for (_number, title), found in groups.items()]


def _take(studio: Studio, title: str, files: Files, report: Report) -> list[Refused]:
    heard = importing.hear_all(studio, [path for _track_id, path in files], report)
    refused = [found for found in heard if isinstance(found, Refused)]
    pairs = zip((track_id for track_id, _path in files), heard, strict=True)
    good = [(track_id, found) for track_id, found in pairs if not isinstance(found, Refused)]
    if not good:
        return refused
    try:
        with studio.library.act(f"Audio of “{title}”") as act:
            for track_id, bounce in good:
                importing.place(studio, act, bounce, track_id=track_id)
    except AppError as error:
        refused += [Refused(str(bounce.path), error) for _track_id, bounce in good]
    return refused
