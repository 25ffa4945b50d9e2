"""Reads WAV, AIFF, FLAC, MP3 and Ogg through libsndfile."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, BinaryIO

import soundfile

from indieartist.audio.promise import xing_bytes
from indieartist.audio.reader import DamagedError, Form
from indieartist.audio.sniff import EXPORT_HINT, id3_bytes
from indieartist.errors import UserError

if TYPE_CHECKING:
    from indieartist.audio.reader import Samples

_CODECS = {"VORBIS": "vorbis", "OPUS": "opus", "MPEG_LAYER_III": "mp3"}
_PCM_BITS = {"PCM_S8": 8, "PCM_U8": 8, "PCM_16": 16, "PCM_24": 24, "PCM_32": 32}
_FLOAT_BITS = {"FLOAT": 32, "DOUBLE": 64}
_PIECE_FRAMES = 4096
_OGG_PAGE_FRAMES = 1 << 18  # seeks into Vorbis' last page land beside it: libvorbis 1.3.7


class SoundfileReader:
    """A `Reader` of one open file."""

    def __init__(self, file: BinaryIO, container: str, name: str) -> None:
        bare = container == "mp3" and not xing_bytes(file, id3_bytes(file))
        self._file, self._size = file, file.seek(0, os.SEEK_END)
        self._sound = _open(file, name)
        kind = self._sound.subtype
        codec = _codec(container, kind)
        promised = None if bare else self._sound.frames  # of a bare MP3 it is a guess
        self.form = Form(
            container=container,
            codec=codec,
            sample_rate_hz=self._sound.samplerate,
            channels=self._sound.channels,
            bits=(_PCM_BITS | _FLOAT_BITS).get(kind),
            integers=kind in _PCM_BITS,
            promised=promised,
            exact=codec != "mp3",
        )

    def read(self, frames: int) -> Samples:
        """The next frames; see `Reader.read`."""
        block = self.form.empty(frames)
        start = self._sound.tell()
        try:
            return block[: len(self._sound.read(out=block))]
        except soundfile.LibsndfileError as error:
            return block[: self._read_again(block, start, error)]

    def _read_again(self, block: Samples, start: int, error: soundfile.LibsndfileError) -> int:
        """How many frames come before an error: libsndfile drops what it finds half read."""
        done = 0
        try:
            self._sound.seek(start)
            while piece := len(self._sound.read(out=block[done : done + _PIECE_FRAMES])):
                done += piece
        except soundfile.LibsndfileError as found:
            error = found
        # A FLAC cut off loses its sync at the end of the file: that is an end, too early.
        if not (self.form.promised and self._file.tell() == self._size):
            raise DamagedError(_reason(error)) from error
        return done

    def seek(self, frame: int) -> None:
        """Go to a frame; see `Reader.seek`."""
        target = frame = min(frame, self._sound.frames)
        if self.form.codec == "vorbis":
            target = min(frame, max(0, self._sound.frames - _OGG_PAGE_FRAMES))
        try:
            self._sound.seek(target)
        except soundfile.LibsndfileError as error:
            raise DamagedError(_reason(error)) from error
        if frame > target:
            self.read(frame - target)

    def close(self) -> None:
        """Let go of the decoder."""
        self._sound.close()


def _open(file: BinaryIO, name: str) -> soundfile.SoundFile:
    file.seek(0)
    # On Windows libsndfile has its own C runtime, to which Python's descriptors mean nothing.
    source = file if os.name == "nt" else file.fileno()
    try:
        return soundfile.SoundFile(source, closefd=False)
    except soundfile.LibsndfileError as error:
        raise UserError(f"{name} is damaged: {_reason(error)}.", EXPORT_HINT) from error


def _reason(error: soundfile.LibsndfileError) -> str:
    text = str(error.error_string).removeprefix("Error : ").strip().rstrip(".")
    return f"{text[:1].lower()}{text[1:]}"


def _codec(container: str, kind: str) -> str:
    if kind in _PCM_BITS:
        return "flac" if container in {"flac", "ogg"} else "pcm"
    return "float" if kind in _FLOAT_BITS else _CODECS.get(kind, kind.lower())
