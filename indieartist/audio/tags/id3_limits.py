"""ID3 tags made to exhaust memory or time are refused before mutagen inflates and copies them.

Mutagen inflates a compressed frame whatever its size (a megabyte gives a gigabyte), and copies the
rest of the tag for each frame. So its walk over the frames is done here first, on sizes alone.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from indieartist.audio.tags.layout import MalformedError

HEADER_BYTES, UNSYNCHRONISED, EXTENDED = 10, 0x80, 0x40
MAX_PACKED_BYTES = 1 << 16  # zlib inflates at most 1032 times
MAX_COPIED_BYTES = 8 << 30
MAX_DEPTH = 2  # frames in a chapter's frames
NESTING = (b"CHAP", b"CTOC")
PACKED = {3: 0x0080, 4: 0x0008}
UNSYNCHRONISED_FRAME = 0x0002  # of 2.4


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame's name, its flags, and where its payload lies."""

    name: bytes
    flags: int
    start: int
    size: int


def require_modest(tag: bytes) -> None:
    """Raise MalformedError for a tag, header and all, that takes unreasonable memory or time."""
    if len(tag) < HEADER_BYTES:
        return
    version, unsynchronised = tag[3], bool(tag[5] & UNSYNCHRONISED)
    body = tag[HEADER_BYTES:]
    if version < 4 and unsynchronised:
        body = _synchronised(body)
    walk = Walk(version, unsynchronised)
    walk.check(body)
    if tag[5] & EXTENDED and len(body) >= 4:
        size = _number(body[:4], 7) if version == 4 else _number(body[:4], 8) + 4
        walk.check(body[size:])


@dataclass(frozen=True, slots=True)
class Walk:
    """The walk over the frames of a tag, and of the chapters in it."""

    version: int
    unsynchronised: bool

    def check(self, body: bytes, depth: int = 0) -> None:
        """Walk in both ways to read a size of 2.4: iTunes wrote them as plain numbers."""
        if depth > MAX_DEPTH:
            raise MalformedError("has chapters inside chapters")
        for bits in (7, 8) if self.version == 4 else (8,):
            packed = copied = 0
            for frame in _frames(body, self.version, bits):
                copied += len(body) - frame.start
                packed += self._packed_bytes(frame)
                if packed > MAX_PACKED_BYTES or copied > MAX_COPIED_BYTES:
                    raise MalformedError("has tags made to exhaust this machine")
                if frame.name in NESTING:
                    self.check(self._nested(body, frame), depth + 1)

    def _packed_bytes(self, frame: Frame) -> int:
        """What the frame may inflate from; a packed chapter hides its frames: too much."""
        if not frame.flags & PACKED.get(self.version, 0):
            return 0
        return MAX_PACKED_BYTES + 1 if frame.name in NESTING else frame.size

    def _nested(self, body: bytes, frame: Frame) -> bytes:
        """The frames inside a chapter (behind its name and four times) or a table of contents."""
        payload = body[frame.start : frame.start + frame.size]
        if self.version == 4 and (self.unsynchronised or frame.flags & UNSYNCHRONISED_FRAME):
            payload = _synchronised(payload)
        rest = payload.partition(b"\0")[2]
        if frame.name == b"CHAP":
            return rest[16:]
        for _ in range(rest[1] if len(rest) > 1 else 0):
            rest = rest[:2] + rest[2:].partition(b"\0")[2]
        return rest[2:]


def _frames(body: bytes, version: int, bits: int) -> Iterator[Frame]:
    width = 3 if version == 2 else 4
    header = 6 if version == 2 else 10
    start = 0
    while start + header <= len(body):
        name = body[start : start + width]
        if not name.strip(b"\0"):
            return
        size = _number(body[start + width : start + 2 * width], bits)
        flags = 0 if version == 2 else struct.unpack_from(">H", body, start + 8)[0]
        start += header
        yield Frame(name, flags, start, min(size, len(body) - start))
        start += size


def _number(raw: bytes, bits: int) -> int:
    number = 0
    for byte in raw:
        number = number << bits | byte & ((1 << bits) - 1)
    return number


def _synchronised(data: bytes) -> bytes:
    return data.replace(b"\xff\0", b"\xff")
