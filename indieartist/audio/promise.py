"""Whether a file is all there: what its header promises against what the file holds."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from indieartist.audio.sniff import mp3_frame_bytes
from indieartist.errors import UserError

CUT_HINT = "The copy or download was cut off: copy it again, or export the song again."
OPEN_HINT = "The recording was not closed properly: open it in the DAW and export it again."
_UNKNOWN_BYTES = {0xFFFFFFFF, 0x7FFFFFFF, 0x7FFFF000}  # from writers that could not seek back
_OGG_PAGE_BYTES = 27 + 255 + 255 * 255
_MOST_CHUNKS = 4096
_SLACK_S = 0.5  # this much behind the promised end may be padding; more of it is sound


@dataclass(frozen=True, slots=True)
class Sound:
    """The chunk that holds the samples, as the header tells it."""

    offset: int
    promised_bytes: int
    bytes_per_s: int

    def clock(self, length: int) -> str:
        """So many bytes of sound as a length in time, or in bytes where that is not known."""
        return clock(length / self.bytes_per_s) if self.bytes_per_s else f"{length:,} bytes"


def check_complete(file: BinaryIO, container: str, start: int, name: str) -> None:
    """Raise UserError when the file ends before its header says, or goes on long after it.

    `container` and `start` are as `sniff.identify` gives them.
    """
    size = file.seek(0, os.SEEK_END)
    if container in {"wav", "rf64", "aiff"}:
        chunks = _aiff_sound(file, size) if container == "aiff" else find_wav_sound(file, size)
        _check_sound(file, size, chunks, name)
    elif container == "ogg":
        _check_ogg(file, size, name)
    elif container == "mp4":
        _check_mp4(file, size, name)
    elif container == "mp3":
        _check_mp3(file, size, start, name)


def ends_early(name: str, promised: str, held: str) -> UserError:
    """The error for a file that was cut off."""
    return UserError(
        f"{name} ends early: its header promises {promised}, it holds {held}.", CUT_HINT
    )


def clock(seconds: float) -> str:
    """A length in minutes and seconds: 3:07.250."""
    minutes, rest_ms = divmod(round(seconds * 1000), 60_000)
    return f"{minutes}:{rest_ms / 1000:06.3f}"


def _chunks(file: BinaryIO, order: str, size: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, offset and length of the chunks of a RIFF or IFF file."""
    offset = 12
    for _ in range(_MOST_CHUNKS):
        file.seek(offset)
        head = file.read(8)
        if offset >= size or len(head) < 8:
            return
        length = struct.unpack(f"{order}I", head[4:])[0]
        yield head[:4], offset + 8, length
        offset += 8 + length + length % 2


def find_wav_sound(file: BinaryIO, size: int) -> Sound | None:
    """The samples of a WAV of `size` bytes; None where no chunk holds any."""
    bytes_per_s = long_bytes = 0
    for kind, offset, length in _chunks(file, "<", size):
        file.seek(offset)
        if kind == b"fmt ":
            rate_hz, align = struct.unpack("<4xI4xH", file.read(14).ljust(14, b"\0"))
            bytes_per_s = rate_hz * align
        elif kind == b"ds64":
            long_bytes = struct.unpack("<8xQ", file.read(16).ljust(16, b"\0"))[0]
        elif kind == b"data":
            long = long_bytes and length == 0xFFFFFFFF
            return Sound(offset, long_bytes if long else length, bytes_per_s)
    return None


def _aiff_sound(file: BinaryIO, size: int) -> Sound | None:
    bytes_per_s = 0
    sound: Sound | None = None
    for kind, offset, length in _chunks(file, ">", size):
        file.seek(offset)
        if kind == b"COMM":
            channels, bits, exponent, mantissa = struct.unpack(
                ">H4xHHQ", file.read(18).ljust(18, b"\0")
            )
            rate_hz = mantissa >> 63 - min(max(exponent - 16383, 0), 63)
            bytes_per_s = rate_hz * channels * ((bits + 7) // 8)
        elif kind == b"SSND":
            sound = Sound(offset, length, 0)
    return sound and Sound(sound.offset, sound.promised_bytes, bytes_per_s)


def _check_sound(file: BinaryIO, size: int, sound: Sound | None, name: str) -> None:
    if sound is None:
        raise UserError(f"{name} ends early: no sound follows its header.", CUT_HINT)
    held = size - sound.offset
    if sound.promised_bytes in _UNKNOWN_BYTES:
        return
    if held < sound.promised_bytes:
        raise ends_early(name, sound.clock(sound.promised_bytes), sound.clock(held))
    if _goes_on(file, size, sound):
        promised = sound.clock(sound.promised_bytes)
        raise UserError(
            f"{name} goes on after its end: its header promises {promised}, "
            f"it holds {sound.clock(held)}.",
            OPEN_HINT,
        )


def _goes_on(file: BinaryIO, size: int, sound: Sound) -> bool:
    """Whether what follows the samples is long, is no chunk and is not mere zeros."""
    end = sound.offset + sound.promised_bytes + sound.promised_bytes % 2
    if size - end <= _SLACK_S * sound.bytes_per_s:
        return False
    file.seek(end)
    head = file.read(8)
    if all(32 <= byte < 127 for byte in head[:4]):
        return False
    return any(head) or any(any(piece) for piece in iter(lambda: file.read(1 << 20), b""))


def _check_ogg(file: BinaryIO, size: int, name: str) -> None:
    file.seek(max(0, size - _OGG_PAGE_BYTES))
    tail = file.read()
    page = tail[tail.rfind(b"OggS") :]
    segments = page[27 : 27 + page[26]] if len(page) > 26 else b""
    whole = len(page) > 26 and len(page) >= 27 + page[26] + sum(segments)
    if not whole or not page[5] & 4:
        raise UserError(f"{name} ends early: its last page is missing.", CUT_HINT)


def _check_mp4(file: BinaryIO, size: int, name: str) -> None:
    offset, kinds = 0, set[bytes]()
    while offset < size and len(kinds) < _MOST_CHUNKS:
        file.seek(offset)
        length, kind = struct.unpack(">I4s", file.read(8).ljust(8, b"\0"))
        if length == 1:
            length = struct.unpack(">Q", file.read(8).ljust(8, b"\0"))[0]
        length = length or size - offset
        if offset + length > size:
            raise ends_early(name, f"{offset + length:,} bytes", f"{size:,}")
        kinds.add(kind)
        offset += max(length, 8)
    if b"moov" not in kinds:
        raise UserError(f"{name} ends early: its index (moov) is missing.", CUT_HINT)


def _check_mp3(file: BinaryIO, size: int, start: int, name: str) -> None:
    promised = xing_bytes(file, start)
    held, tag = size - start, 128  # some encoders counted the ID3v1 tag, which may have gone since
    if promised and held < promised - tag:
        raise ends_early(name, f"{promised:,} bytes", f"{held:,}")


def xing_bytes(file: BinaryIO, start: int) -> int:
    """Length in bytes that an MP3's Xing or Info header promises; 0 when there is none."""
    file.seek(start)
    head = file.read(1500)
    frame = head[: mp3_frame_bytes(head)]
    mark = max(frame.find(b"Xing"), frame.find(b"Info"))
    flags = frame[mark + 7] if 0 < mark < len(frame) - 16 else 0
    if flags & 3 != 3:
        return 0
    return int.from_bytes(frame[mark + 12 : mark + 16], "big")


def flac_frames(file: BinaryIO, start: int) -> int:
    """Frames that a FLAC's header promises; 0 when it was written to a pipe."""
    file.seek(start + 18 + 3)  # 36 bits, half-way through STREAMINFO
    return int.from_bytes(file.read(5), "big") & (1 << 36) - 1
