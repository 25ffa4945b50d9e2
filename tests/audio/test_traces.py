"""A song over time: peaks where they were put, the stereo image as meters show it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from indieartist.audio.measure import measure_file
from indieartist.audio.traces import SongTraces, trace_file
from indieartist.errors import Cancelled, UserError


def write(path: Path, sound: np.ndarray, rate_hz: int = 44100) -> Path:
    soundfile.write(path, sound, rate_hz, "FLOAT")
    return path


def noise(seconds: float, rate_hz: int = 44100, channels: int = 2, seed: int = 1) -> np.ndarray:
    random = np.random.default_rng(seed)
    return 0.05 * random.standard_normal((round(seconds * rate_hz), channels))


@pytest.mark.parametrize("rate_hz", [8000, 11025, 44100, 96000, 192000])
def test_a_peak_stands_where_it_was_put(rate_hz: int, tmp_path: Path) -> None:
    sound = 0.01 * noise(6.0, rate_hz)
    for moment_s, level in ((0.05, 0.7), (4.02, 0.5), (5.97, 0.9)):
        sound[round(moment_s * rate_hz), 1] = level
    traces = trace_file(write(tmp_path / "s.wav", sound, rate_hz))
    found = traces.find_peaks(-9.0, 10)
    assert [round(moment / 1000, 2) for moment, _ in found] == [5.97, 0.05, 4.02]
    levels = [-0.92, -3.1, -6.02]
    assert [level for _, level in found] == pytest.approx(levels, abs=0.1)
    assert len(traces.find_peaks(-9.0, 2)) == 2 and not traces.find_peaks(0.0, 9)


def test_the_highest_step_is_the_true_peak(tmp_path: Path) -> None:
    path = write(tmp_path / "s.wav", noise(9.33))
    peak = measure_file(path).measurement.true_peak_dbtp
    assert trace_file(path).peak_db.max() == pytest.approx(peak, abs=0.05)


def test_what_ends_the_song_counts(tmp_path: Path) -> None:
    sound = 0.01 * noise(1.099)
    sound[-1] = 0.9
    (moment_ms, level_db), *_ = trace_file(write(tmp_path / "s.wav", sound)).find_peaks(-3, 9)
    assert level_db > -1.0
    assert moment_ms == pytest.approx(1000, abs=100)


def test_correlation_and_balance_are_those_of_the_sides(tmp_path: Path) -> None:
    left = noise(4.0)[:, 0]
    parts = [
        np.stack([left, left / 2], 1),  # one sound, louder on the left
        np.stack([left, -left], 1),
        np.stack([left * 0, left], 1),
        np.stack([left, noise(4.0)[:, 1]], 1),
        np.zeros((44100, 2)),
    ]
    traces = trace_file(write(tmp_path / "s.wav", np.concatenate(parts)))
    inside = [slice(40 * n + 4, 40 * n + 40) for n in range(4)]
    np.testing.assert_allclose(traces.correlation[inside[0]], 1.0, atol=1e-3)
    np.testing.assert_allclose(traces.balance_db[inside[0]], 6.02, atol=0.01)
    np.testing.assert_allclose(traces.correlation[inside[1]], -1.0, atol=1e-3)
    assert np.isnan(traces.correlation[inside[2]]).all()
    np.testing.assert_allclose(traces.balance_db[inside[2]], -60.0)
    np.testing.assert_allclose(traces.correlation[inside[3]], 0.0, atol=0.05)
    assert np.isnan(traces.correlation[-5:]).all() and np.isnan(traces.balance_db[-5:]).all()
    assert len(traces.correlation) == len(traces.peak_db) == 170


@pytest.mark.parametrize("channels", [1, 3, 6])
def test_any_number_of_channels(channels: int, tmp_path: Path) -> None:
    sound = 0.01 * noise(1.0, channels=channels)
    sound[22050, -1] = 0.5
    traces = trace_file(write(tmp_path / "s.wav", sound))
    assert traces.find_peaks(-20.0, 9)[0] == pytest.approx((500, -6.02), abs=2)
    assert np.isnan(traces.correlation).all() == (channels == 1)


@pytest.mark.parametrize("frames", [1, 100, 4409, 4410])
def test_a_song_of_less_than_a_step(frames: int, tmp_path: Path) -> None:
    traces = trace_file(write(tmp_path / "s.wav", noise(1.0)[:frames]))
    assert len(traces.peak_db) == frames // 4410


@settings(max_examples=30)
@given(
    lines=st.lists(
        st.tuples(st.floats(-200, 20), st.floats(0, 1), st.floats(-1, 1), st.floats(-60, 60)),
        max_size=50,
    )
)
def test_stored_traces_come_back(lines: list[tuple[float, ...]]) -> None:
    columns = np.array(lines, np.float32).reshape(len(lines), 4).T
    back = SongTraces.from_bytes(SongTraces(*columns).to_bytes())
    np.testing.assert_allclose(back.peak_db, columns[0], rtol=1e-3, atol=1e-3)
    np.testing.assert_allclose(back.peak_at, columns[1], atol=0.003)
    np.testing.assert_allclose(back.correlation, columns[2], atol=1e-3)
    np.testing.assert_allclose(back.balance_db, columns[3], rtol=1e-3, atol=1e-3)


@given(cut=st.integers(0, 40))
def test_anything_else_is_refused(cut: int) -> None:
    stored = SongTraces(*np.zeros((4, 5), np.float32)).to_bytes()
    with pytest.raises(ValueError, match="not stored traces"):
        SongTraces.from_bytes(stored[: min(cut, len(stored) - 1)])
    with pytest.raises(ValueError, match="not stored traces"):
        SongTraces.from_bytes(b"X" + stored[1:])


def test_it_is_stopped_and_refuses_what_is_no_song(tmp_path: Path) -> None:
    def stop(_fraction: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        trace_file(write(tmp_path / "s.wav", noise(3.0)), stop)
    (tmp_path / "no.wav").write_bytes(b"no sound")
    with pytest.raises(UserError):
        trace_file(tmp_path / "no.wav")
