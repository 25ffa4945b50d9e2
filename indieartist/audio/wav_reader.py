"""Reads the samples of a 16- or 24-bit WAV itself: libsndfile takes six times as long."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, BinaryIO, cast

import numpy as np

from indieartist.audio import kernels
from indieartist.audio.promise import find_wav_sound
from indieartist.audio.reader import DamagedError

if TYPE_CHECKING:
    from io import FileIO

    from numpy.typing import NDArray

    from indieartist.audio.reader import Form, Reader, Samples


class WavReader:
    """A `Reader` of an open file whose samples are at `offset`, two or three bytes each."""

    def __init__(self, file: BinaryIO, form: Form, offset: int) -> None:
        self.form = form
        self._file, self._offset = cast("FileIO", file), offset
        self._frame_bytes = (form.bits or 0) // 8 * form.channels
        self._packed = np.empty(0, np.uint8)
        self._left = 0  # frames that the header promises and that were not read yet
        self.seek(0)

    def read(self, frames: int) -> Samples:
        """The next frames; see `Reader.read`."""
        frames = min(frames, self._left)
        packed = self._read_bytes(frames * self._frame_bytes)
        count = len(packed) // self._frame_bytes
        self._left = self._left - count if count == frames else 0
        block = cast("NDArray[np.int32]", self.form.empty(count))
        unpack(packed[: count * self._frame_bytes], block)
        return block

    def seek(self, frame: int) -> None:
        """Go to a frame; see `Reader.seek`."""
        promised = self.form.promised or 0
        frame = min(frame, promised)
        self._left = promised - frame
        self._file.seek(self._offset + frame * self._frame_bytes)

    def close(self) -> None:
        """Nothing is held but the file, which is its opener's."""

    def _read_bytes(self, length: int) -> NDArray[np.uint8]:
        """The next bytes, overwritten by those after them; fewer where the file ends."""
        if len(self._packed) < length:
            self._packed = np.empty(length, np.uint8)
        room, done = self._packed[:length], 0
        try:
            while done < length and (got := self._file.readinto(room[done:].data)):
                done += got
        except OSError as error:
            raise DamagedError(error.strerror or "it cannot be read") from error
        return room[:done]


def unpack(packed: NDArray[np.uint8], block: NDArray[np.int32]) -> None:
    """Samples of two or three bytes, lowest first, as `block` has them: its highest bit is full."""
    if packed.size == 3 * block.size:
        kernels.unpack_24(packed, block)
    else:
        np.left_shift(packed.view("<i2").reshape(block.shape), 16, out=block, dtype=np.int32)


def find_wav_reader(file: BinaryIO, decoder: Reader) -> WavReader | None:
    """A quicker reader of the file whose header `decoder` has read; None for any other kind."""
    form = decoder.form
    if not (form.container in {"wav", "rf64"} and form.codec == "pcm" and form.bits in {16, 24}):
        return None
    sound = find_wav_sound(file, file.seek(0, os.SEEK_END))
    if sound is None or sound.bytes_per_s != form.bits // 8 * form.channels * form.sample_rate_hz:
        return None
    return WavReader(file, form, sound.offset)
