"""Whether two songs are one: their fingerprints laid over each other, also where the tempo differs.

Chromaprint's words look at two seconds of melody and harmony each, so a codec, a level or a tempo
a few percent apart changes few of their bits; what changes is where a word stands. All pairs of
words are compared once, and the straight line through that picture with the fewest differing bits
is the match: its slope is the ratio of the tempos, its offset how much later one song begins.

Varispeed moves the pitch with the tempo, by 0.7 semitones at 4 %, which no word survives: there the
second song is heard at the pitch it once had (`hear_varied`) and laid over the first again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from indieartist.audio.analysis.fingerprint import USUAL_S, WORD_MS, FingerprintMeter
from indieartist.audio.analysis.rates import LowRates

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Words = NDArray[np.uint32]
    Picture = NDArray[np.uint8]

MOST_SHIFT_MS = 20_000
WIDEST_RATIO = 0.04
# Below these rates two songs are one, by how long they were laid over each other. Of real songs two
# strangers came no nearer than 0.43, and a song to itself at another tempo no farther than 0.14;
# of 10 to 24 s of them, at any speed too, two strangers no nearer than 0.34.
_SAME_BELOW = ((30_000, 0.35), (10_000, 0.3), (0, 0.2))
_LEAST_WORDS = 24  # 3 s: below that chance has its way
_COARSE_ROWS, _FINE_ROWS = 8, 2
_COARSE_STEP, _FINE_STEP, _FINE_STEPS = 0.01, 0.00125, 5
_COARSE_SHIFT, _FINE_SHIFTS = 2, 8
_HOPELESS = 0.43  # a first look that is no better is not followed up
VARIED_SPEEDS = (0.961, 0.971, 0.981, 1.019, 1.029, 1.039)
"""At what speeds a song is heard again: each finds what is 0.5 % off, and none is needed at 1.4 %.

So every speed within 4.4 % is near one. Of 26 real songs a varied one came no farther than 0.29,
and two strangers no nearer than 0.41."""
_VARIED_RATIO = 0.01  # around what the speed says
_TIE = 1e-9  # of lines as good as each other, the one with the least shift


@dataclass(frozen=True, slots=True)
class Match:
    """How far two songs agree along their best line."""

    bit_error_rate: float  # 0 the same, 0.5 two strangers
    length_ratio: float  # how long the second lasts for each second of the first
    shift_ms: float  # by how much the second begins later
    overlap_ms: float
    speed: float = 1.0  # about how much faster the second plays, pitch and all

    @property
    def same(self) -> bool:
        """Whether they are one song; the less was compared, the more alike they have to be."""
        limit = next(rate for least_ms, rate in _SAME_BELOW if self.overlap_ms >= least_ms)
        return self.bit_error_rate < limit


def find_match(first: Words, second: Words, most_shift_ms: float = MOST_SHIFT_MS) -> Match | None:
    """The best agreement over all shifts and tempos; None where there is too little to compare."""
    ratios = 1 + np.arange(-WIDEST_RATIO, WIDEST_RATIO + 1e-9, _COARSE_STEP)
    return _find(first, second, ratios, most_shift_ms)


def hear_varied(path: Path) -> dict[float, Words]:
    """The words of a file as it would be at its own pitch, for each speed it may play at.

    Errors are those of `decode.probe`.
    """
    from indieartist.audio.decode import open_reader, read_blocks, to_float

    meters = {speed: FingerprintMeter(speed=speed) for speed in VARIED_SPEEDS}
    with open_reader(path) as reader:
        form = reader.form
        rates = LowRates(form.sample_rate_hz, form.channels)
        stop = (USUAL_S + 1) * form.sample_rate_hz
        last = None if form.promised is None or form.promised <= stop else stop
        for block in read_blocks(reader, path, span=(0, last)):
            _feed(meters, rates.feed(np.ascontiguousarray(to_float(block).T))[1])
    _feed(meters, rates.flush()[1])
    return {speed: meter.words for speed, meter in meters.items()}


def _feed(meters: Mapping[float, FingerprintMeter], mono: NDArray[np.float32]) -> None:
    for meter in meters.values():
        meter.feed(mono)


def find_varied(
    first: Words, varied: Mapping[float, Words], most_shift_ms: float = MOST_SHIFT_MS
) -> Match | None:
    """The best agreement of a song with another at the speeds of `hear_varied`."""
    best: Match | None = None
    for speed, words in varied.items():
        ratios = 1 / speed + np.array([-_VARIED_RATIO, 0.0, _VARIED_RATIO])
        found = _find(first, words, ratios, most_shift_ms)
        if found and (best is None or found.bit_error_rate < best.bit_error_rate):
            best = replace(found, speed=1 / found.length_ratio)
    return best


def _find(
    first: Words, second: Words, ratios: NDArray[np.floating[Any]], most_shift_ms: float
) -> Match | None:
    """The best line of about these slopes, in two looks."""
    if min(len(first), len(second)) < _LEAST_WORDS:
        return None
    most = round(most_shift_ms / WORD_MS)
    shifts = np.arange(-most, most + 1, _COARSE_SHIFT)
    best = _search(first, second, _rows(first, _COARSE_ROWS), ratios, shifts)
    if best is None or best.bit_error_rate > _HOPELESS:
        return best
    near = best.length_ratio + np.arange(-_FINE_STEPS, _FINE_STEPS + 1) * _FINE_STEP
    shifts = round(best.shift_ms / WORD_MS) + np.arange(-_FINE_SHIFTS, _FINE_SHIFTS + 1)
    return _search(first, second, _rows(first, _FINE_ROWS), near, shifts)


def _rows(words: Words, usual: int) -> NDArray[np.intp]:
    """Every so many words; of short songs, every one."""
    return np.arange(0, len(words), max(1, min(usual, len(words) // (2 * _LEAST_WORDS))))


def _search(
    first: Words,
    second: Words,
    rows: NDArray[np.intp],
    ratios: NDArray[np.floating[Any]],
    shifts: NDArray[np.intp],
) -> Match | None:
    picture = np.bitwise_count(first[rows, None] ^ second[None, :])
    best: Match | None = None
    for ratio in sorted(ratios, key=lambda ratio: abs(ratio - 1)):  # of equals, the least change
        found = _best_shift(picture, rows, float(ratio), shifts)
        if found and (best is None or found.bit_error_rate < best.bit_error_rate):
            best = found
    return best


def _best_shift(
    picture: Picture, rows: NDArray[np.intp], ratio: float, shifts: NDArray[np.intp]
) -> Match | None:
    """The best of the lines of one slope; each overlaps by half of the shorter song at least."""
    count = picture.shape[1]
    places = np.rint(rows * ratio).astype(np.intp)[:, None] + shifts[None, :]
    inside = (places >= 0) & (places < count)
    overlaps = inside.sum(axis=0)
    step = int(rows[1] - rows[0]) if len(rows) > 1 else 1
    least = max(1, min(len(rows), count // step) // 2)
    if not (overlaps >= least).any():
        return None
    bits = np.take_along_axis(picture, np.clip(places, 0, count - 1), axis=1)
    wrong = np.where(inside, bits, 0).sum(axis=0, dtype=np.int64)
    rates = np.where(overlaps >= least, wrong / (32.0 * np.maximum(overlaps, 1)), np.inf)
    best = int(np.argmin(rates + _TIE * np.abs(shifts)))
    overlap_ms = float(overlaps[best]) * step * WORD_MS
    return Match(float(rates[best]), ratio, float(shifts[best]) * WORD_MS, overlap_ms)
