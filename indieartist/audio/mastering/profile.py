"""The long-term spectrum of a song in mid and side: what tone matching compares."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio import fourier, kernels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.mastering.control import Sound

GATE_DB = 10.0  # windows quieter than the mean by more than this say nothing about the tone
CLASSES_PER_DB = 4  # windows are sorted by level, that the gate can be set when the song is over
LOWEST_DB, CLASSES = -200.0, 2000  # up to +300 dB: no sound that is read goes beyond
SPARE_CLASSES = 32
OFFSET_BINS = 2  # where a DC offset stands, which is no level
_HOW = np.array([OFFSET_BINS, LOWEST_DB, CLASSES_PER_DB])
FEED_FRAMES = 1 << 16
_HEAD = struct.Struct("<4sII")
_MARK = b"TON1"


@dataclass(frozen=True, eq=False)
class Profile:
    """Mean power spectra of (L+R)/2 and (L-R)/2, one value per bin from 0 Hz to half the rate."""

    sample_rate_hz: int
    mid: NDArray[np.float64]
    side: NDArray[np.float64]

    @property
    def frequencies_hz(self) -> NDArray[np.float64]:
        """The frequency of each bin."""
        return np.linspace(0.0, self.sample_rate_hz / 2.0, len(self.mid))

    def to_bytes(self) -> bytes:
        """The profile for storage: 16 KB at 44.1 and 48 kHz."""
        head = _HEAD.pack(_MARK, self.sample_rate_hz, len(self.mid))
        return head + np.stack([self.mid, self.side]).astype("<f4").tobytes()

    @classmethod
    def from_bytes(cls, stored: bytes) -> Profile:
        """What `to_bytes` wrote; ValueError for anything else."""
        if len(stored) < _HEAD.size:
            raise ValueError("not a stored profile")
        mark, rate_hz, bins = _HEAD.unpack_from(stored)
        if mark != _MARK or len(stored) != _HEAD.size + 8 * bins:
            raise ValueError("not a stored profile")
        mid, side = np.frombuffer(stored, "<f4", offset=_HEAD.size).reshape(2, bins)
        return cls(rate_hz, mid.astype(np.float64), side.astype(np.float64))


class ProfileBuilder:
    """Averages the spectra of Hann windows of about 93 ms, every second one, loud parts only.

    Feed a song in blocks of any size: the profile does not depend on how it is cut. Memory is
    bounded: the spectra are added up by level, in classes of a quarter of a decibel, and the gate
    (10 dB under the mean level) drops the classes below it. A song shorter than a window is
    padded.
    """

    def __init__(self, sample_rate_hz: int) -> None:
        self.sample_rate_hz = sample_rate_hz
        self._size = get_window_frames(sample_rate_hz)
        self._window = (0.5 * np.hanning(self._size + 1)[:-1]).astype(np.float32)
        self._waiting = np.empty((2, 0), np.float32)
        self._skip = 0  # frames between the last window and the next that have not come yet
        self._levels: list[NDArray[np.float64]] = []
        bins = self._size // 2 + 1
        self._sums = np.zeros((0, 2, bins))  # powers by class, in the order of their coming
        self._places = np.full(CLASSES, -1, np.int64)  # of each class in there
        self._counts = np.zeros(CLASSES, np.int64)

    def feed(self, planar: NDArray[np.float32]) -> None:
        """Take the next frames, (channels, n); one channel is all mid, beyond two none counts."""
        stereo = planar[:2, self._skip :]
        if len(stereo) == 1:
            stereo = np.repeat(stereo, 2, axis=0)
        self._skip -= min(self._skip, planar.shape[1])
        self._waiting = np.concatenate([self._waiting, stereo], axis=1)
        windows = (self._waiting.shape[1] + self._size) // (2 * self._size)
        if windows:
            self._take(self._waiting, windows)
            self._skip = max(0, windows * 2 * self._size - self._waiting.shape[1])
            self._waiting = self._waiting[:, windows * 2 * self._size :].copy()

    def build(self) -> Profile:
        """The profile of everything fed so far."""
        if not self._levels:
            missing = self._size - self._waiting.shape[1]
            self._take(np.pad(self._waiting, ((0, 0), (0, missing))), 1)
        mean = float(np.concatenate(self._levels).mean())
        gate_db = 10.0 * np.log10(max(mean, 1e-20)) - GATE_DB
        gate = max(0, int(np.floor((gate_db - LOWEST_DB) * CLASSES_PER_DB)))
        loud = gate + np.flatnonzero(self._counts[gate:])
        total = self._sums[self._places[loud]].sum(axis=0)
        mid, side = (total / self._counts[loud].sum()).astype(np.float32)
        return Profile(self.sample_rate_hz, mid.astype(np.float64), side.astype(np.float64))

    def _take(self, stereo: NDArray[np.float32], windows: int) -> None:
        """Add the windows that start at every second window's length of `stereo` (2, n)."""
        halves = np.empty((windows, 2, self._size), np.float32)
        kernels.cut_windows(np.ascontiguousarray(stereo), 2 * self._size, self._window, halves)
        spectra = fourier.rfft(halves).view(np.float32)
        needed = int(self._places.max()) + 1 + windows
        if needed > len(self._sums):  # every window may bring a new class
            more = np.zeros((needed + SPARE_CLASSES, *self._sums.shape[1:]))
            more[: len(self._sums)] = self._sums
            self._sums = more
        levels = np.empty(windows)
        kernels.sort_powers(spectra, _HOW, levels, self._places, self._counts, self._sums)
        self._levels.append(levels)


def measure_profile(sound: Sound, sample_rate_hz: int) -> Profile:
    """The profile of a whole sound (frames, 2)."""
    builder = ProfileBuilder(sample_rate_hz)
    for start in range(0, len(sound), FEED_FRAMES):
        builder.feed(sound[start : start + FEED_FRAMES].T)
    return builder.build()


def get_window_frames(sample_rate_hz: int) -> int:
    """Window length: 4096 samples at 44.1 and 48 kHz, the same time at other rates."""
    return 1 << round(float(np.log2(4096 * sample_rate_hz / 44100)))
