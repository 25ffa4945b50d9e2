"""The bounce and the reference as stereo sound, piece by piece."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, cast

import numpy as np

from indieartist.audio import kernels
from indieartist.audio.ahead import ahead
from indieartist.audio.decode import audio_info, open_reader, read_blocks, reported
from indieartist.audio.mastering.profile import ProfileBuilder
from indieartist.audio.mastering.scratch import MEMORY_FRAMES
from indieartist.audio.measure import measure_file
from indieartist.audio.sniff import shown
from indieartist.domain.progress import Report, silent
from indieartist.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from indieartist.audio.mastering.control import Sound
    from indieartist.audio.mastering.profile import Profile
    from indieartist.audio.mastering.scratch import Planar
    from indieartist.audio.measure import Analysis
    from indieartist.audio.reader import Samples
    from indieartist.domain.measurement import AudioInfo


class Song:
    """A song to be heard twice: kept in memory while it is short, else decoded again.

    It listens while a file is read or measured (`measure.Listener`), and takes the long-term
    spectrum meanwhile. Mono becomes two equal channels: stores take no mono, hence no master is.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.sample_rate_hz = self.frames = 0
        self._path = path
        self._kept: list[Planar] | None = []
        self._sum = np.zeros(2)

    @classmethod
    def hold(cls, sound: Sound, sample_rate_hz: int) -> Song:
        """The song that is already in memory, (frames, 2)."""
        song = cls()
        song.begin(sample_rate_hz, 2)
        song.feed(sound.T)
        return song

    def begin(self, rate_hz: int, channels: int) -> None:
        """Take note of what will come; UserError for more than two channels."""
        _check_channels(channels, self._path)
        self.sample_rate_hz = rate_hz
        self._tone = ProfileBuilder(rate_hz)

    def feed(self, planar: Planar) -> None:
        """Take the next frames, (1 or 2, n)."""
        self.frames += planar.shape[1]
        self._sum += planar.sum(axis=1, dtype=np.float64)
        self._tone.feed(planar)
        if self._path and self.frames > MEMORY_FRAMES:
            self._kept = None
        if self._kept is not None:
            self._kept.append(_to_stereo(planar))

    @property
    def offset(self) -> NDArray[np.float64]:
        """The mean of left and right, 1.0 = full scale."""
        return np.asarray(self._sum / max(1, self.frames))

    def measure_profile(self) -> Profile:
        """The long-term spectrum."""
        return self._tone.build()

    def take_pieces(self) -> Iterator[Planar]:
        """The whole song as (2, n), piece by piece; once, for what was taken is forgotten."""
        if self._kept is not None:
            self._kept.reverse()
            while self._kept:
                yield self._kept.pop()
        elif self._path:
            with open_reader(self._path) as reader:
                for block in read_blocks(reader, self._path):
                    yield _to_stereo(to_planar(block))

    def close(self) -> None:
        """Forget the samples."""
        self._kept, self._path = None, None


class StoredSong:
    """A song of which tone and offset are known already: its file is decoded beside the work."""

    def __init__(
        self, path: Path, info: AudioInfo, profile: Profile, offset: NDArray[np.float64]
    ) -> None:
        _check_channels(info.channels, path)
        self.sample_rate_hz, self.frames = info.sample_rate_hz, info.frames
        self.offset = offset
        self._path, self._profile = path, profile

    def measure_profile(self) -> Profile:
        """The long-term spectrum."""
        return self._profile

    def take_pieces(self) -> Iterator[Planar]:
        """The whole song as (2, n), piece by piece; raises as `decode.probe` does."""
        with open_reader(self._path) as reader:
            blocks = read_blocks(reader, self._path)
            with closing(ahead(_to_stereo(to_planar(block)) for block in blocks)) as pieces:
                yield from pieces

    def close(self) -> None:
        """Nothing is kept."""


def read_song(path: Path, report: Report = silent) -> tuple[Song, AudioInfo]:
    """The song in a file. Raises as `decode.probe` does, and for more than two channels."""
    song = Song(path)
    with open_reader(path) as reader:
        song.begin(reader.form.sample_rate_hz, reader.form.channels)
        for block in read_blocks(reader, path, report=report):
            song.feed(to_planar(block))
        return song, audio_info(reader, song.frames)


def measure_song(path: Path, report: Report = silent) -> tuple[Song, Analysis]:
    """As `read_song`, and all that is measured of it, in the same pass."""
    song = Song(path)
    return song, measure_file(path, report, listeners=[song])


def read_profile(path: Path, report: Report = silent) -> Profile:
    """The long-term spectrum of a file of one or two channels."""
    with open_reader(path) as reader:
        _check_channels(reader.form.channels, path)
        builder = ProfileBuilder(reader.form.sample_rate_hz)
        with closing(ahead(read_blocks(reader, path))) as blocks:
            for block in reported(blocks, reader.form.promised, report):
                builder.feed(to_planar(block))
        return builder.build()


def to_planar(block: Samples) -> Planar:
    """Frames (n, channels) as the reader gives them, as (channels, n) float32, 1.0 = full scale."""
    planar = np.empty(block.shape[::-1], np.float32)
    block = np.ascontiguousarray(block)
    if block.dtype == np.int32:
        kernels.deinterleave(cast("NDArray[np.int32]", block), planar, 0)
    else:
        kernels.deinterleave_floats(cast("NDArray[np.float32]", block), planar, 0)
    return planar


def _to_stereo(planar: Planar) -> Planar:
    """A copy of one's own, both channels equal where there is one."""
    return np.repeat(planar, 2, axis=0) if len(planar) == 1 else planar.copy()


def _check_channels(channels: int, path: Path | None) -> None:
    if channels > 2:
        raise UserError(
            f"{shown(path) if path else 'The song'} has {channels} channels; a master is made "
            "from one or two.",
            "Export a stereo mixdown.",
        )
