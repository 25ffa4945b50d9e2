"""The limiter: never more gain than each detected true peak allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio import kernels
from indieartist.audio.mastering.control import to_blocks

if TYPE_CHECKING:
    from indieartist.audio.mastering.control import Curve

LOOK_AHEAD_MS = 1.5
HOLD_MS = 10.0  # half a wave of 50 Hz: the gain stands still within a bass note, at 1/1000 of the
# distortion that releasing between its crests would make
FAST_RELEASE_MS, SLOW_RELEASE_MS = 50.0, 400.0


def decide_limiting(peak_db: Curve, push_db: float, rate_hz: float) -> Curve:
    """Gain reduction in dB per block edge (blocks + 1) that meets `peak_db` + `push_db` per block.

    The requirement is held from 1.5 ms before to 11.5 ms after, released exponentially in dB
    (50 ms, and 400 ms from its own mean so that dense passages do not pump), then averaged over
    +-1.5 ms. An average of values that all meet the requirement meets it: at every block both
    edges do, hence every sample between them.
    """
    reach, slow = to_blocks(LOOK_AHEAD_MS, rate_hz), to_blocks(SLOW_RELEASE_MS, rate_hz)
    back = reach + to_blocks(HOLD_MS, rate_hz)
    windows = np.array([back, reach, slow, reach // 2, reach - reach // 2], np.int64)
    decays = np.exp([-1.0 / to_blocks(FAST_RELEASE_MS, rate_hz), -1.0 / slow])
    reduction_db = np.empty(len(peak_db) + 1, np.float32)
    kernels.decide_limiting(peak_db, push_db, windows, decays, reduction_db)
    return reduction_db
