"""The text chunks of an AIFF: NAME, AUTH, (c) and ANNO, and the comments of COMT (Apple 1989).

They are read where ID3 says nothing, kept in step with it where they stand, and never added: ID3
holds all of a release, and programs that read nothing else than these are gone.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from indieartist.audio.tags.slots import Slot, Values

NAME, AUTHOR, COPYRIGHT, NOTE, COMMENTS = b"NAME", b"AUTH", b"(c) ", b"ANNO", b"COMT"
CHUNKS = (NAME, AUTHOR, COPYRIGHT, NOTE, COMMENTS)
MAX_BYTES = 4 << 20  # of all text chunks together; where there are more, they are let be
SEPARATOR = "; "  # a chunk holds one value
_COUNT, _HEAD = struct.Struct(">H"), struct.Struct(">IhH")  # time, marker, length


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of COMT: seconds since 1904, the marker it belongs to (0 for none), its text."""

    stamp: int
    marker: int
    raw: bytes


@dataclass
class Texts:
    """The payloads of the text chunks by name, and COMT taken apart with what could not be."""

    chunks: dict[bytes, list[bytes]] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)
    rest: bytes = b""

    def payloads(self, name: bytes) -> list[bytes]:
        """What chunks of that name hold."""
        if name != COMMENTS:
            return self.chunks.get(name, [])
        return [_render(self.comments, self.rest)] if self.comments or self.rest else []


@dataclass(frozen=True)
class Text(Slot):
    """One text chunk; several values are written as one, with semicolons."""

    name: bytes

    def read(self, tags: Any) -> Values:
        """The text of the first that has any."""
        found = [text for raw in tags.payloads(self.name) if (text := decode(raw))]
        return tuple(found[:1])

    def write(self, tags: Any, values: Values) -> None:
        """Into the chunk that is there."""
        if self.name in tags.chunks and values != self.read(tags):
            text = SEPARATOR.join(values).encode()
            tags.chunks[self.name] = [text] if text else []


@dataclass(frozen=True)
class Notes(Slot):
    """Annotations, and the comments that belong to no marker; those of markers stay."""

    def read(self, tags: Any) -> Values:
        """All of them as one text, a line for each, annotations first."""
        loose = [one.raw for one in tags.comments if not one.marker]
        found = map(decode, [*tags.payloads(NOTE), *loose])
        text = "\n".join(dict.fromkeys(text for text in found if text))
        return (text,) if text else ()

    def write(self, tags: Any, values: Values) -> None:
        """Into annotations where there are some, else into comments where there are some."""
        if values == self.read(tags):
            return
        loose = [one for one in tags.comments if not one.marker]
        kept = [one for one in tags.comments if one.marker]
        texts = [text.encode() for text in values]
        if NOTE in tags.chunks:
            tags.chunks[NOTE], texts = texts, []
        new = [replace(loose[0], raw=text[:0xFFFF]) for text in texts] if loose else []
        tags.comments = [*new, *kept]


def decode(raw: bytes) -> str:
    """ASCII by the letter, UTF-8 or Mac OS Roman in life."""
    text = raw.split(b"\0", 1)[0]
    try:
        return text.decode("utf-8").strip()
    except UnicodeDecodeError:
        return text.decode("mac_roman").strip()


def parse(payloads: Iterable[tuple[bytes, bytes]]) -> Texts:
    """Chunks by name and payload, in file order; of several COMT the first is taken apart."""
    texts, seen = Texts(), False
    for name, raw in payloads:
        if name != COMMENTS:
            texts.chunks.setdefault(name, []).append(raw)
        elif not seen:
            texts.comments, texts.rest = _parse(raw)
            seen = True
    return texts


def _parse(raw: bytes) -> tuple[list[Comment], bytes]:
    """The comments as far as they are whole, and the bytes behind them."""
    if len(raw) < _COUNT.size:
        return [], raw
    count, at = _COUNT.unpack_from(raw)[0], _COUNT.size
    found: list[Comment] = []
    while len(found) < count and at + _HEAD.size <= len(raw):
        stamp, marker, length = _HEAD.unpack_from(raw, at)
        end = at + _HEAD.size + length
        if end > len(raw):
            break
        found.append(Comment(stamp, marker, raw[at + _HEAD.size : end]))
        at = end + length % 2
    return found, raw[at:]


def _render(comments: list[Comment], rest: bytes) -> bytes:
    pieces = [
        _HEAD.pack(one.stamp, one.marker, len(one.raw)) + one.raw + b"\0" * (len(one.raw) % 2)
        for one in comments
    ]
    return _COUNT.pack(len(comments)) + b"".join(pieces) + rest
