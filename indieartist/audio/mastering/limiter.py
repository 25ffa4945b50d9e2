"""The limiter: never more gain than each detected true peak allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.mastering.control import average, hold, to_blocks

if TYPE_CHECKING:
    from indieartist.audio.mastering.control import Curve

LOOK_AHEAD_MS = 1.5
HOLD_MS = 10.0  # half a wave of 50 Hz: the gain stands still within a bass note, at 1/1000 of the
# distortion that releasing between its crests would make
FAST_RELEASE_MS, SLOW_RELEASE_MS = 50.0, 400.0


def decide_limiting(required_db: Curve, rate_hz: float) -> Curve:
    """Gain reduction in dB per block edge (blocks + 1) that meets `required_db` (>= 0) per block.

    The requirement is held from 1.5 ms before to 11.5 ms after, released exponentially in dB
    (50 ms, and 400 ms from its own mean so that dense passages do not pump), then averaged over
    +-1.5 ms. An average of values that all meet the requirement meets it: at every block both
    edges do, hence every sample between them.
    """
    reach = to_blocks(LOOK_AHEAD_MS, rate_hz)
    edges = np.maximum(np.append(required_db, 0.0), np.insert(required_db, 0, 0.0))
    held = hold(edges, reach + to_blocks(HOLD_MS, rate_hz), reach)
    recent = _recent_mean(held, to_blocks(SLOW_RELEASE_MS, rate_hz))
    fast = release(held, to_blocks(FAST_RELEASE_MS, rate_hz))
    slow = release(recent, to_blocks(SLOW_RELEASE_MS, rate_hz))
    smooth = average(np.maximum(fast, slow), reach // 2)
    return average(smooth, reach - reach // 2)


def release(reduction_db: Curve, blocks: int) -> Curve:
    """The lowest curve above `reduction_db` that falls no faster than to 1/e in `blocks`. Hot.

    y[n] = max(x[n], y[n-1] e^(-1/blocks)) is, divided by its decay, a running maximum.
    """
    decay = np.arange(len(reduction_db)) / blocks
    with np.errstate(divide="ignore"):
        rising = np.log(reduction_db) + decay
    return np.exp(np.maximum.accumulate(rising) - decay)


def _recent_mean(values: Curve, blocks: int) -> Curve:
    """The mean of the last `blocks` values at each block; zero before the start."""
    total = np.cumsum(np.concatenate([np.zeros(blocks + 1), values]))
    return np.asarray(total[blocks + 1 :] - total[: -blocks - 1]) / blocks
