"""Where the audio lies in a file: the spans that no tag write may change, for each container."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

BLOCK_BYTES = 1 << 20
ID3_HEADER_BYTES, ID3_FOOTER_FLAG = 10, 0x10
ID3V1_BYTES, APE_FOOTER_BYTES, LYRICS3_END_BYTES = 128, 32, 15
MAX_TAGS = 16  # one behind the other at an end of a file; two are seen in the wild
MAX_FLAC_BLOCKS = 1000
FLAC_LAST_BLOCK = 0x80

Span = tuple[int, int]  # first byte and length


class MalformedError(ValueError):
    """The file breaks its container's rules; the text says how, after 'NAME '."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The audio's spans in file order, and marks: what else about them must survive a write.

    Marks are Ogg's packet lengths and MP4's chunk offsets, relative to the audio.
    """

    spans: tuple[Span, ...]
    marks: bytes = b""

    def outside(self, size: int) -> list[Span]:
        """The spans before, between and after the audio: one more than `spans`."""
        ends = [0, *(start + length for start, length in self.spans)]
        starts = [*(start for start, _ in self.spans), size]
        return [(end, start - end) for end, start in zip(ends, starts, strict=True)]


def file_size(file: BinaryIO) -> int:
    """The size in bytes."""
    return file.seek(0, os.SEEK_END)


def read_span(file: BinaryIO, start: int, length: int) -> bytes:
    """Exactly `length` bytes at `start`; raises MalformedError where the file ends before."""
    file.seek(start)
    data = file.read(length)
    if len(data) != length:
        raise MalformedError("ends in the middle")
    return data


def read_blocks(file: BinaryIO, span: Span) -> Iterator[bytes]:
    """The bytes of a span in blocks of at most 1 MiB."""
    start, left = span
    file.seek(start)
    while left:
        block = file.read(min(left, BLOCK_BYTES))
        if not block:
            raise MalformedError("became shorter while it was read")
        left -= len(block)
        yield block


def digest(file: BinaryIO, layout: Layout) -> str:
    """SHA-256 of the audio and its marks."""
    hashed = hashlib.sha256()
    for span in layout.spans:
        for block in read_blocks(file, span):
            hashed.update(block)
    hashed.update(layout.marks)
    return hashed.hexdigest()


def skip_id3(file: BinaryIO, start: int) -> int:
    """The end of the ID3v2 tag at `start`, or `start` (id3v2.4.0-structure, 3.1)."""
    file.seek(start)
    header = file.read(ID3_HEADER_BYTES)
    if len(header) < ID3_HEADER_BYTES or header[:3] != b"ID3" or max(header[6:10]) > 0x7F:
        return start
    size = header[6] << 21 | header[7] << 14 | header[8] << 7 | header[9]
    footer = ID3_HEADER_BYTES if header[5] & ID3_FOOTER_FLAG else 0
    return start + ID3_HEADER_BYTES + size + footer


def read_head(file: BinaryIO) -> bytes:
    """The ID3v2 tag at the head of a file, as far as it is there."""
    length = skip_id3(file, 0)
    file.seek(0)
    return file.read(length)


def headed_layout(file: BinaryIO) -> Layout:
    """Everything between the ID3v2 tags at the head and ID3v1, APE and Lyrics3 at the tail."""
    size = file_size(file)
    start = 0
    for _ in range(MAX_TAGS):
        start = skip_id3(file, start)
    if start >= size:
        raise MalformedError("has tags but no audio")
    end = size
    for _ in range(MAX_TAGS):
        end = _before_tail(file, start, end)
    return Layout(((start, end - start),))


def _before_tail(file: BinaryIO, start: int, end: int) -> int:
    """Where the last tag of `start`..`end` begins, `end` if there is none."""
    tail = read_span(file, max(start, end - ID3V1_BYTES), min(end - start, ID3V1_BYTES))
    length = 0
    if len(tail) == ID3V1_BYTES and tail[:3] == b"TAG":
        length = ID3V1_BYTES
    elif tail[-APE_FOOTER_BYTES:][:8] == b"APETAGEX":
        size, _, flags = (
            int.from_bytes(tail[at : at + 4], "little")
            for at in range(len(tail) - 20, len(tail) - 8, 4)
        )
        length = size + (APE_FOOTER_BYTES if flags >> 31 else 0)
    elif tail.endswith(b"LYRICS200") and tail[-LYRICS3_END_BYTES:-9].isdigit():
        length = int(tail[-LYRICS3_END_BYTES:-9]) + LYRICS3_END_BYTES
    return end - length if 0 < length <= end - start else end


def flac_layout(file: BinaryIO) -> Layout:
    """Everything after the last metadata block (RFC 9639, section 8)."""
    size = file_size(file)
    start = skip_id3(file, 0)
    if read_span(file, start, 4) != b"fLaC":
        raise MalformedError("is not a FLAC file behind its ID3 tag")
    start, last, count = start + 4, False, 0
    while not last:
        count += 1
        if count > MAX_FLAC_BLOCKS:
            raise MalformedError(f"has more than {MAX_FLAC_BLOCKS:,} metadata blocks")
        header = read_span(file, start, 4)
        last = bool(header[0] & FLAC_LAST_BLOCK)
        start += 4 + int.from_bytes(header[1:], "big")
    if start >= size:
        raise MalformedError("ends before its audio begins")
    return Layout(((start, size - start),))
