"""Chromaprint's fingerprint of a song, by which AcoustID knows recordings: made, packed, compared.

The algorithm is Chromaprint's default, TEST2, after L. Lalinský, "How does Chromaprint work?"
(oxygene.sk, 2011) and Y. Ke et al., "Computer Vision for Music Identification" (CVPR 2005):
an image of 12 semitones over time, and in each 16 frames of it 16 trained filters of 2 bits.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio import fourier
from indieartist.errors import UserError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Words = NDArray[np.uint32]

RATE_HZ = 11_025
USUAL_S = 120  # what fpcalc takes, and what AcoustID's songs are known by
WINDOW_FRAMES, HOP_FRAMES = 4096, 4096 // 3
WORD_MS = HOP_FRAMES * 1000 / RATE_HZ  # 123.8: from one word to the next
ALGORITHM = 1  # TEST2, as the header of a packed fingerprint counts

_LOWEST_HZ, _HIGHEST_HZ, _OCTAVE_HZ = 28, 3520, 27.5
_SMOOTHING = (0.25, 0.75, 1.0, 0.75, 0.25)
_SILENT = 0.01  # a frame whose 12 energies are shorter than this counts as none
_BATCH = 64
_WIDEST = 16  # frames that one word looks at

# Each filter: its shape, lowest semitone, height in semitones, width in frames, three thresholds.
_FILTERS = (
    ("all", 4, 3, 15, (1.98215, 2.35817, 2.63523)),
    ("middle semitones", 4, 6, 15, (-1.03809, -0.651211, -0.282167)),
    ("upper half", 0, 4, 16, (-0.298702, 0.119262, 0.558497)),
    ("quarters", 8, 2, 12, (-0.105439, 0.0153946, 0.135898)),
    ("quarters", 4, 4, 8, (-0.142891, 0.0258736, 0.200632)),
    ("middle semitones", 0, 3, 5, (-0.826319, -0.590612, -0.368214)),
    ("upper half", 2, 2, 9, (-0.557409, -0.233035, 0.0534525)),
    ("later half", 7, 3, 4, (-0.0646826, 0.00620476, 0.0784847)),
    ("later half", 6, 2, 16, (-0.192387, -0.029699, 0.215855)),
    ("later half", 1, 3, 2, (-0.0397818, -0.00568076, 0.0292026)),
    ("middle frames", 10, 1, 15, (-0.53823, -0.369934, -0.190235)),
    ("quarters", 6, 2, 10, (-0.124877, 0.0296483, 0.139239)),
    ("later half", 1, 1, 14, (-0.101475, 0.0225617, 0.231971)),
    ("quarters", 5, 6, 4, (-0.0799915, -0.00729616, 0.063262)),
    ("upper half", 9, 2, 12, (-0.272556, 0.019424, 0.302559)),
    ("quarters", 4, 2, 14, (-0.164292, -0.0321188, 0.0846339)),
)
_GRAY = np.array([0, 1, 3, 2], np.uint32)


class FingerprintMeter:
    """Takes a song at 11,025 Hz in blocks of any size; `length_s` None hears it to its end.

    A song that plays `speed` times too fast, as a tape does, is heard at the pitch it once had.
    """

    def __init__(self, length_s: float | None = USUAL_S, speed: float = 1.0) -> None:
        self._speed = speed
        self._wanted = None if length_s is None else round(length_s * RATE_HZ)
        self._waiting = np.empty(0, np.float32)
        self._chroma: list[Floats] = []

    def feed(self, mono: Floats) -> None:
        """Take the next samples, shape (n,), full scale 1.0."""
        if self._wanted is not None:
            mono = mono[: self._wanted]
            self._wanted -= len(mono)
        if not len(mono):
            return
        self._waiting = np.concatenate([self._waiting, mono])
        while len(self._waiting) >= WINDOW_FRAMES + (_BATCH - 1) * HOP_FRAMES:
            self._drain(_BATCH)

    @property
    def words(self) -> Words:
        """One word of 32 bits every 124 ms; none for less than about 3 seconds."""
        rest = (len(self._waiting) - WINDOW_FRAMES) // HOP_FRAMES + 1
        tail = [_chroma(self._waiting, rest, self._speed)] if rest > 0 else []
        return _words(np.concatenate([np.empty((0, 12), np.float32), *self._chroma, *tail]))

    def _drain(self, frames: int) -> None:
        self._chroma.append(_chroma(self._waiting, frames, self._speed))
        self._waiting = self._waiting[frames * HOP_FRAMES :]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two fingerprints agree where they overlap best."""

    bit_error_rate: float  # 0 the same, 0.5 two strangers
    shift_ms: float  # by how much the second starts after the first
    overlap_ms: float


def compare_words(first: Words, second: Words, most_shift_ms: float = 10_000) -> Likeness | None:
    """The best agreement over all shifts; None where they never overlap by half the shorter one."""
    least = max(1, min(len(first), len(second)) // 2)
    most = round(most_shift_ms / WORD_MS)
    best: Likeness | None = None
    for shift in range(-most, most + 1):
        ours, theirs = first[max(0, shift) :], second[max(0, -shift) :]
        overlap = min(len(ours), len(theirs))
        if overlap < least:
            continue
        wrong = int(np.bitwise_count(ours[:overlap] ^ theirs[:overlap]).sum())
        found = Likeness(wrong / (32 * overlap), shift * WORD_MS, overlap * WORD_MS)
        if best is None or found.bit_error_rate < best.bit_error_rate:
            best = found
    return best


def pack_words(words: Words) -> str:
    """The fingerprint as AcoustID takes it: compressed, in URL-safe base64 without padding.

    Each word is written as the bits in which it differs from the one before: their distances in
    3 bits, 0 to end the word; 7 and more go on in 5 bits behind all the others.
    """
    changes = words ^ np.concatenate([np.zeros(1, np.uint32), words[:-1]])
    rows, places = np.nonzero((changes[:, None] >> np.arange(32, dtype=np.uint32)) & 1)
    first = np.diff(rows, prepend=-1) > 0
    distances = np.diff(places, prepend=0)
    distances[first] = places[first] + 1
    ends = np.cumsum(np.bincount(rows, minlength=len(words)))
    steps = np.insert(distances, ends, 0)
    header = bytes([ALGORITHM]) + len(words).to_bytes(3, "big")
    packed = header + _pack(np.minimum(steps, 7), 3) + _pack(steps[steps >= 7] - 7, 5)
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode("ascii")


def unpack_words(text: str) -> Words:
    """Undo `pack_words`; raises UserError for what is no such fingerprint."""
    try:
        return _unpacked(base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True))
    except ValueError as error:
        raise UserError(f"This fingerprint cannot be read: {error}.") from error


def _unpacked(data: bytes) -> Words:
    if len(data) < 4 or data[0] != ALGORITHM:
        raise ValueError("it is too short, or of another algorithm")
    count = int.from_bytes(data[1:4], "big")
    steps = _unpack(data[4:], 3)
    ends = np.flatnonzero(steps == 0)[:count]
    if len(ends) < count:
        raise ValueError("it is cut off")
    steps = steps[: ends[-1] + 1] if count else steps[:0]
    large = steps == 7
    more = _unpack(data[4 + (3 * len(steps) + 7) // 8 :], 5)
    if len(more) < large.sum():
        raise ValueError("it is cut off")
    steps[large] += more[: large.sum()]
    return _from_steps(steps, ends)


def _from_steps(steps: NDArray[np.int64], ends: NDArray[np.intp]) -> Words:
    sums = np.cumsum(steps)
    rows = np.searchsorted(ends, np.arange(len(steps)))
    places = sums - np.concatenate([np.zeros(1, np.int64), sums[ends]])[rows]
    if (places > 32).any():
        raise ValueError("it has words of more than 32 bits")
    changes = np.zeros(len(ends), np.uint32)
    bits = steps > 0
    np.bitwise_or.at(changes, rows[bits], np.uint32(1) << (places[bits] - 1).astype(np.uint32))
    return np.asarray(np.bitwise_xor.accumulate(changes))


def _pack(values: NDArray[np.int64], width: int) -> bytes:
    bits = (values[:, None] >> np.arange(width)) & 1
    return np.packbits(bits.astype(np.uint8), bitorder="little").tobytes()


def _unpack(data: bytes, width: int) -> NDArray[np.int64]:
    bits = np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little").astype(np.int64)
    whole = len(bits) // width
    return np.asarray(bits[: whole * width].reshape(whole, width) @ (1 << np.arange(width)))


@lru_cache(maxsize=8)
def _tables(speed: float) -> tuple[Floats, slice, Floats]:
    """The window, the bins that are heard, and to which of the 12 semitones each belongs."""
    window = np.hamming(WINDOW_FRAMES).astype(np.float32)
    low, high = (round(hz * WINDOW_FRAMES / RATE_HZ) for hz in (_LOWEST_HZ, _HIGHEST_HZ))
    octaves = np.log2(np.arange(low, high) * RATE_HZ / WINDOW_FRAMES / _OCTAVE_HZ / speed)
    semitones = (12 * (octaves % 1.0)).astype(np.intp)
    return window, slice(low, high), np.eye(12, dtype=np.float32)[semitones]


def _chroma(samples: Floats, frames: int, speed: float) -> Floats:
    """Energies of the 12 semitones from A in the first `frames` windows, shape (frames, 12)."""
    window, heard, semitones = _tables(speed)
    strided = np.lib.stride_tricks.sliding_window_view(samples, WINDOW_FRAMES)[::HOP_FRAMES]
    spectra = fourier.rfft(strided[:frames] * window)[:, heard]
    return np.asarray((spectra.real**2 + spectra.imag**2) @ semitones)


def _words(chroma: Floats) -> Words:
    """What the 16 filters see in each 16 frames of the smoothed, normalised image."""
    count = len(chroma) - len(_SMOOTHING) - _WIDEST + 2
    if count <= 0:
        return np.empty(0, np.uint32)
    rows = len(chroma) - len(_SMOOTHING) + 1
    image = np.zeros((rows, 12))
    for start, weight in enumerate(_SMOOTHING):
        image += weight * chroma[start : start + rows]
    length = np.linalg.norm(image, axis=1, keepdims=True)
    image = np.where(length < _SILENT, 0.0, image / np.maximum(length, _SILENT))
    sums = np.pad(image, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    words = np.zeros(count, np.uint32)
    for shape, low, height, width, thresholds in _FILTERS:
        seen = _Area(sums, count, low, height, width).contrast(shape)
        words = (words << np.uint32(2)) | _GRAY[np.searchsorted(thresholds, seen, side="right")]
    return words


@dataclass(frozen=True, slots=True)
class _Area:
    """A rectangle of the image, at every frame where a word begins."""

    sums: NDArray[np.float64]  # of everything before and below, so that any sum is four look-ups
    count: int
    low: int
    height: int
    width: int

    def contrast(self, shape: str) -> NDArray[np.float64]:
        """Logarithm of what one part of the rectangle holds over what the rest holds."""
        high, wide = self.height, self.width
        whole = self._sum(0, wide, 0, high)
        if shape == "all":
            return np.log1p(whole)
        parts = {
            "upper half": [(0, wide, high // 2, high)],
            "later half": [(wide // 2, wide, 0, high)],
            "quarters": [
                (0, wide // 2, high // 2, high),
                (wide // 2, wide, 0, high // 2),
            ],
            "middle semitones": [(0, wide, high // 3, 2 * (high // 3))],
            "middle frames": [(wide // 3, 2 * (wide // 3), 0, high)],
        }
        part = np.sum([self._sum(*bounds) for bounds in parts[shape]], axis=0)
        return np.asarray(np.log1p(part) - np.log1p(whole - part))

    def _sum(self, start: int, end: int, bottom: int, top: int) -> NDArray[np.float64]:
        early, late = (self.sums[at : at + self.count] for at in (start, end))
        bottom, top = bottom + self.low, top + self.low
        return late[:, top] - late[:, bottom] - early[:, top] + early[:, bottom]
