"""The overview of a release: how loud it is and will be played, what is wrong, what is to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from indieartist.domain.measurement import Measurement
from indieartist.domain.platforms import Platform, parse_platforms
from indieartist.domain.playback import Level, album_change_db, change_db
from indieartist.domain.preflight.findings import Preflight
from indieartist.domain.release import Mix, Release
from indieartist.services.checking import check_release
from indieartist.services.checklist import Board, read_board
from indieartist.services.measuring import measure_mix, waveform_of
from indieartist.services.studio import Studio

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEVELS = 120  # columns of a small waveform
_LOUD = 2.5  # an RMS of -8 dBFS fills it: the peaks of a master are all alike


@dataclass(frozen=True, slots=True)
class Outline:
    """What a page needs of a mix's waveform: its levels 0..1, and what is gated for an album."""

    levels: tuple[float, ...]
    gating_blocks: Floats


Outlines = dict[str, Outline]  # by audio hash, which says all that is in them


@dataclass(frozen=True, slots=True)
class Sound:
    """A track's current mix: its figures, its outline (0..1), and the services' changes in dB."""

    measurement: Measurement
    levels: tuple[float, ...]
    changes_db: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Overview:
    """All that a release's page shows beside the release; `album_lufs` as BS.1770 gates it."""

    release: Release
    today: date
    services: tuple[Platform, ...]
    sounds: Mapping[int, Sound]  # by track
    album_lufs: float | None
    loudest_dbtp: float | None
    album_changes_db: Mapping[str, float | None]
    preflight: Preflight
    board: Board


def read_overview(studio: Studio, release: Release, kept: Outlines | None = None) -> Overview:
    """Gather it; what was never measured is measured now.

    `kept` holds the outlines read before, and takes those read now.
    """
    kept = {} if kept is None else kept
    known = parse_platforms(studio.table("platforms"))
    services = tuple(platform for platform in known if platform.headline)
    mixes = {track.id: track.current for track in release.tracks}
    outlines = {key: _outline(studio, mix, kept) for key, mix in mixes.items() if mix}
    sounds = {
        key: _sound(mix.measurement or measure_mix(studio, mix), outlines[key], services)
        for key, mix in mixes.items()
        if mix
    }
    loud = _album_lufs(list(outlines.values()))
    tracks = [_level(sound.measurement) for sound in sounds.values()]
    return Overview(
        release,
        studio.today,
        services,
        sounds,
        loud,
        max((level.dbtp for level in tracks if level.dbtp is not None), default=None),
        {service.key: album_change_db(service, tracks, loud) for service in services},
        check_release(studio, release),
        read_board(studio, release),
    )


def _outline(studio: Studio, mix: Mix, kept: Outlines) -> Outline:
    if mix.audio_hash not in kept:
        wave = waveform_of(studio, mix)
        columns = wave.columns(0.0, wave.duration_ms, LEVELS)
        levels = tuple(min(_LOUD * rms, 1.0) for rms in columns.rms.tolist())
        kept[mix.audio_hash] = Outline(levels, wave.gating_blocks)
    return kept[mix.audio_hash]


def _sound(measured: Measurement, outline: Outline, services: tuple[Platform, ...]) -> Sound:
    changes = {service.key: change_db(service, _level(measured)) for service in services}
    return Sound(measured, outline.levels, changes)


def _level(measured: Measurement) -> Level:
    return Level(measured.integrated_lufs, measured.true_peak_dbtp)


def _album_lufs(outlines: list[Outline]) -> float | None:
    """The loudness of all songs one after another: the blocks of all are gated together."""
    import numpy as np

    from indieartist.audio.loudness import integrated_lufs

    if not outlines:
        return None
    return integrated_lufs(np.concatenate([outline.gating_blocks for outline in outlines]))
