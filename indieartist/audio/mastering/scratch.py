"""Room for a song at work: in memory while it is short, else in a file that has no name."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from indieartist.errors import world_error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    Planar = NDArray[np.float32]  # (2, frames), 1.0 = full scale

PAGE_FRAMES = 1 << 16
MEMORY_FRAMES = 24_000_000  # 9 minutes at 44.1 kHz: 192 MB


class Scratch:
    """Stereo sound that grows at its end and can be changed in place, page by page.

    Beyond `memory_frames` it moves to a temporary file in `folder`, which vanishes when the
    scratch does, or the program, however it ends.
    """

    def __init__(self, folder: Path | None = None, memory_frames: int = MEMORY_FRAMES) -> None:
        self.frames = 0
        self._file: BinaryIO | None = None
        self._pages: list[Planar] = []
        self._folder = folder
        self._room = memory_frames

    def __del__(self) -> None:
        self.close()

    def append(self, planar: Planar) -> None:
        """Add frames (2, n) at the end."""
        at = 0
        while at < planar.shape[1]:
            page, first = divmod(self.frames, PAGE_FRAMES)
            length = min(PAGE_FRAMES - first, planar.shape[1] - at)
            self._make_room(page)
            self._write(page, first, planar[:, at : at + length])
            self.frames += length
            at += length

    def trim(self, frames: int) -> None:
        """Forget what lies behind the first `frames`."""
        self.frames = min(self.frames, frames)

    def cut(self, start: int, length: int) -> Planar:
        """A copy of (2, length) frames from `start` on; silence beyond both ends."""
        inside = start >= 0 and start + length <= self.frames
        cut = (np.empty if inside else np.zeros)((2, length), np.float32)
        at, end = max(0, start), min(self.frames, start + length)
        while at < end:
            page, first = divmod(at, PAGE_FRAMES)
            count = min(PAGE_FRAMES - first, end - at)
            self._read(page, first, cut[:, at - start : at - start + count])
            at += count
        return cut

    def rework(self) -> Iterator[tuple[int, Planar]]:
        """Each page as (its first frame, frames (2, n)), to be changed in place."""
        for page in range(-(-self.frames // PAGE_FRAMES)):
            start = page * PAGE_FRAMES
            if not self._file and start + PAGE_FRAMES <= self.frames:
                yield start, self._pages[page]
                continue
            planar = self.cut(start, min(PAGE_FRAMES, self.frames - start))
            yield start, planar
            self._write(page, 0, planar)

    def close(self) -> None:
        """Give the room back."""
        self._pages.clear()
        self.frames = 0
        if self._file:
            self._file.close()
            self._file = None

    def _make_room(self, page: int) -> None:
        if self._file or page < len(self._pages):
            return
        if page * PAGE_FRAMES < self._room:
            self._pages.append(np.empty((2, PAGE_FRAMES), np.float32))
            return
        try:
            self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by close
        except OSError as error:
            raise world_error(error, self._folder or tempfile.gettempdir()) from error
        pages, self._pages = self._pages, []
        for number, planar in enumerate(pages):
            self._write(number, 0, planar)

    def _write(self, page: int, first: int, planar: Planar) -> None:
        if not self._file:
            self._pages[page][:, first : first + planar.shape[1]] = planar
            return
        try:
            for channel, row in enumerate(planar):
                self._file.seek(_place(page, channel, first))
                self._file.write(np.ascontiguousarray(row).data)
        except OSError as error:
            raise world_error(error, self._folder or tempfile.gettempdir()) from error

    def _read(self, page: int, first: int, out: Planar) -> None:
        if not self._file:
            out[:] = self._pages[page][:, first : first + out.shape[1]]
            return
        for channel, row in enumerate(out):
            self._file.seek(_place(page, channel, first))
            row[:] = np.frombuffer(self._file.read(row.nbytes), np.float32)


def _place(page: int, channel: int, first: int) -> int:
    """Where in the file a page's frame stands, in bytes."""
    return ((page * 2 + channel) * PAGE_FRAMES + first) * 4
