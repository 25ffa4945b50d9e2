"""What a source of the player is read from: samples in memory, or a section laid over another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from indieartist.audio.pages import FileSound
    from indieartist.audio.samples import Samples


class Sound(Protocol):
    """One version of a song at the player's rate, read by frames from any place."""

    @property
    def frames(self) -> int:
        """How long it is."""

    def available(self, start: int) -> int:
        """How many frames from `start` on can be read now; 0 where they are still to come."""

    def read(self, start: int, stop: int) -> Samples:
        """Frames `start`..`stop`, all of them within the sound and available."""

    @property
    def paged(self) -> tuple[FileSound, ...]:
        """The sounds that have to be read from files for this one."""


class MemorySound:
    """Samples (frames, 2) that lie in memory: all of them can be read at any time."""

    paged: tuple[FileSound, ...] = ()

    def __init__(self, samples: Samples) -> None:
        self._samples = samples

    @property
    def frames(self) -> int:
        """How long it is."""
        return len(self._samples)

    def available(self, start: int) -> int:
        """See `Sound.available`."""
        return max(0, self.frames - start)

    def read(self, start: int, stop: int) -> Samples:
        """See `Sound.read`."""
        return self._samples[start:stop]


class PatchedSound:
    """`base` with `patch` in place of its frames from `start` on.

    The first and the last `seam` frames of the patch fade from the base and back to it. What of
    the patch lies before the song or behind its end is not heard.
    """

    def __init__(self, base: Sound, patch: Samples, start: int, seam: int) -> None:
        before = max(0, -start)
        self.base = base
        self._start = start + before
        self._patch = patch[before : max(before, base.frames - start)]
        self._seam = max(1, min(seam, len(self._patch) // 2))

    @property
    def frames(self) -> int:
        """How long it is: as long as the base."""
        return self.base.frames

    @property
    def paged(self) -> tuple[FileSound, ...]:
        """See `Sound.paged`: those of the base."""
        return self.base.paged

    def available(self, start: int) -> int:
        """What is available of the base; within the patch, at least the rest of its middle."""
        ready = self.base.available(start)
        first, last = self._middle
        if first <= start < last and ready < last - start:
            return last - start
        return ready

    def read(self, start: int, stop: int) -> Samples:
        """See `Sound.read`."""
        first, last = self._middle
        if first <= start and stop <= last:
            return self._patch[start - self._start : stop - self._start]
        sound = self.base.read(start, stop)
        inside = max(start, self._start), min(stop, self._start + len(self._patch))
        return sound if inside[0] >= inside[1] else self._laid_over(sound, start, inside)

    @property
    def _middle(self) -> tuple[int, int]:
        """Where the patch sounds alone."""
        return self._start + self._seam, self._start + len(self._patch) - self._seam

    def _laid_over(self, sound: Samples, start: int, inside: tuple[int, int]) -> Samples:
        here = slice(inside[0] - start, inside[1] - start)
        patch = self._patch[inside[0] - self._start : inside[1] - self._start]
        share = self._share(np.arange(*inside) - self._start)[:, None]
        mixed = np.array(sound)
        mixed[here] = np.where(share < 1, sound[here] + (patch - sound[here]) * share, patch)
        return mixed

    def _share(self, places: NDArray[np.int_]) -> NDArray[np.float32]:
        """How much of the patch sounds at these places in it, 0..1."""
        edges = np.minimum(places + 1, len(self._patch) - places)
        return np.minimum(edges / np.float32(self._seam), 1).astype(np.float32)


def all_available(sounds: Iterable[Sound], start: int) -> int:
    """How many frames from `start` on can be read of all; a sound that is over has them all."""
    ready = (sound.available(start) for sound in sounds if start < sound.frames)
    return min(ready, default=1 << 62)
