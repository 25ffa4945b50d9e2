"""ID3 tags that would inflate without end, or take for ever, are refused at once."""

from __future__ import annotations

import struct
import zlib

import pytest
from mutagen import id3

from indieartist.audio.tags import read_tags
from indieartist.errors import UserError

BOMB = zlib.compress(b"\3" + bytes(100 << 20), 9)


def sized(number: int, bits: int) -> bytes:
    return bytes(number >> bits * place & (1 << bits) - 1 for place in (3, 2, 1, 0))


def tag(version: int, body: bytes, flags: int = 0) -> bytes:
    return b"ID3" + bytes([version, 0, flags]) + sized(len(body), 7) + body


def frame(name: bytes, payload: bytes, flags: int = 0, bits: int = 7) -> bytes:
    return name + sized(len(payload), bits) + struct.pack(">H", flags) + payload


PACKED_24 = frame(b"TIT2", sized(1 << 20, 7) + BOMB, 0x0009)
PACKED_23 = frame(b"TIT2", struct.pack(">I", 1 << 20) + BOMB, 0x0080, bits=8)
CHAPTER = b"c1\0" + bytes(16)
CONTENTS = b"toc\0\0\2c1\0c2\0"
TAGS = {
    "2.4": tag(4, PACKED_24),
    "2.4 with sizes as iTunes wrote them": tag(
        4, frame(b"TIT2", sized(1 << 20, 7) + BOMB, 0x0009, bits=8)
    ),
    "2.3": tag(3, PACKED_23),
    "2.3 unsynchronised": tag(3, PACKED_23.replace(b"\xff", b"\xff\0"), 0x80),
    "behind an extended header": tag(3, struct.pack(">I", 6) + bytes(6) + PACKED_23, 0x40),
    "behind an extended header of 2.4": tag(4, sized(7, 7) + b"\1\x40\0" + PACKED_24, 0x40),
    "in an unsynchronised chapter": tag(
        4, frame(b"CHAP", b"c1\0" + b"\xff\0" * 16 + PACKED_24.replace(b"\xff", b"\xff\0"), 0x0002)
    ),
    "in a chapter": tag(4, frame(b"CHAP", CHAPTER + PACKED_24)),
    "in a table of contents": tag(4, frame(b"CTOC", CONTENTS + PACKED_24)),
    "in a packed chapter": tag(4, frame(b"CHAP", zlib.compress(CHAPTER + PACKED_24), 0x0008)),
    "in many small ones": tag(4, frame(b"TIT2", BOMB[:60_000], 0x0008) * 3),
    "many frames": tag(4, frame(b"TIT2", b"\3x") * 300_000),
    "many frames of 2.2": tag(2, b"TT2\0\0\1x" * 300_000),
}


@pytest.mark.parametrize("head", TAGS.values(), ids=TAGS)
@pytest.mark.parametrize("name", ["mp3.mp3", "wav16.wav"])
def test_refused(sample, name: str, head: bytes) -> None:
    path = sample(name)
    if name == "mp3.mp3":
        path.write_bytes(head + path.read_bytes())
    else:
        with path.open("ab") as file:
            file.write(b"id3 " + struct.pack("<I", len(head)) + head)
    with pytest.raises(UserError, match="made to exhaust this machine"):
        read_tags(path)


def test_chapters_in_chapters(sample) -> None:
    path, inner = sample("mp3.mp3"), b""
    for _ in range(5):
        inner = frame(b"CHAP", CHAPTER + inner)
    path.write_bytes(tag(4, inner) + path.read_bytes())
    with pytest.raises(UserError, match="chapters inside"):
        read_tags(path)


@pytest.mark.parametrize("version", [3, 4])
def test_honest_ones_are_read(sample, version: int) -> None:
    path = sample("mp3.mp3")
    text = b"\0Packed" + b" and again" * 500
    packed = zlib.compress(text)
    body = (
        frame(b"TIT2", sized(len(text), 7) + packed, 0x0009)
        if version == 4
        else frame(b"TIT2", struct.pack(">I", len(text)) + packed, 0x0080, bits=8)
    )
    path.write_bytes(tag(version, body) + path.read_bytes())
    assert read_tags(path).text("title") == text[1:].decode()


def test_real_chapters_are_read(sample) -> None:
    path = sample("mp3.mp3")
    tags = id3.ID3()
    tags.add(id3.TIT2(encoding=3, text="Show"))
    chapter = id3.CHAP(element_id="c1", sub_frames=[id3.TIT2(encoding=3, text="Part one")])
    tags.add(chapter)
    tags.save(path)
    assert read_tags(path)["title"] == ("Show",)
