"""Measures a song in one pass: loudness, peaks, quality and the picture of its waveform."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.audio.decode import audio_info, open_reader, read_blocks, reported
from indieartist.audio.halves import find_middle, measure_halves
from indieartist.audio.meters import Analysis, Listener, Meters
from indieartist.domain.progress import Report, silent

if TYPE_CHECKING:
    from indieartist.audio.reader import Reader, Samples

__all__ = ["Analysis", "Listener", "measure_file"]


def measure_file(
    path: Path, report: Report = silent, *, threads: int = 2, listeners: Iterable[Listener] = ()
) -> Analysis:
    """Measure a whole song; memory grows by 7 MB for 10 minutes. Raises as `decode.probe` does.

    With two threads a song that can be entered anywhere is measured in two halves at a time; any
    other, and any that `listeners` want to hear from front to back, is decoded on the second one.
    The figures are the same.
    """
    heard = tuple(listeners)
    with open_reader(path) as reader:
        middle = find_middle(reader.form) if threads > 1 and not heard else 0
        if middle:
            meters = measure_halves(path, reader, middle, report)
        else:
            meters = _measure_whole(path, reader, report, ahead=threads > 1, listeners=heard)
        return meters.analysis(audio_info(reader, meters.frames), reader.form)


def _measure_whole(
    path: Path, reader: Reader, report: Report, *, ahead: bool, listeners: Iterable[Listener]
) -> Meters:
    meters = Meters(reader.form.sample_rate_hz, reader.form.channels, listeners=listeners)
    blocks = read_blocks(reader, path)
    # The reader must outlive the thread that reads ahead: `closing` waits for that thread.
    with closing(_ahead(blocks) if ahead else blocks) as coming:
        for block in reported(coming, reader.form.promised, report):
            meters.feed(block)
    meters.finish()
    return meters


def _ahead(blocks: Iterator[Samples]) -> Generator[Samples]:
    """The same blocks, the next one always being decoded on another thread."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        coming = pool.submit(next, blocks, None)
        while (block := coming.result()) is not None:
            coming = pool.submit(next, blocks, None)
            yield block
