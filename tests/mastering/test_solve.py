"""The level solver: roots inside brackets, loudness that only rises, what cannot be reached."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyebur128
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.audio import kernels
from indieartist.audio.mastering.control import to_gain
from indieartist.audio.mastering.programme import measure_programme
from indieartist.audio.mastering.solve import (
    find_loudest_push,
    find_root,
    limit,
    narrow_bracket,
    solve_level,
)

MakeSong = Callable[..., np.ndarray]


def drive(song: np.ndarray, gain_db: np.ndarray) -> np.ndarray:
    driven = song.T.copy()
    kernels.apply_gain(driven, to_gain(gain_db), 0, 16)
    return driven.T


@given(
    st.floats(-50, 50),
    st.floats(0.1, 60),
    st.floats(0.0, 1.0),
    st.sampled_from([0.2, 1.0, 3.0, 9.0]),
)
def test_a_root_in_its_bracket_is_found(
    low: float, width: float, share: float, power: float
) -> None:
    root = low + share * width

    def rising(at: float) -> float:
        return float(np.sign(at - root) * abs(at - root) ** power)

    found = find_root(rising, (low, low + width), 1e-3)
    assert low <= found <= low + width
    assert abs(rising(found)) <= 1e-3 or abs(found - root) <= 1e-6 * width


@given(st.floats(0.01, 10.0), st.booleans())
def test_without_a_root_the_nearer_end_is_given(height: float, above: bool) -> None:
    sign = 1.0 if above else -1.0
    assert find_root(lambda _: sign * height, (0.0, 5.0), 1e-3) == (0.0 if above else 5.0)


def test_a_step_does_not_keep_the_search_going() -> None:
    calls = []

    def step(at: float) -> float:
        calls.append(at)
        return -1.0 if at < 3.3 else 1.0

    assert find_root(step, (0.0, 10.0), 1e-3) == pytest.approx(3.3, abs=0.1)
    assert len(calls) < 50


def test_the_programme_has_the_loudness_of_the_meter(make_song: MakeSong) -> None:
    song = make_song(6.0)
    state = pyebur128.R128State(2, 44100, pyebur128.MeasurementMode.MODE_I)
    state.add_frames(song.ravel(), len(song))
    expected = pyebur128.get_loudness_global(state)
    assert measure_programme(song, 44100).measure_lufs() == pytest.approx(expected, abs=0.002)


def test_a_moving_gain_is_predicted(make_song: MakeSong) -> None:
    song = make_song(6.0)
    programme = measure_programme(song, 44100)
    reduction_db = limit(programme, 13.0)
    driven = drive(song, np.float32(12.0) - reduction_db)
    expected = measure_programme(driven, 44100).measure_lufs()
    predicted = programme.predict_lufs(reduction_db, 12.0)
    assert predicted == pytest.approx(expected, abs=0.02)


def test_no_limited_sample_is_above_the_ceiling(make_song: MakeSong) -> None:
    song = make_song(6.0, density=1.0)
    programme = measure_programme(song, 44100)
    for drive_db in (0.0, 6.0, 20.0, 35.0):
        gain_db = np.float32(drive_db) - limit(programme, drive_db + 1.0)
        assert np.abs(drive(song, gain_db)).max() <= 10 ** (-1.0 / 20) * (1 + 1e-6)


def test_louder_targets_take_more_drive(make_song: MakeSong) -> None:
    programme = measure_programme(make_song(6.0, density=1.0), 44100)
    loudest_db = find_loudest_push(programme)
    solutions = [
        solve_level(programme, lufs, -1.0, loudest_db) for lufs in (-20.0, -16.0, -12.0, -10.0)
    ]
    drives = [solution.drive_db for solution in solutions]
    assert drives == sorted(drives)
    for solution, lufs in zip(solutions, (-20.0, -16.0, -12.0, -10.0), strict=True):
        assert solution.integrated_lufs == pytest.approx(lufs, abs=0.005)
        assert solution.loudest_clean_lufs == pytest.approx(
            solutions[0].loudest_clean_lufs, abs=0.2
        )


def test_a_bracket_is_narrowed_by_what_is_known() -> None:
    known = {0.0: -20.0, 3.0: -12.0, 5.0: -9.0, 99.0: -1.0}
    assert narrow_bracket((1.0, 8.0), known, -10.0) == (3.0, 5.0)
    assert narrow_bracket((1.0, 4.0), known, -10.0) == (3.0, 4.0)
    assert narrow_bracket((4.0, 8.0), known, -10.0) == (4.0, 5.0)
    assert narrow_bracket((1.0, 8.0), {2.0: -5.0, 4.0: -20.0}, -10.0) == (1.0, 8.0)
