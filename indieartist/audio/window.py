"""The part of a song that the meters look at: planar samples, with what came before them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from indieartist.audio import kernels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.reader import Samples

LONG_S, SHORT_S = 4, 1  # whole seconds: 10-ms bins begin with them at any sample rate
_LONG_SAMPLES_PER_S = 1_600_000  # 8 channels of 192 kHz; more than that, and memory matters
DECAY_S = 0.15  # by then the K filter's impulse response has decayed to 1e-15
SPARE_FRAMES = 64  # of silence after the song, into which the meters look


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """The next frames of a song, in the columns from `past` on; before them, what came before."""

    samples: NDArray[np.float32]  # (channels, columns): contiguous, and overwritten afterwards
    past: int
    start: int  # number of the first frame in the song
    frames: int
    last: bool  # after it comes nothing; SPARE_FRAMES of silence follow

    @property
    def end(self) -> int:
        """The column after its last frame."""
        return self.past + self.frames

    @property
    def planar(self) -> NDArray[np.float32]:
        """Its own frames, shape (channels, frames)."""
        return self.samples[:, self.past : self.end]


class Window:
    """Cuts blocks of any size into stretches of equal length, counted from the song's beginning.

    So every figure depends on the samples alone, not on how they were read.
    """

    def __init__(self, rate_hz: int, channels: int, start: int = 0) -> None:
        self.past = past_frames(rate_hz)
        self.frames = stretch_frames(rate_hz, channels)
        columns = self.past + self.frames + SPARE_FRAMES
        self._samples = np.zeros((channels, columns), np.float32)
        self._start, self._filled = start, 0
        self.bits = 0  # all whole-number samples so far, joined by OR

    def prime(self, block: Samples) -> None:
        """Take the frames right before the first one; where there are fewer, silence came first."""
        kept = block[-self.past :]
        self._write(kept, self.past - len(kept))
        self.bits = 0

    def feed(self, block: Samples) -> Iterator[Stretch]:
        """Take the next frames, shape (n, channels); gives each stretch that they fill."""
        done = 0
        while done < len(block):
            piece = block[done : done + self.frames - self._filled]
            self._write(piece, self.past + self._filled)
            self._filled += len(piece)
            done += len(piece)
            if self._filled == self.frames:
                yield self._stretch(last=False)
                self._move_on()

    def finish(self) -> Stretch:
        """What is left, as the song's last stretch; it may be of no frames."""
        end = self.past + self._filled
        self._samples[:, end : end + SPARE_FRAMES] = 0
        return self._stretch(last=True)

    def cut(self, blocks: Iterable[Samples]) -> Iterator[Stretch]:
        """All stretches of these blocks and what is left; each is overwritten by the next."""
        for block in blocks:
            yield from self.feed(block)
        yield self.finish()

    def _stretch(self, last: bool) -> Stretch:
        return Stretch(self._samples, self.past, self._start, self._filled, last)

    def _move_on(self) -> None:
        end = self.past + self.frames
        self._samples[:, : self.past] = self._samples[:, end - self.past : end]
        self._start += self.frames
        self._filled = 0

    def _write(self, block: Samples, column: int) -> None:
        block = np.ascontiguousarray(block)
        if block.dtype == np.int32:
            self.bits |= kernels.deinterleave(
                cast("NDArray[np.int32]", block), self._samples, column
            )
        else:
            kernels.deinterleave_floats(cast("NDArray[np.float32]", block), self._samples, column)


def past_frames(rate_hz: int) -> int:
    """How much of what came before is kept: as long as the K filter remembers."""
    return math.ceil(DECAY_S * rate_hz)


def stretch_frames(rate_hz: int, channels: int) -> int:
    """Length of a stretch: whole seconds."""
    long = rate_hz * channels <= _LONG_SAMPLES_PER_S
    return rate_hz * (LONG_S if long else SHORT_S)
