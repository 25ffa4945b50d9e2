"""The compiled kernels of measuring give what their readable twins define."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from indieartist.audio import kernels
from indieartist.audio.kernels import meter, packing, spectra, true_peak, weighting
from indieartist.audio.loudness import bin_edges, k_coefficients
from indieartist.audio.true_peak import TAPS, _interpolator
from indieartist.audio.window import past_frames

pytestmark = pytest.mark.skipif(not kernels.COMPILED, reason="built without a compiler")

Planar = NDArray[np.float32]
RATES_HZ = st.sampled_from([8_000, 11_025, 12_345, 22_050, 44_100, 96_000])


def sound(seed: int, shape: tuple[int, ...]) -> Planar:
    """Noise over a low tone, now loud and now soft, and for a while silent."""
    generator = np.random.default_rng(seed)
    at = np.arange(shape[-1])
    gain = np.interp(at, np.linspace(0, shape[-1], 7), generator.uniform(0, 1, 7))
    tone = np.sin(at * generator.uniform(0.01, 3.0))
    samples = gain * (tone + generator.uniform(0, 0.3) * generator.standard_normal(shape))
    samples[..., shape[-1] // 3 : shape[-1] // 2] = 0
    return samples.astype(np.float32)


@st.composite
def windows(draw: st.DrawFn, most: int = 3000) -> Planar:
    shape = draw(st.integers(1, 9)), draw(st.integers(0, most))
    return sound(draw(st.integers(0, 2**32)), shape)


@st.composite
def windows_and_columns(draw: st.DrawFn, reach: int = 0) -> tuple[Planar, tuple[int, int]]:
    window = draw(windows())
    columns = window.shape[1] - reach
    first, end = sorted(draw(st.tuples(*[st.integers(0, max(0, columns))] * 2)))
    if columns < 0:
        window, first, end = sound(0, (1, reach + 1)), 0, 1
    return window, (first, end)


@given(window=windows(500), column=st.integers(0, 5))
def test_deinterleave(window: Planar, column: int) -> None:
    block = np.ascontiguousarray(np.clip(window.T, -1, 1) * (2.0**31 - 256)).astype(np.int32)
    rooms = np.zeros((2, len(window), window.shape[1] + column), np.float32)
    bits = [
        k.deinterleave(block, room, column) for k, room in zip((kernels, meter), rooms, strict=True)
    ]
    assert bits[0] == bits[1]
    assert np.array_equal(*rooms)


@given(window=windows(500), column=st.integers(0, 5))
def test_deinterleave_floats(window: Planar, column: int) -> None:
    block = np.ascontiguousarray(window.T)
    room = np.zeros((len(window), window.shape[1] + column), np.float32)
    kernels.deinterleave_floats(block, room, column)
    assert np.array_equal(room[:, column:], window)
    assert not room[:, :column].any()


@given(
    window=windows(100),
    value=st.sampled_from([0.0, -7.0, np.nan, np.inf, -np.inf]),
    at=st.integers(0, 2**31),
)
def test_find_largest(window: Planar, value: float, at: int) -> None:
    if window.size:
        window.flat[at % window.size] = value
    assert kernels.find_largest(window) == pytest.approx(meter.find_largest(window), nan_ok=True)


@settings(max_examples=50, deadline=None)
@given(
    seed=st.integers(0, 99), rate_hz=RATES_HZ, channels=st.integers(1, 8), seconds=st.floats(0, 1.5)
)
def test_weigh(seed: int, rate_hz: int, channels: int, seconds: float) -> None:
    past, frames = past_frames(rate_hz), int(rate_hz * seconds)
    window = sound(seed, (channels, past + frames))
    edges = bin_edges(frames, rate_hz) + past
    coefficients = np.array(k_coefficients(rate_hz)).ravel()
    energies = np.zeros((2, channels, edges.size - 1))
    kernels.weigh(window, edges, coefficients, energies[0])
    weighting.weigh(window, edges, coefficients, energies[1])
    floor = 1e-13 * energies[1].max(initial=1e-30)  # of the transform, beside the loudest
    assert energies[0] == pytest.approx(energies[1], rel=1e-9, abs=floor)


@pytest.mark.parametrize(("bins", "frames"), [(1, 16), (700, 16), (50, 64)])
def test_weigh_in_blocks_of_the_limiter(bins: int, frames: int) -> None:
    past = past_frames(44_100)
    window = sound(bins, (2, past + bins * frames))
    edges = past + np.arange(bins + 1) * frames
    coefficients = np.array(k_coefficients(44_100)).ravel()
    energies = np.zeros((2, 2, bins))
    for kernel, found in zip((kernels.weigh, weighting.weigh), energies, strict=True):
        kernel(window, edges, coefficients, found)
    assert energies[0] == pytest.approx(energies[1], rel=1e-9, abs=1e-13 * energies[1].max())


@given(seed=st.integers(0, 99), count=st.integers(0, 300))
def test_packing(seed: int, count: int) -> None:
    samples = np.random.default_rng(seed).integers(-(2**31), 2**31, count).astype(np.int32)
    packed, back = np.zeros((2, 3 * count), np.uint8), np.zeros((2, count), np.int32)
    for kernel, room, again in zip((kernels, packing), packed, back, strict=True):
        kernel.pack_24(samples, room)
        kernel.unpack_24(room, again)
        assert np.array_equal(again, samples & ~0xFF)
    assert np.array_equal(*packed)
    with pytest.raises(ValueError, match="pack_24"):
        kernels.pack_24(samples, np.zeros(3 * count + 1, np.uint8))


@given(window=windows(), cuts=st.sets(st.integers(0, 3000), min_size=1, max_size=8))
def test_sum_bins(window: Planar, cuts: set[int]) -> None:
    edges = np.array(sorted({min(cut, window.shape[1]) for cut in cuts}), np.int64)
    bins = edges.size - 1
    results = []
    for kernel in (kernels.sum_bins, meter.sum_bins):
        sums, squares = np.full((2, len(window), bins), np.nan)
        products = np.full(bins, np.nan)
        kernel(window, edges, sums, squares, products)
        results.append((sums, squares, products))
    for ours, theirs in zip(*results, strict=True):
        assert ours == pytest.approx(theirs, rel=1e-5, abs=1e-4)
    assert np.array_equal(results[0][1] == 0, results[1][1] == 0)  # silence is exact


@given(where=windows_and_columns())
def test_outline(where: tuple[Planar, tuple[int, int]]) -> None:
    window, columns = where
    bins = np.full((2, 3, -(-(columns[1] - columns[0]) // meter.BIN_FRAMES)), np.nan, np.float32)
    kernels.outline(window, columns, bins[0])
    meter.outline(window, columns, bins[1])
    assert np.array_equal(bins[0, :2], bins[1, :2])
    assert bins[0, 2] == pytest.approx(bins[1, 2], rel=1e-5)


@given(
    where=windows_and_columns(), runs=st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 600)))
)
def test_count_plateaus(where: tuple[Planar, tuple[int, int]], runs: list[tuple[int, int]]) -> None:
    window, columns = where
    for start, length in runs:
        window[start % len(window), start : start + length] = 1.5
    leads, tails = np.full((2, 2, len(window)), -1)
    counts = [
        kernel(window, columns, 1.5, leads[index], tails[index])
        for index, kernel in enumerate((kernels.count_plateaus, meter.count_plateaus))
    ]
    assert counts[0] == counts[1]
    assert np.array_equal(*leads)
    assert np.array_equal(*tails)


@given(where=windows_and_columns(TAPS - 1), share=st.floats(0, 1.5))
def test_find_true_peak(where: tuple[Planar, tuple[int, int]], share: float) -> None:
    window, columns = where
    taps, bounds = _interpolator()
    known = share * float(np.abs(window).max(initial=0))
    ours = kernels.find_true_peak(window, columns, taps, bounds, known)
    assert ours == pytest.approx(
        true_peak.find_true_peak(window, columns, taps, bounds, known), rel=2e-6
    )
    assert ours == pytest.approx(exhaustive_peak(window, columns, taps, known), rel=2e-6)


def exhaustive_peak(
    window: Planar, columns: tuple[int, int], taps: NDArray[np.float32], known: float
) -> float:
    """Every point worked out."""
    seen = window[:, columns[0] : columns[1] + TAPS - 1].astype(np.float64)
    if columns[0] == columns[1]:
        return known
    points = [
        np.abs(np.convolve(channel, tap[::-1], "valid")).max() for channel in seen for tap in taps
    ]
    return max(known, *map(float, points))


WINDOW = sound(1, (2, 1000))
TAPS_AND_BOUNDS = _interpolator()
EDGES = np.array([100, 200, 300])
TWO = np.zeros(2, np.int64)


@pytest.mark.parametrize(
    ("kernel", "arguments"),
    [
        (kernels.deinterleave, (np.zeros((4, 2), np.int32), WINDOW, 997)),
        (kernels.deinterleave, (np.zeros((4, 2), np.int32), WINDOW, -1)),
        (kernels.deinterleave, (np.zeros((4, 3), np.int32), WINDOW, 0)),
        (kernels.deinterleave, (np.zeros(8, np.int32), WINDOW, 0)),
        (kernels.deinterleave, (np.zeros((4, 2), np.int32)[:, ::-1], WINDOW, 0)),
        (kernels.deinterleave_floats, (np.zeros((4, 3), np.float32), WINDOW, 0)),
        (kernels.find_largest, (WINDOW[:, ::2],)),
        (kernels.outline, (WINDOW, (0, 1001), np.zeros((3, 4), np.float32))),
        (kernels.outline, (WINDOW, (5, 4), np.zeros((3, 0), np.float32))),
        (kernels.outline, (WINDOW, (0, 600), np.zeros((3, 2), np.float32))),
        (kernels.outline, (WINDOW[0], (0, 256), np.zeros((3, 1), np.float32))),
        (kernels.count_plateaus, (WINDOW, (-1, 9), 1.0, TWO, TWO)),
        (kernels.count_plateaus, (WINDOW, (0, 9), 1.0, TWO[:1], TWO)),
        (kernels.sum_bins, (WINDOW, EDGES * 4, *np.zeros((2, 2, 2)), np.zeros(2))),
        (kernels.sum_bins, (WINDOW, EDGES[::-1].copy(), *np.zeros((2, 2, 2)), np.zeros(2))),
        (kernels.sum_bins, (WINDOW, EDGES, *np.zeros((2, 2, 3)), np.zeros(2))),
        (kernels.weigh, (WINDOW, EDGES * 4, np.zeros(10), np.zeros((2, 2)))),
        (kernels.weigh, (WINDOW, EDGES, np.zeros(9), np.zeros((2, 2)))),
        (kernels.weigh, (WINDOW, EDGES, np.zeros(10), np.zeros((2, 1)))),
        (kernels.find_true_peak, (WINDOW, (0, 954), *TAPS_AND_BOUNDS, 0.0)),
        (kernels.find_true_peak, (WINDOW, (0, 9), TAPS_AND_BOUNDS[0][:6], TAPS_AND_BOUNDS[1], 0.0)),
    ],
)
def test_arrays_that_do_not_fit_are_refused(kernel: Callable[..., Any], arguments: Any) -> None:
    with pytest.raises(ValueError, match=r"fit|window|contiguous"):
        kernel(*arguments)


@pytest.mark.parametrize(
    ("kernel", "arguments"),
    [
        (kernels.deinterleave, (np.zeros((4, 2)), WINDOW, 0)),
        (kernels.deinterleave, (np.zeros((4, 2), np.int32), WINDOW)),
        (kernels.deinterleave, (np.zeros((4, 2), np.int32), WINDOW, "0")),
        (kernels.find_largest, (WINDOW.astype(np.float64),)),
        (kernels.find_largest, (None,)),
        (kernels.outline, (WINDOW, 0, np.zeros((3, 4), np.float32))),
        (kernels.count_plateaus, (WINDOW, (0, 9), "level", TWO, TWO)),
        (kernels.weigh, (WINDOW, EDGES.astype(np.int32), np.zeros(10), np.zeros((2, 2)))),
        (kernels.find_true_peak, (WINDOW, (0, 9), *TAPS_AND_BOUNDS, None)),
    ],
)
def test_arguments_of_another_kind_are_refused(kernel: Callable[..., Any], arguments: Any) -> None:
    with pytest.raises(TypeError):
        kernel(*arguments)


@given(seed=st.integers(0, 99), windows=st.integers(1, 9), channels_differ=st.booleans())
def test_powers_by_level(seed: int, windows: int, channels_differ: bool) -> None:
    size, classes = 64, 40
    planar = sound(seed, (2, 2 * size * windows)) * np.float32(channels_differ + 0.01)
    shape = np.hanning(size).astype(np.float32)
    how, found = np.array([2.0, -60.0, 0.5]), []
    for kernel in (kernels, spectra):
        halves = np.empty((windows, 2, size), np.float32)
        kernel.cut_windows(planar, 2 * size, shape, halves)
        lines = np.fft.rfft(halves).astype(np.complex64).view(np.float32)
        levels, sums = np.empty(windows), np.zeros((windows, 2, size // 2 + 1))
        places, counts = np.full(classes, -1, np.int64), np.zeros(classes, np.int64)
        kernel.sort_powers(lines, how, levels, places, counts, sums)
        found.append((halves, levels, places, counts, sums))
    for ours, theirs in zip(*found, strict=True):
        assert ours == pytest.approx(theirs, rel=1e-5, abs=1e-5)
    with pytest.raises(ValueError, match="sort_powers"):
        kernels.sort_powers(lines, how, levels, places, counts, sums)


@given(seed=st.integers(0, 99), frames=st.integers(0, 20), lag=st.integers(1, 4))
def test_rises(seed: int, frames: int, lag: int) -> None:
    lines = sound(seed, (frames, 2 * 50)) * np.float32(100)
    at, middles = np.arange(50), np.linspace(5, 45, 8)[:, None]
    filters = np.maximum(0, 1 - np.abs(at - middles) / 7).astype(np.float32)
    before = np.full((2, lag, 8), np.inf, np.float32)
    rises = np.full((2, 3, frames), np.nan, np.float32)
    for kernel, kept, found in zip((kernels, spectra), before, rises, strict=True):
        half = frames // 2
        for part in (slice(0, half), slice(half, frames)):
            piece = np.ascontiguousarray(found[:, part])
            kernel.find_rises(np.ascontiguousarray(lines[part]), filters, 3, kept, piece)
            found[:, part] = piece
    assert rises[0] == pytest.approx(rises[1], rel=1e-4, abs=1e-4)
    assert before[0] == pytest.approx(before[1], rel=1e-4, abs=1e-4)


@given(
    seed=st.integers(0, 99), hops=st.integers(1, 3), bins=st.integers(1, 40), more=st.integers(0, 9)
)
def test_mid_and_side_are_filtered(seed: int, hops: int, bins: int, more: int) -> None:
    lines = sound(seed, (2, hops, 2 * (bins + more)))
    response, products = (
        sound(seed + 1, (2, 2 * bins)),
        np.empty((2, 2, hops, 2 * bins), np.float32),
    )
    for kernel, found in zip((kernels, spectra), products, strict=True):
        kernel.filter_sides(lines, hops, response, found)
    assert products[0] == pytest.approx(products[1], rel=1e-5, abs=1e-5)
    with pytest.raises(ValueError, match="filter_sides"):
        kernels.filter_sides(lines, hops + 1, response, products[0])
