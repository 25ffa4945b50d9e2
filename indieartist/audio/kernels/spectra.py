"""Before and behind the transforms, in NumPy: the readable twins of spectra.c.

Spectra come as pairs of floats: the real and the imaginary part of each bin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Integers = NDArray[np.int64]


def cut_windows(planar: Floats, step: int, shape: Floats, halves: Floats) -> None:
    """Write the windows of `planar` (2, n), one every `step` frames, into `halves`.

    (windows, 2, size): left plus right, and left minus right, each times `shape` (size,).
    """
    size, windows = len(shape), len(halves)
    cut = np.lib.stride_tricks.sliding_window_view(planar, size, axis=1)[:, ::step][:, :windows]
    np.multiply(cut[0] + cut[1], shape, out=halves[:, 0])
    np.multiply(cut[0] - cut[1], shape, out=halves[:, 1])


def filter_sides(spectra: Floats, hops: int, response: Floats, products: Floats) -> None:
    """Filter mid (left plus right) and side (left minus right), each by its own response.

    `spectra` (2, `hops`, 2 x bins) are of left and right; `products` as well, of as many bins as
    `response`, (2, 2 x bins) for mid and side, has.
    """
    pairs = spectra.view(np.complex64).reshape(2, hops, -1)
    answers = response.view(np.complex64).reshape(2, -1)
    left, right = pairs[..., : answers.shape[1]]
    mid, side = (left + right) * answers[0], (left - right) * answers[1]
    products.view(np.complex64).reshape(2, hops, -1)[:] = mid + side, mid - side


def sort_powers(  # noqa: PLR0917 - as the compiled kernel, which takes no names
    spectra: Floats,
    how: Doubles,
    levels: Doubles,
    places: Integers,
    counts: Integers,
    sums: Doubles,
) -> None:
    """Add each window's powers to those of its class of level, and write its level.

    `spectra` (windows, 2, 2 x bins). A window's level is the sum of its powers from bin `how`[0]
    on; its class the whole number of (its decibels - how[1]) x how[2], within the classes there
    are. `counts` (classes,) counts windows; `places` (classes,) says in which row of `sums`
    (rows, 2, bins) a class is added up, -1 for none: then it gets the next row.
    """
    powers = np.square(spectra[..., ::2]) + np.square(spectra[..., 1::2])
    levels[:] = powers[..., int(how[0]) :].sum(axis=(1, 2), dtype=np.float64)
    decibels = 10.0 * np.log10(np.maximum(levels, 1e-20))
    classes = np.clip(np.floor((decibels - how[1]) * how[2]), 0, len(places) - 1).astype(np.intp)
    for number, power in zip(classes, powers, strict=True):
        if places[number] < 0:
            places[number] = places.max() + 1
        counts[number] += 1
        sums[places[number]] += power


def find_rises(spectra: Floats, filters: Floats, low: int, before: Floats, rises: Floats) -> None:
    """Write how much each frame rises above the frames before it, in the bands of `filters`.

    A band's level is ln(1 + what its filter, a row of (bands, bins), lets through of the
    magnitudes of `spectra`, (frames, 2 x bins)). `before`, (lag, bands), are the loudest of each
    band and its two neighbours in the last frames, the oldest first; they go on to the next call.
    `rises`, (3, frames): the sum of what rose since `lag` frames ago, that of the `low` lowest
    bands, and the sum of all levels.
    """
    lag = len(before)
    sizes = np.hypot(spectra[:, ::2], spectra[:, 1::2])
    bands = np.log1p(sizes @ filters.T)
    wide = bands.copy()
    np.maximum(wide[:, 1:], bands[:, :-1], out=wide[:, 1:])
    np.maximum(wide[:, :-1], bands[:, 1:], out=wide[:, :-1])
    joined = np.concatenate([before, wide])
    risen = np.maximum(bands - joined[:-lag], 0)
    before[:] = joined[-lag:]
    np.stack([risen.sum(axis=1), risen[:, :low].sum(axis=1), bands.sum(axis=1)], out=rises)
