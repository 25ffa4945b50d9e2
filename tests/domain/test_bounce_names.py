"""Names of bounces: what people and studios write is read, and nothing written can break it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indieartist.domain.bounce_names import parse_bounce_name

TOLD: list[tuple[str, str, dict[str, Any]]] = [
    ("Night Bus v3", "Night Bus", {"version": 3}),
    ("night-bus_V3b", "night bus", {"version": 3}),
    ("Night Bus version 12", "Night Bus", {"version": 12}),
    ("Night Bus mix 4", "Night Bus", {"mix": 4}),
    ("Night_Bus_FINAL2", "Night Bus", {"version": 2, "words": {"final"}}),
    ("NightBusFinal2", "Night Bus", {"version": 2, "words": {"final"}}),
    (
        "Night Bus final_MASTER_this_one_v7(2)",
        "Night Bus",
        {"version": 7, "copy": 2, "words": {"final", "master"}},
    ),
    (
        "Night Bus revised master_v2_09-02_44k",
        "Night Bus",
        {"version": 2, "on": "09-02", "sample_rate_hz": 44_100, "words": {"revised", "master"}},
    ),
    ("AtTheBeach036D1", "At The Beach", {"project": "036", "draft": 1}),
    (
        "MV_Night Bus_MI01_Master_96k24",
        "Night Bus",
        {"mix": 1, "sample_rate_hz": 96_000, "bits": 24, "words": {"master"}},
    ),
    ("03 Night Bus 2026-11-23 48khz 24bit", "Night Bus", {"on": "2026-11-23", "bits": 24}),
    ("Night Bus 20261123", "Night Bus", {"on": "2026-11-23"}),
    ("Night Bus 23.11.2026 export", "Night Bus", {"on": "2026-11-23"}),
    ("The Real One v2", "The Real One", {"version": 2}),
    ("Song 2", "Song 2", {"version": None}),
    ("Song 2 v3", "Song 2", {"version": 3}),
    ("99 Luftballons final", "99 Luftballons", {"words": {"final"}}),
    ("Night Bus (Club Mix)", "Night Bus Club Mix", {"mix": None}),
    ("Night Bus Instrumental v2", "Night Bus Instrumental", {"version": 2}),
    ("夜のバス_v4", "夜のバス", {"version": 4}),
    ("Mastering", "Mastering", {"version": None}),
    ("FINAL2", "FINAL2", {}),
    ("v3", "v3", {}),
]


@pytest.mark.parametrize(("name", "title", "said"), TOLD, ids=[name for name, *_ in TOLD])
def test_what_a_name_tells(name: str, title: str, said: dict[str, Any]) -> None:
    found = parse_bounce_name(name)
    assert found.title == title
    for key, value in said.items():
        assert getattr(found, key) == value, key


def test_all_drafts_of_a_song_have_one_stem() -> None:
    names = ["Night Bus v1", "night_bus_FINAL2", "NightBus mix 4", "NIGHT BUS (2)", "03 Night Bus"]
    assert len({parse_bounce_name(name).stem for name in names}) == 1


def test_another_song_has_another_stem() -> None:
    names = ["Night Bus", "Night Bus Instrumental", "Night Boss", "Song 2", "Song 3"]
    assert len({parse_bounce_name(name).stem for name in names}) == len(names)


PIECES = st.sampled_from(
    ["v3", "FINAL", "(2)", "_", "-", " ", "mix", "4", "44k", "09-02", "Night", "Bus", "D1", "036"]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
@example("a 1 1 1")
@example("MV_x_MI01")
@example("A036D1")
def test_any_text_is_a_name_and_a_title_stays_one(text: str) -> None:
    found = parse_bounce_name(text)
    again = parse_bounce_name(found.title)
    assert again.title == found.title
    assert again.stem == found.stem
    assert bool(found.title) == bool(text.strip()[:500])
