"""What services do to a level: down to the target, up no further than the peaks allow."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.domain.platforms import (
    AlbumRule,
    Confidence,
    Platform,
    find_platform,
    get_platform,
    parse_platforms,
)
from indieartist.domain.playback import Level, album_change_db, change_db
from indieartist.errors import UserError

TABLE = Path(__file__).parents[2] / "resources" / "platforms.toml"
PLATFORMS = parse_platforms(tomllib.loads(TABLE.read_text(encoding="utf-8")))
SPOTIFY = PLATFORMS[0]
EVERY = st.sampled_from(PLATFORMS)
LEVELS = st.builds(Level, st.floats(-70, 0), st.floats(-60, 6))
ALBUMS = st.lists(LEVELS, min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("lufs", "peak", "change"),
    [
        (-9.6, -1.1, -4.4),  # too loud: down to -14
        (-16.2, -3.8, 2.2),  # quiet with room: up to -14
        (-20.0, -5.0, 4.0),  # Spotify's own example: played at -16
        (-20.0, 0.5, 0.0),  # a peak over the limit is no reason to turn down
        (None, None, None),
    ],
)
def test_spotify_turns_down_and_up_as_far_as_peaks_allow(
    lufs: float | None, peak: float | None, change: float | None
) -> None:
    found = change_db(SPOTIFY, Level(lufs, peak))
    assert found == (None if change is None else pytest.approx(change))


@pytest.mark.parametrize(
    ("key", "lufs", "peak", "change"),
    [
        ("spotify-loud", -20.0, -1.0, 9.0),  # whatever the peaks: a limiter takes them
        ("spotify-quiet", -14.0, -1.0, -5.0),
        ("apple-music", -18.0, -3.0, 2.0),
        ("youtube", -18.0, -9.0, 0.0),
        ("youtube-music", -8.0, 0.0, 0.0),
        ("youtube-music", -5.3, 3.5, -1.7),
        ("tidal", -10.0, -1.0, -4.0),
        ("deezer", -10.0, -1.0, -5.0),
        ("bandcamp", -6.0, 0.0, 0.0),
        ("qobuz", -26.0, -9.0, 0.0),
        ("aes-td1008", -20.0, -5.0, 4.0),
    ],
)
def test_each_service_by_its_rule(key: str, lufs: float, peak: float, change: float) -> None:
    assert change_db(get_platform(PLATFORMS, key), Level(lufs, peak)) == pytest.approx(change)


@given(EVERY, LEVELS)
def test_turning_up_overshoots_neither_target_nor_headroom(
    platform: Platform, level: Level
) -> None:
    change = change_db(platform, level)
    assert change is not None and level.lufs is not None and level.dbtp is not None
    if platform.target_lufs is None:
        assert change == 0
        return
    assert level.lufs + change <= max(platform.target_lufs, level.lufs) + 1e-9
    if change > 0 and platform.limiter is None:
        assert platform.limit_dbtp is not None
        assert level.dbtp + change <= platform.limit_dbtp + 1e-9


@given(EVERY, LEVELS)
def test_one_that_only_turns_down_never_turns_up(platform: Platform, level: Level) -> None:
    change = change_db(replace(platform, turns_up=False, limiter=None), level)
    assert change is not None and change <= 0


@given(EVERY, LEVELS, LEVELS)
def test_the_louder_of_two_is_never_turned_up_more(
    platform: Platform, one: Level, other: Level
) -> None:
    assert one.lufs is not None and other.lufs is not None
    first, second = (change_db(platform, replace(one, lufs=x.lufs)) for x in (one, other))
    assert first is not None and second is not None
    assert (first - second) * (one.lufs - other.lufs) <= 1e-9


@given(EVERY, ALBUMS, st.floats(-40, -5))
def test_an_album_keeps_its_distances_and_its_headroom(
    platform: Platform, tracks: list[Level], album_lufs: float
) -> None:
    change = album_change_db(platform, tracks, album_lufs)
    assert change is not None  # one change for all of them
    peak = max(track.dbtp for track in tracks if track.dbtp is not None)
    if change > 0 and platform.limiter is None:
        assert platform.limit_dbtp is not None
        assert peak + change <= platform.limit_dbtp + 1e-9
    loudest = max(track.lufs for track in tracks if track.lufs is not None)
    if platform.album is AlbumRule.LOUDEST and change < 0:
        assert loudest + change == pytest.approx(platform.album_target_lufs)


def test_an_album_is_turned_by_its_loudness_and_not_by_its_tracks() -> None:
    tracks = [Level(-8.0, -1.0), Level(-16.0, -1.0)]
    assert album_change_db(SPOTIFY, tracks, -9.5) == pytest.approx(-4.5)
    assert album_change_db(get_platform(PLATFORMS, "tidal"), tracks, -9.5) == pytest.approx(-6.0)
    assert album_change_db(get_platform(PLATFORMS, "aes-td1008"), tracks, -9.5) == -6.0


def test_silence_is_not_turned() -> None:
    assert all(change_db(platform, Level(None, None)) is None for platform in PLATFORMS)
    assert album_change_db(SPOTIFY, [Level(None, None)], None) is None


def test_the_shipped_table_is_dated_and_sourced() -> None:
    assert {platform.key for platform in PLATFORMS if platform.headline} == {
        "spotify",
        "apple-music",
        "youtube",
    }
    for platform in PLATFORMS:
        assert platform.seen_on.year >= 2026
        for source in (platform.loudness_source, platform.streams_source):
            assert source.text
            unknown = source.confidence is Confidence.UNVERIFIED and not source.page
            assert source.page.startswith("http") or unknown
    unverified = {p.key for p in PLATFORMS if p.loudness_source.confidence is Confidence.UNVERIFIED}
    assert unverified == {"soundcloud", "bandcamp", "qobuz"}


def test_streams_are_found_by_quality() -> None:
    assert SPOTIFY.get_stream().kbps == 160
    assert SPOTIFY.get_stream("very-high").kbps == 320
    with pytest.raises(UserError, match="no quality “huge”"):
        SPOTIFY.get_stream("huge")


def test_platforms_are_found_as_people_write_them() -> None:
    assert find_platform(PLATFORMS, "Apple music") is get_platform(PLATFORMS, "apple-music")
    with pytest.raises(UserError, match="no platform “myspace”"):
        get_platform(PLATFORMS, "myspace")


def row(**changes: Any) -> dict[str, Any]:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))["spotify"]
    return {"spotify": {**table, **changes}}


@pytest.mark.parametrize(
    "table",
    [
        {"x": {"name": "X"}},
        {"x": {"like": "y"}},
        {"x": 3},
        row(confidence="sworn"),
        row(plays="shellac"),
        row(limiter={"threshold": 3}),
    ],
)
def test_a_table_that_does_not_fit_is_refused(table: dict[str, Any]) -> None:
    with pytest.raises(UserError, match="table of services"):
        parse_platforms(table)
