"""Each reason for which a file is refused, said in one sentence, with the file as it was."""

from __future__ import annotations

import errno
import struct
from pathlib import Path

import pytest
from mutagen import id3

from indieartist.audio.tags import audio_digest, iff, read_tags, shell, table, write_tags
from indieartist.audio.tags.slots import Slot
from indieartist.domain.tags import FIELDS, NO_PICTURE, Picture, TagSheet
from indieartist.errors import UserError

SHEET = TagSheet({"title": ["After"]})
HUGE = b"\xff\xff\xff\xff"


def refused(path: Path, words: str, sheet: TagSheet = SHEET) -> None:
    before = path.read_bytes()
    with pytest.raises(UserError, match=words) as caught:
        write_tags(path, sheet)
    assert path.name in caught.value.message
    assert path.read_bytes() == before
    assert [found.name for found in path.parent.iterdir()] == [path.name]


class Forgetful(Slot):
    """A place that loses what is written to it."""

    def read(self, tags):
        return ()

    def write(self, tags, values):
        pass


class TestChecks:
    def test_tags_that_do_not_read_back(self, sample, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(table.VORBIS, "title", Forgetful())
        refused(sample("flac.flac"), "cannot hold this Title: After")

    def test_artwork_that_does_not_read_back(self, sample, monkeypatch) -> None:
        monkeypatch.setattr("indieartist.audio.tags.mp4.read_picture", lambda tags: None)
        cover = TagSheet(artwork=Picture.of(b"\xff\xd8\xff\xe0"))
        refused(sample("aac.m4a"), "cannot hold this artwork", cover)

    def test_audio_that_a_write_would_touch(self, sample, monkeypatch) -> None:
        class Careless(Forgetful):
            def write(self, tags, values):
                path = next(found for found in folder.iterdir() if found.suffix == ".part")
                data = bytearray(path.read_bytes())
                data[-1] ^= 1
                path.write_bytes(data)

        path = sample("flac.flac")
        folder = path.parent
        monkeypatch.setitem(table.VORBIS, "title", Careless())
        refused(path, "without touching its audio")

    def test_permission(self, sample) -> None:
        path = sample("flac.flac")

        def denied(_shell: object) -> None:
            raise PermissionError(errno.EACCES, "Permission denied")

        with pytest.raises(UserError, match="may not be opened or changed"):
            write_tags(path, SHEET, keep=denied)

    def test_more_beside_the_audio_than_can_be_kept(self, sample, monkeypatch) -> None:
        monkeypatch.setattr(shell, "MAX_SHELL_BYTES", 30)
        refused(sample("wav16.wav"), "MiB beside its audio")


class TestChunks:
    fmt = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 48_000, 48_000, 1, 8)

    def write(self, path: Path, kind: bytes, *chunks: bytes) -> Path:
        body = b"WAVE" + b"".join(chunks)
        path.write_bytes(kind + struct.pack("<I", len(body)) + body)
        return path

    def test_no_audio(self, tmp_path: Path) -> None:
        refused(self.write(tmp_path / "a.wav", b"RIFF", self.fmt), "holds no audio")

    def test_broken_ds64(self, tmp_path: Path) -> None:
        ds64 = b"ds64" + struct.pack("<I", 8) + bytes(8)
        refused(self.write(tmp_path / "a.wav", b"RF64", ds64, self.fmt), "broken ds64")

    def test_rf64_without_ds64(self, tmp_path: Path) -> None:
        data = b"data" + struct.pack("<I", 4) + bytes(4)
        path = self.write(tmp_path / "a.wav", b"RF64", self.fmt, data)
        refused(path, "without a ds64")

    def test_too_many_tags(self, tmp_path: Path) -> None:
        tag = b"id3 " + struct.pack("<I", 10) + b"ID3\4\0\0\0\0\0\0"
        path = self.write(tmp_path / "a.wav", b"RIFF", self.fmt, *[tag] * 9)
        with pytest.raises(UserError, match="9 ID3 chunks"):
            read_tags(path)

    def test_too_large_tags(self, sample, monkeypatch) -> None:
        path = sample("wav16.wav")
        write_tags(path, TagSheet({"comment": ["x" * 500]}))
        monkeypatch.setattr(iff, "MAX_TAGS_BYTES", 400)
        refused(path, "MiB of tags")

    def test_an_aiff_that_would_outgrow_its_size_field(self, sample, monkeypatch) -> None:
        path = sample("aiff.aiff")
        monkeypatch.setattr(iff, "IN_DS64", path.stat().st_size + 10)
        refused(path, "save it as WAV")


class TestStreams:
    def test_mp3_of_tags_alone(self, sample) -> None:
        path = sample("mp3.mp3")
        write_tags(path, SHEET)
        head = path.read_bytes()[:200]
        path.write_bytes(head[:6] + b"\0\0\1\x3e" + head[10:])
        refused(path, "is empty")

    def test_flac_without_frames(self, sample) -> None:
        path = sample("flac.flac")
        whole = path.read_bytes()
        at, last = 4, False
        while not last:
            last, at = (
                bool(whole[at] & 0x80),
                at + 4 + int.from_bytes(whole[at + 1 : at + 4], "big"),
            )
        path.write_bytes(whole[:at])
        with pytest.raises(UserError, match="before its audio begins"):
            audio_digest(path)

    def test_ogg_of_another_codec(self, sample) -> None:
        path = sample("vorbis.ogg")
        path.write_bytes(path.read_bytes().replace(b"\x01vorbis", b"\x80theora", 1))
        refused(path, "neither Vorbis, Opus nor FLAC")

    def test_ogg_of_headers_alone(self, sample) -> None:
        path = sample("opus.opus")
        data = path.read_bytes()
        path.write_bytes(data[: data.index(b"OggS", data.index(b"OpusTags"))])
        with pytest.raises(UserError, match="holds no audio"):
            audio_digest(path)

    def test_ogg_page_of_a_stream_that_never_began(self, sample) -> None:
        path = sample("vorbis.ogg")
        data = bytearray(path.read_bytes())
        last = data.rindex(b"OggS")
        data[last + 14 : last + 18] = b"abcd"
        path.write_bytes(data)
        refused(path, "never began")

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            (b"stco\0\0\0\0\0\0", b"stco\0\0\0\0\xff\xff", "table of chunk offsets"),
            (b"mdat", b"skip", "holds no audio"),
        ],
    )
    def test_mp4(self, sample, old: bytes, new: bytes, words: str) -> None:
        path = sample("aac.m4a")
        data = path.read_bytes()
        assert old in data
        path.write_bytes(data.replace(old, new))
        refused(path, words)


def test_mp3_without_any_tag_left_is_as_the_encoder_made_it(sample) -> None:
    path = sample("mp3.mp3")
    id3.ID3(path).delete()
    bare = path.read_bytes()
    write_tags(path, TagSheet(SHEET.fields, Picture.of(b"\xff\xd8\xff\xe0")))
    assert path.read_bytes() != bare
    write_tags(path, TagSheet(dict.fromkeys(FIELDS, ()), NO_PICTURE))
    assert path.read_bytes() == bare
    assert read_tags(path) == TagSheet()
