"""The limiter of a player that turns songs up whatever their peaks: Spotify set to Loud."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from indieartist.audio.codecs.rates import Samples
    from indieartist.domain.platforms import PeakLimiter

    Curve = NDArray[np.float64]

_STEP = 16  # frames from one point of the gain to the next


def limited(blocks: Iterable[Samples], rate_hz: int, limiter: PeakLimiter) -> Iterator[Samples]:
    """The same sound, no sample above the threshold: attack as look-ahead, release exponential."""
    curve = _Curve(limiter, rate_hz)
    waiting = np.empty((0, 2), np.float32)
    for block in blocks:
        waiting = np.concatenate([waiting, block])
        ready = len(waiting) // _STEP - curve.ahead
        if ready > 0:
            yield curve.turn(waiting, ready)
            waiting = waiting[ready * _STEP :]
    steps = -(-len(waiting) // _STEP)
    padding = np.zeros(((steps + curve.ahead) * _STEP - len(waiting), 2), np.float32)
    yield curve.turn(np.concatenate([waiting, padding]), steps)[: len(waiting)]


class _Curve:
    """The gain from step to step, and what has to be remembered of it.

    Each edge between two steps takes the most that any step within the attack's reach needs, falls
    from there exponentially, and is averaged over the reach behind it: every value averaged covers
    the step in question, so their mean does.
    """

    def __init__(self, limiter: PeakLimiter, rate_hz: int) -> None:
        self._threshold_db = limiter.threshold_dbfs
        self._reach = max(1, round(limiter.attack_ms * rate_hz / 1000 / _STEP))
        self._release = limiter.release_ms * rate_hz / 1000 / _STEP
        self._before = 0.0  # what the step before needed
        self._past: Curve | None = None  # the curve before it was averaged
        self.ahead = self._reach + 1  # steps that must be known beyond those that are turned

    def turn(self, samples: Samples, steps: int) -> Samples:
        """The first `steps` steps of `samples`, turned down; `ahead` more must follow them."""
        edges = self._advance(self._needs(samples), steps)
        at = np.arange(steps * _STEP) / _STEP
        gain_db = np.interp(at, np.arange(steps + 1), -edges)
        gains = (10 ** (gain_db / 20)).astype(np.float32)
        return np.asarray(samples[: steps * _STEP] * gains[:, None], np.float32)

    def _needs(self, samples: Samples) -> Curve:
        """How much each step is over the threshold, in dB."""
        whole = len(samples) // _STEP
        peaks = np.abs(samples[: whole * _STEP]).reshape(whole, -1).max(axis=1, initial=0)
        level_db = 20 * np.log10(np.maximum(peaks.astype(np.float64), 1e-9))
        return np.asarray(np.maximum(level_db - self._threshold_db, 0.0))

    def _advance(self, needs: Curve, steps: int) -> Curve:
        edges = np.maximum(needs, np.insert(needs[:-1], 0, self._before))
        past = self._before_start(edges) if self._past is None else self._past
        held = _windows(edges, self._reach + 1).max(axis=1)[: steps + 1]
        curve = np.concatenate([past, _released(held, past[-1], self._release)])
        if steps:
            self._before = needs[steps - 1]
            self._past = curve[steps : steps + self._reach]
        return np.asarray(_windows(curve, self._reach + 1).mean(axis=1))

    def _before_start(self, edges: Curve) -> Curve:
        """The curve over the silence before the song, which looks ahead into its first steps."""
        silence = np.insert(edges, 0, np.zeros(self._reach))
        held = _windows(silence, self._reach + 1).max(axis=1)[: self._reach]
        return _released(held, 0.0, self._release)


def _windows(values: Curve, length: int) -> Curve:
    return np.lib.stride_tricks.sliding_window_view(values, length)


def _released(held: Curve, before: float, release_steps: float) -> Curve:
    """y[n] = max(x[n], y[n-1] e^(-1/release)): divided by its decay, a running maximum."""
    decay = np.arange(len(held) + 1) / release_steps
    with np.errstate(divide="ignore"):
        rising = np.log(np.insert(held, 0, before)) + decay
    return np.asarray(np.exp(np.maximum.accumulate(rising) - decay)[1:])
