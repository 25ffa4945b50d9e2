"""Our door to SciPy's transforms gives what `scipy.fft` gives, and does without it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import scipy.fft

from indieartist.audio import fourier

SHAPES = [((12,), -1), ((3, 16), -1), ((2, 3, 9), -1), ((10, 4), 0)]
LENGTHS = [None, 8, 25]


@pytest.fixture(params=["compiled", "whole"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "whole":
        monkeypatch.setattr(fourier, "_pocket", None)
    return str(request.param)


@pytest.mark.parametrize("kind", ["f4", "f8", "i2"])
@pytest.mark.parametrize(("shape", "axis"), SHAPES)
@pytest.mark.parametrize("length", LENGTHS)
def test_the_spectrum_is_scipys(
    way: str, kind: str, shape: tuple[int, ...], axis: int, length: int | None
) -> None:
    signal = (100 * np.random.default_rng(1).standard_normal(shape)).astype(kind)
    ours, its = fourier.rfft(signal, length, axis), scipy.fft.rfft(signal, length, axis)
    assert ours.dtype == its.dtype
    np.testing.assert_array_equal(ours, its)


@pytest.mark.parametrize("kind", ["c8", "c16", "f4", "f8"])
@pytest.mark.parametrize(("shape", "axis"), SHAPES)
@pytest.mark.parametrize("length", LENGTHS)
def test_the_signal_is_scipys(
    way: str, kind: str, shape: tuple[int, ...], axis: int, length: int | None
) -> None:
    spectrum = np.random.default_rng(2).standard_normal((*shape, 2)) @ np.array([1, 1j])
    spectrum = (spectrum if kind[0] == "c" else spectrum.real).astype(kind)
    ours, its = fourier.irfft(spectrum, length, axis), scipy.fft.irfft(spectrum, length, axis)
    assert ours.dtype == its.dtype
    np.testing.assert_array_equal(ours, its)


def test_fast_lengths_are_scipys(way: str) -> None:
    lengths = range(1, 3000, 7)
    its = [scipy.fft.next_fast_len(length, real=True) for length in lengths]
    assert [fourier.next_fast_len(length) for length in lengths] == its


def test_a_file_that_is_no_transform_is_not_used(tmp_path: Path) -> None:
    other = tmp_path / "pypocketfft.so"
    assert fourier._load(None) is None
    assert fourier._load(other) is None
    other.write_text("no library")
    assert fourier._load(other) is None


def test_scipys_own_package_is_left_alone() -> None:
    asking = "import sys, indieartist.audio.fourier as f; f.rfft([1.0, 2.0])\n"
    asking += "print('scipy.fft' in sys.modules, f._pocket is not None)"
    done = subprocess.run(
        [sys.executable, "-c", asking], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True"], done.stderr
