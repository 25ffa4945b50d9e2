"""The compressor: gentle gain reduction per band, decided on a grid of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio import kernels
from indieartist.audio.mastering.control import STRETCH_BLOCKS, to_blocks
from indieartist.audio.statistics import find_percentile

if TYPE_CHECKING:
    from indieartist.audio.mastering.control import Curve
    from indieartist.domain.mastering import Voicing

KNEE_DB = 6.0
ACTIVE_DB = 60.0  # blocks this far below the loudest are pauses and set no threshold


def measure_level(power: Curve, rate_hz: float, voicing: Voicing) -> Curve:
    """The level in dB that the detector of a band of mean-square `power` sees, per block."""
    level_db = np.empty_like(power)
    kernels.smooth_level(power, to_blocks(voicing.window_ms, rate_hz) // 2, level_db)
    return level_db


def choose_threshold(level_db: Curve, voicing: Voicing) -> float:
    """The threshold: `below_p95_db` under the level that the band exceeds 5 % of the time."""
    active = level_db[level_db > level_db.max() - np.float32(ACTIVE_DB)]
    return find_percentile(active, 95.0) - voicing.below_p95_db


def decide_reduction(
    level_db: Curve, threshold_db: float, rate_hz: float, voicing: Voicing
) -> Curve:
    """Gain reduction in dB (>= 0) per block; takes the place of `level_db`.

    Feed-forward, log domain, soft knee of 6 dB, smooth branching (Giannoulis, Massberg & Reiss,
    'Digital Dynamic Range Compressor Design', JAES 60(6), 2012, eqs. 4 and 16).
    """
    steps = (_step(time_ms, rate_hz) for time_ms in (voicing.attack_ms, voicing.release_ms))
    how = np.array([threshold_db, KNEE_DB, 1.0 - 1.0 / voicing.ratio, *steps])
    kernels.follow_level(level_db, how)
    return level_db


def find_make_up(reduction_db: Curve, power: Curve) -> float:
    """The gain in dB after which a band that is reduced has the energy that it had before."""
    whole = kept = 0.0
    for at in range(0, len(power), STRETCH_BLOCKS):
        stretch = power[at : at + STRETCH_BLOCKS].astype(np.float64)
        left = np.power(10.0, reduction_db[at : at + STRETCH_BLOCKS] / np.float64(-10.0))
        whole += float(stretch.sum())
        kept += float(np.dot(stretch, left))
    return float(10.0 * np.log10(whole / kept)) if kept > 0.0 else 0.0


def _step(time_ms: float, rate_hz: float) -> float:
    """The share of the distance covered per block for a time constant."""
    return float(1.0 - np.exp(-1000.0 / (time_ms * rate_hz)))
