"""A song over time beside its loudness: true peak, correlation and balance of every 100 ms."""

from __future__ import annotations

import struct
import zlib
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio import kernels
from indieartist.audio.ahead import ahead
from indieartist.audio.decode import open_reader, read_blocks, reported
from indieartist.audio.loudness import MOMENTARY_STEPS, STEP_BINS, windows
from indieartist.audio.mastering.control import decibels, get_block_frames
from indieartist.audio.mastering.peaks import get_detector, get_taps
from indieartist.audio.statistics import Statistics
from indieartist.audio.waveform import STEP_MS
from indieartist.audio.window import Window
from indieartist.domain.progress import Report, silent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.statistics import Levels
    from indieartist.audio.window import Stretch

    Curve = NDArray[np.float32]

SILENT_POWER = 1e-9  # -90 dBFS: below it the noise of a converter has no place in the stereo image
MOST_BALANCE_DB = 60.0
MOST_BLOCK_FRAMES = 256  # in which a peak's place is not known
_PARTS = 255  # of a step: how finely the place of its peak is known
_HEADER = struct.Struct("<4sI")
_MAGIC = b"TRC1"


@dataclass(frozen=True, slots=True, eq=False)
class SongTraces:
    """One value for each whole 100 ms, shape (n,).

    `peak_db` is the highest true peak within the step and `peak_at` where it stands, 0 to 1 of the
    step; correlation and balance (power of left over right in dB) are those of the 400 ms that end
    with the step, NaN where nothing sounds, and the correlation where one side is silent.
    """

    peak_db: Curve
    peak_at: Curve
    correlation: Curve
    balance_db: Curve

    def find_peaks(self, above_dbtp: float, most: int) -> list[tuple[float, float]]:
        """(moment in ms, dBTP) of the steps that peak above, the highest first."""
        found = np.flatnonzero(self.peak_db > above_dbtp)
        order = found[np.argsort(-self.peak_db[found], kind="stable")][:most]
        moments_ms = (order + self.peak_at[order]) * STEP_MS
        return list(zip(moments_ms.tolist(), self.peak_db[order].tolist(), strict=True))

    def to_bytes(self) -> bytes:
        """The traces for storage: about 15 KB for a song of 4 minutes."""
        lines = np.stack([self.peak_db, self.correlation, self.balance_db]).astype("<f2")
        places = np.rint(self.peak_at * _PARTS).astype(np.uint8)
        body = zlib.compress(lines.tobytes() + places.tobytes())
        return _HEADER.pack(_MAGIC, len(self.peak_db)) + body

    @classmethod
    def from_bytes(cls, stored: bytes) -> SongTraces:
        """What `to_bytes` wrote; ValueError for anything else."""
        try:
            mark, steps = _HEADER.unpack_from(stored)
            body = zlib.decompress(stored[_HEADER.size :])
        except (struct.error, zlib.error) as error:
            raise ValueError("not stored traces") from error
        if mark != _MAGIC or len(body) != 7 * steps:
            raise ValueError("not stored traces")
        lines = np.frombuffer(body, "<f2", 3 * steps).reshape(3, steps).astype(np.float32)
        places = np.frombuffer(body, np.uint8, offset=6 * steps).astype(np.float32) / np.float32(
            _PARTS
        )
        return cls(lines[0], places, lines[1], lines[2])


def trace_file(path: Path, report: Report = silent) -> SongTraces:
    """The traces of a song, in one pass; memory grows by 10 MB an hour. Raises as `probe` does."""
    with open_reader(path) as reader:
        form = reader.form
        tracer = _Tracer(form.sample_rate_hz, form.channels)
        window = Window(form.sample_rate_hz, form.channels)
        blocks = read_blocks(reader, path)
        with closing(ahead(blocks)) as coming:
            for stretch in window.cut(reported(coming, form.promised, report)):
                tracer.feed(stretch)
    return tracer.build()


class _Tracer:
    """Takes a song stretch by stretch, and looks at its blocks once all that they need is there."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._rate_hz = rate_hz
        self._statistics = Statistics(rate_hz, channels)
        self._block_frames = min(MOST_BLOCK_FRAMES, 4 * get_block_frames(rate_hz))
        self._taps = get_taps(get_detector(rate_hz))
        lead = self._taps.shape[1] // 2 - 1
        self._waiting = np.zeros((channels, lead), np.float32)
        self._peaks = [np.empty(0, np.float32)]

    def feed(self, stretch: Stretch) -> None:
        """Take the next frames."""
        self._statistics.feed(stretch)
        ending = self._taps.shape[1] + self._block_frames if stretch.last else 0
        silence = np.zeros((len(self._waiting), ending), np.float32)
        self._waiting = np.concatenate([self._waiting, stretch.planar, silence], axis=1)
        blocks = (self._waiting.shape[1] - self._taps.shape[1] + 1) // self._block_frames
        if blocks > 0:
            starts = np.arange(blocks) * self._block_frames
            self._peaks.append(self._find_peaks(starts))
            self._waiting = self._waiting[:, blocks * self._block_frames :].copy()

    def build(self) -> SongTraces:
        """The traces of everything fed."""
        levels = self._statistics.levels
        steps = levels.squares.shape[1] // STEP_BINS
        peak_db, peak_at = self._reduce(np.concatenate(self._peaks), steps)
        return SongTraces(peak_db, peak_at, *_judge_stereo(levels, steps))

    def _find_peaks(self, starts: NDArray[np.int64]) -> Curve:
        """The linear true peak of each block over all channels; the kernel takes two at a time."""
        highest = np.zeros(len(starts), np.float32)
        for first in range(0, len(self._waiting), 2):
            pair = self._waiting[first : first + 2]
            stereo = np.repeat(pair, 2, axis=0) if len(pair) == 1 else np.ascontiguousarray(pair)
            found = np.empty(len(starts), np.float32)
            kernels.find_block_peaks(stereo, starts, self._block_frames, self._taps, found)
            np.maximum(highest, found, out=highest)
        return highest

    def _reduce(self, peaks: Curve, steps: int) -> tuple[Curve, Curve]:
        """The highest block of each step, in dB, and where it stands within the step."""
        if not steps:
            return np.empty(0, np.float32), np.empty(0, np.float32)
        block = self._block_frames * 1000 / (self._rate_hz * STEP_MS)  # its length in steps
        first = np.ceil(np.arange(steps) / block).astype(np.intp)
        ends = np.append(first[1:], len(peaks))  # what fills no step counts to the last one
        highest = np.maximum.reduceat(peaks, first)
        step = np.repeat(np.arange(steps), ends - first)
        hits = np.flatnonzero(peaks[first[0] :] == highest[step])
        places = hits[np.unique(step[hits], return_index=True)[1]]  # the first of each step
        within = (places + 0.5) * block - np.arange(steps)
        return decibels(highest), np.clip(within, 0.0, 1.0).astype(np.float32)


def _judge_stereo(levels: Levels, steps: int) -> tuple[Curve, Curve]:
    """Correlation and balance of the first two channels at each step."""
    if len(levels.squares) < 2:
        return np.full(steps, np.nan, np.float32), np.full(steps, np.nan, np.float32)
    left, right, product = (
        _mean_behind(line, steps) for line in (*levels.squares[:2], levels.products)
    )
    sounding = left + right > SILENT_POWER
    with np.errstate(divide="ignore", invalid="ignore"):
        correlation = np.clip(product / np.sqrt(left * right), -1.0, 1.0)
        balance_db = np.clip(10 * np.log10(left / right), -MOST_BALANCE_DB, MOST_BALANCE_DB)
    both = sounding & (np.minimum(left, right) > 0)
    return (
        np.where(both, correlation, np.nan).astype(np.float32),
        np.where(sounding, balance_db, np.nan).astype(np.float32),
    )


def _mean_behind(bins: Curve, steps: int) -> NDArray[np.float64]:
    """The mean of the 400 ms that end with each step, as if silence came first."""
    means = bins[: steps * STEP_BINS].reshape(steps, STEP_BINS).mean(axis=1, dtype=np.float64)
    return windows(np.concatenate([np.zeros(MOMENTARY_STEPS - 1), means]), MOMENTARY_STEPS)
