"""Programme loudness by ITU-R BS.1770-5 and EBU R128 (Tech 3341 and 3342), as blocks arrive."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

ABSOLUTE_GATE_LUFS = -70.0
BINS_PER_S = 100  # 10 ms: coarser grids miss the momentary maximum of Tech 3341 case 13 by 0.45 LU
STEP_BINS = 10  # gating blocks and LRA windows start every 100 ms
MOMENTARY_BINS, SHORT_TERM_BINS = 40, 300
MOMENTARY_STEPS, SHORT_TERM_STEPS = 4, 30
DECAY_S = 0.15  # by then the K filter's impulse response has decayed to 1e-15

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
    """Measures blocks of any size; the same samples give the same numbers however they are cut.

    The K filter runs as a convolution with its impulse response, by overlap-save FFT in segments
    of whole 10-ms bins, counted from the first sample.
    """

    def __init__(self, rate_hz: int, channels: int) -> None:
        self.rate_hz = rate_hz
        self._weights = channel_weights(channels)
        self._taps, self._size, self._response = _k_response(rate_hz)
        self._segment_bins = (self._size - self._taps) * BINS_PER_S // rate_hz - 1
        # Channels by frames; the first `_taps` frames are the past, which the filter still hears.
        self._waiting = [np.zeros((channels, self._taps))]
        self._waiting_frames = 0
        self._bins: list[NDArray[np.float64]] = []
        self._bin = 0  # number of the next 10-ms bin

    def feed(self, block: ArrayLike) -> None:
        """Take the next frames, shape (n, channels), full scale 1.0."""
        samples = np.array(np.transpose(block), dtype=np.float64, order="C")
        self._waiting.append(samples)
        self._waiting_frames += samples.shape[1]
        if self._waiting_frames >= self._segment_frames(self._segment_bins):
            self._drain()

    @property
    def bin_powers(self) -> NDArray[np.float64]:
        """K-weighted, channel-weighted mean square of every complete 10 ms so far."""
        end = self._edge(self._bin) + self._waiting_frames
        rest = ((end + 1) * BINS_PER_S - 1) // self.rate_hz - self._bin
        tail = [self._power(np.concatenate(self._waiting, axis=1), rest)] if rest else []
        return np.concatenate([*self._bins, *tail, np.empty(0)])

    def _edge(self, number: int) -> int:
        return number * self.rate_hz // BINS_PER_S

    def _segment_frames(self, bins: int) -> int:
        return self._edge(self._bin + bins) - self._edge(self._bin)

    def _drain(self) -> None:
        waiting = np.concatenate(self._waiting, axis=1)
        while self._waiting_frames >= (frames := self._segment_frames(self._segment_bins)):
            self._bins.append(self._power(waiting, self._segment_bins))
            self._bin += self._segment_bins
            self._waiting_frames -= frames
            waiting = waiting[:, frames:]
        self._waiting = [waiting.copy()]

    def _power(self, waiting: NDArray[np.float64], bins: int) -> NDArray[np.float64]:
        """Powers of the next `bins` bins, which stand at the head of `waiting` behind the past."""
        edges = np.arange(self._bin, self._bin + bins + 1) * self.rate_hz // BINS_PER_S
        edges -= edges[0]
        end = self._taps + int(edges[-1])
        spectrum = np.fft.rfft(waiting[:, :end], self._size)
        weighted = np.fft.irfft(spectrum * self._response, self._size)[:, self._taps : end]
        power = self._weights @ np.square(weighted)
        return np.asarray(np.add.reduceat(power, edges[:-1]) / np.diff(edges))


def gating_blocks(bin_powers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Powers of the 400-ms blocks that start every 100 ms (BS.1770-5 section 5.1)."""
    return windows(step_powers(bin_powers), MOMENTARY_STEPS)


def integrated_lufs(blocks: NDArray[np.float64]) -> float | None:
    """Gated loudness of 400-ms blocks; for an album, give the blocks of all its tracks joined."""
    loud = blocks[blocks > from_lufs(ABSOLUTE_GATE_LUFS)]
    if not loud.size:
        return None
    return to_lufs(float(loud[loud > loud.mean() / 10].mean()))


def loudness_range_lu(bin_powers: NDArray[np.float64]) -> float:
    """Spread of the 3-s loudness between its 10th and 95th percentile (EBU Tech 3342)."""
    blocks = windows(step_powers(bin_powers), SHORT_TERM_STEPS)
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


def step_powers(bin_powers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean power of each whole 100 ms."""
    whole = bin_powers.size // STEP_BINS * STEP_BINS
    return np.asarray(bin_powers[:whole].reshape(-1, STEP_BINS).mean(axis=1))


def windows(powers: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """Mean of every run of `length` powers."""
    if powers.size < length:
        return np.empty(0)
    return np.asarray(np.lib.stride_tricks.sliding_window_view(powers, length).mean(axis=1))


@lru_cache(maxsize=8)
def _k_response(rate_hz: int) -> tuple[int, int, NDArray[np.complex128]]:
    """Length of the K filter's impulse response, FFT size, and its spectrum at that size."""
    taps = math.ceil(DECAY_S * rate_hz)
    size = 1 << (4 * taps).bit_length()
    impulse = np.zeros(taps)
    impulse[0] = 1.0
    for coefficients in k_coefficients(rate_hz):
        impulse = _biquad(coefficients, impulse)
    return taps, size, np.fft.rfft(impulse, size)


def _biquad(coefficients: tuple[float, ...], samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """Filter one channel sample by sample: transposed direct form II."""
    b0, b1, b2, a1, a2 = coefficients
    first = second = 0.0
    filtered = np.empty_like(samples)
    for index, sample in enumerate(samples.tolist()):
        filtered[index] = output = b0 * sample + first
        first = b1 * sample - a1 * output + second
        second = b2 * sample - a2 * output
    return filtered
