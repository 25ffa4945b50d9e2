"""Faults that levels tell: noise, dropouts, channels out of balance or out of phase."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypedDict

import numpy as np

from indieartist.audio.statistics import find_percentile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.statistics import Levels

    Floats = NDArray[np.floating]
    Runs = NDArray[np.intp]

BIN_MS = 10  # of `Levels`
STEP_BINS = 10  # stereo is judged by 100 ms
SOUNDING_DBFS = -60.0  # quieter stretches say nothing about the stereo image
BLACK_BINS = 5  # exact zeros that last 50 ms are no crossing of zero
BREAK_DBFS = -50.0  # a dropout cuts off sound louder than this; music that ends dies away
LONGEST_DROPOUT_BINS = 100  # longer, it is a rest
MOST_LOSS_DB = 100.0


class Quality(TypedDict):
    """What is judged, under the names that `Measurement` has for it."""

    balance_db: float | None
    mono_loss_db: float | None
    negative_correlation_pct: float | None
    noise_floor_dbfs: float | None
    digital_black_ms: int
    dropouts: int


def judge_levels(levels: Levels) -> Quality:
    """The figures of a song's quality that its levels hold."""
    squares = levels.squares
    powers = squares.mean(axis=0)
    black = find_black(powers)
    stereo = len(squares) > 1
    left, right = squares[:2] if stereo else (powers, powers)
    product = levels.products if stereo else powers
    return Quality(
        balance_db=balance_db(left, right) if stereo else None,
        mono_loss_db=mono_loss_db(left, right, product) if stereo else None,
        negative_correlation_pct=_negative_pct(left, right, product) if stereo else None,
        noise_floor_dbfs=noise_floor_dbfs(powers),
        digital_black_ms=int(np.diff(black, axis=1).sum()) * BIN_MS,
        dropouts=count_dropouts(powers, black),
    )


def balance_db(left: Floats, right: Floats) -> float | None:
    """Power of the left channel over the right; None where one of them is silent."""
    lefts, rights = float(left.sum(dtype="d")), float(right.sum(dtype="d"))
    return 10 * math.log10(lefts / rights) if lefts > 0 and rights > 0 else None


def mono_loss_db(left: Floats, right: Floats, product: Floats) -> float | None:
    """Power lost when both are summed: 0 if equal, 3 if unlike, 100 at most; None for silence."""
    both = float(left.sum(dtype="d") + right.sum(dtype="d"))
    if both <= 0:
        return None
    kept = 0.5 + float(product.sum(dtype="d")) / both
    return max(0.0, -10 * math.log10(max(kept, 10 ** (-MOST_LOSS_DB / 10))))


def noise_floor_dbfs(powers: Floats) -> float | None:
    """5th percentile of the RMS level of each 10 ms that holds any sound; None for silence."""
    heard = powers[powers > 0]
    return 10 * math.log10(find_percentile(heard, 5.0)) if heard.size else None


def find_black(powers: Floats) -> Runs:
    """Runs of 50 ms and more of exact zeros: first bin and the one after, shape (runs, 2)."""
    edges = np.flatnonzero(np.diff(powers == 0, prepend=False, append=False))
    runs = edges.reshape(-1, 2)
    return runs[np.diff(runs, axis=1)[:, 0] >= BLACK_BINS]


def count_dropouts(powers: Floats, black: Runs) -> int:
    """Runs of zeros up to a second that cut off sound, and after which it goes on.

    The bin before such a run may hold little more than its first sample, so two are looked at.
    """
    loud = np.flatnonzero(powers > 10 ** (BREAK_DBFS / 10))
    if not loud.size:
        return 0
    first, after = black.T
    cut = (np.isin(first - 1, loud) | np.isin(first - 2, loud)) & (after <= loud[-1])
    return int((cut & (after - first <= LONGEST_DROPOUT_BINS)).sum())


def _negative_pct(left: Floats, right: Floats, product: Floats) -> float | None:
    """Share of the sounding 100 ms in which the channels work against each other."""
    whole = len(product) // STEP_BINS * STEP_BINS
    power, products = (
        each[:whole].reshape(-1, STEP_BINS).mean(axis=1) for each in ((left + right) / 2, product)
    )
    sounding = power > 10 ** (SOUNDING_DBFS / 10)
    return float(100 * np.mean(products[sounding] < 0)) if sounding.any() else None
