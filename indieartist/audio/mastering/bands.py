"""Three bands that add up to the song, with the tone curve folded into their filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import scipy.fft

from indieartist.audio.mastering.control import cut_stereo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from indieartist.audio.mastering.control import Sound
    from indieartist.audio.mastering.curve import MatchCurve

CROSSOVERS_HZ = (160.0, 2500.0)
CROSSOVER_OCTAVES = 2.0  # from all of one band to all of the next
HOPS_PER_BATCH = 4
CEPSTRUM_OVERSAMPLING = 8


@dataclass(frozen=True, eq=False)
class Bank:
    """FIR filters as spectra (bands, 2, bins) for mid and side, for overlap-save convolution."""

    spectra: NDArray[np.complex64]
    taps: int
    delay_frames: int

    @property
    def fft_frames(self) -> int:
        """The length of one transform."""
        return 4 * (self.taps - 1)

    @property
    def hop_frames(self) -> int:
        """The samples that one transform yields."""
        return self.fft_frames - self.taps + 1


def get_taps(sample_rate_hz: int) -> int:
    """Filter length: 4097 taps (93 ms) at 44.1 and 48 kHz, the same time at other rates."""
    return (1 << round(float(np.log2(4096 * sample_rate_hz / 44100)))) + 1


def design_bank(curve: MatchCurve, sample_rate_hz: int, phase: str, *, split: bool) -> Bank:
    """Design the filters: `curve` times three bands where `split`, else `curve` alone.

    The bands are raised cosines over log frequency around 160 Hz and 2.5 kHz, linear phase; their
    sum is the curve's own filter, exactly. `phase` 'linear' keeps the curve symmetric (pre-ringing
    within 46 ms); 'minimum' makes it causal by the real cepstrum (Oppenheim & Schafer, Discrete-
    Time Signal Processing, ch. 13) and leaves only the crossovers symmetric.
    """
    taps = get_taps(sample_rate_hz)
    grid_hz = np.linspace(0.0, sample_rate_hz / 2.0, 4 * (taps - 1) + 1)
    gains = np.stack([_gain(curve, db, grid_hz) for db in (curve.mid_db, curve.side_db)])
    crossovers = _crossovers(grid_hz) if split else np.ones((1, len(grid_hz)))
    if phase == "linear":
        impulses = _linear_phase(crossovers[:, None] * gains, taps)
        return _to_bank(impulses, taps, (taps - 1) // 2)
    half = (taps + 1) // 2
    tone, cross = _minimum_phase(gains, half), _linear_phase(crossovers, half)
    spectra = scipy.fft.rfft(cross, 2 * taps)[:, None] * scipy.fft.rfft(tone, 2 * taps)
    return _to_bank(scipy.fft.irfft(spectra, 2 * taps)[..., :taps], taps, (half - 1) // 2)


def split_bands(sound: Sound, bank: Bank) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Yield (start, bands): `sound` (frames, 2) filtered, as (bands, 2, frames) of mid and side.

    Latency is compensated: sample 0 of the first piece is sample 0 of the sound. The last piece
    goes on to a whole hop.
    """
    reach = bank.taps - 1 - bank.delay_frames
    step = HOPS_PER_BATCH * bank.hop_frames
    for start in range(0, len(sound), step):
        hops = min(HOPS_PER_BATCH, -(-(len(sound) - start) // bank.hop_frames))
        span = hops * bank.hop_frames + bank.taps - 1
        yield start, _convolve(cut_mid_side(sound, start - reach, span), bank)


def cut_mid_side(sound: Sound, start: int, length: int) -> NDArray[np.float32]:
    """Mid and side (2, length) of a stretch of `sound`; silence beyond both ends."""
    left, right = cut_stereo(sound, start, length) * np.float32(0.5)
    return np.stack([left + right, left - right])


def join_stereo(mid_side: NDArray[np.float32], out: Sound) -> None:
    """Write mid and side (2, frames) into `out` (frames, 2) as left and right."""
    np.add(mid_side[0], mid_side[1], out=out[:, 0])
    np.subtract(mid_side[0], mid_side[1], out=out[:, 1])


def _convolve(mid_side: NDArray[np.float32], bank: Bank) -> NDArray[np.float32]:
    """Overlap-save: (2, hops * hop + taps - 1) in, (bands, 2, hops * hop) out. Hot."""
    size, hop = bank.fft_frames, bank.hop_frames
    windows = np.lib.stride_tricks.sliding_window_view(mid_side, size, axis=1)[:, ::hop]
    spectra = scipy.fft.rfft(windows)
    out = np.empty((len(bank.spectra), *windows.shape[:2], hop), np.float32)
    for band, response in zip(out, bank.spectra, strict=True):
        band[:] = scipy.fft.irfft(spectra * response[:, None], size)[..., bank.taps - 1 :]
    return out.reshape(len(out), 2, -1)


def _to_bank(impulses: NDArray[np.float64], taps: int, delay_frames: int) -> Bank:
    """Transform impulses (bands, 2, taps) for convolution."""
    spectra = scipy.fft.rfft(impulses, 4 * (taps - 1)).astype(np.complex64)
    return Bank(spectra, taps, delay_frames)


def _gain(
    curve: MatchCurve, gain_db: NDArray[np.float64], grid_hz: NDArray[np.float64]
) -> NDArray[np.float64]:
    return np.power(10.0, np.interp(grid_hz, curve.frequencies_hz, gain_db) / 20.0)


def _crossovers(grid_hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Gains (3, bins) of the bands; each column sums to 1."""
    octaves = np.log2(np.maximum(grid_hz, 1.0)[None] / np.array(CROSSOVERS_HZ)[:, None])
    passed = np.square(np.sin(np.pi / 2 * np.clip(octaves / CROSSOVER_OCTAVES + 0.5, 0.0, 1.0)))
    return np.stack([1.0 - passed[0], passed[0] - passed[1], passed[1]])


def _linear_phase(gains: NDArray[np.float64], taps: int) -> NDArray[np.float64]:
    """Symmetric impulses of `gains` (..., bins), cut to `taps` by a Hann window."""
    half = (taps - 1) // 2
    whole = scipy.fft.irfft(gains)
    centred = np.concatenate([whole[..., -half:], whole[..., : half + 1]], axis=-1)
    return np.asarray(centred * np.hanning(taps + 2)[1:-1])


def _minimum_phase(gains: NDArray[np.float64], taps: int) -> NDArray[np.float64]:
    """Causal impulses with the magnitude `gains` (..., bins), by folding the real cepstrum."""
    bins = gains.shape[-1]
    fine = np.linspace(0.0, bins - 1.0, CEPSTRUM_OVERSAMPLING * (bins - 1) + 1)
    log_gain = np.stack([np.interp(fine, np.arange(bins), np.log(row)) for row in gains])
    cepstrum = scipy.fft.irfft(log_gain)
    size = cepstrum.shape[-1]
    cepstrum[..., 1 : size // 2] *= 2.0
    cepstrum[..., size // 2 + 1 :] = 0.0
    impulse = scipy.fft.irfft(np.exp(scipy.fft.rfft(cepstrum)))[..., :taps]
    fade = np.ones(taps)
    fade[taps // 2 :] = np.square(np.cos(np.linspace(0.0, np.pi / 2, taps - taps // 2)))
    return np.asarray(impulse * fade)
