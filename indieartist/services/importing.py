"""Importing: a bounce comes in, is measured, and makes or joins a release and a track."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from indieartist.domain.names import same_name, title_from_name
from indieartist.domain.progress import Report, part, silent
from indieartist.domain.release import MixKind
from indieartist.errors import AppError, UserError, WorldError
from indieartist.library import releases
from indieartist.library import tables as t
from indieartist.library.history import Act
from indieartist.services.studio import Studio

if TYPE_CHECKING:
    from indieartist.audio.measure import Analysis
    from indieartist.domain.measurement import AudioInfo
    from indieartist.domain.tags import TagSheet

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


@dataclass(frozen=True, slots=True)
class _Bounce:
    """A file once it has been heard and lies in the vault."""

    path: Path
    audio_hash: str
    info: AudioInfo
    analysis: Analysis
    tags: TagSheet
    suffix: str
    note: str

    @property
    def title(self) -> str:
        return _first(self.tags, "title") or title_from_name(_storable(self.path.stem))


def import_files(
    studio: Studio,
    paths: list[Path],
    *,
    release_id: int | None = None,
    track_id: int | None = None,
    report: Report = silent,
) -> list[Imported | Refused]:
    """Import files one by one; a bad one is refused by itself and leaves no trace.

    With `track_id` each becomes the track's next mix; with `release_id` a track of that release
    (a mix of the track of the same name, if it has one).
    """
    results: list[Imported | Refused] = []
    for number, path in enumerate(paths):
        share = part(report, number / len(paths), (number + 1) / len(paths))
        try:
            results.append(
                import_file(studio, path, release_id=release_id, track_id=track_id, report=share)
            )
        except (UserError, WorldError) as error:
            results.append(Refused(str(path), error))
    return results


def import_file(
    studio: Studio,
    path: Path,
    *,
    release_id: int | None = None,
    track_id: int | None = None,
    report: Report = silent,
) -> Imported:
    """Hear a file to its end, copy it into the vault, and give it its place, as one act."""
    bounce = _take(studio, path, report)
    with studio.library.act(f"Import {_storable(path.name)}") as act:
        releases.remember_audio(
            act.connection, bounce.audio_hash, bounce.suffix, path.stat().st_size, bounce.info
        )
        releases.remember_measurement(
            act.connection,
            bounce.audio_hash,
            bounce.analysis.measurement,
            bounce.analysis.waveform.to_bytes(),
        )
        known = _find_known(act, bounce, track_id)
        return known or _place(studio, act, bounce, release_id, track_id)


def _take(studio: Studio, path: Path, report: Report) -> _Bounce:
    from indieartist.audio.measure import measure_file

    before = _stamp(path)
    analysis = measure_file(path, part(report, 0.0, 0.9))
    info = analysis.info
    suffix = SUFFIXES.get(info.codec) or SUFFIXES.get(info.container) or path.suffix.lower()
    audio_hash = studio.library.vault.add_file(path, suffix, part(report, 0.9, 1.0))
    tags, note = _read_tags(path)
    if _stamp(path) != before:
        raise UserError(
            f"“{_storable(path.name)}” was changed while it was being heard.",
            "Import it again once the bounce is finished.",
        )
    return _Bounce(path, audio_hash, info, analysis, tags, suffix, note)


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


def _find_known(act: Act, bounce: _Bounce, track_id: int | None) -> Imported | None:
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


def _place(
    studio: Studio, act: Act, bounce: _Bounce, release_id: int | None, track_id: int | None
) -> Imported:
    track_id = track_id or _find_track(act, bounce, release_id)
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
        name=_storable(bounce.path.name),
        audio_hash=bounce.audio_hash,
        parent_id=track.bounce.id if track.bounce else None,
        settings={},
        source_path=_storable(str(bounce.path.absolute())),
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


def _find_track(act: Act, bounce: _Bounce, release_id: int | None) -> int | None:
    """The track of the same name: in the named release, else the only one in the library."""
    query = select(t.track.c.id, t.track.c.title)
    if release_id is not None:
        query = query.where(t.track.c.release_id == release_id)
    wanted = same_name(bounce.title)
    rows = act.connection.execute(query)
    found = [row.id for row in rows if same_name(row.title) == wanted]
    return found[0] if len(found) == 1 else None


def _find_release(act: Act, bounce: _Bounce) -> int | None:
    album = _first(bounce.tags, "album")
    if not album:
        return None
    artist = _first(bounce.tags, "albumartist") or _first(bounce.tags, "artist")
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


def _new_release(studio: Studio, act: Act, bounce: _Bounce) -> int:
    tags = bounce.tags
    release_id = act.insert(
        t.release,
        title=_first(tags, "album") or bounce.title,
        label=_first(tags, "label"),
        catalogue_number=_first(tags, "catalognumber"),
        gtin=_first(tags, "barcode"),
        release_on=_day(_first(tags, "date")),
        genre=_first(tags, "genre"),
        added_at=studio.now(),
    )
    artists = tags.get("artists", ()) or tags.get("albumartist", ()) or tags.get("artist", ())
    for position, name in enumerate(artists, 1):
        act.insert(t.credit, release_id=release_id, position=position, name=name, role="artist")
    return release_id


def _new_track(act: Act, bounce: _Bounce, release_id: int) -> int:
    tags = bounce.tags
    last = select(func.max(t.track.c.position)).where(t.track.c.release_id == release_id)
    track_id = act.insert(
        t.track,
        release_id=release_id,
        position=(act.connection.execute(last).scalar() or 0) + 1,
        title=bounce.title,
        version=_first(tags, "version"),
        isrc=_first(tags, "isrc"),
        lyrics=_first(tags, "lyrics"),
        language="",
    )
    credits = [(n, role) for field, role in TAGGED_ROLES.items() for n in tags.get(field, ())]
    for position, (name, role) in enumerate(credits, 1):
        act.insert(t.credit, track_id=track_id, position=position, name=name, role=role)
    return track_id


def _first(tags: TagSheet, field: str) -> str:
    return next(iter(tags.get(field, ())), "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _storable(text: str) -> str:
    # A name that is not valid Unicode is kept readable; the audio itself lies in the vault.
    return text.encode("utf-8", "replace").decode("utf-8")
