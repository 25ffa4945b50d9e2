"""Three bands that add up to the song, with the tone curve folded into their filters.

The lower two bands are kept at lower sample rates: all that they hold lies far below half of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio import fourier, kernels
from indieartist.audio.mastering.control import get_block_frames

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from indieartist.audio.mastering.curve import MatchCurve
    from indieartist.audio.mastering.scratch import Planar

CROSSOVERS_HZ = (160.0, 2500.0)
CROSSOVER_OCTAVES = 2.0  # from all of one band to all of the next
HOPS_PER_BATCH = 2  # with two channels each, as many transforms as the processor does side by side
CEPSTRUM_OVERSAMPLING = 8
TAPS = {"mid": 16, "low": 12}  # of the interpolators; what they leave of images is below -120 dB
KAISER_BETA = 12.0


@dataclass(frozen=True, eq=False)
class Bank:
    """FIR filters as spectra (2, bins) for twice mid and side, for overlap-save convolution.

    One filter, at the full rate; or three: high at the full rate, mid and low at every `steps`-th
    sample.
    """

    spectra: tuple[NDArray[np.complex64], ...]
    steps: tuple[int, ...]
    taps: int
    delay_frames: int

    @property
    def fft_frames(self) -> int:
        """The length of one transform."""
        return 8 * (self.taps - 1)

    @property
    def hop_frames(self) -> int:
        """The samples that one transform yields."""
        return self.fft_frames - self.taps + 1


def get_taps(sample_rate_hz: int) -> int:
    """Filter length: 4097 taps (93 ms) at 44.1 and 48 kHz, the same time at other rates."""
    return (1 << round(float(np.log2(4096 * sample_rate_hz / 44100)))) + 1


def get_steps(sample_rate_hz: int) -> tuple[int, int, int]:
    """Of high, mid and low: one sample is kept of so many. The low band has a rate of 2.8 kHz."""
    block_frames = get_block_frames(sample_rate_hz)
    return 1, max(1, block_frames // 8), block_frames


def design_bank(curve: MatchCurve, sample_rate_hz: int, phase: str, *, split: bool) -> Bank:
    """Design the filters: `curve` times three bands where `split`, else `curve` alone.

    The bands are raised cosines over log frequency around 160 Hz and 2.5 kHz, linear phase; their
    sum is the curve's own filter. `phase` 'linear' keeps the curve symmetric (pre-ringing within
    46 ms); 'minimum' makes it causal by the real cepstrum (Oppenheim & Schafer, Discrete-Time
    Signal Processing, ch. 13) and leaves only the crossovers symmetric.
    """
    taps = get_taps(sample_rate_hz)
    grid_hz = np.linspace(0.0, sample_rate_hz / 2.0, 4 * (taps - 1) + 1)
    gains = np.stack([_gain(curve, db, grid_hz) for db in (curve.mid_db, curve.side_db)])
    crossovers = _crossovers(grid_hz)[::-1] if split else np.ones((1, len(grid_hz)))
    steps = get_steps(sample_rate_hz)[: len(crossovers)]
    if phase == "linear":
        impulses = _linear_phase(crossovers[:, None] * gains, taps)
        return _to_bank(impulses, steps, taps, (taps - 1) // 2)
    half = (taps + 1) // 2
    tone, cross = _minimum_phase(gains, half), _linear_phase(crossovers, half)
    spectra = fourier.rfft(cross, 2 * taps)[:, None] * fourier.rfft(tone, 2 * taps)
    impulses = fourier.irfft(spectra, 2 * taps)[..., :taps]
    return _to_bank(impulses, steps, taps, (half - 1) // 2)


def design_interpolator(step: int, count: int) -> NDArray[np.float32]:
    """Taps (count, step) that put `step` samples where one was: a Kaiser-windowed sinc."""
    if step == 1:
        return np.array([[1.0], [0.0]], np.float32)
    distance = np.arange(count)[:, None] - count // 2 + 1 - np.arange(step) / step
    shape = np.sqrt(1.0 - np.square(distance / (count / 2)))
    taps = np.sinc(distance) * np.i0(KAISER_BETA * shape) / np.i0(KAISER_BETA)
    return np.asarray(taps / taps.sum(axis=0), np.float32)


def split_bands(pieces: Iterable[Planar], bank: Bank) -> Iterator[tuple[Planar, ...]]:
    """Yield the bands of a song of left and right, each (2, n / its step), as `bank` has them.

    Latency is compensated: the first sample is that of the song. The last piece goes on to a whole
    hop.
    """
    step, kept = HOPS_PER_BATCH * bank.hop_frames, bank.taps - 1
    window = np.zeros((2, step + kept), np.float32)
    filled, left = kept - bank.delay_frames, 0  # left: frames that came in and did not yet go out
    for piece in pieces:
        at = 0
        while at < piece.shape[1]:
            count = min(piece.shape[1] - at, window.shape[1] - filled)
            window[:, filled : filled + count] = piece[:, at : at + count]
            at, filled, left = at + count, filled + count, left + count
            if filled == window.shape[1]:
                yield _convolve(window, bank)
                window[:, :kept] = window[:, step:].copy()
                filled, left = kept, left - step
    while left > 0:
        window[:, filled:] = 0.0
        hops = min(HOPS_PER_BATCH, -(-left // bank.hop_frames))
        yield _convolve(window[:, : hops * bank.hop_frames + kept], bank)
        window[:, :kept] = window[:, step:].copy()
        filled, left = kept, left - step


def _convolve(planar: Planar, bank: Bank) -> tuple[Planar, ...]:
    """Overlap-save: left and right (2, hops * hop + taps - 1) in, their bands out."""
    size, hop = bank.fft_frames, bank.hop_frames
    windows = np.lib.stride_tricks.sliding_window_view(planar, size, axis=1)[:, ::hop]
    spectra, hops = fourier.rfft(windows).view(np.float32), windows.shape[1]
    bands = []
    for response, step in zip(bank.spectra, bank.steps, strict=True):
        products = np.empty((2, hops, response.shape[-1]), np.complex64)
        kernels.filter_sides(spectra, hops, response.view(np.float32), products.view(np.float32))
        band = fourier.irfft(products, size // step)[..., (bank.taps - 1) // step :]
        bands.append(np.ascontiguousarray(band).reshape(2, -1))
    return tuple(bands)


def _to_bank(
    impulses: NDArray[np.float64], steps: tuple[int, ...], taps: int, delay_frames: int
) -> Bank:
    """Transform impulses (bands, 2, taps) for convolution, each at its own rate."""
    size = 8 * (taps - 1)
    whole = fourier.rfft(impulses, size)
    spectra = [
        (band[:, : size // step // 2 + 1] * 0.5 / step).astype(np.complex64)
        for band, step in zip(whole, steps, strict=True)
    ]
    return Bank(tuple(spectra), steps, taps, delay_frames)


def _gain(
    curve: MatchCurve, gain_db: NDArray[np.float64], grid_hz: NDArray[np.float64]
) -> NDArray[np.float64]:
    return np.power(10.0, np.interp(grid_hz, curve.frequencies_hz, gain_db) / 20.0)


def _crossovers(grid_hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Gains (3, bins) of low, mid and high; each column sums to 1."""
    octaves = np.log2(np.maximum(grid_hz, 1.0)[None] / np.array(CROSSOVERS_HZ)[:, None])
    passed = np.square(np.sin(np.pi / 2 * np.clip(octaves / CROSSOVER_OCTAVES + 0.5, 0.0, 1.0)))
    return np.stack([1.0 - passed[0], passed[0] - passed[1], passed[1]])


def _linear_phase(gains: NDArray[np.float64], taps: int) -> NDArray[np.float64]:
    """Symmetric impulses of `gains` (..., bins), cut to `taps` by a Hann window."""
    half = (taps - 1) // 2
    whole = fourier.irfft(gains)
    centred = np.concatenate([whole[..., -half:], whole[..., : half + 1]], axis=-1)
    return np.asarray(centred * np.hanning(taps + 2)[1:-1])


def _minimum_phase(gains: NDArray[np.float64], taps: int) -> NDArray[np.float64]:
    """Causal impulses with the magnitude `gains` (..., bins), by folding the real cepstrum."""
    bins = gains.shape[-1]
    fine = np.linspace(0.0, bins - 1.0, CEPSTRUM_OVERSAMPLING * (bins - 1) + 1)
    log_gain = np.stack([np.interp(fine, np.arange(bins), np.log(row)) for row in gains])
    cepstrum = fourier.irfft(log_gain)
    size = cepstrum.shape[-1]
    cepstrum[..., 1 : size // 2] *= 2.0
    cepstrum[..., size // 2 + 1 :] = 0.0
    impulse = fourier.irfft(np.exp(fourier.rfft(cepstrum)))[..., :taps]
    fade = np.ones(taps)
    fade[taps // 2 :] = np.square(np.cos(np.linspace(0.0, np.pi / 2, taps - taps // 2)))
    return np.asarray(impulse * fade)
