"""The limiter's one law, and that it leaves alone what it may."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from indieartist.audio import kernels
from indieartist.audio.kernels import limiting
from indieartist.audio.mastering.control import to_gain
from indieartist.audio.mastering.limiter import decide_limiting

RATE_HZ = 44100 / 16
REQUIREMENTS = arrays.arrays(
    np.float32, st.integers(1, 400), elements=st.just(0.0) | st.floats(0.0, 40.0, width=32)
)


def draw_lines(reduction_db: np.ndarray) -> np.ndarray:
    """The gain of every sample."""
    ones = np.ones((2, 16 * (len(reduction_db) - 1)), np.float32)
    kernels.apply_gain(ones, to_gain(-reduction_db), 0, 16)
    return ones[0]


def limit(required_db: np.ndarray) -> np.ndarray:
    return decide_limiting(required_db.astype(np.float32), 0.0, RATE_HZ)


@given(REQUIREMENTS)
def test_no_sample_has_more_gain_than_its_block_allows(required: np.ndarray) -> None:
    gain = draw_lines(limit(required)).reshape(-1, 16)
    allowed = 10.0 ** (-required / 20.0)
    assert (gain <= allowed[:, None] * (1.0 + 2e-6)).all()


@given(REQUIREMENTS, st.integers(1, 50))
def test_release_is_a_running_maximum_with_decay(required: np.ndarray, blocks: int) -> None:
    state, expected = 0.0, []
    for value in required:
        state = max(value, state * np.exp(-1.0 / blocks))
        expected.append(state)
    windows, decays = np.array([0, 0, 1, 0, 0]), np.exp(np.full(2, -1.0 / blocks))
    for kernel in (kernels, limiting):
        reduction = np.empty(len(required) + 1, np.float32)
        kernel.decide_limiting(required, 0.0, windows, decays, reduction)
        edges = np.maximum(np.append(expected, expected[-1] * decays[0]), np.append(0.0, expected))
        np.testing.assert_allclose(reduction, edges, rtol=1e-5, atol=1e-5)


def test_where_nothing_is_required_nothing_is_taken() -> None:
    assert not limit(np.zeros(1000)).any()


def test_a_peak_is_met_2_ms_ahead_and_let_go_within_a_third_of_a_second() -> None:
    required = np.zeros(4000)
    required[2000] = 6.0
    reduction = limit(required)
    assert not reduction[: 2000 - 10].any()
    assert reduction[2000:2002] == pytest.approx(6.0, abs=1e-6)
    assert reduction[2000 + round(0.3 * RATE_HZ)] < 0.3


@pytest.mark.parametrize(("hz", "most_db"), [(30, -55.0), (50, -90.0), (200, -90.0)])
def test_a_steady_bass_note_is_not_distorted(hz: int, most_db: float) -> None:
    time = np.arange(44100 * 3) / 44100
    tone = np.sin(2 * np.pi * hz * time)
    crests = np.abs(tone[: len(tone) // 16 * 16]).reshape(-1, 16).max(axis=1)
    required = np.maximum(0.0, 20 * np.log10(crests) + 6.0)
    limited = tone[: len(crests) * 16] * draw_lines(limit(required))
    steady = limited[44100 : 2 * 44100]
    spectrum = np.square(np.abs(np.fft.rfft(steady)))
    rest = spectrum.sum() - spectrum[hz] - spectrum[0]
    assert 10 * np.log10(rest / spectrum[hz] + 1e-30) < most_db
