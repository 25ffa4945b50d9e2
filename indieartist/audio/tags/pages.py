"""Where the audio packets lie in an Ogg file (RFC 3533), page by page."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from indieartist.audio.tags.layout import Layout, MalformedError, Span, file_size, read_span

PAGE_HEADER = struct.Struct("<4sBBqIIIB")
FIRST_PAGE = 2
CODEC_HEADERS = {b"\x01vorbis": 3, b"OpusHead": 2}
"""How many packets at the head of a stream are no audio, by how its first packet begins."""
FLAC_START = b"\x7fFLAC"  # xiph.org, Ogg FLAC mapping: how many headers follow is in the first


@dataclass(frozen=True, slots=True)
class Page:
    """One page: where its body lies, and the lengths of its segments."""

    start: int
    flags: int
    granule: int
    serial: int
    lacing: bytes

    @property
    def body(self) -> int:
        """The body's first byte."""
        return self.start + PAGE_HEADER.size + len(self.lacing)

    @property
    def end(self) -> int:
        """The first byte after the page."""
        return self.body + sum(self.lacing)


@dataclass(slots=True)
class Stream:
    """What is known of one logical stream while its pages go by."""

    headers_left: int
    granule: int = -1
    open_bytes: int = 0  # of the packet that the next page continues
    lengths: list[int] = field(default_factory=list)  # of the audio packets

    def take(self, piece: int, ended: bool) -> bool:
        """Take a piece of a packet; True if it is audio."""
        is_audio = self.headers_left == 0
        self.open_bytes += piece
        if ended and is_audio:
            self.lengths.append(self.open_bytes)
        elif ended:
            self.headers_left -= 1
        self.open_bytes = 0 if ended else self.open_bytes
        return is_audio

    def mark(self) -> bytes:
        """The packet lengths and the last position, which no write may change."""
        count = len(self.lengths)
        return struct.pack(f"<q{count + 1}Q", self.granule, *self.lengths, self.open_bytes)


def read_pages(file: BinaryIO) -> Iterator[Page]:
    """Every page from the first byte to the last; raises MalformedError at anything else."""
    start, size = 0, file_size(file)
    while start < size:
        header = read_span(file, start, PAGE_HEADER.size)
        capture, version, flags, granule, serial, _, _, count = PAGE_HEADER.unpack(header)
        if capture != b"OggS" or version != 0:
            raise MalformedError(f"is damaged at byte {start}: no Ogg page begins there")
        page = Page(start, flags, granule, serial, read_span(file, start + len(header), count))
        if page.end > size:
            raise MalformedError("ends in the middle of a page")
        yield page
        start = page.end


def ogg_layout(file: BinaryIO) -> Layout:
    """The bodies of all audio packets, of every stream, chained ones too."""
    spans: list[Span] = []
    streams: list[Stream] = []
    current: dict[int, Stream] = {}
    for page in read_pages(file):
        if page.flags & FIRST_PAGE:
            current[page.serial] = Stream(_header_count(file, page))
            streams.append(current[page.serial])
        if page.serial not in current:
            raise MalformedError("has a page of a stream that never began")
        current[page.serial].granule = page.granule
        for span in _audio_spans(page, current[page.serial]):
            _append(spans, span)
    if not spans:
        raise MalformedError("holds no audio")
    return Layout(tuple(spans), b"".join(stream.mark() for stream in streams))


def _header_count(file: BinaryIO, page: Page) -> int:
    body = read_span(file, page.body, page.end - page.body)
    if body.startswith(FLAC_START):
        return 1 + int.from_bytes(body[7:9], "big")
    return next((n for start, n in CODEC_HEADERS.items() if body.startswith(start)), 0)


def _audio_spans(page: Page, stream: Stream) -> Iterator[Span]:
    start, piece = page.body, 0
    for number, segment in enumerate(page.lacing, 1):
        piece += segment
        ended = segment < 255
        if ended or number == len(page.lacing):
            if stream.take(piece, ended) and piece:
                yield start, piece
            start, piece = start + piece, 0


def _append(spans: list[Span], span: Span) -> None:
    """Add a span, joined to the last where they touch."""
    if spans and sum(spans[-1]) == span[0]:
        spans[-1] = (spans[-1][0], spans[-1][1] + span[1])
    else:
        spans.append(span)
