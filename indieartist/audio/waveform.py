"""The picture of a song: peaks, RMS and loudness over time, ready for a painter at any zoom."""

from __future__ import annotations

import math
import struct
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio import kernels, loudness
from indieartist.errors import UserError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.window import Stretch

BIN_FRAMES = 256
SILENCE_DBFS = -60.0
STEP_MS = 100
_FACTOR = 4  # bins of one level of the pyramid in a bin of the next
_FULL = 32767
_AT_ONCE = 32  # stretches: many small conversions take longer than few large ones
_MOST_BINS = 1 << 26  # 100 hours at 48 kHz
_HEADER = struct.Struct("<4sBIQI")  # magic, version, rate in Hz, frames, loudness steps
_MAGIC, _VERSION = b"IAWF", 1


@dataclass(frozen=True, slots=True)
class Columns:
    """What to paint: one value a column, shape (width,), full scale 1.0."""

    low: NDArray[np.float32]
    high: NDArray[np.float32]
    rms: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Waveform:
    """Bins of 256 frames over all channels: lowest and highest sample and RMS, 32767 full scale.

    `powers` is the K-weighted mean square of every 100 ms: the loudness over time, and what the
    loudness of an album is gated from.
    """

    rate_hz: int
    frames: int
    lows: NDArray[np.int16]
    highs: NDArray[np.int16]
    rms: NDArray[np.int16]
    powers: NDArray[np.float32]

    @property
    def duration_ms(self) -> float:
        """How long the song is."""
        return self.frames * 1000 / self.rate_hz

    @property
    def gating_blocks(self) -> NDArray[np.float64]:
        """Blocks for `loudness.integrated_lufs`; for an album, join those of all its songs."""
        return loudness.windows(self.powers.astype(np.float64), loudness.MOMENTARY_STEPS)

    @property
    def silence_ms(self) -> tuple[int, int]:
        """Length of the silence (RMS below -60 dBFS) before and after the sound."""
        loud = np.flatnonzero(self.rms >= _FULL * 10 ** (SILENCE_DBFS / 20))
        if not loud.size:
            return round(self.duration_ms), round(self.duration_ms)
        head, tail = loud[0] * BIN_FRAMES, self.frames - (loud[-1] + 1) * BIN_FRAMES
        return round(head * 1000 / self.rate_hz), max(0, round(tail * 1000 / self.rate_hz))

    def zero_runs_ms(self, shortest_ms: float) -> list[tuple[float, float]]:
        """Start and length of each stretch in which all samples are exactly zero, to whole bins.

        A run appears from two bins (12 ms at 44.1 kHz) more than `shortest_ms` for certain.
        """
        silent = np.concatenate([[False], (self.lows == 0) & (self.highs == 0), [False]])
        edges = np.flatnonzero(silent[1:] != silent[:-1]).reshape(-1, 2) * BIN_FRAMES
        edges_ms = np.minimum(edges, self.frames) * 1000 / self.rate_hz
        runs = ((float(start), float(end - start)) for start, end in edges_ms)
        return [run for run in runs if run[1] >= shortest_ms]

    def columns(self, start_ms: float, end_ms: float, width: int) -> Columns:
        """Extremes and RMS of a stretch; outside the song there is silence."""
        edges = np.linspace(start_ms, end_ms, width + 1) * self.rate_hz / 1000
        level = self._level((edges[-1] - edges[0]) / width)
        tracks, size = self._pyramid[level], BIN_FRAMES * _FACTOR**level
        bins = tracks.shape[1]
        first = np.clip(np.floor(edges[:-1] / size), 0, bins).astype(np.intp)
        last = np.clip(np.ceil(edges[1:] / size), 0, bins).astype(np.intp)
        low, high, square = _reduce(tracks, first, last)
        return Columns(low / _FULL, high / _FULL, np.sqrt(square) / _FULL)

    def loudness(self, start_ms: float, end_ms: float, width: int) -> NDArray[np.float32]:
        """Loudness in LUFS of the 3 s around each column, shape (width,), NaN where silent."""
        edges = np.linspace(start_ms, end_ms, width + 1)
        centres = (edges[:-1] + edges[1:]) / 2
        steps = np.floor(centres / STEP_MS).astype(np.intp)
        curve = np.append(self._short_term, np.float32(np.nan))
        return curve[np.where((steps >= 0) & (steps < self.powers.size), steps, -1)]

    @cached_property
    def _short_term(self) -> NDArray[np.float32]:
        sums = np.cumsum(np.append(0.0, self.powers.astype(np.float64)))
        at, half = np.arange(self.powers.size), loudness.SHORT_TERM_STEPS // 2
        first, last = np.maximum(at - half, 0), np.minimum(at + half, self.powers.size)
        powers = (sums[last] - sums[first]) / (last - first)
        floor = loudness.from_lufs(loudness.ABSOLUTE_GATE_LUFS)
        curve = 10 * np.log10(np.maximum(powers, floor)) - 0.691
        return np.where(powers > floor, curve, np.nan).astype(np.float32)

    def _level(self, column_frames: float) -> int:
        """The coarsest level with at least two bins in a column."""
        wanted = math.log(max(column_frames / (2 * BIN_FRAMES), 1), _FACTOR)
        return min(int(wanted), len(self._pyramid) - 1)

    @cached_property
    def _pyramid(self) -> list[NDArray[np.float32]]:
        """Levels of shape (3, bins): lowest, highest, mean square."""
        squares = np.square(self.rms.astype(np.float32))
        levels = [np.stack([self.lows, self.highs, squares]).astype(np.float32)]
        while levels[-1].shape[1] > _FACTOR:
            groups = np.arange(0, levels[-1].shape[1], _FACTOR)
            levels.append(_reduce(levels[-1], groups, groups + _FACTOR))
        return levels

    def to_bytes(self) -> bytes:
        """The waveform in a compact, versioned form."""
        header = _HEADER.pack(_MAGIC, _VERSION, self.rate_hz, self.frames, self.powers.size)
        tracks = np.stack([self.lows, self.highs, self.rms])
        body = np.diff(tracks, prepend=np.int16(0)).astype("<i2").tobytes()
        return header + zlib.compress(body + self.powers.astype("<f4").tobytes())

    @staticmethod
    def from_bytes(data: bytes) -> Waveform:
        """Undo `to_bytes`; raises UserError for bytes that it did not write."""
        try:
            return _unpack(data)
        except (struct.error, zlib.error, ValueError) as error:
            raise UserError(
                f"The stored waveform cannot be read: {error}.", "Measure the song again."
            ) from error


class WaveformBuilder:
    """Collects bins, stretch by stretch."""

    def __init__(self) -> None:
        self._bins: list[NDArray[np.int16]] = []
        self._fresh = [np.empty((3, 0), np.float32)]  # not yet in the form in which they are kept
        self._frames = 0

    def feed(self, stretch: Stretch) -> tuple[tuple[int, int], NDArray[np.float32]]:
        """Take the next frames; gives the columns of the bins that they complete, and these bins.

        Bins, shape (3, n), are as `kernels.outline` writes them; those of a song follow each other.
        """
        begun = (stretch.start + stretch.frames) % BIN_FRAMES
        end = stretch.end - (0 if stretch.last else begun)
        columns = stretch.past - stretch.start % BIN_FRAMES, end
        bins = np.empty((3, -(-(columns[1] - columns[0]) // BIN_FRAMES)), np.float32)
        kernels.outline(stretch.samples, columns, bins)
        self._frames += stretch.frames
        self._fresh.append(bins)
        if len(self._fresh) > _AT_ONCE:
            self._store()
        return columns, bins

    def join(self, later: WaveformBuilder) -> None:
        """Take over what another one found in the frames that follow."""
        self._store()
        later._store()
        self._bins += later._bins
        self._frames += later._frames

    def build(self, rate_hz: int, powers: NDArray[np.float64]) -> Waveform:
        """The waveform of all frames so far; `powers` from `loudness.step_powers`."""
        self._store()
        lows, highs, rms = np.concatenate(self._bins, axis=1)
        return Waveform(rate_hz, self._frames, lows, highs, rms, powers.astype(np.float32))

    def _store(self) -> None:
        self._bins.append(_stored(np.concatenate(self._fresh, axis=1)))
        self._fresh = [np.empty((3, 0), np.float32)]


def _stored(bins: NDArray[np.float32]) -> NDArray[np.int16]:
    """Lowest, highest and RMS of each bin, shape (3, n); the extremes are rounded outwards."""
    tracks = np.floor(bins[0] * _FULL), np.ceil(bins[1] * _FULL), np.rint(np.sqrt(bins[2]) * _FULL)
    return np.asarray(np.clip(np.stack(tracks), -_FULL, _FULL), np.int16)


def _reduce(
    tracks: NDArray[np.float32], first: NDArray[np.intp], last: NDArray[np.intp]
) -> NDArray[np.float32]:
    """Bins `first` up to `last` of each column made one, shape (3, columns); zeros where none."""
    start, counts = first[0], np.clip(last, first, tracks.shape[1]) - first
    # One more bin, for reduceat takes no index past the end.
    part = np.pad(tracks[:, start : (first + counts)[-1]], ((0, 0), (0, 1)))
    pairs = np.stack([first, first + counts], axis=1).ravel() - start
    low = np.minimum.reduceat(part[0], pairs)[::2]
    high = np.maximum.reduceat(part[1], pairs)[::2]
    square = np.add.reduceat(part[2], pairs)[::2] / np.maximum(counts, 1)
    return np.where(counts > 0, np.stack([low, high, square]), 0).astype(np.float32)


def _unpack(data: bytes) -> Waveform:
    magic, version, rate_hz, frames, steps = _HEADER.unpack_from(data)
    if (magic, version) != (_MAGIC, _VERSION):
        raise ValueError("it is of another kind or version")
    bins = -(-frames // BIN_FRAMES)
    if not rate_hz or bins > _MOST_BINS or steps > frames * 1000 // (rate_hz * STEP_MS) + 1:
        raise ValueError("its lengths are impossible")
    body = _inflate(data[_HEADER.size :], bins * 6 + steps * 4)
    changes = np.frombuffer(body, "<i2", 3 * bins).reshape(3, bins)
    lows, highs, rms = np.cumsum(changes, axis=1, dtype=np.int16)
    powers = np.frombuffer(body, "<f4", steps, offset=bins * 6).astype(np.float32)
    if not (np.isfinite(powers).all() and (powers >= 0).all() and (lows <= highs).all()):
        raise ValueError("its values are impossible")
    return Waveform(rate_hz, frames, lows, highs, rms, powers)


def _inflate(packed: bytes, length: int) -> bytes:
    inflater = zlib.decompressobj()
    body = inflater.decompress(packed, length + 1)
    if len(body) != length or not inflater.eof or inflater.unused_data:
        raise ValueError("its length is wrong")
    return body
