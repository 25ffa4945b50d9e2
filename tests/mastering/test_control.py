"""The control grid and what is computed on it."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest

from indieartist.audio import kernels
from indieartist.audio.kernels import weaving
from indieartist.audio.mastering.control import decibels, get_block_frames, to_gain


@pytest.mark.parametrize(
    ("rate_hz", "frames"),
    [(8000, 4), (22050, 8), (44100, 16), (48000, 16), (96000, 32), (192000, 64)],
)
def test_a_block_lasts_about_a_third_of_a_millisecond(rate_hz: int, frames: int) -> None:
    assert get_block_frames(rate_hz) == frames


@pytest.mark.parametrize("kernel", [kernels, weaving], ids=["compiled", "plain"])
def test_lines_run_from_edge_to_edge(kernel: ModuleType) -> None:
    line = np.ones((2, 8), np.float32)
    kernel.apply_gain(line, to_gain(np.array([0.0, -20.0, -20.0], np.float32)), 0, 4)
    np.testing.assert_allclose(line[0], [1.0, 0.775, 0.55, 0.325, 0.1, 0.1, 0.1, 0.1], rtol=1e-6)
    np.testing.assert_array_equal(line[0], line[1])


def test_silence_has_a_level() -> None:
    np.testing.assert_allclose(decibels(np.array([0.0, 1.0, 10.0], np.float32)), [-200, 0, 20])
