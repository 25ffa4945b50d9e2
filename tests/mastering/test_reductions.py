"""What is taken off over time: the most of each step, of a whole master or of a section."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from indieartist.audio.mastering import make_master, plan_master, preview_section
from indieartist.audio.mastering.control import get_block_frames
from indieartist.audio.mastering.reductions import ReductionCurves, collect_reductions
from indieartist.audio.mastering.shape import Dynamics, get_grid
from indieartist.domain.mastering import Settings

MakeSong = Callable[..., np.ndarray]
MakeSettings = Callable[..., Settings]
RATE_HZ = 44100


@pytest.fixture(scope="module")
def bounce_path(tmp_path_factory: pytest.TempPathFactory, make_song: MakeSong) -> Path:
    path = tmp_path_factory.mktemp("reductions") / "bounce.wav"
    soundfile.write(path, make_song(8.0, density=2.0) * 0.5, RATE_HZ, "PCM_24")
    return path


def dynamics_of(seconds: float, at_s: float, by_db: float) -> Dynamics:
    """A middle band that is reduced at one moment."""
    blocks = round(seconds * RATE_HZ / get_grid(RATE_HZ))
    reduction = np.zeros((3, blocks), np.float32)
    reduction[1, round(at_s * RATE_HZ / get_grid(RATE_HZ))] = by_db
    return Dynamics(reduction, (-20.0,) * 3, (0.5, 1.0, 1.5))


@pytest.mark.parametrize("stride", [1, 2, 7])
def test_the_most_of_each_step_is_kept(stride: int) -> None:
    frames = 2 * RATE_HZ
    dynamics = dynamics_of(2.0, 1.1, 4.0)
    thin = Dynamics(
        np.maximum.reduceat(dynamics.reduction_db, np.arange(0, 2756, stride), axis=1),
        dynamics.thresholds_db,
        dynamics.make_ups_db,
    )
    limiter = np.zeros(frames // get_block_frames(RATE_HZ) + 1, np.float32)
    limiter[round(0.5 * RATE_HZ / get_block_frames(RATE_HZ))] = 2.0
    curves = collect_reductions(thin, limiter, RATE_HZ, (0, frames), frames)
    assert curves.bands_db.shape == (3, 100) and curves.limiter_db.shape == (100,)
    assert curves.bands_db[1].argmax() in (54, 55)
    assert curves.bands_db.max() == 4.0 and np.count_nonzero(curves.bands_db) == 1
    assert curves.limiter_db.argmax() in (24, 25) and np.count_nonzero(curves.limiter_db) == 1
    assert curves.make_ups_db == (0.5, 1.0, 1.5)
    half = collect_reductions(thin, limiter, RATE_HZ, (RATE_HZ, frames), frames)
    np.testing.assert_array_equal(half.bands_db, curves.bands_db[:, 50:])


def test_no_compressor_no_bands() -> None:
    curves = collect_reductions(None, np.zeros(300, np.float32), RATE_HZ, (0, 4410), 4410)
    assert curves.bands_db.shape == (0, 5) and curves.limiter_db.shape == (5,)
    assert (
        collect_reductions(None, np.zeros(1, np.float32), RATE_HZ, (0, 0), 0).limiter_db.size == 0
    )


@given(
    bands=st.sampled_from([0, 3]),
    steps=st.integers(0, 60),
    seed=st.integers(0, 99),
)
def test_stored_curves_come_back(bands: int, steps: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    lines = random.uniform(0, 25, (bands + 1, steps)).astype(np.float32)
    stored = ReductionCurves(lines[:bands], lines[bands], (1.5,) * bands).to_bytes()
    back = ReductionCurves.from_bytes(stored)
    np.testing.assert_allclose(back.bands_db, lines[:bands], atol=0.051)
    np.testing.assert_allclose(back.limiter_db, lines[bands], atol=0.051)
    assert back.make_ups_db == (1.5,) * bands
    for broken in (stored[:-1], b"X" + stored[1:], stored[:3]):
        with pytest.raises(ValueError, match="not stored reductions"):
            ReductionCurves.from_bytes(broken)


def test_a_section_tells_what_the_master_tells_there(
    bounce_path: Path, make_settings: MakeSettings, tmp_path: Path
) -> None:
    settings = make_settings(-9.0)
    made = make_master(bounce_path, tmp_path / "m.wav", settings)
    whole = made.reductions
    assert whole.bands_db.shape == (3, 400) and whole.limiter_db.shape == (400,)
    assert whole.bands_db.max() > 1.0 and whole.limiter_db.max() > 3.0
    figures = {stage.name: stage.figures for stage in made.report.stages}
    assert whole.limiter_db.max() == pytest.approx(figures["limiter"]["max_db"], abs=0.01)
    section = preview_section(bounce_path, plan_master(bounce_path, settings), settings, 3000, 4000)
    settled = slice(50, None)
    ours, theirs = section.reductions, whole
    assert ours.limiter_db.shape == (200,)
    np.testing.assert_allclose(
        ours.bands_db[:, settled], theirs.bands_db[:, 150:350][:, settled], atol=0.1
    )
    np.testing.assert_allclose(
        ours.limiter_db[settled], theirs.limiter_db[150:350][settled], atol=0.3
    )
