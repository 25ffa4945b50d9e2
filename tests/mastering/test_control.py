"""The control grid and what is computed on it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from indieartist.audio.mastering.control import (
    average,
    cut_stereo,
    draw_lines,
    get_block_frames,
    hold,
)

CURVES = arrays.arrays(np.float64, st.integers(1, 80), elements=st.floats(0.0, 30.0))


@pytest.mark.parametrize(
    ("rate_hz", "frames"),
    [(8000, 4), (22050, 8), (44100, 16), (48000, 16), (96000, 32), (192000, 64)],
)
def test_a_block_lasts_about_a_third_of_a_millisecond(rate_hz: int, frames: int) -> None:
    assert get_block_frames(rate_hz) == frames


@given(CURVES, st.integers(0, 9), st.integers(0, 9))
def test_hold_is_the_largest_in_reach(values: np.ndarray, back: int, ahead: int) -> None:
    held = hold(values, back, ahead)
    expected = [values[max(0, i - back) : i + ahead + 1].max() for i in range(len(values))]
    np.testing.assert_array_equal(held, expected)


@given(CURVES, st.integers(0, 9))
def test_an_average_lies_within_its_neighbours(values: np.ndarray, reach: int) -> None:
    mean = average(values, reach)
    assert len(mean) == len(values)
    assert (mean <= hold(values, reach, reach) + 1e-9).all()
    assert (mean >= -hold(-values, reach, reach) - 1e-9).all()


def test_lines_run_from_edge_to_edge() -> None:
    line = draw_lines(np.array([0.0, -20.0, -20.0]), 4)
    np.testing.assert_allclose(line, [1.0, 0.775, 0.55, 0.325, 0.1, 0.1, 0.1, 0.1], rtol=1e-6)


@given(st.integers(-8, 20), st.integers(0, 20))
def test_a_cut_is_silent_beyond_the_sound(start: int, length: int) -> None:
    sound = np.arange(1, 13, dtype=np.float32).reshape(6, 2)
    cut = cut_stereo(sound, start, length)
    expected = [tuple(sound[i]) if 0 <= i < 6 else (0, 0) for i in range(start, start + length)]
    assert list(zip(*cut.tolist(), strict=True)) == expected
