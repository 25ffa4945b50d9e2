"""The chunks of a RIFF, RF64, BW64 or AIFF file, and writing them anew with the others untouched.

RIFF: Microsoft/IBM 1991. RF64 and BW64: EBU Tech 3306, ITU-R BS.2088. AIFF: Apple 1989.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal

from indieartist.audio.tags.layout import (
    Layout,
    MalformedError,
    Span,
    file_size,
    read_blocks,
    read_span,
)

HEADER_BYTES, CHUNK_HEADER_BYTES = 12, 8
IN_DS64 = 0xFFFFFFFF  # the 32-bit size of a chunk whose real size stands in ds64
LARGE_FORMS = (b"RF64", b"BW64")
AUDIO_CHUNKS = (b"data", b"SSND")
Piece = bytes | Span
"""What a file is made of: new bytes, or a span of the old file."""


MAX_CHUNKS = 10_000  # of a file; the most seen in the wild are some hundreds
MAX_LARGE_CHUNKS = 1000  # in a ds64 table; none but `data` is seen in the wild
MAX_TAGS_BYTES = 256 << 20  # the largest ID3 tag there can be


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk's name and the span of its payload; `padded` where an odd one has its pad byte.

    One whose size is missing or longer than the file is cut off: it runs to the end of the file.
    """

    name: bytes
    body: int
    size: int
    padded: bool = False
    cut_off: bool = False

    @property
    def start(self) -> int:
        """The first byte of its header."""
        return self.body - CHUNK_HEADER_BYTES

    @property
    def end(self) -> int:
        """The first byte after the payload and its pad byte."""
        return self.body + self.size + (1 if self.padded else 0)


@dataclass(frozen=True, slots=True)
class Edit:
    """Chunks to take out, and the whole chunk to put in their place; b'' for none.

    Where none is taken out, the new one comes last, or before the chunk called `before`.
    """

    old: list[Chunk]
    new: bytes
    before: bytes = b""


@dataclass(frozen=True, slots=True)
class Form:
    """The outermost chunk: its kind, its type, the chunks in it and where the last of them ends."""

    kind: bytes  # RIFF, RF64, BW64, FORM
    type: bytes  # WAVE, AIFF, AIFC
    chunks: tuple[Chunk, ...]
    end: int

    @property
    def order(self) -> Literal["big", "little"]:
        """Byte order of the sizes."""
        return "big" if self.kind == b"FORM" else "little"

    def layout(self) -> Layout:
        """The payloads of the audio chunks; raises MalformedError where a chunk is cut off."""
        if any(chunk.cut_off for chunk in self.chunks):
            raise MalformedError("is cut off or was never finished")
        spans = tuple((c.body, c.size) for c in self.chunks if c.name in AUDIO_CHUNKS)
        if not spans:
            raise MalformedError("holds no audio")
        return Layout(spans)


def read_form(file: BinaryIO) -> Form:
    """The chunks of a file, read up to its end whatever the outermost size says.

    Bytes after the last chunk that are no chunk are no part of the form.
    """
    size = file_size(file)
    header = read_span(file, 0, HEADER_BYTES)
    form = Form(header[:4], header[8:], (), HEADER_BYTES)
    chunks = tuple(_read_chunks(file, form, size))
    return Form(form.kind, form.type, chunks, chunks[-1].end if chunks else HEADER_BYTES)


def iff_layout(file: BinaryIO) -> Layout:
    """Where the audio of a RIFF, RF64 or AIFF file lies."""
    return read_form(file).layout()


def _read_chunks(file: BinaryIO, form: Form, file_end: int) -> Iterator[Chunk]:
    start, large, count = HEADER_BYTES, dict[bytes, int](), 0
    while start + CHUNK_HEADER_BYTES <= file_end:
        count += 1
        if count > MAX_CHUNKS:
            raise MalformedError(f"has more than {MAX_CHUNKS:,} chunks")
        name, raw = struct.unpack("4s4s", read_span(file, start, CHUNK_HEADER_BYTES))
        if not _is_name(name):
            return
        size = int.from_bytes(raw, form.order)
        size = large.get(name, size) if size == IN_DS64 else size
        chunk = _chunk(file, name, (start + CHUNK_HEADER_BYTES, size), file_end)
        if name == b"ds64" and form.kind in LARGE_FORMS:
            large = _read_large_sizes(read_chunk(file, chunk))
        yield chunk
        start = chunk.end


def _chunk(file: BinaryIO, name: bytes, payload: Span, file_end: int) -> Chunk:
    body, size = payload
    left = file_end - body
    unfinished = name in AUDIO_CHUNKS and size == 0 and not _name_follows(file, body, left)
    if size > left or unfinished:
        return Chunk(name, body, left, cut_off=True)
    return Chunk(name, body, size, _has_pad(file, body + size) if size % 2 else False)


def _name_follows(file: BinaryIO, start: int, left: int) -> bool:
    """Whether a chunk, or nothing at all, follows: an empty chunk is then really empty."""
    return left == 0 or (left >= CHUNK_HEADER_BYTES and _is_name(read_span(file, start, 4)))


def _has_pad(file: BinaryIO, end: int) -> bool:
    """Whether a pad byte follows, which some writers forget: it does unless a chunk's name does."""
    file.seek(end)
    following = file.read(5)
    return following[:1] == b"\0" or (bool(following) and not _is_name(following[:4]))


def _is_name(name: bytes) -> bool:
    return len(name) == 4 and all(0x20 <= letter < 0x7F for letter in name) and name[:1] != b" "


def _read_large_sizes(ds64: bytes) -> dict[bytes, int]:
    """The sizes in a ds64 chunk by chunk name: the data chunk's, then the table's."""
    if len(ds64) < 28:
        raise MalformedError("has a broken ds64 chunk")
    count = min(int.from_bytes(ds64[24:28], "little"), (len(ds64) - 28) // 12, MAX_LARGE_CHUNKS)
    table = struct.iter_unpack("<4sQ", ds64[28 : 28 + count * 12])
    return {b"data": int.from_bytes(ds64[8:16], "little"), **dict(table)}


def starts_with(file: BinaryIO, chunk: Chunk, start: bytes) -> bool:
    """Whether the payload begins with `start`."""
    return chunk.size >= len(start) and read_span(file, chunk.body, len(start)) == start


def read_chunk(file: BinaryIO, chunk: Chunk) -> bytes:
    """The payload of a chunk of tags."""
    if chunk.size > MAX_TAGS_BYTES:
        raise MalformedError(f"has more than {MAX_TAGS_BYTES >> 20} MiB of tags")
    return read_span(file, chunk.body, chunk.size)


def edited(form: Form, edits: Iterable[Edit]) -> list[Piece]:
    """The chunks of the form, each new one in the place of the first it replaces, or last."""
    pieces: dict[int, Piece] = {c.start: (c.start, c.end - c.start) for c in form.chunks}
    for number, edit in enumerate(edits):
        for chunk in edit.old:
            del pieces[chunk.start]
        if edit.new:
            pieces[_place(form, edit, form.end + number)] = edit.new
    return [pieces[place] for place in sorted(pieces)]


def _place(form: Form, edit: Edit, last: int) -> int:
    if edit.old:
        return edit.old[0].start
    named = [chunk.start for chunk in form.chunks if edit.before == chunk.name]
    return named[0] - 1 if named else last  # no chunk begins a byte before another


def new_chunk(form: Form, name: bytes, payload: bytes) -> bytes:
    """A whole chunk with its header and pad byte; b'' for no payload."""
    if not payload:
        return b""
    size = len(payload).to_bytes(4, form.order)
    return name + size + payload + b"\0" * (len(payload) % 2)


def write_form(source: BinaryIO, sink: BinaryIO, form: Form, pieces: list[Piece]) -> None:
    """Write the form with `pieces` as its chunks, its sizes put right, and what lay behind it.

    A WAV that outgrows 4 GB becomes RF64 (EBU Tech 3306, section 3). Raises MalformedError for an
    AIFF that does.
    """
    size = 4 + sum(_padded_bytes(piece) for piece in pieces)
    if size >= IN_DS64 and form.kind not in LARGE_FORMS:
        form, pieces = _as_rf64(form, pieces)
    sink.write(form.kind + read_span(source, 4, HEADER_BYTES - 4))
    for piece in pieces:
        _pad(sink)
        _write_piece(source, sink, piece)
    size = sink.tell() - CHUNK_HEADER_BYTES
    _write_piece(source, sink, (form.end, file_size(source) - form.end))
    _write_size(sink, form, size)


def _padded_bytes(piece: Piece) -> int:
    size = len(piece) if isinstance(piece, bytes) else piece[1]
    return size + size % 2


def _as_rf64(form: Form, pieces: list[Piece]) -> tuple[Form, list[Piece]]:
    """The same chunks with a ds64 at their head; the data chunk's own size stays in its header."""
    data = next((chunk for chunk in form.chunks if chunk.name == b"data"), None)
    if form.kind != b"RIFF" or data is None:
        raise MalformedError("is too large for an AIFF with tags; save it as WAV")
    body = struct.pack("<QQQI", 0, data.size, 0, 0)
    ds64 = new_chunk(form, b"ds64", body)
    placed = Chunk(b"ds64", HEADER_BYTES + CHUNK_HEADER_BYTES, len(body))
    reserved = [c for c in form.chunks[:1] if c.name == b"JUNK" and c.size == len(body)]
    kept = [p for p in pieces if not (reserved and p == (reserved[0].start, _span(reserved[0])))]
    return Form(b"RF64", form.type, (placed, *form.chunks), form.end), [ds64, *kept]


def _span(chunk: Chunk) -> int:
    return chunk.end - chunk.start


def _pad(sink: BinaryIO) -> None:
    """Give an odd chunk the pad byte that its writer forgot."""
    if sink.tell() % 2:
        sink.write(b"\0")


def _write_piece(source: BinaryIO, sink: BinaryIO, piece: Piece) -> None:
    blocks = [piece] if isinstance(piece, bytes) else read_blocks(source, piece)
    for block in blocks:
        sink.write(block)


def _write_size(sink: BinaryIO, form: Form, size: int) -> None:
    sink.seek(4)
    if form.kind in LARGE_FORMS:
        ds64 = next((chunk for chunk in form.chunks if chunk.name == b"ds64"), None)
        if ds64 is None or ds64.start != HEADER_BYTES:
            raise MalformedError("is RF64 without a ds64 chunk at its head")
        sink.write(IN_DS64.to_bytes(4, "little"))
        sink.seek(ds64.body)
        sink.write(size.to_bytes(8, "little"))
        return
    sink.write(size.to_bytes(4, form.order))
