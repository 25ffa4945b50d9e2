"""The limiter's one law, and that it leaves alone what it may."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from indieartist.audio.mastering.control import draw_lines
from indieartist.audio.mastering.limiter import decide_limiting, release

RATE_HZ = 44100 / 16
REQUIREMENTS = arrays.arrays(
    np.float64, st.integers(1, 400), elements=st.just(0.0) | st.floats(0.0, 40.0)
)


@given(REQUIREMENTS)
def test_no_sample_has_more_gain_than_its_block_allows(required: np.ndarray) -> None:
    gain = draw_lines(-decide_limiting(required, RATE_HZ), 16).reshape(-1, 16)
    allowed = 10.0 ** (-required / 20.0)
    assert (gain <= allowed[:, None] * (1.0 + 1e-6)).all()


@given(REQUIREMENTS, st.integers(1, 50))
def test_release_is_a_running_maximum_with_decay(required: np.ndarray, blocks: int) -> None:
    state, expected = 0.0, []
    for value in required:
        state = max(value, state * np.exp(-1.0 / blocks))
        expected.append(state)
    np.testing.assert_allclose(release(required, blocks), expected, rtol=1e-9, atol=1e-300)


def test_where_nothing_is_required_nothing_is_taken() -> None:
    assert not decide_limiting(np.zeros(1000), RATE_HZ).any()


def test_a_peak_is_met_2_ms_ahead_and_let_go_within_a_third_of_a_second() -> None:
    required = np.zeros(4000)
    required[2000] = 6.0
    reduction = decide_limiting(required, RATE_HZ)
    assert not reduction[: 2000 - 10].any()
    assert reduction[2000:2002] == pytest.approx(6.0, abs=1e-6)
    assert reduction[2000 + round(0.3 * RATE_HZ)] < 0.3


@pytest.mark.parametrize(("hz", "most_db"), [(30, -55.0), (50, -90.0), (200, -90.0)])
def test_a_steady_bass_note_is_not_distorted(hz: int, most_db: float) -> None:
    time = np.arange(44100 * 3) / 44100
    tone = np.sin(2 * np.pi * hz * time)
    crests = np.abs(tone[: len(tone) // 16 * 16]).reshape(-1, 16).max(axis=1)
    required = np.maximum(0.0, 20 * np.log10(crests) + 6.0)
    limited = tone[: len(crests) * 16] * draw_lines(-decide_limiting(required, RATE_HZ), 16)
    steady = limited[44100 : 2 * 44100]
    spectrum = np.square(np.abs(np.fft.rfft(steady)))
    rest = spectrum.sum() - spectrum[hz] - spectrum[0]
    assert 10 * np.log10(rest / spectrum[hz] + 1e-30) < most_db
