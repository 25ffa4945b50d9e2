"""One song played for one service: what it is sent as, how it is turned, what is heard of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.domain.platforms import Platform, parse_platforms
from indieartist.domain.playback import Level, change_db
from indieartist.domain.playback_words import Outcome
from indieartist.domain.progress import Report, silent
from indieartist.system.paths import resources_path
from indieartist.system.resources import read_table

if TYPE_CHECKING:
    from indieartist.audio.codecs.coding import Coding
    from indieartist.audio.codecs.playback import Heard, Playing, Section
    from indieartist.domain.platforms import Stream
    from indieartist.services.songs import Song


@dataclass(frozen=True, slots=True)
class Order:
    """One song for one service: how it is turned, and where the sound goes."""

    song: Song
    platform: Platform
    stream: Stream
    change_db: float | None
    as_album: bool
    before: Level  # of what goes through the coder: the song, or its sections
    sections: tuple[Section, ...] = ()  # none: all of it
    out: Path | None = None

    @property
    def coding(self) -> Coding:
        """What it is sent as."""
        return coding_of(self.stream)

    @property
    def playing(self) -> Playing:
        """How it has to be played: turned only where that is heard, so that services can share."""
        from indieartist.audio.codecs.playback import Playing

        if self.out is None and self.platform.limiter is None:
            return Playing(self.coding)
        return Playing(self.coding, self.change_db or 0.0, self.platform.limiter)


def coding_of(stream: Stream) -> Coding:
    """The coder of what a service sends."""
    from indieartist.audio.codecs.coding import Coding

    return Coding(stream.codec, stream.kbps or 0, stream.rate_hz)


def list_platforms() -> tuple[Platform, ...]:
    """All services that are known of, with their rules and sources; no library is needed."""
    return parse_platforms(read_table(resources_path() / "platforms.toml"))


def order_song(song: Song, platform: Platform, quality: str | None = None) -> Order:
    """A song for a service, turned as one track by itself."""
    change = change_db(platform, song.level)
    return Order(song, platform, platform.get_stream(quality), change, False, song.level)


def sections_level(song: Song, sections: Sequence[Section]) -> Level:
    """The song's loudness, and the highest true peak of what goes through the coder of it."""
    from indieartist.audio.codecs.coding import LOSSLESS, Coding
    from indieartist.audio.codecs.playback import Playing, play_sections

    if not sections:
        return song.level
    heard = play_sections(song.path, Playing(Coding(LOSSLESS)), sections)
    return Level(song.level.lufs, heard.decoded_dbtp)


def play_order(order: Order, report: Report = silent) -> Heard:
    """Play one order; lossless, unturned and unwritten it is the song itself."""
    from indieartist.audio.codecs.coding import LOSSLESS
    from indieartist.audio.codecs.playback import Heard, Playing, play, play_sections

    song, playing = order.song, order.playing
    rate_hz = song.measurement.sample_rate_hz
    same = order.coding.codec == LOSSLESS and order.coding.rate_for(rate_hz) == rate_hz
    if same and order.out is None and playing == Playing(order.coding):
        report(1.0)
        frames = song.waveform.frames
        return Heard(order.before.dbtp, order.before.dbtp, order.before.lufs, rate_hz, frames)
    if order.sections and order.out is None:
        return play_sections(song.path, playing, order.sections, report)
    return play(song.path, playing, out=order.out, report=report)


def outcome_of(order: Order, heard: Heard) -> Outcome:
    """What became of the song: where it was not turned while it was played, it is now."""
    change, song = order.change_db, order.before
    if change is None or heard.decoded_dbtp is None or heard.heard_dbtp is None:
        return Outcome(song, change, heard.decoded_dbtp, Level(None, None))
    if order.platform.limiter is None or heard.lufs is None:
        lufs = None if song.lufs is None else song.lufs + change
    else:
        lufs = heard.lufs
    peak = heard.heard_dbtp + change - order.playing.gain_db
    return Outcome(song, change, heard.decoded_dbtp, Level(lufs, peak))
