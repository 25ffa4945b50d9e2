"""Importing: bounces that were heard make or join releases and tracks, one drop as one act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from indieartist.domain.codes import find_iswc
from indieartist.domain.names import same_name
from indieartist.domain.progress import Report, silent
from indieartist.domain.release import MixKind
from indieartist.errors import AppError, UserError, WorldError
from indieartist.library import contents, releases
from indieartist.library import tables as t
from indieartist.library.history import Act
from indieartist.services.hearing import Bounce, first, hear, storable
from indieartist.services.studio import Studio
from indieartist.services.together import run_together

# Credits that a file's tags can bring along: tag field -> role.
TAGGED_ROLES = {
    "composer": "composer",
    "lyricist": "lyricist",
    "arranger": "arranger",
    "producer": "producer",
    "engineer": "engineer",
    "mixer": "mixer",
    "remixer": "remixer",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """Where a file ended up; `known` when the library had this very audio already.

    `note` says what of the file could not be used.
    """

    path: str
    release_id: int
    track_id: int
    mix_id: int
    title: str
    mix_number: int
    known: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be imported, and why."""

    path: str
    error: AppError


def import_files(
    studio: Studio,
    paths: list[Path],
    *,
    release_id: int | None = None,
    track_id: int | None = None,
    report: Report = silent,
) -> list[Imported | Refused]:
    """Import files as one act; a bad one is refused by itself and leaves no trace.

    With `track_id` each becomes the track's next mix; with `release_id` a track of that release
    (a mix of the track of the same name, if it has one). All are heard before the library is
    written to, so that nobody waits for it meanwhile.
    """
    heard = hear_all(studio, paths, report)
    good = [bounce for bounce in heard if isinstance(bounce, Bounce)]
    try:
        placed = iter(_place_all(studio, good, release_id, track_id))
    except (UserError, WorldError) as error:
        return [
            Refused(str(found.path), error) if isinstance(found, Bounce) else found
            for found in heard
        ]
    return [next(placed) if isinstance(found, Bounce) else found for found in heard]


def import_file(
    studio: Studio,
    path: Path,
    *,
    release_id: int | None = None,
    track_id: int | None = None,
    report: Report = silent,
) -> Imported:
    """Hear a file to its end, copy it into the vault, and give it its place, as one act."""
    return _place_all(studio, [hear(studio, path, report)], release_id, track_id)[0]


def hear_all(studio: Studio, paths: list[Path], report: Report) -> list[Bounce | Refused]:
    """Hear files, two at a time, each on one thread; a single one is read and heard on two."""
    threads = 2 if len(paths) == 1 else 1

    def work(path: Path) -> Callable[[Report], Bounce | Refused]:
        return lambda share: _hear(studio, path, share, threads)

    return run_together([work(path) for path in paths], report)


def _hear(studio: Studio, path: Path, report: Report, threads: int) -> Bounce | Refused:
    try:
        return hear(studio, path, report, threads=threads)
    except (UserError, WorldError) as error:
        return Refused(str(path), error)


def _place_all(
    studio: Studio, bounces: list[Bounce], release_id: int | None, track_id: int | None
) -> list[Imported]:
    if not bounces:
        return []
    what = bounces[0].name if len(bounces) == 1 else f"{len(bounces)} files"
    with studio.library.act(f"Import {what}") as act:
        return [
            place(studio, act, bounce, release_id=release_id, track_id=track_id)
            for bounce in bounces
        ]


def place(
    studio: Studio,
    act: Act,
    bounce: Bounce,
    *,
    release_id: int | None = None,
    track_id: int | None = None,
    by_name: bool = True,
) -> Imported:
    """Give a bounce that was heard its place, as a part of an act; see `import_files`.

    Without `by_name` it makes a track of its own where no track is named.
    """
    connection, heard = act.connection, bounce.heard
    contents.remember_audio(
        connection, bounce.audio_hash, bounce.suffix, bounce.size_bytes, bounce.info
    )
    contents.remember_measurement(
        connection,
        bounce.audio_hash,
        heard.measurement,
        heard.waveform.to_bytes(),
        heard.profile.to_bytes(),
    )
    known = _find_known(act, bounce, track_id)
    if known is None and track_id is None and by_name:
        track_id = _find_track(act, bounce, release_id)
    return known or _new_mix(studio, act, bounce, release_id, track_id)


def _find_known(act: Act, bounce: Bounce, track_id: int | None) -> Imported | None:
    query = (
        select(t.mix, t.track.c.title, t.track.c.release_id)
        .join(t.track, t.track.c.id == t.mix.c.track_id)
        .where(t.mix.c.audio_hash == bounce.audio_hash)
    )
    if track_id is not None:
        query = query.where(t.mix.c.track_id == track_id)
    row = act.connection.execute(query).first()
    if row is None:
        return None
    return Imported(
        str(bounce.path),
        row.release_id,
        row.track_id,
        row.id,
        row.title,
        row.number,
        known=True,
        note=bounce.note,
    )


def _new_mix(
    studio: Studio, act: Act, bounce: Bounce, release_id: int | None, track_id: int | None
) -> Imported:
    if track_id is None:
        release_id = release_id or _find_release(act, bounce) or _new_release(studio, act, bounce)
        track_id = _new_track(act, bounce, release_id)
    track = releases.get_track(act.connection, track_id)
    number = len(track.mixes) and max(mix.number for mix in track.mixes)
    mix_id = act.insert(
        t.mix,
        track_id=track.id,
        number=number + 1,
        kind=MixKind.BOUNCE.value,
        name=bounce.name,
        audio_hash=bounce.audio_hash,
        parent_id=track.bounce.id if track.bounce else None,
        settings={},
        source_path=storable(str(bounce.path.absolute())),
        added_at=studio.now(),
    )
    return Imported(
        str(bounce.path),
        track.release_id,
        track.id,
        mix_id,
        track.title,
        number + 1,
        note=bounce.note,
    )


def _find_track(act: Act, bounce: Bounce, release_id: int | None) -> int | None:
    """The track of the same name: in the named release, else the only one in the library."""
    query = select(t.track.c.id, t.track.c.title)
    if release_id is not None:
        query = query.where(t.track.c.release_id == release_id)
    wanted = same_name(bounce.title)
    rows = act.connection.execute(query)
    found = [row.id for row in rows if same_name(row.title) == wanted]
    return found[0] if len(found) == 1 else None


def _find_release(act: Act, bounce: Bounce) -> int | None:
    album = first(bounce.tags, "album")
    if not album:
        return None
    artist = first(bounce.tags, "albumartist") or first(bounce.tags, "artist")
    lines = releases.list_releases(act.connection)
    return next(
        (
            line.id
            for line in lines
            if same_name(line.title) == same_name(album)
            and (not artist or same_name(line.artist_line) == same_name(artist))
        ),
        None,
    )


def _new_release(studio: Studio, act: Act, bounce: Bounce) -> int:
    tags = bounce.tags
    release_id = act.insert(
        t.release,
        title=first(tags, "album") or bounce.title,
        label=first(tags, "label"),
        catalogue_number=first(tags, "catalognumber"),
        gtin=first(tags, "barcode"),
        release_on=_day(first(tags, "date")),
        genre=first(tags, "genre"),
        added_at=studio.now(),
    )
    artists = tags.get("artists", ()) or tags.get("albumartist", ()) or tags.get("artist", ())
    for position, name in enumerate(artists or filter(None, [studio.artist]), 1):
        act.insert(t.credit, release_id=release_id, position=position, name=name, role="artist")
    return release_id


def _new_track(act: Act, bounce: Bounce, release_id: int) -> int:
    tags = bounce.tags
    last = select(func.max(t.track.c.position)).where(t.track.c.release_id == release_id)
    track_id = act.insert(
        t.track,
        release_id=release_id,
        position=(act.connection.execute(last).scalar() or 0) + 1,
        title=bounce.title,
        version=first(tags, "version"),
        isrc=first(tags, "isrc"),
        iswc=find_iswc(first(tags, "iswc")) or "",
        lyrics=first(tags, "lyrics"),
        language="",
    )
    credits = [(n, role) for field, role in TAGGED_ROLES.items() for n in tags.get(field, ())]
    for position, (name, role) in enumerate(credits, 1):
        act.insert(t.credit, track_id=track_id, position=position, name=name, role=role)
    return track_id


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
