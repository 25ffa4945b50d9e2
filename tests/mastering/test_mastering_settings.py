"""The targets that ship, and settings that refuse nonsense."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from indieartist.domain.mastering import HouseCurve, Settings, Target, Voicing
from indieartist.errors import UserError

TARGETS_PATH = Path(__file__).parents[2] / "resources" / "mastering" / "targets.toml"
TARGETS = {
    name: Target(name=name, **row)
    for name, row in tomllib.loads(TARGETS_PATH.read_text(encoding="utf-8")).items()
}


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_a_target_is_sensible_and_says_who_says_so(target: Target) -> None:
    assert -24.0 <= target.integrated_lufs <= -6.0
    assert -3.0 <= target.ceiling_dbtp < 0.0
    assert target.label
    assert target.source
    assert date.fromisoformat(target.checked_on) <= date(2100, 1, 1)


def test_streaming_louder_than_14_keeps_2_db_below_full_scale() -> None:
    """Spotify: at most -1 dBTP, and at most -2 where the master is louder than -14 LUFS."""
    for name in ("streaming", "streaming-loud"):
        target = TARGETS[name]
        assert target.ceiling_dbtp <= (-2.0 if target.integrated_lufs > -14.0 else -1.0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount_pct": -1.0},
        {"amount_pct": 101.0},
        {"amount_pct": float("nan")},
        {"phase": "zero"},
        {"bits": 32},
        {"bypassed": ("level",)},
        {"bypassed": ("reverb",)},
    ],
)
def test_nonsense_is_refused(
    wrong: dict[str, object], make_settings: Callable[..., Settings]
) -> None:
    with pytest.raises(UserError):
        make_settings(**wrong)


@pytest.mark.parametrize(("lufs", "ceiling"), [(3.0, -1.0), (-14.0, 0.5), (float("nan"), -1.0)])
def test_impossible_targets_are_refused(
    lufs: float, ceiling: float, make_settings: Callable[..., Settings]
) -> None:
    with pytest.raises(UserError):
        make_settings(lufs, ceiling)


def test_settings_are_plain_data(make_settings: Callable[..., Settings]) -> None:
    """What the library keeps of a master says all there is to make it again."""
    curve = HouseCurve("pink", "Pink", ((20.0, 0.0), (20e3, 0.0)), "", "2026-11-22", "high")
    settings = make_settings(bypassed=("tone",), curve=curve)
    facts = json.loads(json.dumps(asdict(settings)))
    again = {
        **facts,
        "target": Target(**facts["target"]),
        "bypassed": tuple(facts["bypassed"]),
        "voicings": tuple(Voicing(**voicing) for voicing in facts["voicings"]),
        "curve": HouseCurve(
            **{**facts["curve"], "points": tuple(map(tuple, facts["curve"]["points"]))}
        ),
    }
    assert Settings(**again) == settings
