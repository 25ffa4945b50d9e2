"""Previewing: what each streaming service does to a song's level, its peaks and its sound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.domain.platforms import AlbumRule, Platform, get_platform
from indieartist.domain.playback import album_change_db, change_db
from indieartist.domain.playback_words import MODEL, tell
from indieartist.domain.progress import Report, silent
from indieartist.errors import UserError
from indieartist.services.outputs import claim_path, safe_name
from indieartist.services.playing import (
    Order,
    coding_of,
    list_platforms,
    outcome_of,
    play_order,
    sections_level,
)
from indieartist.services.songs import Song, album_lufs
from indieartist.services.together import run_together

if TYPE_CHECKING:
    from datetime import date

    from indieartist.audio.codecs.playback import Heard, Section


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be previewed: platforms (none: all), a quality, all of it or the loudest 30 s."""

    platforms: tuple[str, ...] = ()
    quality: str | None = None
    quick: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What one service does to a song; levels are None for silence."""

    platform: str
    name: str
    quality: str
    coding: str
    as_album: bool
    change_db: float | None
    playback_lufs: float | None
    decoded_true_peak_dbtp: float | None
    playback_true_peak_dbtp: float | None
    clips: bool  # the decoder's output passes full scale
    sentence: str
    note: str
    confidence: str
    source: str
    page: str
    coding_confidence: str
    coding_source: str
    seen_on: date
    out_path: str = ""


@dataclass(frozen=True, slots=True)
class SongPreview:
    """A song as it is, and what becomes of it."""

    title: str
    path: str
    integrated_lufs: float | None
    true_peak_dbtp: float | None
    album_lufs: float | None
    sampled_ms: int | None  # how much of it went through the coders; None for all
    model: str
    platforms: tuple[Preview, ...]


def preview_songs(
    songs: Sequence[Song],
    wish: Wish,
    *,
    album: Sequence[Song] = (),
    out_folder: Path | None = None,
    force: bool = False,
    report: Report = silent,
) -> list[SongPreview]:
    """Send songs through the services' coders and turn them as they would.

    With `album`, all its songs, they are turned as its tracks where a service does so. With
    `out_folder`, what would be heard is written there, a 24-bit WAV for each. Raises UserError for
    a platform or quality that is not known, more than two channels, and files that are there
    already unless `force`.
    """
    platforms = choose_platforms(wish)
    if out_folder is not None:
        wish = replace(wish, quick=False)
    for song in songs:
        _check_channels(song)
    orders = [order for song in songs for order in _orders(song, album, platforms, wish)]
    if out_folder is not None:
        orders = _with_paths(orders, out_folder, force)
    heard = _play_all(orders, report)
    previews = [_preview(order, found) for order, found in zip(orders, heard, strict=True)]
    each = len(orders) // len(songs)
    loud = album_lufs(album) if album else None
    return [
        _song_preview(song, loud, orders[n * each], tuple(previews[n * each : (n + 1) * each]))
        for n, song in enumerate(songs)
    ]


def choose_platforms(wish: Wish) -> list[Platform]:
    """The services that are meant; UserError for names and qualities that there are not."""
    platforms = list_platforms()
    if wish.quality and not wish.platforms:
        raise UserError("A quality belongs to a platform.", "Name the platform as well.")
    names = dict.fromkeys(wish.platforms)
    chosen = [get_platform(platforms, name) for name in names] if names else list(platforms)
    for platform in chosen:
        coding_of(platform.get_stream(wish.quality)).check()
    return chosen


def _check_channels(song: Song) -> None:
    from indieartist.audio.codecs.rates import check_channels

    check_channels(song.measurement.channels, f"“{song.title}”")


def _orders(
    song: Song, album: Sequence[Song], platforms: Sequence[Platform], wish: Wish
) -> list[Order]:
    sections = _sections(song) if wish.quick else ()
    before = sections_level(song, sections)
    orders = []
    for platform in platforms:
        as_album = bool(album) and platform.album is not AlbumRule.NONE
        change = _change_db(song, album if as_album else (), platform)
        stream = platform.get_stream(wish.quality)
        orders.append(Order(song, platform, stream, change, as_album, before, sections))
    return orders


def _sections(song: Song) -> tuple[Section, ...]:
    """Where its highest peaks are; none where that is all of it."""
    from indieartist.audio.codecs.peaky import find_peaky_sections

    found = find_peaky_sections(song.waveform)
    return tuple(found) if len(found) > 1 else ()


def _change_db(song: Song, album: Sequence[Song], platform: Platform) -> float | None:
    if song.level.lufs is None:
        return None
    if not album:
        return change_db(platform, song.level)
    return album_change_db(platform, [each.level for each in album], album_lufs(album))


def _with_paths(orders: Sequence[Order], folder: Path, force: bool) -> list[Order]:
    """The same orders, each with its file in `folder`."""
    titles = [safe_name(order.song.title) for order in orders]
    songs = list(dict.fromkeys(id(order.song) for order in orders))
    made = []
    for order, title in zip(orders, titles, strict=True):
        number = f"{songs.index(id(order.song)) + 1:02d} " if len(songs) > 1 else ""
        path = folder / f"{number}{title} - {order.platform.key}.wav"
        made.append(replace(order, out=claim_path(path, force=force)))
    folder.mkdir(parents=True, exist_ok=True)
    return made


def _play_all(orders: Sequence[Order], report: Report) -> list[Heard]:
    """What comes of each order; those that need the same playing share it."""
    works: dict[object, Callable[[Report], Heard]] = {}
    keys = []
    for order in orders:
        key = (id(order.song), order.playing, order.out)
        works.setdefault(key, partial(play_order, order))
        keys.append(key)
    found = dict(zip(works, run_together(list(works.values()), report), strict=True))
    return [found[key] for key in keys]


def _preview(order: Order, heard: Heard) -> Preview:
    platform, outcome = order.platform, outcome_of(order, heard)
    loudness, streams = platform.loudness_source, platform.streams_source
    return Preview(
        platform=platform.key,
        name=platform.name,
        quality=order.stream.quality,
        coding=order.coding.label,
        as_album=order.as_album,
        change_db=outcome.change_db,
        playback_lufs=outcome.heard.lufs,
        decoded_true_peak_dbtp=outcome.decoded_dbtp,
        playback_true_peak_dbtp=outcome.heard.dbtp,
        clips=outcome.clips,
        sentence=tell(platform, order.coding.label, outcome, album=order.as_album),
        note=platform.note,
        confidence=loudness.confidence.value,
        source=loudness.text,
        page=loudness.page,
        coding_confidence=streams.confidence.value,
        coding_source=streams.text,
        seen_on=platform.seen_on,
        out_path=str(order.out or ""),
    )


def _song_preview(
    song: Song, loud: float | None, order: Order, previews: tuple[Preview, ...]
) -> SongPreview:
    rate_hz = song.measurement.sample_rate_hz
    frames = sum(section.frames for section in order.sections)
    sampled_ms = None if order.out or not frames else round(frames * 1000 / rate_hz)
    return SongPreview(
        title=song.title,
        path=str(song.path),
        integrated_lufs=song.level.lufs,
        true_peak_dbtp=song.level.dbtp,
        album_lufs=loud,
        sampled_ms=sampled_ms,
        model=MODEL,
        platforms=previews,
    )
