"""Measures a song in two halves at a time, for nothing in a figure tells where it was cut."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from indieartist.audio.decode import open_reader, read_blocks
from indieartist.audio.meters import Meters
from indieartist.audio.reader import DamagedError
from indieartist.audio.window import past_frames, stretch_frames
from indieartist.domain.progress import Report

if TYPE_CHECKING:
    from indieartist.audio.reader import Form, Reader, Samples

_ENTERED = {"wav", "rf64", "aiff", "flac"}  # containers in which a seek finds the very sample
_REPORTS = 40
_WAIT_S = 0.05


def find_middle(form: Form) -> int:
    """The frame at which the second half begins; 0 where a song is better measured in one."""
    if not (form.container in _ENTERED and form.exact and form.lossless and form.promised):
        return 0
    stretch = stretch_frames(form.sample_rate_hz, form.channels)
    return form.promised // 2 // stretch * stretch


def measure_halves(path: Path, reader: Reader, middle: int, report: Report) -> Meters:
    """Measure from the start to the middle here, and from there to the end on another thread.

    Where the file cannot be entered at its middle the first reader goes on to the end.
    """
    tally, stop = _Tally(reader.form.promised or 1, report), Event()
    with ThreadPoolExecutor(max_workers=1) as pool:
        second = pool.submit(_measure_second, path, middle, tally, stop)
        try:
            meters = Meters(reader.form.sample_rate_hz, reader.form.channels)
            _feed(meters, tally.told(read_blocks(reader, path, span=(0, middle)), 0))
            later = tally.wait_for(second)
            if later is None:
                _feed(meters, tally.told(read_blocks(reader, path, span=(middle, None)), 0))
                meters.finish()
        finally:
            stop.set()
    if later is not None:
        meters.join(later)
    report(1.0)
    return meters


def _measure_second(path: Path, middle: int, tally: _Tally, stop: Event) -> Meters | None:
    """What is in the file from its middle on; None where it cannot be entered there."""
    with open_reader(path) as reader:
        past = past_frames(reader.form.sample_rate_hz)
        try:
            reader.seek(middle - past)
            before = reader.read(past)
        except DamagedError:
            return None
        if len(before) < past:
            return None
        meters = Meters(reader.form.sample_rate_hz, reader.form.channels, start=middle)
        meters.prime(before)
        for block in tally.counted(read_blocks(reader, path, span=(middle, None)), 1):
            if stop.is_set():
                return None
            meters.feed(block)
        meters.finish()
        return meters


def _feed(meters: Meters, blocks: Iterator[Samples]) -> None:
    for block in blocks:
        meters.feed(block)


class _Tally:
    """How far both halves have come; only the first one's thread reports it."""

    def __init__(self, frames: int, report: Report) -> None:
        self._done = [0, 0]
        self._frames, self._report = frames, report
        self._due = 0.0

    def counted(self, blocks: Iterator[Samples], half: int) -> Iterator[Samples]:
        """The same blocks of a half, and count them."""
        for block in blocks:
            self._done[half] += len(block)
            yield block

    def told(self, blocks: Iterator[Samples], half: int) -> Iterator[Samples]:
        """The same, and report now and then."""
        for block in self.counted(blocks, half):
            self._tell()
            yield block

    def wait_for(self, second: Future[Meters | None]) -> Meters | None:
        """Its result, while reporting; raises what it raised."""
        while not wait([second], _WAIT_S).done:
            self._tell()
        return second.result()

    def _tell(self) -> None:
        fraction = min(1.0, sum(self._done) / self._frames)
        if fraction >= self._due:
            self._report(fraction)
            self._due = fraction + 1 / _REPORTS
