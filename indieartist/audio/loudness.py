"""Programme loudness by ITU-R BS.1770-5 and EBU R128 (Tech 3341 and 3342), as blocks arrive."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio import kernels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.window import Stretch

ABSOLUTE_GATE_LUFS = -70.0
BINS_PER_S = 100  # 10 ms: coarser grids miss the momentary maximum of Tech 3341 case 13 by 0.45 LU
STEP_BINS = 10  # gating blocks and LRA windows start every 100 ms
MOMENTARY_BINS, SHORT_TERM_BINS = 40, 300
MOMENTARY_STEPS, SHORT_TERM_STEPS = 4, 30

# Weights by WAVE channel order (L R C LFE back side); BS.1770-5 table 3: 1.41 at 60-120 degrees.
_SIDE = 1.41
_WEIGHTS = {
    4: (1, 1, _SIDE, _SIDE),
    5: (1, 1, 1, _SIDE, _SIDE),
    6: (1, 1, 1, 0, _SIDE, _SIDE),
    7: (1, 1, 1, 0, 1, _SIDE, _SIDE),
    8: (1, 1, 1, 0, 1, 1, _SIDE, _SIDE),
}


def to_lufs(power: float) -> float | None:
    """Loudness of a K-weighted mean square; None for silence."""
    return -0.691 + 10 * math.log10(power) if power > 0 else None


def from_lufs(lufs: float) -> float:
    """K-weighted mean square of a loudness."""
    return float(10 ** ((lufs + 0.691) / 10))


def channel_weights(channels: int) -> NDArray[np.float64]:
    """Weight of each channel's power, for the usual layout of that many channels."""
    return np.array(_WEIGHTS.get(channels, (1,) * channels), dtype=np.float64)


def k_coefficients(rate_hz: int) -> tuple[tuple[float, ...], ...]:
    """Both biquads of the K filter, each as (b0, b1, b2, a1, a2), for any sample rate.

    BS.1770 tabulates 48 kHz only; the analogue prototype behind the table is after
    B. De Man, "Evaluation of implementations of the EBU R128 loudness measurement" (AES 145, 2018).
    """
    k, q = math.tan(math.pi * 1681.974450955533 / rate_hz), 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    a0 = 1 + k / q + k * k
    shelf = (
        (high + band * k / q + k * k) / a0,
        2 * (k * k - high) / a0,
        (high - band * k / q + k * k) / a0,
        2 * (k * k - 1) / a0,
        (1 - k / q + k * k) / a0,
    )
    k, q = math.tan(math.pi * 38.13547087602444 / rate_hz), 0.5003270373238773
    a0 = 1 + k / q + k * k
    return shelf, (1.0, -2.0, 1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0)


class LoudnessMeter:
    """Collects the K-weighted energy of every 10 ms, stretch by stretch."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._rate_hz = rate_hz
        self._weights = channel_weights(channels)
        self._coefficients = np.array(k_coefficients(rate_hz)).ravel()
        self._energies = [np.empty(0)]  # of all channels, each by its weight

    def feed(self, stretch: Stretch) -> None:
        """Take the next frames; of the last ones, what fills no 10 ms is left out."""
        edges = bin_edges(stretch.frames, self._rate_hz) + stretch.past
        energies = np.empty((self._weights.size, edges.size - 1))
        kernels.weigh(stretch.samples, edges, self._coefficients, energies)
        self._energies.append(np.einsum("c,cb->b", self._weights, energies))

    def join(self, later: LoudnessMeter) -> None:
        """Take over what another one found in the frames that follow."""
        self._energies += later._energies

    @property
    def bin_powers(self) -> NDArray[np.float64]:
        """K-weighted, channel-weighted mean square of every complete 10 ms so far."""
        powers = np.concatenate(self._energies)
        powers /= bin_frames(powers.size, self._rate_hz)
        return powers


@lru_cache(maxsize=8)
def bin_edges(frames: int, rate_hz: int) -> NDArray[np.int64]:
    """Where the whole 10 ms begin and end within frames that start on a whole second."""
    bins = ((frames + 1) * BINS_PER_S - 1) // rate_hz
    edges = np.arange(bins + 1, dtype=np.int64) * rate_hz // BINS_PER_S
    edges.setflags(write=False)
    return edges


def bin_frames(bins: int, rate_hz: int) -> NDArray[np.int64]:
    """Length of each of a song's first 10-ms bins."""
    return np.diff(np.arange(bins + 1, dtype=np.int64) * rate_hz // BINS_PER_S)


def gating_blocks(bin_powers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Powers of the 400-ms blocks that start every 100 ms (BS.1770-5 section 5.1)."""
    return windows(step_powers(bin_powers), MOMENTARY_STEPS)


def integrated_lufs(blocks: NDArray[np.float64]) -> float | None:
    """Gated loudness of 400-ms blocks; for an album, give the blocks of all its tracks joined."""
    loud = blocks[blocks > from_lufs(ABSOLUTE_GATE_LUFS)]
    if not loud.size:
        return None
    return to_lufs(float(loud[loud > loud.mean() / 10].mean()))


def short_term_blocks(bin_powers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Powers of the 3-s blocks that start every 100 ms (EBU Tech 3342)."""
    return windows(step_powers(bin_powers), SHORT_TERM_STEPS)


def loudness_range_lu(blocks: NDArray[np.float64]) -> float:
    """Spread of 3-s blocks between the 10th and 95th percentile of their loudness (Tech 3342).

    For an album, give the blocks of all its tracks joined.
    """
    loud = blocks[blocks > from_lufs(ABSOLUTE_GATE_LUFS)]
    if not loud.size:
        return 0.0
    kept = np.sort(loud[loud >= loud.mean() / 100])
    low, high = (kept[round((kept.size - 1) * share)] for share in (0.10, 0.95))
    return 10 * math.log10(high / low)


def maximum_lufs(bin_powers: NDArray[np.float64], bins: int) -> float | None:
    """Largest loudness of a window of `bins` 10-ms bins; None where none fits or all is silent."""
    powers = windows(bin_powers, bins)
    return to_lufs(float(powers.max())) if powers.size else None


def trace_loudness(powers: NDArray[np.float32], steps: int) -> NDArray[np.float32]:
    """Loudness in LUFS of the `steps` that end with each, from the mean power of every 100 ms.

    Silence comes before the song, as on a meter that is switched on with it; -inf in silence.
    """
    padded = np.concatenate([np.zeros(steps - 1), powers.astype(np.float64)])
    with np.errstate(divide="ignore"):
        return (10 * np.log10(windows(padded, steps)) - 0.691).astype(np.float32)


def step_powers(bin_powers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean power of each whole 100 ms."""
    whole = bin_powers.size // STEP_BINS * STEP_BINS
    return np.asarray(bin_powers[:whole].reshape(-1, STEP_BINS).mean(axis=1))


def windows(powers: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """Mean of every run of `length` powers.

    Runs of 1, 2, 4, ... are summed first: fewer steps, and, unlike differences of one running sum,
    exact behind any loud passage.
    """
    count = powers.size - length + 1
    if count <= 0:
        return np.empty(0)
    totals, sums, done, run = np.zeros(count), powers, 0, 1
    while done < length:
        if length & run:
            totals += sums[done : done + count]
            done += run
        sums, run = sums[:-run] + sums[run:], 2 * run
    return totals / length
