"""An AIFF's text chunks are read where ID3 is silent, and stay in step with it."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tags.conftest import text_chunk

from indieartist.audio.tags import aiff_text, read_tags, restore_tags, write_tags
from indieartist.audio.tags.aiff_text import Comment, Texts
from indieartist.audio.tags.iff import read_chunk, read_form
from indieartist.domain.tags import TagSheet

Sample = Callable[[str], Path]
LINKED = b"the chorus!"


def texts_of(path: Path) -> dict[bytes, list[bytes]]:
    """The text chunks of a file, in file order."""
    found: dict[bytes, list[bytes]] = {}
    with path.open("rb") as file:
        for chunk in read_form(file).chunks:
            if chunk.name in aiff_text.CHUNKS:
                found.setdefault(chunk.name, []).append(read_chunk(file, chunk))
    return found


def add_chunks(path: Path, *chunks: bytes) -> None:
    data = path.read_bytes() + b"".join(chunks)
    path.write_bytes(data[:4] + struct.pack(">I", len(data) - 8) + data[8:])


def test_they_are_read(sample: Sample) -> None:
    found = read_tags(sample("texts.aiff"))
    assert dict(found) == {
        "title": ("Möwen",),
        "artist": ("Mara Vale",),
        "copyright": ("2026 Mara Vale",),
        "comment": ("Take 3\n24 bits\nMixed at night",),
    }


def test_id3_goes_first_and_they_stay_in_step(sample: Sample) -> None:
    path = sample("texts.aiff")
    write_tags(path, TagSheet({"title": ["After"], "artist": ["Ana, Bo"], "genre": ["Dub"]}))
    texts = texts_of(path)
    assert texts[b"NAME"] == [b"After"]
    assert texts[b"AUTH"] == [b"Ana, Bo"]
    assert texts[b"(c) "] == [b"2026 Mara Vale"]
    assert texts[b"ANNO"] == [b"Take 3", b"24 bits"]
    found = read_tags(path)
    assert found["artist"] == ("Ana, Bo",)
    assert found["copyright"] == ("2026 Mara Vale",)


def test_what_is_not_written_stays_to_the_byte(sample: Sample) -> None:
    path = sample("texts.aiff")
    before = texts_of(path)
    write_tags(path, TagSheet({"title": ["Möwen"], "genre": ["Dub"]}))
    assert texts_of(path) == before


def test_a_new_comment_takes_the_place_of_all_but_those_of_markers(sample: Sample) -> None:
    path = sample("texts.aiff")
    original = path.read_bytes()
    shell = write_tags(path, TagSheet({"comment": ["One\nTwo"]}))
    texts = texts_of(path)
    assert texts[b"ANNO"] == [b"One\nTwo"]
    assert texts[b"COMT"][0][:2] == b"\0\1"
    assert LINKED in texts[b"COMT"][0]
    assert read_tags(path)["comment"] == ("One\nTwo",)
    second = write_tags(path, TagSheet({"comment": []}))
    assert b"ANNO" not in texts_of(path)
    assert LINKED in texts_of(path)[b"COMT"][0]
    assert "comment" not in read_tags(path)
    restore_tags(path, second)
    restore_tags(path, shell)
    assert path.read_bytes() == original


def test_none_is_added(sample: Sample) -> None:
    path = sample("aiff.aiff")
    write_tags(path, TagSheet({"title": ["After"], "comment": ["Loud"]}))
    assert texts_of(path) == {}


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"Plain", "Plain"),
        ("Möwen 日本".encode(), "Möwen 日本"),
        ("M\u00f6wen \u00a9".encode("mac_roman"), "Möwen ©"),
        (b"padded\0\0", "padded"),
        (b"", None),
        (b"\0", None),
    ],
)
def test_text_in_any_of_the_codings_in_use(sample: Sample, raw: bytes, text: str | None) -> None:
    path = sample("aiff.aiff")
    add_chunks(path, text_chunk(b"NAME", raw))
    assert read_tags(path).get("title") == (None if text is None else (text,))


def test_of_comments_those_that_are_whole_are_read(sample: Sample) -> None:
    path = sample("aiff.aiff")
    whole = struct.pack(">IhH", 1, 0, 5) + b"Whole\0"
    cut = struct.pack(">IhH", 1, 0, 500) + b"cut off"
    add_chunks(path, text_chunk(b"COMT", struct.pack(">H", 9) + whole + cut))
    assert read_tags(path)["comment"] == ("Whole",)
    write_tags(path, TagSheet({"comment": ["New"]}))
    assert texts_of(path)[b"COMT"][0].endswith(b"cut off")
    assert read_tags(path)["comment"] == ("New",)


def test_more_text_than_anybody_writes_is_let_be(sample: Sample) -> None:
    path = sample("aiff.aiff")
    chunk = text_chunk(b"ANNO", b"x" * aiff_text.MAX_BYTES)
    add_chunks(path, chunk, text_chunk(b"NAME", b"Title"))
    assert dict(read_tags(path)) == {}
    write_tags(path, TagSheet({"title": ["After"]}))
    assert texts_of(path)[b"NAME"] == [b"Title"]
    assert read_tags(path)["title"] == ("After",)


COMMENTS = st.lists(
    st.builds(
        Comment, st.integers(0, 2**32 - 1), st.integers(-(2**15), 2**15 - 1), st.binary(max_size=9)
    ),
    min_size=1,
    max_size=4,
)


@given(comments=COMMENTS)
def test_comments_come_back(comments: list[Comment]) -> None:
    raw = Texts(comments=comments).payloads(b"COMT")
    assert aiff_text.parse([(b"COMT", raw[0])]).comments == comments


@given(raw=st.binary(max_size=60))
def test_any_bytes_are_read(raw: bytes) -> None:
    texts = aiff_text.parse([(b"COMT", raw), (b"NAME", raw)])
    assert len(texts.comments) <= 60 // 8
    assert aiff_text.Notes().read(texts) is not None
