"""The shell of a file: everything of it but the audio, enough to bring it back byte for byte."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from indieartist.audio.tags.layout import (
    Layout,
    MalformedError,
    Span,
    file_size,
    read_blocks,
    read_span,
)
from indieartist.errors import UserError

MAGIC, VERSION = b"IATS", 1
MAX_SHELL_BYTES = 128 << 20
PREFIX = struct.Struct("<4sB32s")  # magic, version, SHA-256 of the packed body
HEAD = struct.Struct("<32s32sqI")  # SHA-256 before and after, mtime, number of audio spans


@dataclass(frozen=True, slots=True)
class Shell:
    """What a tag write took from a file, kept so that the write can be undone.

    `pieces` are the bytes before, between and after the audio, `lengths` the audio's stretches
    between them. The audio itself is not here: a restore takes it from the file.
    """

    old_sha256: str
    new_sha256: str
    mtime_ns: int
    pieces: tuple[bytes, ...] = field(repr=False)
    lengths: tuple[int, ...] = field(repr=False)

    def to_bytes(self) -> bytes:
        """For the history: compressed, with a version and a checksum."""
        count = len(self.lengths)
        hashes = bytes.fromhex(self.old_sha256), bytes.fromhex(self.new_sha256)
        sizes = struct.pack(f"<{2 * count + 1}Q", *self.lengths, *map(len, self.pieces))
        body = HEAD.pack(*hashes, self.mtime_ns, count) + sizes + b"".join(self.pieces)
        packed = zlib.compress(body)
        return PREFIX.pack(MAGIC, VERSION, hashlib.sha256(packed).digest()) + packed

    @classmethod
    def from_bytes(cls, data: bytes) -> Shell:
        """The shell that `to_bytes` gave; raises UserError for anything else."""
        try:
            return _unpack(data)
        except (struct.error, zlib.error, ValueError) as error:
            raise UserError(
                "The tags kept from before are damaged.", "The file itself is untouched."
            ) from error


def _unpack(data: bytes) -> Shell:
    magic, version, checksum = PREFIX.unpack_from(data)
    packed = data[PREFIX.size :]
    if magic != MAGIC or hashlib.sha256(packed).digest() != checksum:
        raise ValueError("not a shell")
    if version != VERSION:
        raise UserError("The tags kept from before are of a newer version.", "Update the program.")
    body = _inflate(packed)
    old, new, mtime_ns, count = HEAD.unpack_from(body)
    sizes = struct.unpack_from(f"<{2 * count + 1}Q", body, HEAD.size)
    pieces = tuple(_cut(body[HEAD.size + 8 * len(sizes) :], sizes[count:]))
    return Shell(old.hex(), new.hex(), mtime_ns, pieces, sizes[:count])


def _inflate(packed: bytes) -> bytes:
    inflater = zlib.decompressobj()
    body = inflater.decompress(packed, MAX_SHELL_BYTES)
    if not inflater.eof:
        raise ValueError("too large, or cut off")
    return body


def _cut(data: bytes, lengths: Sequence[int]) -> Iterator[bytes]:
    if sum(lengths) != len(data):
        raise ValueError("pieces are missing")
    start = 0
    for length in lengths:
        yield data[start : start + length]
        start += length


def read_pieces(file: BinaryIO, layout: Layout) -> tuple[bytes, ...]:
    """Everything outside of the audio; raises MalformedError where that is too much."""
    spans = layout.outside(file_size(file))
    if sum(length for _, length in spans) > MAX_SHELL_BYTES:
        raise MalformedError(f"holds more than {MAX_SHELL_BYTES >> 20} MiB beside its audio")
    return tuple(read_span(file, *span) for span in spans)


def read_restored(shell: Shell, file: BinaryIO, layout: Layout) -> Iterator[bytes]:
    """The old file's bytes: the shell's pieces around the audio of `file`."""
    stretches = carve(layout.spans, shell.lengths)
    for piece, spans in zip(shell.pieces, [*stretches, []], strict=True):
        yield piece
        for span in spans:
            yield from read_blocks(file, span)


def carve(spans: Sequence[Span], lengths: Sequence[int]) -> list[list[Span]]:
    """Cut `spans` anew into stretches of `lengths`; raises MalformedError unless all is used up."""
    if sum(lengths) != sum(length for _, length in spans):
        raise MalformedError("has other audio than before its tags were written")
    stretches: list[list[Span]] = []
    left = list(reversed(spans))
    for wanted in lengths:
        stretches.append(_take(left, wanted))
    return stretches


def _take(left: list[Span], wanted: int) -> list[Span]:
    """Take `wanted` bytes from the end of `left`, which runs backwards."""
    taken = []
    while wanted:
        start, length = left.pop()
        used = min(length, wanted)
        taken.append((start, used))
        wanted -= used
        if used < length:
            left.append((start + used, length - used))
    return taken
