"""The targets that ship, and settings that refuse nonsense."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date

import numpy as np
import pytest

from indieartist.audio.mastering.compressor import (
    choose_threshold,
    decide_reduction,
    find_make_up,
    measure_level,
)
from indieartist.audio.mastering.curve import match_house
from indieartist.audio.mastering.profile import Profile
from indieartist.domain.mastering import (
    CONFIDENCES,
    VOICINGS,
    HouseCurve,
    Preset,
    Settings,
    Target,
    Voicing,
)
from indieartist.errors import UserError
from indieartist.services.mastering_choices import (
    Shipped,
    get_settings,
    list_curves,
    list_presets,
    list_targets,
)

TABLES = Shipped()
TARGETS, CURVES, PRESETS = list_targets(TABLES), list_curves(TABLES), list_presets(TABLES)
HZ = np.linspace(0.0, 22050.0, 2049)
PINK = Profile(44100, 1.0 / np.maximum(HZ, 10.0), 0.1 / np.maximum(HZ, 10.0))


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
        {"noise": "brown"},
        {"voicings": VOICINGS[:2]},
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


@pytest.mark.parametrize("curve", CURVES.values(), ids=CURVES)
def test_a_house_curve_says_where_it_comes_from_and_bends_gently(curve: HouseCurve) -> None:
    assert curve.label
    assert curve.source
    assert curve.confidence in CONFIDENCES
    assert date.fromisoformat(curve.checked_on) <= date(2100, 1, 1)
    hz, level_db = np.array(curve.points).T
    slopes = np.diff(level_db) / np.diff(np.log2(hz))
    assert (np.abs(slopes) <= 6.1).all()
    assert np.interp(1000.0, hz, level_db) == 0.0  # all are drawn from 1 kHz


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_a_preset_is_gentle_and_says_for_whom(preset: Preset) -> None:
    assert preset.whom.startswith("For ")
    assert preset.whom.endswith(".")
    assert preset.source
    assert preset.confidence in CONFIDENCES
    assert preset.target in TARGETS
    assert not preset.curve or preset.curve in CURVES
    assert bool(preset.amount_pct) == bool(preset.curve)
    assert preset.amount_pct <= 30.0
    for voicing, plain in zip(preset.voicings, VOICINGS, strict=True):
        assert voicing.name == plain.name
        assert 1.0 < voicing.ratio <= 2.2
        assert voicing.below_p95_db <= 6.0
        assert voicing.attack_ms < voicing.release_ms


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_no_preset_takes_more_than_4_db_off_a_loud_passage(preset: Preset) -> None:
    """Two levels 12 dB apart, as verse and chorus: the chorus is what exceeds 5 % of the time."""
    power = np.repeat(np.array([1e-3, 1.6e-2] * 2, np.float32), [40_000, 10_000] * 2)
    for voicing in preset.voicings:
        level_db = measure_level(power, 44100 / 32, voicing)
        threshold_db = choose_threshold(level_db, voicing)
        reduction = decide_reduction(level_db, threshold_db, 44100 / 32, voicing)
        assert reduction.max() <= 4.0
        gain_db = find_make_up(reduction, power) - reduction
        assert np.dot(power, 10 ** (gain_db / 10)) == pytest.approx(power.sum(), rel=1e-4)


def test_the_default_preset_is_the_chain_as_decided() -> None:
    """docs/decisions/0060: nothing to the tone without a reference, the compressor as measured."""
    settings = get_settings(TABLES)
    assert settings.voicings == VOICINGS
    assert settings.curve is None
    assert settings.bypassed == ()
    assert (settings.target.name, settings.amount_pct, settings.bits) == ("streaming", 60.0, 24)


def test_a_preset_is_a_beginning_and_every_wish_stands_above_it() -> None:
    assert PRESETS["pop"].curve
    pop = get_settings(TABLES, preset="pop")
    assert pop.curve == CURVES["popular"]
    assert (pop.target.name, pop.amount_pct) == ("streaming", 25.0)
    wished = get_settings(
        TABLES, "-12", preset="pop", curve="pink", ceiling_dbtp=-1.5, bypassed=("dither",)
    )
    assert wished.curve == CURVES["pink"]
    assert (wished.target.integrated_lufs, wished.target.ceiling_dbtp) == (-12.0, -1.5)
    assert (wished.amount_pct, wished.bypassed) == (30.0, ("dither",))
    assert get_settings(TABLES, preset="pop", curve="none").curve is None
    assert get_settings(TABLES, preset="pop", amount_pct=0.0).amount_pct == 0.0
    assert get_settings(TABLES, preset="classical").bypassed == ("dynamics",)


def test_a_reference_stands_above_a_house_curve() -> None:
    settings = get_settings(TABLES, preset="pop", reference="a record")
    assert settings.curve is None
    assert settings.amount_pct == 60.0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"preset": "polka"}, "There is no preset “polka”"),
        ({"curve": "flat"}, "There is no house curve “flat”"),
        ({"target": "loudest"}, "There is no target “loudest”"),
        ({"target": "-2"}, "A master cannot stand at −2 LUFS"),
        ({"target": "nan"}, "A master cannot stand at"),
        ({"ceiling_dbtp": 0.5}, "A master's ceiling cannot be 0.5 dBTP"),
        ({"amount_pct": 130.0}, "between 0 and 100 %"),
    ],
)
def test_a_wish_that_cannot_be_is_one_sentence(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(UserError) as caught:
        get_settings(TABLES, **wrong)
    assert said in caught.value.message


def test_pink_noise_is_what_the_pink_curve_asks_for() -> None:
    np.testing.assert_allclose(match_house(PINK, CURVES["pink"], 100.0).mid_db, 0.0, atol=0.15)


@pytest.mark.parametrize("curve", [c for c in CURVES.values() if c.name != "pink"])
def test_a_curve_leads_pink_noise_towards_its_points(curve: HouseCurve) -> None:
    hz, level_db = np.array(curve.points).T
    gain_db = match_house(PINK, curve, 100.0).mid_db
    inside = (hz > 100) & (hz < 10_000)
    found = np.interp(hz[inside], HZ, gain_db)
    wanted = level_db[inside] - level_db[inside].mean()
    assert np.corrcoef(found, wanted)[0, 1] > 0.99


@pytest.mark.parametrize(
    "wrong",
    [
        {"ratio": 0.5},
        {"attack_ms": 0.0},
        {"release_ms": -1.0},
        {"below_p95_db": float("nan")},
    ],
)
def test_a_voicing_that_expands_or_rewinds_time_is_refused(wrong: dict[str, float]) -> None:
    fields = {"ratio": 2.0, "attack_ms": 10.0, "release_ms": 100.0, "window_ms": 5.0} | wrong
    with pytest.raises(UserError, match="mid band cannot"):
        Voicing("mid", **fields)


@pytest.mark.parametrize("points", [((20.0, 0.0),), ((20.0, 0.0), (10.0, 1.0)), ()])
def test_a_curve_whose_points_do_not_rise_is_refused(
    points: tuple[tuple[float, float], ...],
) -> None:
    with pytest.raises(UserError, match="do not rise"):
        HouseCurve("x", "X", points, "", "2026-11-22", "low")
