"""Files made of millions of tiny parts are refused before mutagen makes an object of each.

Forty megabytes of empty atoms, metadata blocks or comments take mutagen minutes and a gigabyte.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from indieartist.audio.tags.atoms import MAX_ATOMS, Atom, read_atoms
from indieartist.audio.tags.layout import (
    MAX_FLAC_BLOCKS,
    MalformedError,
    file_size,
    read_span,
    skip_id3,
)

MAX_ATOM_DEPTH = 16
MAX_COMMENTS = 20_000
PARENTS = {
    *(b"moov", b"udta", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf", b"meta", b"ilst"),
}
COMMENT_BLOCK, LAST_BLOCK = 4, 0x80
OGG_COMMENTS = (b"\x03vorbis", b"OpusTags")
OGG_HEADS_BYTES = 4096
META_FLAGS_BYTES = 4


def _too_many(what: str) -> MalformedError:
    return MalformedError(f"has more {what} than any song; it is made to exhaust this machine")


def require_few_atoms(path: Path) -> None:
    """Raise MalformedError for an MP4 with too many atoms; damage is left to others to tell."""
    with path.open("rb") as file:
        left = [(0, file_size(file), False, 0)]
        count = 0
        while left:
            start, end, in_list, depth = left.pop()
            for atom in _readable(file, start, end):
                count += 1
                if count > MAX_ATOMS:
                    raise _too_many("atoms")
                if (atom.name in PARENTS or in_list) and depth < MAX_ATOM_DEPTH:
                    body = atom.body + (META_FLAGS_BYTES if atom.name == b"meta" else 0)
                    left.append((body, atom.end, atom.name == b"ilst", depth + 1))


def _readable(file: BinaryIO, start: int, end: int) -> list[Atom]:
    """The atoms up to the first that is damaged; too many are too many."""
    found: list[Atom] = []
    try:
        found.extend(read_atoms(file, start, end))
    except MalformedError:
        if len(found) >= MAX_ATOMS:
            raise
    return found


def require_few_blocks(path: Path) -> None:
    """Raise MalformedError for a FLAC with too many metadata blocks or comments."""
    with path.open("rb") as file:
        size = file_size(file)
        start = skip_id3(file, 0) + 4
        for _ in range(MAX_FLAC_BLOCKS):
            if start + 4 > size:
                return
            header = read_span(file, start, 4)
            length = int.from_bytes(header[1:], "big")
            if header[0] & ~LAST_BLOCK == COMMENT_BLOCK:
                _require_few_comments(file, start + 4, length)
            if header[0] & LAST_BLOCK:
                return
            start += 4 + length
    raise _too_many("metadata blocks")


def require_few_ogg_comments(path: Path) -> None:
    """Raise MalformedError for an Ogg stream with too many comments."""
    with path.open("rb") as file:
        size = file_size(file)
        head = read_span(file, 0, min(size, OGG_HEADS_BYTES))
        for mark in OGG_COMMENTS:
            at = head.find(mark)
            if at >= 0:
                _require_few_comments(file, at + len(mark), size - at - len(mark))


def _require_few_comments(file: BinaryIO, start: int, length: int) -> None:
    """As many as there are said to be, and as there is room for: each has a length of 4 bytes."""
    if length < 8:
        return
    vendor = int.from_bytes(read_span(file, start, 4), "little")
    if vendor + 8 > length:
        return
    count = int.from_bytes(read_span(file, start + 4 + vendor, 4), "little")
    if count <= length // 4 and count > MAX_COMMENTS:
        raise _too_many("comments")
