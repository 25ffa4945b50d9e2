"""Measures a song in one pass: loudness, peaks, quality and the picture of its waveform."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.audio.ahead import ahead
from indieartist.audio.decode import audio_info, open_reader, read_blocks, reported
from indieartist.audio.halves import find_middle, measure_halves
from indieartist.audio.meters import Analysis, Listener, Meters
from indieartist.domain.progress import Report, silent

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from indieartist.audio.reader import Reader, Samples

__all__ = ["Analysis", "Listener", "measure_file"]


def measure_file(
    path: Path, report: Report = silent, *, threads: int = 2, listeners: Iterable[Listener] = ()
) -> Analysis:
    """Measure a whole song; memory grows by 7 MB for 10 minutes. Raises as `decode.probe` does.

    With two threads a song that can be entered anywhere is measured in two halves at a time; any
    other is decoded on the second one. `listeners` hear a song from front to back, on this thread,
    while the other one decodes and measures. The figures are the same.
    """
    heard = tuple(listeners)
    with open_reader(path) as reader:
        middle = find_middle(reader.form) if threads > 1 and not heard else 0
        if middle:
            meters = measure_halves(path, reader, middle, report)
        elif heard and threads > 1:
            meters = _measure_beside(path, reader, report, heard)
        else:
            meters = _measure_whole(path, reader, report, beside=threads > 1, listeners=heard)
        return meters.analysis(audio_info(reader, meters.frames), reader.form)


def _measure_whole(
    path: Path, reader: Reader, report: Report, *, beside: bool, listeners: Iterable[Listener]
) -> Meters:
    meters = Meters(reader.form.sample_rate_hz, reader.form.channels, listeners=listeners)
    blocks = read_blocks(reader, path)
    # The reader must outlive the thread that reads ahead: `closing` waits for that thread.
    with closing(ahead(blocks) if beside else blocks) as coming:
        for block in reported(coming, reader.form.promised, report):
            meters.feed(block)
    meters.finish()
    return meters


def _measure_beside(
    path: Path, reader: Reader, report: Report, listeners: tuple[Listener, ...]
) -> Meters:
    copies = _Copies(listeners)
    meters = Meters(reader.form.sample_rate_hz, reader.form.channels, listeners=[copies])
    with closing(ahead(copies.of(read_blocks(reader, path), meters))) as stretches:
        for stretch in reported(stretches, reader.form.promised, report):
            for listener in listeners:
                listener.feed(stretch.T)
    return meters


class _Copies:
    """A listener that copies what it hears, for those on another thread."""

    def __init__(self, listeners: Iterable[Listener]) -> None:
        self._listeners = listeners
        self._waiting: list[NDArray[np.float32]] = []

    def begin(self, rate_hz: int, channels: int) -> None:
        """Make those others ready for a song."""
        for listener in self._listeners:
            listener.begin(rate_hz, channels)

    def feed(self, planar: NDArray[np.float32]) -> None:
        """Keep the next frames."""
        self._waiting.append(planar.copy().T)

    def of(self, blocks: Iterator[Samples], meters: Meters) -> Iterator[NDArray[np.float32]]:
        """Measure the blocks, and give the frames as far as they are measured, (n, channels)."""
        for block in blocks:
            meters.feed(block)
            yield from self._taken()
        meters.finish()
        yield from self._taken()

    def _taken(self) -> list[NDArray[np.float32]]:
        taken, self._waiting = self._waiting, []
        return taken
