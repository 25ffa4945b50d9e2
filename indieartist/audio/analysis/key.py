"""The key of a song: which notes it is made of, and which of them the bass calls home."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio import fourier
from indieartist.audio.analysis.rates import LOW_HZ
from indieartist.domain.music import MODES, Key

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Curve = NDArray[np.float64]

WINDOW_FRAMES, HOP_FRAMES = 8192, 4096
BINS = 120  # of an octave, ten to a semitone: the tuning is known at the end only
C_HZ = 440.0 * 2 ** (-9 / 12)

_BATCH = 32
_BANDS_HZ = ((40.0, 200.0), (160.0, 2000.0))  # the bass, and the chords and the melody
_BASS_WEIGHT = 0.6
_ENVELOPE = 60  # bins to each side: 81 Hz
_ABOVE = 1.5  # times the envelope: what stands out so far is a note
_SILENT = 1e-5
_FAINT = 0.2  # of the strongest note: below, a note counts as none

_FEWEST_FRAMES = 12  # of 0.4 s
_FEWEST_NOTES = 3
_STEADY = 0.02  # how far peaks of noise agree on a tuning
_POOR_FIT = 0.35  # what noise reaches

# Log odds that a key is right: a constant, times its fit, times how far the next is behind. By
# logistic regression on clips in noise of -60 to +10 dB (benchmarks/bench_tempo_key.py).
_CONFIDENCE = np.array([-3.6, 5.3, 7.3])

# What the notes of a song's key weigh, from the tonic up: the median of 500 000 chords of
# electronic music, the weakest set to nothing ("bgate"). Á. Faraldo, S. Jordà, P. Herrera,
# "A Multi-Profile Method for Key Estimation in EDM", AES Conference on Semantic Audio, 2017.
_PROFILES = {
    "major": (1.0, 0.0, 0.42, 0.0, 0.53, 0.37, 0.0, 0.77, 0.0, 0.38, 0.21, 0.30),
    "minor": (1.0, 0.0, 0.36, 0.39, 0.0, 0.38, 0.0, 0.74, 0.27, 0.0, 0.42, 0.23),
}


class KeyMeter:
    """Takes a song at 11,025 Hz in blocks of any size; keeps a histogram of notes, no more.

    Peaks of the spectrum that stand out of their surroundings vote with their amplitude for their
    pitch class, frame by frame and in two ranges; each frame has one vote, however loud it is.
    After E. Gómez, "Tonal Description of Polyphonic Audio for Music Content Processing" (INFORMS
    Journal on Computing 18(3), 2006).
    """

    def __init__(self) -> None:
        self._waiting = np.zeros(0, dtype=np.float32)
        self._notes = np.zeros((len(_BANDS_HZ), BINS))
        self._frames = 0

    def feed(self, mono: Floats) -> None:
        """Take the next samples, shape (n,), full scale 1.0."""
        self._waiting = np.concatenate([self._waiting, mono])
        while len(self._waiting) >= WINDOW_FRAMES + (_BATCH - 1) * HOP_FRAMES:
            self._drain(_BATCH)

    def result(self) -> Key | None:
        """The likeliest key of what was fed.

        None where there is none to tell: silence, noise, less than 5 s or fewer than three notes.
        """
        if len(self._waiting) >= WINDOW_FRAMES:
            self._drain(1 + (len(self._waiting) - WINDOW_FRAMES) // HOP_FRAMES)
        if self._frames < _FEWEST_FRAMES:
            return None
        steady, tuning = _tuning(self._notes)
        chroma = _chroma(self._notes, tuning)
        if steady < _STEADY or (chroma > 0).any(axis=0).sum() < _FEWEST_NOTES:
            return None
        return _choose(_fits(chroma))

    def _drain(self, count: int) -> None:
        samples = self._waiting[: (count - 1) * HOP_FRAMES + WINDOW_FRAMES]
        self._waiting = self._waiting[count * HOP_FRAMES :]
        windows = np.lib.stride_tricks.sliding_window_view(samples, WINDOW_FRAMES)[::HOP_FRAMES]
        spectra = np.abs(fourier.rfft(windows * _window(), axis=1))
        frames, freqs_hz, heights = _peaks(spectra[:, : _bin(_BANDS_HZ[-1][1]) + _ENVELOPE + 1])
        bins = np.round(np.log2(freqs_hz / C_HZ) * BINS).astype(np.int64) % BINS
        for band, (low_hz, high_hz) in enumerate(_BANDS_HZ):
            chosen = (freqs_hz >= low_hz) & (freqs_hz < high_hz)
            places = frames[chosen] * BINS + bins[chosen]
            votes = np.bincount(places, heights[chosen], count * BINS).reshape(-1, BINS)
            spread = votes @ _semitone()
            loudest = spread.max(axis=1)
            heard = loudest > 0
            self._notes[band] += (spread[heard] / loudest[heard, None]).sum(axis=0)
        self._frames += int(heard.sum())


def _peaks(spectra: Floats) -> tuple[NDArray[np.int64], Curve, Floats]:
    """The row, frequency and height of each peak that stands out, of magnitudes (frames, bins)."""
    sums = np.cumsum(np.pad(spectra, ((0, 0), (_ENVELOPE + 1, 0))), axis=1, dtype=np.float64)
    start, end = _bin(_BANDS_HZ[0][0]), spectra.shape[1] - _ENVELOPE - 1
    width = 2 * _ENVELOPE + 1
    around = sums[:, start + width : end + width] - sums[:, start:end]
    middle = spectra[:, start:end]
    rises = middle > spectra[:, start - 1 : end - 1]
    falls = middle >= spectra[:, start + 1 : end + 1]
    found = rises & falls & (middle > np.maximum(around * (_ABOVE / width), _SILENT))
    rows, bins = np.nonzero(found)
    bins += start
    before, peak, after = (np.log(spectra[rows, bins + step] + 1e-12) for step in (-1, 0, 1))
    offsets = 0.5 * (before - after) / np.minimum(before - 2 * peak + after, -1e-6)
    freqs_hz = (bins + np.clip(offsets, -0.5, 0.5)) * (LOW_HZ / WINDOW_FRAMES)
    return rows, freqs_hz, spectra[rows, bins]


def _tuning(notes: Curve) -> tuple[float, float]:
    """How far all agree on a tuning (0 to 1), and how many bins it lies above 440 Hz (-5 to 5)."""
    steps = BINS // 12
    turns = np.exp(2j * np.pi * np.arange(BINS) / steps)
    votes = notes.sum(axis=0)
    mean = complex(votes @ turns / max(votes.sum(), 1e-12))
    return abs(mean), float(np.angle(mean) / (2 * np.pi) * steps)


def _chroma(notes: Curve, tuning: float) -> Curve:
    """The twelve notes from C on, the strongest 1, of histograms (any, BINS)."""
    at = np.arange(12) * (BINS // 12) + tuning
    chroma = np.array([np.interp(at, np.arange(BINS), band, period=BINS) for band in notes])
    chroma /= np.maximum(chroma.max(axis=1, keepdims=True), 1e-12)
    return np.where(chroma < _FAINT, 0.0, chroma)


def _fits(chroma: Curve) -> Curve:
    """How well each key's profile fits, -1 to 1: major from C to B, then minor."""
    profiles = np.array([np.roll(_PROFILES[mode], tonic) for mode in MODES for tonic in range(12)])
    profiles -= profiles.mean(axis=1, keepdims=True)
    notes = chroma - chroma.mean(axis=1, keepdims=True)
    lengths = np.linalg.norm(profiles, axis=1) * np.linalg.norm(notes, axis=1)[:, None]
    bass, upper = notes @ profiles.T / np.maximum(lengths, 1e-12)
    return np.asarray((_BASS_WEIGHT * bass + upper) / (_BASS_WEIGHT + 1))


def _choose(fits: Curve) -> Key | None:
    """The key that fits best; sure where it fits well and the next does not."""
    second, best = np.sort(fits)[-2:]
    if best < _POOR_FIT:
        return None
    odds = _CONFIDENCE @ (1.0, best, best - second)
    mode, tonic = divmod(int(np.argmax(fits)), 12)
    return Key(tonic, MODES[mode], round(float(1 / (1 + np.exp(-odds))), 2))


@lru_cache(maxsize=1)
def _window() -> Floats:
    window = np.hanning(WINDOW_FRAMES)
    return np.asarray(window / (window.sum() / 2), dtype=np.float32)


@lru_cache(maxsize=1)
def _semitone() -> Curve:
    """Spreads each bin over the semitone around it: (BINS, BINS), a squared cosine, circular."""
    away = (np.arange(BINS)[:, None] - np.arange(BINS) + BINS // 2) % BINS - BINS // 2
    return np.where(np.abs(away) < 5, np.cos(np.pi * away / (BINS // 12)) ** 2, 0.0)


def _bin(hz: float) -> int:
    return int(hz * WINDOW_FRAMES / LOW_HZ)
