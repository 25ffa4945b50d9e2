"""The match curve: how many dB, at each frequency, a song's tone moves towards its reference's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.mastering.profile import Profile
from indieartist.errors import UserError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.domain.mastering import HouseCurve, Settings

LIMIT_DB = 6.0
NOISE_DB = 90.0  # below the loudest band by this much there is nothing to match
FADE_IN_HZ, FADE_OUT_HZ = (20.0, 40.0), (16000.0, 18000.0)
SONG_OCTAVES, HOUSE_OCTAVES = 1 / 3, 1.0  # how wide a song and a house curve are smoothed
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


def choose_curve(
    source: Profile, lead: Profile | MatchCurve | None, settings: Settings
) -> MatchCurve:
    """The curve that `settings` ask for, with `lead` a reference or a curve decided before.

    Raises UserError for a silent reference.
    """
    if not settings.runs("tone"):
        return get_flat_curve(source)
    if isinstance(lead, MatchCurve):
        return lead
    if lead is not None:
        if not lead.mid.any() and not lead.side.any():
            name = settings.reference or "The reference"
            raise UserError(f"{name} is silent: it has no tone to lean towards.", "Choose another.")
        return match_tone(source, lead, settings.amount_pct)
    if settings.curve is not None:
        return match_house(source, settings.curve, settings.amount_pct)
    return get_flat_curve(source)


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


def match_house(source: Profile, house: HouseCurve, amount_pct: float) -> MatchCurve:
    """The curve that takes the mid of `source` `amount_pct` of the way to `house`, within +-6 dB.

    Smoothed over an octave: a house curve knows about balance, and nothing about the notes of this
    song. The side gets the same curve as the mid, so that the width stays as it was mixed.
    """
    frequencies = source.frequencies_hz
    wanted = Profile(source.sample_rate_hz, _house_power(frequencies, house), source.side)
    distance = _distance_db(source.mid, source, wanted.mid, wanted, HOUSE_OCTAVES)
    distance -= _mean_level_db(frequencies, distance)
    curve_db = amount_pct / 100.0 * _fade(frequencies) * _limit(distance)
    return MatchCurve(frequencies, curve_db, curve_db)


def smooth_third_octave(
    frequencies_hz: NDArray[np.float64], values: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The mean from a sixth of an octave below to a sixth above each frequency."""
    return smooth_octaves(frequencies_hz, values, SONG_OCTAVES)


def smooth_octaves(
    frequencies_hz: NDArray[np.float64], values: NDArray[np.float64], octaves: float
) -> NDArray[np.float64]:
    """The mean over `octaves` around each frequency."""
    total = np.concatenate(([0.0], np.cumsum(values)))
    step, reach = frequencies_hz[1], 2.0 ** (octaves / 2)
    low = np.floor(frequencies_hz / reach / step).astype(np.intp)
    high = np.minimum(np.ceil(frequencies_hz * reach / step).astype(np.intp) + 1, len(values))
    return np.asarray((total[high] - total[low]) / (high - low))


def _house_power(frequencies_hz: NDArray[np.float64], house: HouseCurve) -> NDArray[np.float64]:
    """Power per bin of `house`: a level per octave, thinner per hertz by 3 dB an octave."""
    hz, level_db = np.array(house.points).T
    at_hz = np.maximum(frequencies_hz, frequencies_hz[1])
    return np.asarray(10.0 ** (np.interp(np.log(at_hz), np.log(hz), level_db) / 10.0) / at_hz)


def _distance_db(
    source_power: NDArray[np.float64],
    source: Profile,
    reference_power: NDArray[np.float64],
    reference: Profile,
    octaves: float = SONG_OCTAVES,
) -> NDArray[np.float64]:
    """Reference minus source in dB, on the source's frequencies, without the edges of the bands."""
    wanted = _smooth_db(reference_power, reference, octaves)
    actual = _smooth_db(source_power, source, octaves)
    distance = np.interp(source.frequencies_hz, reference.frequencies_hz, wanted) - actual
    return smooth_octaves(source.frequencies_hz, distance, octaves)


def _smooth_db(power: NDArray[np.float64], profile: Profile, octaves: float) -> NDArray[np.float64]:
    floor = max(float(profile.mid.max()), 1e-30) * 10.0 ** (-NOISE_DB / 10.0)
    smooth = smooth_octaves(profile.frequencies_hz, power, octaves)
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
