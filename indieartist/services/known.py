"""What checks are told beside the release: the catalogue's names, and what was delivered before."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from indieartist.domain.preflight.known import Carried, Delivery, Known, Names, SentTrack
from indieartist.domain.preflight.rulebook import RuleBook
from indieartist.domain.release import Release, Track
from indieartist.errors import AppError
from indieartist.library.known import list_names, list_sent, list_suffixes
from indieartist.services.studio import Studio


def read_names(studio: Studio) -> Names:
    """Every name of the library; read once where many releases are checked."""
    with studio.library.read() as connection:
        return Names(list_names(connection))


def read_known(studio: Studio, release: Release, book: RuleBook, names: Names) -> Known:
    """What is known beside `release`: names, and what went out and cannot be amended there."""
    with studio.library.read() as connection:
        sent = list_sent(connection, release.id)
    return Known(names, tuple(_delivery(studio, book, *row) for row in sent))


def read_carried(studio: Studio, release: Release) -> dict[str, Carried]:
    """What the files of each approved mix carry beside sound; those that cannot be read are out."""
    found = {}
    for key, kept, delivered in _files(studio, release):
        if (marks := _marks_of(kept)) is not None:
            sent = _marks_of(delivered) if delivered.is_file() else ()
            if sent is not None:
                found[key] = Carried(marks, sent)
    return found


def stamp_delivered(studio: Studio, release: Release) -> list[tuple[str, int, int]]:
    """What tells whether a file that goes out was made or changed: its size and time."""
    stamps = []
    for track in release.tracks:
        for path in _delivered(studio, track):
            try:
                found = path.stat()
            except OSError:
                continue
            stamps.append((path.name, found.st_size, found.st_mtime_ns))
    return stamps


def _files(studio: Studio, release: Release) -> list[tuple[str, Path, Path]]:
    """Of each approved mix its hash, the library's file and the one that goes out."""
    mixes = [track.approved for track in release.tracks if track.approved]
    with studio.library.read() as connection:
        suffixes = list_suffixes(connection, [mix.audio_hash for mix in mixes])
    vault = studio.library.vault
    return [
        (mix.audio_hash, vault.path_of(mix.audio_hash, suffixes[mix.audio_hash]), sent)
        for mix in mixes
        if mix.audio_hash in suffixes
        for sent in [_rendered(studio, mix.audio_hash)]
    ]


def _delivered(studio: Studio, track: Track) -> list[Path]:
    return [_rendered(studio, track.approved.audio_hash)] if track.approved else []


def _rendered(studio: Studio, audio_hash: str) -> Path:
    return studio.library.folder / "Renders" / f"{audio_hash}.flac"


def _marks_of(path: Path) -> tuple[str, ...] | None:
    try:
        found = path.stat()
        return _marks_at(path, found.st_size, found.st_mtime_ns)
    except (OSError, AppError):
        return None


@lru_cache(maxsize=8192)
def _marks_at(path: Path, _size: int, _mtime_ns: int) -> tuple[str, ...]:
    from indieartist.audio.tags import list_marks

    return list_marks(path)


def _delivery(studio: Studio, book: RuleBook, key: str, item: dict[str, Any], at: Any) -> Delivery:
    place = book.destinations.get(key)
    tracks = item.get("tracks", ())
    return Delivery(
        destination=key,
        title=place.title if place else studio.adapters.get(key).manifest.display_name,
        gtin=item.get("gtin", ""),
        tracks=tuple(SentTrack(t["title"], t["isrc"], t["duration_ms"]) for t in tracks),
        sent_on=at.astimezone().date(),
        by_hand=bool(place and place.group == "direct"),
    )
