"""The match curve: how many dB, at each frequency, a song's tone moves towards its reference's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.mastering.profile import Profile

LIMIT_DB = 6.0
NOISE_DB = 90.0  # below the loudest band by this much there is nothing to match
FADE_IN_HZ, FADE_OUT_HZ = (20.0, 40.0), (16000.0, 18000.0)
LEVEL_HZ = (100.0, 8000.0)  # the range in which the two songs are set to equal level


@dataclass(frozen=True, eq=False)
class MatchCurve:
    """Gain in dB for mid and side at each frequency of a profile."""

    frequencies_hz: NDArray[np.float64]
    mid_db: NDArray[np.float64]
    side_db: NDArray[np.float64]

    @property
    def is_flat(self) -> bool:
        """Whether the curve changes nothing."""
        return not (self.mid_db.any() or self.side_db.any())


def get_flat_curve(profile: Profile) -> MatchCurve:
    """The curve that changes nothing."""
    flat = np.zeros(len(profile.mid))
    return MatchCurve(profile.frequencies_hz, flat, flat)


def match_tone(source: Profile, reference: Profile, amount_pct: float) -> MatchCurve:
    """The curve that takes `source` `amount_pct` of the way to `reference`, within +-6 dB.

    Spectra are smoothed over a third of an octave and set to equal level on the mid between
    100 Hz and 8 kHz, so that the curve changes tone and width, never loudness as such. It is flat
    below 20 Hz and above 18 kHz, where songs differ by their codec more than by their tone.
    """
    frequencies = source.frequencies_hz
    mid = _distance_db(source.mid, source, reference.mid, reference)
    side = _distance_db(source.side, source, reference.side, reference)
    level = _mean_level_db(frequencies, mid)
    weight = amount_pct / 100.0 * _fade(frequencies)
    if source.side.sum() <= source.mid.sum() * 10.0 ** (-NOISE_DB / 10.0):
        side = np.full_like(side, level)
    return MatchCurve(frequencies, weight * _limit(mid - level), weight * _limit(side - level))


def smooth_third_octave(
    frequencies_hz: NDArray[np.float64], values: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The mean from a sixth of an octave below to a sixth above each frequency."""
    total = np.concatenate(([0.0], np.cumsum(values)))
    step = frequencies_hz[1]
    low = np.floor(frequencies_hz * 2.0 ** (-1 / 6) / step).astype(np.intp)
    high = np.minimum(
        np.ceil(frequencies_hz * 2.0 ** (1 / 6) / step).astype(np.intp) + 1, len(values)
    )
    return np.asarray((total[high] - total[low]) / (high - low))


def _distance_db(
    source_power: NDArray[np.float64],
    source: Profile,
    reference_power: NDArray[np.float64],
    reference: Profile,
) -> NDArray[np.float64]:
    """Reference minus source in dB, on the source's frequencies, without the edges of the bands."""
    wanted = _smooth_db(reference_power, reference)
    actual = _smooth_db(source_power, source)
    distance = np.interp(source.frequencies_hz, reference.frequencies_hz, wanted) - actual
    return smooth_third_octave(source.frequencies_hz, distance)


def _smooth_db(power: NDArray[np.float64], profile: Profile) -> NDArray[np.float64]:
    floor = max(float(profile.mid.max()), 1e-30) * 10.0 ** (-NOISE_DB / 10.0)
    smooth = smooth_third_octave(profile.frequencies_hz, power)
    return np.asarray(10.0 * np.log10(np.maximum(smooth, floor)))


def _mean_level_db(frequencies_hz: NDArray[np.float64], curve_db: NDArray[np.float64]) -> float:
    """The mean over log frequency, 100 Hz to 8 kHz."""
    inside = (frequencies_hz >= LEVEL_HZ[0]) & (frequencies_hz <= LEVEL_HZ[1])
    if not inside.any():
        return 0.0
    return float(np.average(curve_db[inside], weights=1.0 / frequencies_hz[inside]))


def _limit(curve_db: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bend the curve softly towards +-6 dB: no corner for the ear to find."""
    return LIMIT_DB * np.tanh(curve_db / LIMIT_DB)


def _fade(frequencies_hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 inside the audible range of the match, falling to 0 at its ends."""
    octaves = np.log2(np.maximum(frequencies_hz, 1.0))
    low, high = (np.log2(edges) for edges in (FADE_IN_HZ, FADE_OUT_HZ))
    rise = np.clip((octaves - low[0]) / (low[1] - low[0]), 0.0, 1.0)
    fall = np.clip((high[1] - octaves) / (high[1] - high[0]), 0.0, 1.0)
    return np.asarray(np.square(np.sin(np.pi / 2 * np.minimum(rise, fall))))
