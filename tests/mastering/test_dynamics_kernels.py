"""The compiled kernels of mastering give what their readable twins define."""

from __future__ import annotations

import numpy as np
import pytest

from indieartist.audio import kernels
from indieartist.audio.kernels import block_peaks, dither, dynamics, limiting, weaving

pytestmark = pytest.mark.skipif(not kernels.COMPILED, reason="built without a compiler")


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def noise(rng: np.random.Generator, *shape: int) -> np.ndarray:
    return rng.uniform(-1, 1, shape).astype(np.float32)


@pytest.mark.parametrize("blocks", [1, 2, 37, 4000])
@pytest.mark.parametrize("reach", [0, 1, 14])
def test_level_and_what_follows_it(blocks: int, reach: int, rng: np.random.Generator) -> None:
    power = np.square(noise(rng, blocks)) * np.float32(0.1)
    power[: blocks // 3] = 0.0
    compiled, plain = np.empty((2, blocks), np.float32)
    kernels.smooth_level(power, reach, compiled)
    dynamics.smooth_level(power, reach, plain)
    np.testing.assert_allclose(compiled, plain, atol=1e-3)
    compiled[:] = plain
    how = np.array([-20.0, 6.0, 0.4, 0.05, 0.01])
    kernels.follow_level(compiled, how)
    dynamics.follow_level(plain, how)
    np.testing.assert_allclose(compiled, plain, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("frames", [2, 16, 32, 37])
def test_squares_are_added_up(frames: int, rng: np.random.Generator) -> None:
    sound = noise(rng, 2, 50 * frames)
    compiled, plain = np.empty((2, 50), np.float32)
    kernels.square_blocks(sound, frames, compiled)
    dynamics.square_blocks(sound, frames, plain)
    np.testing.assert_allclose(compiled, plain, rtol=1e-5)


@pytest.mark.parametrize(("mid_step", "low_step", "grid"), [(1, 4, 8), (2, 16, 32), (4, 32, 64)])
@pytest.mark.parametrize("blocks", [1, 5, 400])
def test_bands_are_woven(
    blocks: int, mid_step: int, low_step: int, grid: int, rng: np.random.Generator
) -> None:
    frames = blocks * grid
    mid_taps = noise(rng, 16 if mid_step > 1 else 2, mid_step)
    if mid_step == 2:  # the samples themselves stand
        mid_taps[:, 0] = 0.0
        mid_taps[7, 0] = 1.0
    low_taps = noise(rng, 12, low_step)
    mid = noise(rng, 2, frames // mid_step + len(mid_taps))
    low = noise(rng, 2, frames // low_step + len(low_taps))
    gains = np.abs(noise(rng, 3, blocks + 9))
    compiled = noise(rng, 2, frames)
    plain = compiled.copy()
    kernels.weave_bands(compiled, mid, low, gains, mid_taps, low_taps)
    weaving.weave_bands(plain, mid, low, gains, mid_taps, low_taps)
    np.testing.assert_allclose(compiled, plain, atol=1e-5)


def test_bands_that_do_not_fit_are_refused(rng: np.random.Generator) -> None:
    high, taps = noise(rng, 2, 64), noise(rng, 16, 2)
    with pytest.raises(ValueError, match="weave_bands"):
        kernels.weave_bands(
            high, noise(rng, 2, 47), noise(rng, 2, 16), noise(rng, 3, 11), taps, taps
        )


@pytest.mark.parametrize(("points", "count"), [(4, 48), (2, 12), (16, 128), (1, 24)])
@pytest.mark.parametrize("frames", [4, 16, 64])
def test_block_peaks(points: int, count: int, frames: int, rng: np.random.Generator) -> None:
    sound, taps = noise(rng, 2, 4000), noise(rng, points, count)
    taps[-1] += taps[-1, ::-1].copy()  # the middle is its own mirror image
    starts = np.sort(rng.choice((4000 - count) // frames, 20, replace=False)).astype(np.int64)
    starts = np.concatenate([np.arange(40), starts]) * frames
    compiled, plain = np.empty((2, len(starts)), np.float32)
    starts = np.minimum(starts, 4000 - frames - count + 1)
    kernels.find_block_peaks(sound, starts, frames, taps, compiled)
    block_peaks.find_block_peaks(sound, starts, frames, taps, plain)
    np.testing.assert_allclose(compiled, plain, rtol=1e-5)
    with pytest.raises(ValueError, match="find_block_peaks"):
        kernels.find_block_peaks(sound, starts + 4000, frames, taps, compiled)


@pytest.mark.parametrize("blocks", [1, 3, 511, 512, 3000])
@pytest.mark.parametrize("windows", [(32, 4, 1102, 2, 2), (0, 0, 1, 0, 0), (5, 9, 30, 3, 4)])
def test_limiting(blocks: int, windows: tuple[int, ...], rng: np.random.Generator) -> None:
    peaks = rng.uniform(-40, 0, blocks).astype(np.float32)
    peaks[rng.uniform(0, 1, blocks) < 0.05] += 10.0
    decays = np.exp([-1 / 138, -1 / 1102])
    compiled, plain = np.empty((2, blocks + 1), np.float32)
    for kernel, reduction in ((kernels, compiled), (limiting, plain)):
        kernel.decide_limiting(peaks, 1.5, np.array(windows, np.int64), decays, reduction)
    np.testing.assert_allclose(compiled, plain, atol=2e-5)


def test_what_the_limiter_leaves(rng: np.random.Generator) -> None:
    power, reduction = np.abs(noise(rng, 5000)), np.abs(noise(rng, 5001)) * 20
    edges = np.append(np.arange(0, 5001, 27.5625), [5000.0, 5000.0])
    compiled, plain = np.empty((2, len(edges) - 1))
    kernels.sum_limited(power, reduction, edges, compiled)
    limiting.sum_limited(power, reduction, edges, plain)
    np.testing.assert_allclose(compiled, plain, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize(("offset", "length"), [(0, 160), (3, 1), (15, 100)])
def test_gain_is_drawn(offset: int, length: int, rng: np.random.Generator) -> None:
    compiled, knots = noise(rng, 2, length), np.abs(noise(rng, 11))
    plain = compiled.copy()
    kernels.apply_gain(compiled, knots, offset, 16)
    weaving.apply_gain(plain, knots, offset, 16)
    np.testing.assert_allclose(compiled, plain, rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize(("seed", "first"), [(0, 0), (2**64 - 1, 12345), (77, 2**40)])
def test_noise_is_drawn_by_its_number(seed: int, first: int) -> None:
    compiled, plain = np.empty((2, 5000))
    kernels.draw_noise(seed, first, compiled)
    dither.draw_noise(seed, first, plain)
    np.testing.assert_array_equal(compiled, plain)
    assert np.abs(plain).max() <= 1.0
    assert plain.std() == pytest.approx(1 / np.sqrt(6), rel=0.03)


@pytest.mark.parametrize("bits", [16, 24])
def test_samples_are_dithered_and_rounded(bits: int, rng: np.random.Generator) -> None:
    sound = noise(rng, 2, 3000) * np.float32(1.1)
    compiled, plain = np.empty((2, 3000, 2), np.int32)
    kernels.round_dithered(sound, 99, 17, bits, compiled)
    dither.round_dithered(sound, 99, 17, bits, plain)
    np.testing.assert_array_equal(compiled, plain)
