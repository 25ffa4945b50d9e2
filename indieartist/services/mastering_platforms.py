"""The row of services: what each does to a mix's level at once, and to its peaks once heard."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from indieartist.domain.platforms import AlbumRule
from indieartist.domain.playback import Level, album_change_db, change_db
from indieartist.domain.playback_words import Outcome, tell
from indieartist.domain.progress import Report, silent
from indieartist.services.mastering_traces import derived_of
from indieartist.services.mastering_views import PlatformCell
from indieartist.services.playing import (
    Order,
    list_platforms,
    outcome_of,
    play_order,
    sections_level,
)
from indieartist.services.songs import Song, album_lufs, read_song
from indieartist.services.together import run_together

if TYPE_CHECKING:
    from indieartist.audio.codecs.playback import Heard
    from indieartist.domain.platforms import Platform
    from indieartist.domain.release import Mix, Release
    from indieartist.services.studio import Studio

_VERSION = 1  # a new one, where the same song would be heard with other peaks


def tell_platforms(
    studio: Studio, mix: Mix, release: Release | None = None
) -> tuple[PlatformCell, ...]:
    """What each service does to a mix, with `release` as a track of it where it plays albums.

    Levels come from what was measured, without hearing anything; the peaks after a coder are
    None until `measure_codecs` has heard them.
    """
    return tuple(_cell(studio, order, mix) for order in _orders(studio, mix, release))


def measure_codecs(
    studio: Studio,
    mix: Mix,
    report: Report = silent,
    *,
    release: Release | None = None,
    whole: bool = False,
) -> tuple[PlatformCell, ...]:
    """Send the mix through every coder that was not heard yet, keep the peaks, and tell again.

    It takes half a minute of where the song peaks, or, much longer, the `whole` of it; the best
    known services come first, and what was heard stays when it is stopped. Raises UserError for
    more than two channels.
    """
    from indieartist.audio.codecs.rates import check_channels

    check_channels(mix.info.channels, f"“{mix.name}”")
    orders = sorted(_orders(studio, mix, release), key=lambda order: not order.platform.headline)
    unheard = [order for order in orders if not _is_heard(studio, order, mix, whole=whole)]
    missing: dict[str, Callable[[Report], None]] = {}
    for order in unheard if whole else _sampled(unheard):
        missing.setdefault(
            _name(order, whole=not order.sections), partial(_hear, studio, order, mix)
        )
    run_together(list(missing.values()), report)
    report(1.0)
    return tell_platforms(studio, mix, release)


def _orders(studio: Studio, mix: Mix, release: Release | None) -> list[Order]:
    song = read_song(studio, mix, mix.name)
    album = _read_album(studio, song, mix, release) if release else []
    whole_lufs = album_lufs(album) if album else None
    return [_order(song, platform, album, whole_lufs) for platform in list_platforms()]


def _read_album(studio: Studio, song: Song, mix: Mix, release: Release) -> list[Song]:
    """The songs that are turned together; none where the mix would be alone."""
    songs = []
    for track in release.tracks:
        if track.id == mix.track_id:
            songs.append(song)
        elif track.current is not None:
            songs.append(read_song(studio, track.current, track.title))
    return songs if len(songs) > 1 else []


def _order(
    song: Song, platform: Platform, album: Sequence[Song], whole_lufs: float | None
) -> Order:
    as_album = bool(album) and platform.album is not AlbumRule.NONE
    change = change_db(platform, song.level)
    if as_album and song.level.lufs is not None:
        change = album_change_db(platform, [each.level for each in album], whole_lufs)
    return Order(song, platform, platform.get_stream(), change, as_album, song.level)


def _sampled(orders: Sequence[Order]) -> list[Order]:
    """The same orders for the sections where the song peaks."""
    from indieartist.audio.codecs.peaky import find_peaky_sections

    if not orders:
        return []
    song = orders[0].song
    found = tuple(find_peaky_sections(song.waveform))
    if len(found) < 2:  # that is all of it
        return list(orders)
    before = sections_level(song, found)
    return [replace(order, before=before, sections=found) for order in orders]


def _is_untouched(order: Order) -> bool:
    """Whether it is sent as it is, so that nothing has to be heard."""
    from indieartist.audio.codecs.coding import LOSSLESS

    rate_hz = order.song.measurement.sample_rate_hz
    same = order.coding.codec == LOSSLESS and order.coding.rate_for(rate_hz) == rate_hz
    return same and order.platform.limiter is None


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was heard of an order, and the level of what went in."""

    heard: Heard
    before: Level
    whole: bool


def _cell(studio: Studio, order: Order, mix: Mix) -> PlatformCell:
    platform = order.platform
    kept = _find_heard(studio, order, mix)
    outcome = _expect(order)
    if kept is not None:
        outcome = outcome_of(replace(order, before=kept.before), kept.heard)
    return PlatformCell(
        key=platform.key,
        name=platform.name,
        change_db=outcome.change_db,
        playback_lufs=outcome.heard.lufs,
        codec=order.coding.label,
        codec_true_peak_dbtp=outcome.decoded_dbtp,
        clips=outcome.clips,
        sentence=tell(platform, order.coding.label, outcome, album=order.as_album),
        as_album=order.as_album,
        whole=kept is None or kept.whole,
        headline=platform.headline,
        confidence=platform.loudness_source.confidence.value,
        note=platform.note,
    )


def _is_heard(studio: Studio, order: Order, mix: Mix, *, whole: bool) -> bool:
    """Whether it was heard as well as is asked: the whole song is better than sections."""
    if _is_untouched(order) or _find(studio, order, mix, whole=True):
        return True
    return not whole and _find(studio, order, mix, whole=False) is not None


def _find_heard(studio: Studio, order: Order, mix: Mix) -> _Kept | None:
    """What is known of the peaks: of the whole song if it can be, else of its sections."""
    if _is_untouched(order):
        return _Kept(play_order(order), order.before, True)
    return _find(studio, order, mix, whole=True) or _find(studio, order, mix, whole=False)


def _find(studio: Studio, order: Order, mix: Mix, *, whole: bool) -> _Kept | None:
    from indieartist.audio.codecs.playback import Heard

    stored = derived_of(studio).find(mix.audio_hash, _name(order, whole=whole))
    try:
        facts: dict[str, Any] = json.loads(stored) if stored else {}
        return _Kept(Heard(**facts["heard"]), Level(**facts["before"]), whole) if facts else None
    except (ValueError, KeyError, TypeError):  # it is heard again
        return None


def _hear(studio: Studio, order: Order, mix: Mix, report: Report) -> None:
    heard = play_order(order, report)
    name = _name(order, whole=not order.sections)
    facts = {"heard": asdict(heard), "before": asdict(order.before)}
    derived_of(studio).write(mix.audio_hash, name, json.dumps(facts).encode())


def _name(order: Order, *, whole: bool) -> str:
    """The name of what was heard: all that decides it beside the song."""
    digest = hashlib.sha256(repr((_VERSION, order.playing)).encode()).hexdigest()[:24]
    return f"{'coded' if whole else 'sampled'}-{digest}"


def _expect(order: Order) -> Outcome:
    """What is known without hearing anything: the level."""
    lufs, change = order.before.lufs, order.change_db
    heard = None if lufs is None or change is None else lufs + change
    return Outcome(order.before, change, None, Level(heard, None))
