"""The compressor: gentle gain reduction per band, decided on the control grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.mastering.control import average, decibels, to_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indieartist.audio.mastering.control import Curve
    from indieartist.domain.mastering import Voicing

KNEE_DB = 6.0
ACTIVE_DB = 60.0  # blocks this far below the loudest are pauses and set no threshold


def decide_reduction(power: Curve, rate_hz: float, voicing: Voicing) -> Curve:
    """Gain reduction in dB (>= 0) per control block for a band of mean-square `power`.

    Feed-forward, log domain, soft knee of 6 dB, smooth branching (Giannoulis, Massberg & Reiss,
    'Digital Dynamic Range Compressor Design', JAES 60(6), 2012, eqs. 4 and 16). The threshold lies
    `below_p95_db` under the level that the band exceeds 5 % of the time.
    """
    reach = to_blocks(voicing.window_ms, rate_hz) // 2
    level = decibels(average(power, reach))
    active = level[level > level.max() - ACTIVE_DB]
    over = level - (float(np.percentile(active, 95.0)) - voicing.below_p95_db)
    bent = np.square(np.clip(over + KNEE_DB / 2, 0.0, KNEE_DB)) / (2 * KNEE_DB)
    wanted = (bent + np.maximum(over - KNEE_DB / 2, 0.0)) * (1.0 - 1.0 / voicing.ratio)
    return smooth_branching(
        wanted, _step(voicing.attack_ms, rate_hz), _step(voicing.release_ms, rate_hz)
    )


def balance_band(reduction_db: Curve, power: Curve) -> Curve:
    """Gain in dB per control block: the reduction, made up so that the band keeps its energy."""
    kept = float(np.dot(power, np.power(10.0, -reduction_db / 10.0)))
    make_up_db = 10.0 * np.log10(float(power.sum()) / kept) if kept > 0.0 else 0.0
    return make_up_db - reduction_db


def smooth_branching(wanted: Curve, attack: float, release: float) -> Curve:
    """One-pole smoothing that rises with step `attack` and falls with step `release`. Hot."""
    return np.fromiter(_steps(wanted.tolist(), attack, release), np.float64, len(wanted))


def _steps(wanted: list[float], attack: float, release: float) -> Iterator[float]:
    state = 0.0
    for value in wanted:
        state += (attack if value > state else release) * (value - state)
        yield state


def _step(time_ms: float, rate_hz: float) -> float:
    """The share of the distance covered per block for a time constant."""
    return float(1.0 - np.exp(-1000.0 / (time_ms * rate_hz)))
