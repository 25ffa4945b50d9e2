"""What a file carries beside its sound, by the names of its chunks or blocks; nothing is parsed."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from indieartist.audio import sniff
from indieartist.audio.tags import iff
from indieartist.audio.tags.border import readable_errors
from indieartist.audio.tags.layout import read_span

_CHUNKS = {
    b"bext": "bext",
    b"iXML": "iXML",
    b"cart": "cart",
    b"_PMX": "XMP",
    b"NAME": "NAME",
    b"AUTH": "AUTH",
    b"ANNO": "ANNO",
    b"(c) ": "(c)",
}
_COMMENTS, _PICTURE, _LAST, _MOST_BLOCKS = 4, 6, 0x80, 128
_FLAC_MARK_BYTES = 4
_ID3V1_BYTES = 128


def list_marks(path: Path) -> tuple[str, ...]:
    """ID3, INFO, bext and the like, each once, in the order of the file; empty for sound alone.

    The vendor that a FLAC must name is none. Raises UserError where the file cannot be read, or is
    neither WAV, AIFF nor FLAC nor headed by ID3.
    """
    with readable_errors(path), path.open("rb") as file:
        found, start = sniff.identify(file, sniff.shown(path))
        marks = ["ID3"] if start else []
        if found in ("wav", "rf64", "aiff"):
            marks += _iff_marks(file)
        elif found == "flac":
            marks += _flac_marks(file, start)
        marks += _tail_marks(file)
    return tuple(dict.fromkeys(marks))


def _iff_marks(file: BinaryIO) -> list[str]:
    marks = []
    for chunk in iff.read_form(file).chunks:
        if chunk.name.lower() == b"id3 ":
            marks.append("ID3")
        elif chunk.name == b"LIST" and iff.starts_with(file, chunk, b"INFO"):
            marks.append("INFO")
        elif chunk.name in _CHUNKS:
            marks.append(_CHUNKS[chunk.name])
    return marks


def _flac_marks(file: BinaryIO, start: int) -> list[str]:
    marks, at = [], start + _FLAC_MARK_BYTES
    for _ in range(_MOST_BLOCKS):
        head = read_span(file, at, 4)
        kind, size = head[0] & ~_LAST, int.from_bytes(head[1:], "big")
        if kind == _COMMENTS and _comment_count(file, at + 4):
            marks.append("Vorbis comments")
        elif kind == _PICTURE:
            marks.append("a picture")
        if head[0] & _LAST:
            break
        at += 4 + size
    return marks


def _comment_count(file: BinaryIO, at: int) -> int:
    vendor_bytes = int.from_bytes(read_span(file, at, 4), "little")
    return int.from_bytes(read_span(file, at + 4 + vendor_bytes, 4), "little")


def _tail_marks(file: BinaryIO) -> list[str]:
    size = file.seek(0, 2)
    tail = read_span(file, size - _ID3V1_BYTES, 3) if size > _ID3V1_BYTES else b""
    return ["ID3"] if tail == b"TAG" else []
