"""Where the audio lies in an MP4 file (ISO/IEC 14496-12): mdat, and who points into it."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import BinaryIO

from indieartist.audio.tags.layout import Layout, MalformedError, Span, file_size, read_span

CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf"}
BASE_OFFSET_PRESENT = 1
MAX_TABLE_BYTES = 64 << 20
MAX_ATOMS = 50_000  # an hour of fragments has some ten thousand


@dataclass(frozen=True, slots=True)
class Atom:
    """A box: its type and where its payload begins and ends."""

    name: bytes
    body: int
    end: int


def read_atoms(file: BinaryIO, start: int, end: int) -> Iterator[Atom]:
    """The boxes of `start`..`end`; raises MalformedError where one is larger than its place."""
    count = 0
    while start < end:
        count += 1
        if count > MAX_ATOMS:
            raise MalformedError(f"has more than {MAX_ATOMS:,} MP4 atoms")
        size, name = struct.unpack(">I4s", read_span(file, start, 8))
        body = start + 8
        if size == 1:
            size, body = int.from_bytes(read_span(file, body, 8), "big"), body + 8
        elif size == 0:
            size = end - start
        if start + size < body or start + size > end:
            raise MalformedError(f"is damaged at byte {start}: an MP4 atom does not fit there")
        yield Atom(name, body, start + size)
        start += size


def mp4_layout(file: BinaryIO) -> Layout:
    """The payloads of all mdat boxes; each chunk offset is a mark, relative to them."""
    top = list(read_atoms(file, 0, file_size(file)))
    spans = tuple((atom.body, atom.end - atom.body) for atom in top if atom.name == b"mdat")
    if not any(length for _, length in spans):
        raise MalformedError("holds no audio")
    offsets = [offset for atom in top for offset in _offsets(file, atom)]
    return Layout(spans, b"".join(_relative(spans, offset) for offset in offsets))


def _offsets(file: BinaryIO, atom: Atom) -> Iterator[int]:
    if atom.name in CONTAINERS:
        for child in read_atoms(file, atom.body, atom.end):
            yield from _offsets(file, child)
    elif atom.name in (b"stco", b"co64"):
        yield from _chunk_offsets(file, atom)
    elif atom.name == b"tfhd":
        yield from _fragment_offset(file, atom)


def _chunk_offsets(file: BinaryIO, atom: Atom) -> Iterator[int]:
    data = _table(file, atom)
    width = 4 if atom.name == b"stco" else 8
    count = int.from_bytes(data[4:8], "big")
    if len(data) < 8 + count * width:
        raise MalformedError("has a broken table of chunk offsets")
    table = data[8 : 8 + count * width]
    yield from struct.unpack(f">{count}{'I' if width == 4 else 'Q'}", table)


def _fragment_offset(file: BinaryIO, atom: Atom) -> Iterator[int]:
    data = _table(file, atom)
    if len(data) >= 16 and data[3] & BASE_OFFSET_PRESENT:
        yield int.from_bytes(data[8:16], "big")


def _table(file: BinaryIO, atom: Atom) -> bytes:
    if atom.end - atom.body > MAX_TABLE_BYTES:
        raise MalformedError("has a table of chunk offsets that is too large")
    return read_span(file, atom.body, atom.end - atom.body)


def _relative(spans: tuple[Span, ...], offset: int) -> bytes:
    """The offset counted from the first byte of audio; one outside of the audio stays as it is."""
    index = bisect_right([start for start, _ in spans], offset) - 1
    if index < 0 or offset > sum(spans[index]):
        return struct.pack(">cQ", b"=", offset)
    before = [0, *accumulate(length for _, length in spans)][index]
    return struct.pack(">cQ", b"+", before + offset - spans[index][0])
