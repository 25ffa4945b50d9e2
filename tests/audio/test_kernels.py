"""The compiled kernels give what their readable twins define."""

from __future__ import annotations

import numpy as np
import pytest

from indieartist.audio import kernels


@pytest.mark.parametrize("channels", [1, 2, 6])
@pytest.mark.parametrize("frames", [0, 1, 37, 4096])
def test_deinterleave(frames: int, channels: int) -> None:
    generator = np.random.default_rng(frames + channels)
    block = generator.integers(-(2**31), 2**31, (frames, channels)).astype(np.int32) & -256
    window = np.zeros((channels, frames + 5), np.float32)
    bits = kernels.deinterleave(block, window, 2)
    assert bits & 0xFF == 0
    assert (frames < 30) or bits == -256
    assert np.array_equal(window[:, 2:-3], block.T / np.float32(2**31))
    assert not window[:, [0, 1, -3, -2, -1]].any()
