"""Where the ear is: the frame and level heard now, a device's latency after they were rendered."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from indieartist.audio.samples import Samples
from indieartist.audio.tape import Loop, Voice

SILENCE_DBFS = -120.0
_MARKS_KEPT = 64


@dataclass(frozen=True, slots=True)
class Levels:
    """Peak and RMS of the left and right channel in dBFS, `SILENCE_DBFS` at the least."""

    peak_dbfs: tuple[float, float] = (SILENCE_DBFS, SILENCE_DBFS)
    rms_dbfs: tuple[float, float] = (SILENCE_DBFS, SILENCE_DBFS)


@dataclass(frozen=True, slots=True)
class Mark:
    """One rendered block: the device's frame count, the song's frame and loop, and the level."""

    count: int
    at_s: float
    frame: int
    moved: int
    loop: Loop | None
    peak: tuple[float, float]
    rms: tuple[float, float]


class Playhead:
    """Marks of the latest blocks: noted by the audio thread, looked up by the screen.

    The marks are one tuple, replaced as a whole, so that no lock is needed.
    """

    def __init__(self, rate_hz: int, clock: Callable[[], float]) -> None:
        self._rate_hz, self._clock = rate_hz, clock
        self._marks: tuple[Mark, ...] = ()
        self._count = 0

    def jumped(self) -> None:
        """Forget the past, so that the screen shows the new place at once."""
        self._marks = ()

    def note(self, block: Samples, voice: Voice) -> None:
        """Remember a block that `voice` has just sounded."""
        left, right = np.abs(block).max(axis=0, initial=0.0).tolist()
        power = np.einsum("ij,ij->j", block, block) / max(len(block), 1)
        rms_left, rms_right = np.sqrt(power).tolist()
        levels = (left, right), (rms_left, rms_right)
        stretch = voice.begun_at, voice.moved, voice.loop
        mark = Mark(self._count, self._clock(), *stretch, *levels)
        self._marks = (*self._marks[1 - _MARKS_KEPT :], mark)
        self._count += len(block)

    def find_frame(self, latency_ms: float) -> int | None:
        """The frame heard now; None before the first block."""
        mark, since = self._find(latency_ms)
        if mark is None:
            return None
        moved = max(0, min(since, mark.moved))
        return mark.loop.after(mark.frame, moved) if mark.loop else mark.frame + moved

    def levels(self, latency_ms: float) -> Levels:
        """Levels of the block heard now."""
        mark, _ = self._find(latency_ms)
        return Levels(_dbfs(mark.peak), _dbfs(mark.rms)) if mark else Levels()

    def _find(self, latency_ms: float) -> tuple[Mark | None, int]:
        """The block heard now, and how many frames of it have been heard."""
        marks = self._marks
        if not marks:
            return None, 0
        seconds = self._clock() - marks[-1].at_s - latency_ms / 1000
        heard = marks[-1].count + round(seconds * self._rate_hz)
        mark = next((mark for mark in reversed(marks) if mark.count <= heard), marks[0])
        return mark, heard - mark.count


def _dbfs(pair: tuple[float, float]) -> tuple[float, float]:
    left, right = (max(SILENCE_DBFS, 20 * math.log10(max(value, 1e-9))) for value in pair)
    return left, right
