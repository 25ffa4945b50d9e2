"""The bounce and the reference as stereo sound, piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from indieartist.audio import kernels
from indieartist.audio.decode import audio_info, open_reader, read_blocks
from indieartist.audio.mastering.profile import ProfileBuilder
from indieartist.audio.mastering.scratch import MEMORY_FRAMES
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
    from indieartist.audio.reader import Form, Samples
    from indieartist.domain.measurement import AudioInfo


class Song:
    """A song to be heard more than once: kept in memory while it is short, else decoded again.

    `offset` is the mean of left and right; `sample_rate_hz`, `frames` and `profile` say the rest.
    """

    def __init__(self, sample_rate_hz: int, path: Path | None = None) -> None:
        self.sample_rate_hz = sample_rate_hz
        self.frames = 0
        self._path = path
        self._kept: list[Planar] | None = []
        self._sum = np.zeros(2)
        self._tone = ProfileBuilder(sample_rate_hz)

    @classmethod
    def hold(cls, sound: Sound, sample_rate_hz: int) -> Song:
        """The song that is already in memory, (frames, 2)."""
        song = cls(sample_rate_hz)
        song._take(np.ascontiguousarray(sound.T, np.float32))
        return song

    @property
    def offset(self) -> NDArray[np.float64]:
        """The mean of left and right, 1.0 = full scale."""
        return np.asarray(self._sum / max(1, self.frames))

    def measure_profile(self) -> Profile:
        """The long-term spectrum."""
        return self._tone.build()

    def pieces(self) -> Iterator[Planar]:
        """The whole song as (2, n), piece by piece."""
        if self._kept is not None:
            yield from self._kept
        elif self._path:
            with open_reader(self._path) as reader:
                for block in read_blocks(reader, self._path):
                    yield to_planar(block)

    def close(self) -> None:
        """Forget the samples."""
        self._kept, self._path = None, None

    def _take(self, planar: Planar) -> None:
        self.frames += planar.shape[1]
        self._sum += planar.sum(axis=1, dtype=np.float64)
        self._tone.feed(planar)
        if self._path and self.frames > MEMORY_FRAMES:
            self._kept = None
        if self._kept is not None:
            self._kept.append(planar)


def read_song(path: Path, report: Report = silent) -> tuple[Song, AudioInfo]:
    """The song in a file; mono becomes two equal channels.

    Stores take no mono, hence no master is mono. Raises UserError for more than two channels, and
    as `decode.probe` does.
    """
    with open_reader(path) as reader:
        _check_form(reader.form, path)
        song = Song(reader.form.sample_rate_hz, path)
        for block in read_blocks(reader, path, report=report):
            song._take(to_planar(block))
        return song, audio_info(reader, song.frames)


def read_profile(path: Path, report: Report = silent) -> Profile:
    """The long-term spectrum of a file of one or two channels."""
    with open_reader(path) as reader:
        _check_form(reader.form, path)
        builder = ProfileBuilder(reader.form.sample_rate_hz)
        for block in read_blocks(reader, path, report=report):
            builder.feed(to_planar(block))
        return builder.build()


def to_planar(block: Samples) -> Planar:
    """Frames (n, 1 or 2) as the reader gives them, as (2, n) float32, 1.0 = full scale."""
    channels = block.shape[1]
    planar = np.empty((channels, len(block)), np.float32)
    if block.dtype == np.int32:
        kernels.deinterleave(cast("NDArray[np.int32]", block), planar, 0)
    else:
        planar[:] = block.T
    return planar if channels == 2 else np.repeat(planar, 2, axis=0)


def _check_form(form: Form, path: Path) -> None:
    if form.channels > 2:
        raise UserError(
            f"{shown(path)} has {form.channels} channels; a master is made from one or two.",
            "Export a stereo mixdown.",
        )
