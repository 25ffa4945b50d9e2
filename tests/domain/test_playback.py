"""What services do to a level: down to the target, up no further than the peak allows."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.domain.playback import Service, change_db, parse_services
from indieartist.errors import UserError

TABLE = Path(__file__).parents[2] / "resources" / "platforms.toml"
SPOTIFY = Service("s", "S", -14.0, True, -1.0, date(2026, 11, 22), "a page", True)
LEVELS, PEAKS = st.floats(-70, 0), st.floats(-60, 6)


@pytest.mark.parametrize(
    ("lufs", "peak", "change"),
    [
        (-9.6, -1.1, -4.4),  # too loud: down to -14
        (-16.2, -3.8, 2.2),  # quiet with room: up to -14
        (-20.0, -3.0, 2.0),  # quiet without room: as far as the peak allows
        (-20.0, 0.5, 0.0),  # a peak over the limit is no reason to turn down
        (None, None, None),
    ],
)
def test_spotify_turns_down_and_up_as_far_as_peaks_allow(
    lufs: float | None, peak: float | None, change: float | None
) -> None:
    found = change_db(SPOTIFY, lufs, peak)
    assert found == (None if change is None else pytest.approx(change))


@given(LEVELS, PEAKS)
def test_one_that_only_turns_down_never_turns_up(lufs: float, peak: float) -> None:
    change = change_db(replace(SPOTIFY, turns_up=False), lufs, peak)
    assert change == min(SPOTIFY.target_lufs - lufs, 0.0)


@given(LEVELS, PEAKS)
def test_turning_up_overshoots_neither_target_nor_limit(lufs: float, peak: float) -> None:
    change = change_db(SPOTIFY, lufs, peak)
    assert change is not None
    assert lufs + change <= SPOTIFY.target_lufs + 1e-9
    assert change <= 0 or peak + change <= SPOTIFY.limit_dbtp + 1e-9


def test_the_shipped_table_is_dated_and_sourced() -> None:
    services = parse_services(tomllib.loads(TABLE.read_text(encoding="utf-8")))
    assert [service.key for service in services] == ["spotify", "apple-music", "youtube"]
    assert all(service.source and service.seen_on.year >= 2026 for service in services)


def test_a_table_that_lacks_something_is_refused() -> None:
    with pytest.raises(UserError, match="services"):
        parse_services({"x": {"name": "X"}})
