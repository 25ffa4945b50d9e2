"""SciPy's transforms of real signals without `scipy.fft`, whose import costs 0.3 s of every start.

That package loads half of SciPy and NumPy for what we never call. The transforms themselves are
one compiled module (M. Reinecke's pocketfft), which is loaded here alone; from a SciPy that keeps
it elsewhere, or calls it otherwise, the whole package is imported.
"""

from __future__ import annotations

from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from types import ModuleType

    from numpy.typing import ArrayLike, NDArray

_FOLDER, _NAME = "fft/_pocketfft", "pypocketfft"
_AS_IS, _BY_LENGTH = 0, 2  # how pocketfft scales what it returns
_HALVES = {"f": "F", "F": "F"}  # any other kind of number becomes complex128


def rfft(signal: ArrayLike, n: int | None = None, axis: int = -1) -> NDArray[Any]:
    """The spectrum of a real signal, as `scipy.fft.rfft`: float32 gives complex64."""
    real = np.asarray(signal)
    if _pocket is None:
        return np.asarray(_whole().rfft(real, n, axis))
    if real.dtype.char not in "fd":
        real = real.astype("d")
    fitted = _fit(real, real.shape[axis] if n is None else n, axis)
    return np.asarray(_pocket.r2c(fitted, (axis,), True, _AS_IS, None, 1))


def irfft(spectrum: ArrayLike, n: int | None = None, axis: int = -1) -> NDArray[Any]:
    """The real signal of a spectrum, as `scipy.fft.irfft`: complex64 gives float32."""
    half = np.asarray(spectrum)
    length = 2 * (half.shape[axis] - 1) if n is None else n
    if _pocket is None:
        return np.asarray(_whole().irfft(half, length, axis))
    half = half.astype(_HALVES.get(half.dtype.char, "D"), copy=False)
    fitted = _fit(half, length // 2 + 1, axis)
    return np.asarray(_pocket.c2r(fitted, (axis,), length, False, _BY_LENGTH, None, 1))


def next_fast_len(length: int) -> int:
    """The next length that is transformed fast, as `scipy.fft.next_fast_len(length, real=True)`."""
    if _pocket is None:
        return int(_whole().next_fast_len(length, real=True))
    return int(_pocket.good_size(length, True))


def _fit(values: NDArray[Any], length: int, axis: int) -> NDArray[Any]:
    """Cut to `length` along the axis, or filled up with zeros."""
    have = values.shape[axis]
    if have >= length:
        return (
            values
            if have == length
            else np.moveaxis(np.moveaxis(values, axis, 0)[:length], 0, axis)
        )
    room = [(0, 0)] * values.ndim
    room[axis] = (0, length - have)
    return np.pad(values, room)


def _whole() -> ModuleType:
    import scipy.fft

    module: ModuleType = scipy.fft
    return module


def _find_file() -> Path | None:
    """Where SciPy keeps its compiled transforms; finding it does not import SciPy."""
    scipy = find_spec("scipy")
    places = (scipy.submodule_search_locations or ()) if scipy else ()
    files = (Path(p, _FOLDER, _NAME + suffix) for p in places for suffix in EXTENSION_SUFFIXES)
    return next(filter(Path.is_file, files), None)


def _load(path: Path | None) -> ModuleType | None:
    """The compiled transforms, if they are called as they were and give what they gave."""
    spec = spec_from_file_location(_NAME, path) if path else None
    if spec is None or spec.loader is None:
        return None
    try:
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        there = module.r2c(np.eye(1, 4), (1,), True, _AS_IS, None, 1)
        back = module.c2r(there, (1,), 4, False, _BY_LENGTH, None, 1)
        right = np.allclose(back, np.eye(1, 4)) and module.good_size(7, True) >= 7
    except (ImportError, AttributeError, TypeError, ValueError):
        return None
    return module if right else None


_pocket = _load(_find_file())
