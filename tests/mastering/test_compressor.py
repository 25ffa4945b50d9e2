"""The compressor's curve in time and level, against the formulas it is built from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from indieartist.audio import kernels
from indieartist.audio.kernels import dynamics
from indieartist.audio.mastering.compressor import (
    choose_threshold,
    decide_reduction,
    find_make_up,
    measure_level,
)
from indieartist.domain.mastering import VOICINGS, Voicing

RATE_HZ = 44100 / 16
SLOW = Voicing("test", 2.0, 10.0, 100.0, 1.0)


def reduce(power: np.ndarray, voicing: Voicing) -> np.ndarray:
    level_db = measure_level(power.astype(np.float32), RATE_HZ, voicing)
    return decide_reduction(level_db, choose_threshold(level_db, voicing), RATE_HZ, voicing)


def test_a_steady_level_is_reduced_by_its_ratio() -> None:
    """At the threshold + 4 dB a ratio of 2 takes 2 dB."""
    reduction = reduce(np.full(20_000, 0.1), SLOW)
    assert reduction[-1] == pytest.approx(2.0, abs=1e-5)


def test_the_knee_is_soft() -> None:
    """At the threshold itself half the knee is over: slope * 6 dB / 8."""
    power = np.full(40_000, 0.1 * 10**-0.4)
    power[:20_000] = 0.1
    assert reduce(power, SLOW)[-1] == pytest.approx(0.375, abs=1e-3)


@pytest.mark.parametrize("voicing", VOICINGS)
def test_attack_and_release_take_their_time(voicing: Voicing) -> None:
    """One time constant covers 63 % of the way, up and down."""
    power = np.full(30_000, 1e-4)
    power[10_000:20_000] = 0.1
    reduction = reduce(power, voicing)
    whole, start = reduction[19_000], round(voicing.window_ms / 2000 * RATE_HZ)
    rise = reduction[10_000 + start + round(voicing.attack_ms / 1000 * RATE_HZ)] / whole
    fall = reduction[20_000 + start + round(voicing.release_ms / 1000 * RATE_HZ)] / whole
    assert rise == pytest.approx(1 - np.exp(-1), abs=0.12)
    assert fall == pytest.approx(np.exp(-1), abs=0.12)


@given(
    arrays.arrays(np.float32, st.integers(0, 200), elements=st.floats(0.0, 60.0, width=32)),
    st.floats(0.01, 1.0),
    st.floats(0.001, 1.0),
)
def test_smoothing_stays_within_what_is_wanted(
    wanted: np.ndarray, attack: float, release: float
) -> None:
    for kernel in (kernels, dynamics):
        smoothed = wanted.copy()
        kernel.follow_level(smoothed, np.array([-3.0, 6.0, 1.0, attack, release]))
        assert (smoothed >= 0.0).all()
        assert (smoothed <= np.maximum.accumulate(wanted + 3.0) + 1e-5).all()


@given(st.integers(0, 2**32 - 1))
def test_a_band_keeps_its_energy(seed: int) -> None:
    power = np.random.default_rng(seed).exponential(0.01, 50_000).astype(np.float32)
    reduction_db = reduce(power, VOICINGS[0])
    gain_db = find_make_up(reduction_db, power) - reduction_db
    kept = np.dot(power.astype(float), 10.0 ** (gain_db.astype(float) / 10.0))
    assert kept == pytest.approx(power.sum(dtype=float), rel=1e-5)


@pytest.mark.parametrize("voicing", VOICINGS)
def test_silence_stays_silence(voicing: Voicing) -> None:
    reduction = reduce(np.zeros(1000), voicing)
    assert np.isfinite(reduction).all()
    assert find_make_up(reduction, np.zeros(1000, np.float32)) == 0.0
