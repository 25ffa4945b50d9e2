"""Listening: a track's original and its master on one playhead, read for the player."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indieartist.domain.listening import choose_mixes
from indieartist.domain.progress import Report, part, silent
from indieartist.domain.release import Mix, Track
from indieartist.services.measuring import audio_path, get_mix, measure_mix, waveform_of
from indieartist.services.studio import Studio

if TYPE_CHECKING:
    from indieartist.audio.engine import Player, Source
    from indieartist.audio.sinks import Sink
    from indieartist.audio.waveform import Waveform

MakeSink = Callable[[int], "Sink"]
"""Makes the place where sound goes, for a rate in Hz."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version that can be heard; its index in the deck is the player's source."""

    mix: Mix
    lufs: float | None
    waveform: Waveform


@dataclass(frozen=True, slots=True)
class Deck:
    """A track put on: its versions, the player that has them loaded, and where the sound goes."""

    track_id: int
    versions: tuple[Version, ...]
    player: Player
    sink: Sink


def open_deck(
    studio: Studio,
    track: Track,
    mix_id: int | None = None,
    *,
    make_sink: MakeSink | None = None,
    report: Report = silent,
) -> Deck:
    """Read a track's versions and put them on a new player, at the rate of the original.

    Raises UserError where the track has no audio, or audio that is neither mono nor stereo.
    """
    from indieartist.audio.engine import Player

    get_mix(track.current, track.title)
    versions, sources = read_versions(studio, track, mix_id, report)
    rate_hz = sources[0].rate_hz
    sink = (make_sink or sound_card)(rate_hz)
    player = Player(rate_hz, sink)
    player.load(sources)
    return Deck(track.id, versions, player, sink)


def read_versions(
    studio: Studio, track: Track, mix_id: int | None = None, report: Report = silent
) -> tuple[tuple[Version, ...], list[Source]]:
    """The versions to compare, and their sound for the player, in the same order."""
    mixes = choose_mixes(track, mix_id)
    shares = [part(report, n / len(mixes), (n + 1) / len(mixes)) for n in range(len(mixes))]
    versions, sources = [], []
    for mix, share in zip(mixes, shares, strict=True):
        version = _version(studio, mix)
        versions.append(version)
        sources.append(_source(studio, version, share))
    return tuple(versions), sources


def _version(studio: Studio, mix: Mix) -> Version:
    return Version(mix, measure_mix(studio, mix).integrated_lufs, waveform_of(studio, mix))


def _source(studio: Studio, version: Version, report: Report) -> Source:
    """A mix's sound in memory; reading block by block, so that a stop is heard."""
    import numpy as np

    from indieartist.audio.decode import reported, stream
    from indieartist.audio.engine import Source

    mix = version.mix
    blocks = reported(stream(audio_path(studio, mix)), mix.info.frames, report)
    return Source(mix.name, np.concatenate(list(blocks)), mix.info.sample_rate_hz, version.lufs)


def sound_card(rate_hz: int, buffer_ms: int = 60) -> Sink:
    """The system's own output, not opened yet; its buffer grows where sound comes late."""
    from indieartist.audio.sinks import MiniaudioSink

    return MiniaudioSink(rate_hz, buffer_ms=buffer_ms)
