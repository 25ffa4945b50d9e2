"""The compiled kernels give what their readable twins define."""

from __future__ import annotations

import numpy as np
import pytest

from indieartist.audio import kernels
from indieartist.audio.kernels import meter

pytestmark = pytest.mark.skipif(not kernels.COMPILED, reason="built without a compiler")


@pytest.mark.parametrize("channels", [1, 2, 6])
@pytest.mark.parametrize("frames", [0, 1, 37, 4096])
def test_deinterleave(frames: int, channels: int) -> None:
    generator = np.random.default_rng(frames + channels)
    block = generator.integers(-(2**31), 2**31, (frames, channels)).astype(np.int32) & -256
    compiled, plain = np.zeros((2, channels, frames), np.float32)
    assert kernels.deinterleave(block, compiled, channels) == meter.deinterleave(
        block, plain, channels
    )
    assert np.array_equal(compiled, plain)


def test_arrays_that_do_not_fit_are_refused() -> None:
    block, room = np.zeros((4, 2), np.int32), np.zeros(8, np.float32)
    with pytest.raises(ValueError, match="fit"):
        kernels.deinterleave(block, room[:7], 2)
    with pytest.raises(TypeError):
        kernels.deinterleave(block.astype(np.float64), room, 2)
    with pytest.raises(TypeError):
        kernels.deinterleave(block, room)  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="contiguous"):
        kernels.deinterleave(block[:, ::-1], room, 2)
