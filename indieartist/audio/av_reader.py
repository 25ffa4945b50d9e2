"""Reads what libsndfile cannot, ALAC and AAC in MP4 or ADTS, odd MP3 and FLAC, through FFmpeg."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import TYPE_CHECKING, BinaryIO

import av
import numpy as np

from indieartist.audio.reader import DamagedError, Form
from indieartist.audio.sniff import EXPORT_HINT
from indieartist.errors import UserError

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

    from indieartist.audio.reader import Samples

_DEMUXERS = {"mp4": "mov", "adts": "aac", "mp3": "mp3", "flac": "flac"}
_LOCKED_TAGS = {"drms", "drmi", "enca", "aavd"}
_ALAC_BITS_AT = 17  # of the decoder's configuration: Apple's "ALAC magic cookie"
_PREROLL_FRAMES = 8192  # AAC overlaps two packets, and seeks land on packets


class AvReader:
    """A `Reader` of the first sound in one open file."""

    def __init__(self, file: BinaryIO, container: str, name: str) -> None:
        self._file, self._name, self._demuxer = file, name, _DEMUXERS[container]
        self._container, self._stream = self._open()
        first = self._first_frame()
        self._format = (first.format.name, first.sample_rate, first.layout.nb_channels)
        codec, bits = _codec(self._stream)
        self.form = Form(
            container=container,
            codec=codec,
            sample_rate_hz=first.sample_rate,
            channels=first.layout.nb_channels,
            bits=bits,
            integers=first.format.name[0] in "su",
            promised=_length(self._stream, first.sample_rate) if container == "mp4" else None,
            exact=False,
        )
        self._ready: list[Samples] = []
        self._ready_frames = 0
        self.seek(0)

    def read(self, frames: int) -> Samples:
        """The next frames; see `Reader.read`."""
        while self._ready_frames < frames and (block := next(self._blocks, None)) is not None:
            self._ready.append(block)
            self._ready_frames += len(block)
        joined: Samples = np.concatenate(self._ready)
        self._ready, self._ready_frames = [joined[frames:]], len(joined[frames:])
        return joined[:frames]

    def seek(self, frame: int) -> None:
        """Go to a frame; see `Reader.seek`."""
        self.close()
        self._container, self._stream = self._open()
        # ADTS and MP3 have no index to trust: they are read from their start.
        target = max(0, frame - _PREROLL_FRAMES) if self.form.container == "mp4" else 0
        if target and self._stream.time_base:
            offset = int(target / self.form.sample_rate_hz / self._stream.time_base)
            try:
                self._container.seek(offset, stream=self._stream)
            except av.FFmpegError as error:
                raise DamagedError(_reason(error)) from error
        self._blocks = self._decode(frame, sought=target > 0)
        self._ready, self._ready_frames = [self.form.empty(0)], 0

    def close(self) -> None:
        """Let go of the decoder."""
        self._container.close()

    def _open(self) -> tuple[InputContainer, AudioStream]:
        self._file.seek(0)
        try:
            container = av.open(self._file, "r", format=self._demuxer)
        except (av.FFmpegError, ValueError) as error:
            raise UserError(f"{self._name} is damaged: {_reason(error)}.", EXPORT_HINT) from error
        if not container.streams.audio:
            raise UserError(f"{self._name} holds no sound.", EXPORT_HINT)
        return container, container.streams.audio[0]

    def _first_frame(self) -> AudioFrame:
        if self._stream.codec_context.codec_tag in _LOCKED_TAGS:
            raise UserError(
                f"{self._name} is locked by the copy protection of the store that sold it.",
                "Use the bounce from your DAW.",
            )
        try:
            return next(self._container.decode(self._stream))
        except StopIteration:
            raise UserError(f"{self._name} holds no sound.", EXPORT_HINT) from None
        except (av.FFmpegError, ValueError) as error:
            raise UserError(f"{self._name} is damaged: {_reason(error)}.", EXPORT_HINT) from error

    def _decode(self, start: int, sought: bool) -> Iterator[Samples]:
        """Blocks from frame `start` on; the coder's padding behind the promised end is cut."""
        position, promised = None, self.form.promised
        for frame, following in pairwise(chain(self._frames(), (None,))):
            assert frame is not None
            if position is None:
                position = self._position(frame) if sought else 0
            block = self._samples(frame)
            end = position + len(block)
            if following is None and promised and position < promised < end:
                block = block[: promised - position]
            yield block[max(0, start - position) :]
            position = end

    def _frames(self) -> Iterator[AudioFrame]:
        try:
            for frame in self._container.decode(self._stream):
                if (frame.format.name, frame.sample_rate, frame.layout.nb_channels) != self._format:
                    raise DamagedError("the sound's format changes in the middle")
                yield frame
        except (av.FFmpegError, ValueError) as error:
            raise DamagedError(_reason(error)) from error

    def _position(self, frame: AudioFrame) -> int:
        if frame.pts is None or frame.time_base is None:
            raise DamagedError("its packets carry no time")
        return round(frame.pts * frame.time_base * self.form.sample_rate_hz)

    def _samples(self, frame: AudioFrame) -> Samples:
        array = frame.to_ndarray()
        array = array.T if frame.format.is_planar else array.reshape(-1, self.form.channels)
        if not self.form.integers:
            return array.astype(np.float32)
        if array.dtype == np.uint8:
            array = array.astype(np.int16) - 128
        unused = 32 - frame.format.bits
        return array.astype(np.int32) << unused


def _codec(stream: AudioStream) -> tuple[str, int | None]:
    """The codec's name, and its bits per sample where it is lossless."""
    context = stream.codec_context
    name = {"mp3float": "mp3", "libopus": "opus"}.get(context.name, context.name)
    if name == "alac" and context.extradata and len(context.extradata) > _ALAC_BITS_AT:
        return name, context.extradata[_ALAC_BITS_AT]
    if name == "flac":
        return name, 16 if context.format.bits == 16 else 24
    if linear := re.fullmatch(r"pcm_([suf])(\d+)\w*", name):
        return ("float" if linear[1] == "f" else "pcm"), int(linear[2])
    return name, None


def _length(stream: AudioStream, rate_hz: int) -> int | None:
    if not stream.duration or not stream.time_base:
        return None
    return round(stream.duration * stream.time_base * rate_hz)


def _reason(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return f"{text[:1].lower()}{text[1:]}".rstrip(".")
