"""Sounds that are read from their files in pages, as the player comes to them."""

from __future__ import annotations

import weakref
from contextlib import ExitStack
from math import gcd
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.decode import open_reader, to_float
from indieartist.audio.reader import DamagedError
from indieartist.audio.samples import check_channels, without_gaps
from indieartist.audio.sniff import shown
from indieartist.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from indieartist.audio.reader import Reader
    from indieartist.audio.samples import Samples
    from indieartist.domain.measurement import AudioInfo

PAGE_FRAMES = 65_536  # 1.5 s at 44.1 kHz: about 5 ms of decoding
_MARGIN_FRAMES = 4096  # what a resampler hears beyond the edges of a page, at the file's rate


class FileSound:
    """A file at `rate_hz`, of which only some pages lie in memory; other rates are resampled.

    One thread calls `load`, `drop` and `close`; `available` and `read` may be called by another.
    `info` is what the file was found to be. A file that cannot be read on is silent from there,
    and `failure` says why. Raises UserError for what is neither mono nor stereo.
    """

    def __init__(self, path: Path, info: AudioInfo, rate_hz: int, name: str) -> None:
        check_channels(info.channels, name)
        shared = gcd(info.sample_rate_hz, rate_hz)
        self._up, self._down = rate_hz // shared, info.sample_rate_hz // shared
        self._rates_hz = info.sample_rate_hz, rate_hz
        self.page_frames = -(-PAGE_FRAMES // self._up) * self._up
        self.page_bytes = self.page_frames * info.channels * 4
        self.frames = round(info.frames * self._up / self._down)
        self.failure: BaseException | None = None
        self._pages: dict[int, Samples] = {}
        self._spool = _Spool(path, info)

    @property
    def paged(self) -> tuple[FileSound, ...]:
        """See `Sound.paged`."""
        return (self,)

    @property
    def loaded(self) -> frozenset[int]:
        """The numbers of the pages that lie in memory."""
        return frozenset(self._pages)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.frames // self.page_frames)

    def available(self, start: int) -> int:
        """See `Sound.available`; looks ahead by two pages."""
        if self.failure is not None:
            return max(0, self.frames - start)
        page, end = start // self.page_frames, start
        while page in self._pages and end < start + self.page_frames:
            page += 1
            end = min(page * self.page_frames, self.frames)
        return end - start

    def read(self, start: int, stop: int) -> Samples:
        """See `Sound.read`; what is not in memory is silent."""
        pieces = [
            self._piece(page, start, stop)
            for page in range(start // self.page_frames, -(-stop // self.page_frames))
        ]
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)

    def _piece(self, page: int, start: int, stop: int) -> Samples:
        """What of a page lies in `start`..`stop`, in stereo."""
        begin = page * self.page_frames
        first, last = max(start - begin, 0), min(stop - begin, self.page_frames)
        samples = self._pages.get(page)
        if samples is None or len(samples) < last:
            return np.zeros((last - first, 2), np.float32)
        return np.broadcast_to(samples[first:last], (last - first, 2))

    def load(self, page: int) -> None:
        """Read a page into memory; raises UserError or WorldError where that cannot be done."""
        if page in self._pages or not 0 <= page < self.pages:
            return
        try:
            self._pages[page] = self._decoded(page)
        except Exception as error:
            self.failure = error
            raise

    def drop(self, page: int) -> None:
        """Forget a page."""
        self._pages.pop(page, None)

    def close(self) -> None:
        """Let the file go; a later `load` opens it again."""
        self._spool.close()

    def _decoded(self, page: int) -> Samples:
        wanted = min(self.page_frames, self.frames - page * self.page_frames)
        first = page * self.page_frames * self._down // self._up
        count = self.page_frames * self._down // self._up
        if self._up == self._down:
            return _as_long(self._spool.read(first, first + count), wanted)
        import soxr

        # Both edges lie on whole frames of both rates, so that all pages have one phase.
        margin = -(-_MARGIN_FRAMES // self._down) * self._down
        before = min(margin, first)
        sound = self._spool.read(first - before, first + count + margin)
        turned = soxr.resample(sound, *self._rates_hz)
        return _as_long(turned[before * self._up // self._down :], wanted)


class _Spool:
    """A file read mostly forwards: what was read last is kept, so that stretches may overlap."""

    def __init__(self, path: Path, info: AudioInfo) -> None:
        self._path, self._rate_hz = path, info.sample_rate_hz
        self._reader: Reader | None = None
        self._farewell: Callable[[], object] = bool  # closes the file, also of a spool that is lost
        self._last = np.empty((0, info.channels), np.float32)
        self._at = 0  # of the reader: behind the last frame of what is kept

    def read(self, start: int, stop: int) -> Samples:
        """Frames `start`..`stop`, shape (n, channels); fewer at the end of the file."""
        reader = self._reader or self._open()
        try:
            kept = self._kept(start)
            if kept is None:
                reader.seek(start)
                self._at, kept = start, self._last[:0]
            sound = self._read_on(reader, kept, stop)
        except DamagedError as error:
            at_s = self._at / self._rate_hz
            raise UserError(
                f"{shown(self._path)} cannot be played after {at_s:.0f} s: {error}.",
                "Copy or download it again, or export the song again.",
            ) from error
        self._last = sound
        return sound[: stop - start]

    def _kept(self, start: int) -> Samples | None:
        """What is kept from `start` on; None where the reader has to be sent there."""
        begun = self._at - len(self._last)
        return self._last[start - begun :] if begun <= start <= self._at else None

    def _read_on(self, reader: Reader, kept: Samples, stop: int) -> Samples:
        pieces = [kept]
        while self._at < stop and len(block := reader.read(stop - self._at)):
            pieces.append(without_gaps(to_float(block)))
            self._at += len(block)
        return np.concatenate(pieces)

    def _open(self) -> Reader:
        held = ExitStack()
        self._reader = held.enter_context(open_reader(self._path))
        self._farewell = weakref.finalize(self, held.close)
        self._at, self._last = 0, self._last[:0]
        return self._reader

    def close(self) -> None:
        """Let the file go."""
        self._farewell()
        self._reader = None


def _as_long(samples: Samples, frames: int) -> Samples:
    """The same samples with that many frames: a file may be a frame shorter than it was found."""
    missing = max(0, frames - len(samples))
    whole = np.pad(samples, ((0, missing), (0, 0))) if missing else samples[:frames]
    return np.array(whole, np.float32)
