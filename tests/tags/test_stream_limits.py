"""Files made of countless tiny parts are refused before they take minutes and gigabytes."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from indieartist.audio.tags import read_tags, write_tags
from indieartist.domain.tags import TagSheet
from indieartist.errors import UserError

MANY = {"chunks": 10_001, "items": 10_001, "atoms": 50_001, "blocks": 1001, "comments": 20_001}
Sample = Callable[[str], Path]


def with_tail(data: bytes, tail: bytes) -> bytes:
    """A RIFF with more chunks at its end."""
    return data[:4] + struct.pack("<I", len(data) + len(tail) - 8) + data[8:] + tail


def many_chunks(data: bytes) -> bytes:
    return with_tail(data, b"abcd\0\0\0\0" * MANY["chunks"])


def many_items(data: bytes) -> bytes:
    items = b"INFO" + b"ICMT\0\0\0\0" * MANY["items"]
    return with_tail(data, b"LIST" + struct.pack("<I", len(items)) + items)


def many_atoms(data: bytes) -> bytes:
    return data + b"\0\0\0\x08free" * MANY["atoms"]


def many_inner_atoms(data: bytes) -> bytes:
    inner = b"\0\0\0\x08data" * MANY["atoms"]
    for name in (b"\xa9nam", b"ilst"):
        inner = struct.pack(">I4s", len(inner) + 8, name) + inner
    for name in (b"meta", b"udta", b"moov"):
        inner = (bytes(4) if name == b"meta" else b"") + inner
        inner = struct.pack(">I4s", len(inner) + 8, name) + inner
    return data + inner


def many_blocks(data: bytes) -> bytes:
    return data[:42] + b"\1\0\0\0" * MANY["blocks"] + data[42:]


def comments(count: int) -> bytes:
    return struct.pack("<II", 0, count) + (struct.pack("<I", 2) + b"a=") * count


def many_comments(data: bytes) -> bytes:
    body = comments(MANY["comments"])
    return data[:42] + b"\4" + len(body).to_bytes(3, "big") + body + data[42:]


def many_ogg_comments(data: bytes) -> bytes:
    at = data.index(b"OpusTags") + 8
    return data[:at] + comments(MANY["comments"]) + data[at:]


MADE = {
    "chunks": ("wav16.wav", many_chunks, "more than 10,000 chunks"),
    "items": ("wav16.wav", many_items, "more than 10,000 INFO items"),
    "atoms": ("aac.m4a", many_atoms, "more than 50,000 MP4 atoms"),
    "atoms inside": ("aac.m4a", many_inner_atoms, "atoms"),
    "blocks": ("flac.flac", many_blocks, "metadata blocks"),
    "comments": ("flac.flac", many_comments, "more comments than any song"),
    "comments of Ogg": ("opus.opus", many_ogg_comments, "more comments than any song"),
}


@pytest.mark.parametrize(("name", "make", "said"), MADE.values(), ids=MADE)
def test_refused(sample: Sample, name: str, make: Callable[[bytes], bytes], said: str) -> None:
    path = sample(name)
    made = make(path.read_bytes())
    path.write_bytes(made)
    with pytest.raises(UserError, match=said):
        read_tags(path)
    with pytest.raises(UserError, match=path.name):
        write_tags(path, TagSheet({"title": "x"}))
    assert path.read_bytes() == made


def test_tags_one_behind_the_other(sample: Sample) -> None:
    path = sample("mp3.mp3")
    path.write_bytes(path.read_bytes() + b"000000LYRICS200" * 5000)
    write_tags(path, TagSheet({"title": "x"}))
    assert read_tags(path)["title"] == ("x",)
