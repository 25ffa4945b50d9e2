"""Broadcast Wave: bext and iXML by the letter, all else in them as it was, and RF64 above 4 GB."""

from __future__ import annotations

import os
import shutil
import struct
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indieartist.audio.tags import audio_digest, iff, read_tags, restore_tags, write_tags
from indieartist.domain.tags import TagSheet
from indieartist.errors import UserError

LOUD = TagSheet(
    {
        "title": ["Night Bus"],
        "artist": ["Ana & Bo"],
        "loudness": ["-14.02 LUFS"],
        "loudnessrange": ["5.30 LU"],
        "truepeak": ["-1.00 dBTP"],
        "momentarymax": ["-9.87 LUFS"],
        "shorttermmax": ["-11.11 LUFS"],
    }
)
FIGURES = (-1402, 530, -100, -987, -1111)
UNKNOWN = 0x7FFF
Sample = Callable[[str], Path]


def chunks_of(path: Path) -> list[tuple[bytes, bytes]]:
    """Every chunk of a small RIFF by the letter of the standard."""
    data, found, at = path.read_bytes(), [], 12
    while at < len(data):
        size = struct.unpack_from("<I", data, at + 4)[0]
        found.append((data[at : at + 4], data[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    return found


def with_chunk(path: Path, name: bytes, payload: bytes) -> None:
    """Put a chunk before all others."""
    data = path.read_bytes()
    made = name + struct.pack("<I", len(payload)) + payload + b"\0" * (len(payload) % 2)
    size = struct.pack("<I", len(data) + len(made) - 8)
    path.write_bytes(data[:4] + size + data[8:12] + made + data[12:])


class TestBext:
    def test_a_new_one_stands_before_the_audio(self, sample: Sample) -> None:
        path = sample("wav16.wav")
        write_tags(path, LOUD)
        found = chunks_of(path)
        names = [name for name, _ in found]
        assert names.index(b"bext") < names.index(b"data")
        bext = dict(found)[b"bext"]
        assert len(bext) == 602
        assert bext[:256].rstrip(b"\0") == b"Ana & Bo - Night Bus"
        assert bext[256:288].rstrip(b"\0") == b"IndieArtist"
        assert struct.unpack_from("<H", bext, 346) == (2,)
        assert struct.unpack_from("<5h", bext, 412) == FIGURES

    @pytest.mark.parametrize("version", [0, 1, 2])
    def test_what_a_recorder_wrote_stays(self, sample: Sample, version: int) -> None:
        path = sample("wav16.wav")
        old = bytearray(os.urandom(602) + b"A=PCM,F=48000,W=24\r\n")
        struct.pack_into("<H", old, 346, version)
        with_chunk(path, b"bext", bytes(old))
        before = path.read_bytes()
        shell = write_tags(path, LOUD)
        new = dict(chunks_of(path))[b"bext"]
        assert chunks_of(path)[0][0] == b"bext"
        assert new[:346] + new[348:412] + new[422:] == bytes(old[:346] + old[348:412] + old[422:])
        assert struct.unpack_from("<5h", new, 412) == FIGURES
        restore_tags(path, shell)
        assert path.read_bytes() == before

    def test_old_versions_know_no_loudness(self, sample: Sample) -> None:
        path = sample("wav16.wav")
        with_chunk(path, b"bext", struct.pack("<346xH64x5h180x", 1, *FIGURES))
        assert read_tags(path) == TagSheet()
        write_tags(path, TagSheet({"loudness": ["-14 LUFS"]}))
        bext = dict(chunks_of(path))[b"bext"]
        assert struct.unpack_from("<5h", bext, 412) == (-1400, *[UNKNOWN] * 4)
        write_tags(path, TagSheet({"loudness": []}))
        assert "loudness" not in read_tags(path)

    def test_without_loudness_there_is_none(self, sample: Sample) -> None:
        path = sample("wav16.wav")
        write_tags(path, TagSheet({"title": ["Quiet"]}))
        assert b"bext" not in dict(chunks_of(path))

    @pytest.mark.parametrize("value", ["loud", "-14 dBTP", "-123 LUFS", "١٤ LUFS", "nan LUFS"])
    def test_what_is_no_figure(self, sample: Sample, value: str) -> None:
        path = sample("wav16.wav")
        with pytest.raises(UserError, match=r"is no figure|is not between"):
            write_tags(path, TagSheet({"loudness": [value]}))


class TestIxml:
    def find(self, path: Path, name: str) -> str | None:
        root = ElementTree.fromstring(dict(chunks_of(path))[b"iXML"])
        return root.findtext(name)

    def test_song_and_loudness(self, sample: Sample) -> None:
        path = sample("wav16.wav")
        write_tags(path, LOUD)
        assert self.find(path, "ASWG/songTitle") == "Night Bus"
        assert self.find(path, "ASWG/artist") == "Ana & Bo"
        assert self.find(path, "LOUDNESS/LOUDNESS_VALUE") == "-14.02"
        assert self.find(path, "LOUDNESS/MAX_SHORT_TERM_LOUDNESS") == "-11.11"

    def test_other_elements_stay(self, sample: Sample) -> None:
        path = sample("wav16.wav")
        old = (
            '<?xml version="1.0"?><!-- mine --><BWFXML xmlns:x="urn:x"><x:own a="1">y</x:own>\n'
            "<TRACK_LIST><TRACK><NAME>Boom</NAME></TRACK></TRACK_LIST>"
            "<ASWG><artist>Old</artist><micType>C414</micType></ASWG></BWFXML>"
        )
        with_chunk(path, b"iXML", old.encode() + bytes(20))
        assert read_tags(path)["artist"] == ("Old",)
        write_tags(path, TagSheet({"artist": ["New"]}))
        new = dict(chunks_of(path))[b"iXML"].decode()
        assert new == old.replace('"1.0"?>', '"1.0" encoding="UTF-8"?>').replace("Old", "New")

    @pytest.mark.parametrize(
        "raw",
        [
            b"<BWFXML><broken></BWFXML>",
            b'<!DOCTYPE a [<!ENTITY b "c">]><BWFXML><ASWG><artist>&b;</artist></ASWG></BWFXML>',
            b"<other/>",
            b"<BWFXML>" + b"<a>" * 500 + b"</a>" * 500 + b"</BWFXML>",
            b"<BWFXML>" + b" " * (1 << 18) + b"</BWFXML>",
            '<BWFXML a="\xe9"/>'.encode("latin-1"),
            b"",
        ],
    )
    def test_what_is_no_plain_document_is_not_touched(self, sample: Sample, raw: bytes) -> None:
        path = sample("wav16.wav")
        with_chunk(path, b"iXML", raw)
        write_tags(path, LOUD)
        assert chunks_of(path)[0] == (b"iXML", raw)
        assert read_tags(path)["title"] == ("Night Bus",)

    def test_utf_16(self, sample: Sample) -> None:
        path = sample("wav16.wav")
        old = "<BWFXML><ASWG><artist>Zoë 日本</artist></ASWG><NOTE>ü</NOTE></BWFXML>"
        with_chunk(path, b"iXML", old.encode("utf-16"))
        assert read_tags(path)["artist"] == ("Zoë 日本",)
        write_tags(path, TagSheet({"title": ["x"]}))
        assert self.find(path, "NOTE") == "ü"

    @settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(text=st.text(st.characters(), max_size=30))
    def test_any_text_leaves_a_document_others_can_read(self, sample: Sample, text: str) -> None:
        path = sample("wav16.wav")
        write_tags(path, TagSheet({"title": [f"a{text}b"], "version": [text]}))
        written = self.find(path, "ASWG/songTitle")
        assert written is not None
        assert written[0] + written[-1] == "ab"
        assert (self.find(path, "ASWG/musicVersion") or "x").strip()

    def test_taken_out_when_nothing_is_left(self, sample: Sample) -> None:
        path = sample("wav16.wav")
        write_tags(path, TagSheet({"title": ["x"]}))
        write_tags(path, TagSheet({"title": []}))
        assert b"iXML" not in dict(chunks_of(path))


class TestFourGigabytes:
    def test_a_wav_that_outgrows_its_size_becomes_rf64(self, sample: Sample, monkeypatch) -> None:
        path = sample("wav16.wav")
        before, digest, sound = path.read_bytes(), audio_digest(path), soundfile.read(path)[0]
        monkeypatch.setattr(iff, "IN_DS64", len(before) + 10)
        shell = write_tags(path, LOUD)
        monkeypatch.undo()
        data = path.read_bytes()
        assert data[:4] + data[8:16] == b"RF64" + b"WAVE" + b"ds64"
        size, audio_bytes = struct.unpack_from("<QQ", data, 20)
        assert (size, audio_bytes) == (len(data) - 8, sound.size * 2)
        assert audio_digest(path) == digest
        assert (soundfile.read(path)[0] == sound).all()
        restore_tags(path, shell)
        assert path.read_bytes() == before

    def test_room_that_was_reserved_is_taken(self, sample: Sample, monkeypatch) -> None:
        path = sample("wav16.wav")
        with_chunk(path, b"JUNK", bytes(28))
        before = path.read_bytes()
        monkeypatch.setattr(iff, "IN_DS64", len(before))
        shell = write_tags(path, TagSheet({"title": ["x"]}))
        monkeypatch.undo()
        assert b"JUNK" not in path.read_bytes()
        assert soundfile.info(path).format == "RF64"
        restore_tags(path, shell)
        assert path.read_bytes() == before

    @pytest.mark.parametrize("kind", ["RIFF", "RF64"])
    def test_tags_behind_five_gigabytes_are_read(self, tmp_path: Path, kind: str) -> None:
        path = tmp_path / "long.wav"
        audio_bytes = 4_294_000_000 if kind == "RIFF" else 5_000_000_000
        sparse(path, kind, audio_bytes)
        assert read_tags(path)["title"] == ("Behind",)

    @pytest.mark.real
    def test_a_write_behind_four_gigabytes(self, tmp_path: Path) -> None:
        if shutil.disk_usage(tmp_path).free < 14 << 30:
            pytest.skip("it takes 14 GB of disk")
        path = tmp_path / "long.wav"
        sparse(path, "RIFF", 4_294_960_000)
        size, digest = path.stat().st_size, audio_digest(path)
        shell = write_tags(path, TagSheet({**LOUD, "comment": ["x" * 9000]}))
        assert read_start(path) == b"RF64"
        assert audio_digest(path) == digest
        assert read_tags(path)["title"] == ("Night Bus",)
        restore_tags(path, shell)
        assert path.stat().st_size == size
        assert read_start(path) == b"RIFF"


def read_start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


def sparse(path: Path, kind: str, audio_bytes: int) -> None:
    """A recording of silence that takes no room on the disk, tags at its end."""
    fmt = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 2, 48_000, 192_000, 4, 16)
    item = b"INAM" + struct.pack("<I", 6) + b"Behind"
    tail = b"LIST" + struct.pack("<I", 4 + len(item)) + b"INFO" + item
    large = kind == "RF64"
    whole = 4 + (36 if large else 0) + len(fmt) + 8 + audio_bytes + len(tail)
    ds64 = struct.pack("<4sIQQQI", b"ds64", 28, whole, audio_bytes, 0, 0) if large else b""
    sizes = [0xFFFFFFFF if large else size for size in (whole, audio_bytes)]
    head = struct.pack("<4sI4s", kind.encode(), sizes[0], b"WAVE") + ds64 + fmt
    head += struct.pack("<4sI", b"data", sizes[1])
    with path.open("wb") as file:
        file.write(head)
        file.seek(len(head) + audio_bytes)
        file.write(tail)
