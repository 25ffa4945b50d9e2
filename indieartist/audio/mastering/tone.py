"""The tone of a song as it is drawn: its long-term spectrum in third-octave bands, level taken out.

Bands, not bins: pink noise is flat, as on any mastering analyser.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.loudness import k_coefficients
from indieartist.audio.mastering.curve import LEVEL_HZ, NOISE_DB
from indieartist.audio.mastering.profile import OFFSET_BINS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.mastering.profile import Profile
    from indieartist.domain.mastering import HouseCurve

    Line = NDArray[np.float32]

LOWEST_HZ, HIGHEST_HZ = 20.0, 20_000.0
POINTS_PER_OCTAVE = 12
BAND_OCTAVES = 1 / 3
QUIET_DB = 70.0  # a band this far below the whole has nothing to compare
_REACH = 2.0 ** (BAND_OCTAVES / 2)


@dataclass(frozen=True, slots=True, eq=False)
class ToneLine:
    """Levels in dB at frequencies (n,), 0 dB the mean of the mid from 100 Hz to 8 kHz.

    A silent band is -inf; `side_db` is None where only a balance is known, as of a house curve.
    """

    hz: Line
    mid_db: Line
    side_db: Line | None


def measure_tone(profile: Profile) -> ToneLine:
    """The line of a song's profile."""
    hz = _grid(profile.sample_rate_hz)
    mid, side = (
        _to_db(sum_bands(power, profile.sample_rate_hz, hz / _REACH, hz * _REACH))
        for power in (profile.mid, profile.side)
    )
    level_db = _mean_level_db(hz, mid)
    return ToneLine(_narrow(hz), _narrow(mid - level_db), _narrow(side - level_db))


def draw_house(house: HouseCurve) -> ToneLine:
    """The line of a house curve; beyond its first and last point it stays level."""
    at_hz, level_db = np.array(house.points).T
    hz = _grid(2 * int(HIGHEST_HZ))
    line = np.interp(np.log(hz), np.log(at_hz), level_db)
    return ToneLine(_narrow(hz), _narrow(line - _mean_level_db(hz, line)), None)


def sum_bands(
    power: NDArray[np.float64],
    sample_rate_hz: int,
    low_hz: NDArray[np.float64],
    high_hz: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The power between each pair of frequencies; a bin is spread evenly over its width.

    The two lowest bins count as empty: a DC offset stands there, which is no tone.
    """
    kept = np.concatenate([np.zeros(OFFSET_BINS), power[OFFSET_BINS:]])
    width_hz = sample_rate_hz / 2 / (len(power) - 1)
    edges_hz = (np.arange(len(power) + 1) - 0.5) * width_hz
    total = np.concatenate([[0.0], np.cumsum(kept)])
    below, above = (np.interp(hz, edges_hz, total) for hz in (low_hz, high_hz))
    return np.asarray(above - below)


def _grid(sample_rate_hz: int) -> NDArray[np.float64]:
    """Twelve points to the octave, as far as whole bands fit under half the rate."""
    octaves = np.log2(HIGHEST_HZ / LOWEST_HZ)
    points = LOWEST_HZ * 2.0 ** np.arange(0.0, octaves, 1 / POINTS_PER_OCTAVE)
    return np.asarray(points[points * _REACH < sample_rate_hz / 2])


def _to_db(power: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(divide="ignore"):
        return np.asarray(10.0 * np.log10(np.maximum(power, 0.0)))


def _mean_level_db(hz: NDArray[np.float64], line_db: NDArray[np.float64]) -> float:
    inside = (hz >= LEVEL_HZ[0]) & (hz <= LEVEL_HZ[1]) & np.isfinite(line_db)
    return float(line_db[inside].mean()) if inside.any() else 0.0


def _narrow(line: NDArray[np.float64]) -> Line:
    return line.astype(np.float32)


def measure_bands(profile: Profile, edges_hz: tuple[float, ...]) -> tuple[float | None, ...]:
    """The level of each band in dB over the loudness (K-weighted power) of the whole.

    None where next to nothing sounds, or where the sample rate ends below the band.
    """
    rate_hz, edges = profile.sample_rate_hz, np.array(edges_hz)
    powers = sum_bands(profile.mid + profile.side, rate_hz, edges[:-1], edges[1:])
    whole = float(np.dot(profile.mid + profile.side, _k_weights(rate_hz, len(profile.mid))))
    heard = (powers > whole * 10.0 ** (-QUIET_DB / 10.0)) & (edges[:-1] < rate_hz / 2)
    levels = [
        10.0 * np.log10(power / whole) if sounds else None
        for power, sounds in zip(powers.tolist(), heard.tolist(), strict=True)
    ]
    return tuple(None if level is None else float(level) for level in levels)


def measure_width(profile: Profile) -> float | None:
    """The power of the side over that of the mid in dB; None for mono, or where one is silent."""
    mid, side = (
        float(power[OFFSET_BINS:].sum(dtype=np.float64)) for power in (profile.mid, profile.side)
    )
    if side <= mid * 10.0 ** (-NOISE_DB / 10.0) or mid <= 0.0:
        return None
    return float(10.0 * np.log10(side / mid))


def _k_weights(sample_rate_hz: int, bins: int) -> NDArray[np.float64]:
    """What the K filter makes of each bin's power (BS.1770)."""
    z = np.exp(-1j * np.pi * np.arange(bins) / (bins - 1))
    weights = np.ones(bins)
    for b0, b1, b2, a1, a2 in k_coefficients(sample_rate_hz):
        weights *= np.abs((b0 + b1 * z + b2 * z * z) / (1 + a1 * z + a2 * z * z)) ** 2
    return weights
