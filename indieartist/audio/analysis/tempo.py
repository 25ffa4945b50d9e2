"""The tempo of a song: how often its onsets come back."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio import fourier, kernels
from indieartist.audio.analysis.rates import HIGH_HZ
from indieartist.domain.music import Tempo

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Curve = NDArray[np.float64]

WINDOW_FRAMES, HOP_FRAMES = 768, 256  # shorter windows see the periods of a bass as onsets
CURVE_HZ = HIGH_HZ / HOP_FRAMES  # points of the onset curve in a second: 86.1
SHORTEST_S = 5.0  # below, a handful of beats proves nothing
SLOWEST_BPM, FASTEST_BPM = 40.0, 240.0

_BATCH = 128
_BANDS, _LOWEST_HZ, _HIGHEST_HZ = 32, 30.0, 10_000.0
_LOW_BANDS = 3  # up to about 250 Hz: the kick and the bass
_GAIN = 1000.0
_LAG = 2  # an onset is what rose within 23 ms
_SMOOTHING = np.hanning(11)[1:-1] / np.hanning(11).sum()  # 0.1 s: what ripples faster is a tone
_FAINTEST = 0.0065  # how far the onset curve goes up and down, of all bands' level: below, ripples

_COMB = (1, 2, 3, 4, 8)  # beats after which a song comes back
_HALF_BEAT = 0.35
_USUAL_BPM, _SPREAD_OCTAVES = 120.0, 0.8  # what people tap
_BAR_WEIGHT = 0.5
_REFINING_BEATS = (4, 8, 16, 32, 64)
_LONGEST_LAG = int(_REFINING_BEATS[-1] * 60 / SLOWEST_BPM * CURVE_HZ)
_PIECE = 32_768  # points: six minutes

# Confidence from the height of the comb, whole from the second figure on, none below the first or
# below what noise reaches by chance: 2.5 over the root of n points. Read off clips in noise
# (benchmarks/bench_tempo_key.py). It falls where another tempo, such as 3:2, fits nearly as well.
_NO_PULSE, _CLEAR_PULSE = 0.05, 0.30
_CHANCE = 3.5
_CLEAR_LEAD = 0.4
_LEAST_LEAD = 0.3


class TempoMeter:
    """Takes a song at 22,050 Hz in blocks of any size; keeps three numbers for each 12 ms of it.

    The onset curve is SuperFlux after S. Böck and G. Widmer, "Maximum Filter Vibrato Suppression
    for Onset Detection" (DAFx 2013): what rose in each of 32 bands since two frames ago, against
    the loudest of that band and its neighbours then, so that a vibrato is no onset.
    """

    def __init__(self) -> None:
        self._waiting = np.zeros(WINDOW_FRAMES // 2, dtype=np.float32)
        self._before = np.full((_LAG, _BANDS), np.inf, dtype=np.float32)
        self._rises: list[Floats] = []

    def feed(self, mono: Floats) -> None:
        """Take the next samples, shape (n,), full scale 1.0."""
        self._waiting = np.concatenate([self._waiting, mono])
        while len(self._waiting) >= WINDOW_FRAMES + (_BATCH - 1) * HOP_FRAMES:
            self._drain(_BATCH)

    def result(self, duration_s: float) -> Tempo | None:
        """The tempo of what was fed; None for a song of less than 5 s, or without any pulse.

        Silence, noise and held tones have no pulse. It is sure where most of the onset curve comes
        back beat by beat and no other tempo explains it nearly as well.
        """
        if len(self._waiting) >= WINDOW_FRAMES:
            self._drain(1 + (len(self._waiting) - WINDOW_FRAMES) // HOP_FRAMES)
        if duration_s < SHORTEST_S or not self._rises:
            return None
        rises, low_rises, level = np.nan_to_num(np.concatenate(self._rises, axis=1), copy=False)
        whole, low = (np.convolve(curve, _SMOOTHING, "same") for curve in (rises, low_rises))
        if whole.std() <= _FAINTEST * level.mean():
            return None
        return _find_tempo(_autocorrelation(whole), _autocorrelation(low))

    def _drain(self, count: int) -> None:
        samples = self._waiting[: (count - 1) * HOP_FRAMES + WINDOW_FRAMES]
        self._waiting = self._waiting[count * HOP_FRAMES :]
        windows = np.lib.stride_tricks.sliding_window_view(samples, WINDOW_FRAMES)[::HOP_FRAMES]
        spectra = fourier.rfft(windows * _window()).view(np.float32)
        rises = np.empty((3, count), np.float32)
        kernels.find_rises(spectra, _filters(), _LOW_BANDS, self._before, rises)
        self._rises.append(rises)


@lru_cache(maxsize=1)
def _window() -> Floats:
    return np.asarray(np.hanning(WINDOW_FRAMES), dtype=np.float32)


@lru_cache(maxsize=1)
def _filters() -> Floats:
    """From magnitudes to bands even in mel, shape (bands, bins); a full-scale sine gives 1000."""
    mels = _mel(np.arange(WINDOW_FRAMES // 2 + 1) * HIGH_HZ / WINDOW_FRAMES)[:, None]
    lowest, highest = _mel(np.array([_LOWEST_HZ, _HIGHEST_HZ]))
    edges = np.linspace(float(lowest), float(highest), _BANDS + 2)
    rising = (mels - edges[:-2]) / np.diff(edges[:-1])
    falling = (edges[2:] - mels) / np.diff(edges[1:])
    gains = np.maximum(np.minimum(rising, falling), 0)
    gains *= _GAIN / (gains.sum(axis=0) * _window().sum() / 2)
    return np.ascontiguousarray(gains.T, dtype=np.float32)


def _mel(hz: Curve) -> Curve:
    return np.asarray(2595 * np.log10(1 + hz / 700))


def _autocorrelation(curve: Curve) -> Curve:
    """How much of `curve` comes back after so many points: 1 at 0, about 0 for what is random.

    As far as 64 beats or three quarters of the song; in pieces, so that hours need no more memory.
    """
    lags = min(len(curve) * 3 // 4, _LONGEST_LAG)
    size = fourier.next_fast_len(min(len(curve), _PIECE) + lags)
    centred = curve - curve.mean()
    products = np.zeros(lags)
    for start in range(0, len(curve), _PIECE):
        piece = fourier.rfft(centred[start : start + _PIECE], size)
        ahead = fourier.rfft(centred[start : start + _PIECE + lags], size)
        products += fourier.irfft(piece.conj() * ahead, size)[:lags]
    means = products / (len(curve) - np.arange(lags))
    return np.asarray(means / means[0]) if means[0] > 0 else means


def _find_tempo(whole: Curve, low: Curve) -> Tempo | None:
    """The likeliest tempo from how onsets come back, of all bands and of the lowest.

    A comb of whole beats and a half one, times how many people tap at that tempo (a normal curve
    over octaves, as D. Moelants found: "Preferred Tempo Reconsidered", ICMPC 2002), times how much
    more the low drums repeat after four beats than after two: a bar has four beats, and its kick
    is what tells a bar from half a bar.
    """
    tempos = np.geomspace(SLOWEST_BPM, FASTEST_BPM, 600)
    lags = 60 * CURVE_HZ / tempos
    combs = sum(_at(whole, lags * beats) for beats in _COMB) / len(_COMB)
    combs = (combs + _HALF_BEAT * _at(whole, lags / 2)) / (1 + _HALF_BEAT)
    tapped = np.exp(-0.5 * (np.log2(tempos / _USUAL_BPM) / _SPREAD_OCTAVES) ** 2)
    bars = np.clip(_near(low, lags * 4) - _near(low, lags * 2), -0.5, 0.5)
    scores = np.maximum(combs, 0) * tapped * np.exp(_BAR_WEIGHT * bars)
    best = int(np.argmax(scores))
    floor = max(_NO_PULSE, _CHANCE / np.sqrt(len(whole)))
    if combs[best] <= floor:
        return None
    confidence = (combs[best] - floor) / max(_CLEAR_PULSE - floor, 0.1)
    confidence = min(confidence, 1.0) * _lead(tempos, scores)
    bpm = 60 * CURVE_HZ / _refined(whole, lags[best])
    return Tempo(round(float(bpm), 2), round(float(confidence), 2))


def _lead(tempos: Curve, scores: Curve) -> float:
    """How clearly the best tempo beats all that are no half or double of it."""
    best = int(np.argmax(scores))
    octaves = np.log2(tempos / tempos[best])
    others = np.abs(octaves - np.round(octaves)) > 0.09
    rival = float(scores[others].max() / scores[best])
    return float(np.clip((1 - rival) / _CLEAR_LEAD, _LEAST_LEAD, 1))


def _at(curve: Curve, lags: Curve) -> Curve:
    """`curve` between its points, on straight lines; 0 beyond its end."""
    return np.asarray(np.interp(lags, np.arange(len(curve)), curve, right=0.0))


def _near(curve: Curve, lags: Curve) -> Curve:
    """The highest of `curve` within a point of each lag."""
    return np.asarray(np.max([_at(curve, lags + step) for step in (-1, 0, 1)], axis=0))


def _refined(curve: Curve, lag: float) -> float:
    """`lag` of one beat from the peaks after 4, 8, 16 … beats, each more exact than the last.

    It stops where the curve no longer comes back: past the end, or where the tempo wandered.
    """
    height = 0.0
    for beats in _REFINING_BEATS:
        reach = max(2.0, lag * (0.05 if beats == _REFINING_BEATS[0] else 0.12))
        low, high = int(lag * beats - reach), int(lag * beats + reach) + 1
        if high + 1 >= len(curve):
            break
        peak = low + int(np.argmax(curve[low : high + 1]))
        if curve[peak] < 0.5 * height:
            break
        height = max(height, float(curve[peak]))
        lag = (peak + _vertex(curve[peak - 1 : peak + 2])) / beats
    return lag


def _vertex(three: Curve) -> float:
    """Where the parabola through three points is highest, from the middle one on."""
    before, peak, after = (float(value) for value in three)
    bend = before - 2 * peak + after
    return float(np.clip((before - after) / (2 * bend), -0.5, 0.5)) if bend < 0 else 0.0
