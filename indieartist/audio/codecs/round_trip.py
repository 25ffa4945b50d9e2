"""A sound as a listener's decoder gives it: coded, decoded, and aligned to what went in."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.codecs.coding import LOSSLESS
from indieartist.audio.codecs.rates import as_stereo, resampled

if TYPE_CHECKING:
    from indieartist.audio.codecs.coding import Coding
    from indieartist.audio.codecs.rates import Samples

BLOCK_FRAMES = 65_536


def round_trip(
    blocks: Iterable[Samples], channels: int, source_hz: int, coding: Coding
) -> Generator[Samples]:
    """Blocks of shape (n, 2) at `coding.rate_for(source_hz)`, as long as what went in.

    Takes mono or stereo; frame n of the result is frame n of the source, at the coder's rate.
    Close the iterator to stop early. Raises UserError for a coder that is not here.
    """
    coding.check()
    rate_hz = coding.rate_for(source_hz)
    counted = _Counted(map(as_stereo, resampled(blocks, channels, source_hz, rate_hz)))
    position = 0
    for block in _coded(counted, coding, rate_hz):
        # A coder never runs ahead of what it was fed: what is too much is its padding at the end.
        fitting = block[: counted.frames - position]
        position += len(fitting)
        if len(fitting):
            yield fitting
    while position < counted.frames:
        silence = np.zeros((min(counted.frames - position, BLOCK_FRAMES), 2), np.float32)
        position += len(silence)
        yield silence


def _coded(blocks: Iterable[Samples], coding: Coding, rate_hz: int) -> Iterator[Samples]:
    if coding.codec == LOSSLESS:
        yield from blocks
    elif coding.codec == "vorbis":
        from indieartist.audio.codecs.vorbis import code_vorbis

        yield from code_vorbis(blocks, coding.kbps, rate_hz)
    else:
        from indieartist.audio.codecs.packets import code_packets

        yield from _gathered(code_packets(blocks, coding, rate_hz))


def _gathered(blocks: Iterable[Samples]) -> Iterator[Samples]:
    """The same sound in larger blocks: a packet holds a fiftieth of a second."""
    ready: list[Samples] = []
    count = 0
    for block in blocks:
        ready.append(block)
        count += len(block)
        if count >= BLOCK_FRAMES:
            yield np.concatenate(ready)
            ready, count = [], 0
    if ready:
        yield np.concatenate(ready)


class _Counted:
    """Blocks that pass by, and how many frames have."""

    def __init__(self, blocks: Iterable[Samples]) -> None:
        self._blocks = blocks
        self.frames = 0

    def __iter__(self) -> Iterator[Samples]:
        for block in self._blocks:
            self.frames += len(block)
            yield block
