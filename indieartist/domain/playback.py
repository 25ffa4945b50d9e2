"""What a streaming service does to a song's level: the arithmetic of its playback."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indieartist.domain.platforms import AlbumRule, Platform


@dataclass(frozen=True, slots=True)
class Level:
    """How loud a song is and how high it peaks; None where it is silent."""

    lufs: float | None
    dbtp: float | None


def change_db(platform: Platform, level: Level) -> float | None:
    """By how much the service turns a song played by itself, in dB; None for silence.

    Down to the target always; up, where it does at all, no further than its peak limit allows.
    """
    return _turn_db(platform, platform.target_lufs, level)


def album_change_db(
    platform: Platform, tracks: Sequence[Level], album_lufs: float | None
) -> float | None:
    """By how much it turns every track of an album that is played as one; None for silence.

    `album_lufs` is the gated loudness of all tracks together. The change is one for all, so the
    tracks keep their distances, and the highest peak of any of them limits it.
    """
    lufs = album_lufs
    if platform.album is AlbumRule.LOUDEST:
        lufs = max((track.lufs for track in tracks if track.lufs is not None), default=None)
    peak = max((track.dbtp for track in tracks if track.dbtp is not None), default=None)
    return _turn_db(platform, platform.album_target_lufs, Level(lufs, peak))


def _turn_db(platform: Platform, target_lufs: float | None, level: Level) -> float | None:
    if level.lufs is None:
        return None
    if target_lufs is None:
        return 0.0
    wanted = target_lufs - level.lufs
    if wanted <= 0 or platform.limiter is not None:
        return wanted
    if not platform.turns_up or platform.limit_dbtp is None or level.dbtp is None:
        return 0.0
    return min(wanted, max(platform.limit_dbtp - level.dbtp, 0.0))
