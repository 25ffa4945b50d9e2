"""Files as the wild breaks them: each is read or refused, and what is not ours survives a write."""

from __future__ import annotations

import base64
import struct
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from mutagen import flac, id3, mp4
from mutagen.apev2 import APEv2, APEv2File
from mutagen.ogg import OggPage
from mutagen.oggvorbis import OggVorbis

from indieartist.audio.tags import audio_digest, read_tags, restore_tags, write_tags
from indieartist.domain.tags import NO_PICTURE, Picture, TagSheet
from indieartist.errors import UserError

AFTER = TagSheet({"title": ["After"], "artist": ["Ana"], "album": ["Somewhere"]})


def chunk(name: bytes, payload: bytes, order: str = "<", pad: bool = True) -> bytes:
    return (
        name
        + struct.pack(order + "I", len(payload))
        + payload
        + b"\0" * (len(payload) % 2 if pad else 0)
    )


def wave(*chunks: bytes, size: int | None = None) -> bytes:
    body = b"WAVE" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body) if size is None else size) + body


def chunks_of(data: bytes, order: str = "<") -> list[tuple[bytes, bytes]]:
    """Every chunk by the letter of the standard: a pad byte behind each odd one."""
    found, at = [], 12
    end = 8 + struct.unpack(order + "I", data[4:8])[0]
    while at < end:
        size = struct.unpack(order + "I", data[at + 4 : at + 8])[0]
        found.append((data[at : at + 4], data[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    assert at == end
    return found


def id3_tag(*frames: id3.Frame, version: int = 4) -> bytes:
    from io import BytesIO

    tags, sink = id3.ID3(), BytesIO()
    for frame in frames:
        tags.add(frame)
    if version == 3:
        tags.update_to_v23()
    tags.save(sink, v2_version=version, padding=lambda info: 0)
    return sink.getvalue()


def written(path: Path, data: bytes, sheet: TagSheet = AFTER) -> bytes:
    """The bytes after a write, once the write is seen to be true and reversible."""
    path.write_bytes(data)
    digest = audio_digest(path)
    shell = write_tags(path, sheet)
    after = path.read_bytes()
    assert audio_digest(path) == digest
    restore_tags(path, shell)
    assert path.read_bytes() == data
    path.write_bytes(after)
    return after


FMT = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 48_000, 48_000, 1, 8))
AUDIO = chunk(b"data", bytes(range(128, 228)))
ODD_AUDIO = bytes(range(128, 227))
BEXT = chunk(b"bext", b"Take 3".ljust(602, b"\0"))
IXML = chunk(b"iXML", b"<BWFXML><NOTE>odd</NOTE></BWFXML>")
STRANGE = chunk(b"abcd", b"\0\1\2\3\4")


class TestWave:
    def test_other_chunks_and_their_order_survive(self, tmp_path: Path) -> None:
        before = wave(BEXT, FMT, STRANGE, AUDIO, IXML, chunk(b"LIST", b"adtl" + bytes(8)))
        after = chunks_of(written(tmp_path / "a.wav", before))
        ours = b"<ASWG><songTitle>After</songTitle><artist>Ana</artist><project>Somewhere</project>"
        was = chunks_of(before)
        assert after[:4] + after[5:6] == was[:4] + was[5:6]
        assert after[4][0] == b"iXML"
        assert ours in after[4][1]
        assert b"<NOTE>odd</NOTE>" in after[4][1]
        assert [name for name, _ in after[6:]] == [b"LIST", b"id3 "]

    def test_tags_stay_in_their_place(self, tmp_path: Path) -> None:
        info = chunk(b"LIST", b"INFO" + chunk(b"INAM", b"Old\0") + chunk(b"IXYZ", b"mine\0"))
        old = chunk(b"ID3 ", id3_tag(id3.TIT2(text="Old"), id3.PRIV(owner="me", data=b"x")))
        data = written(tmp_path / "a.wav", wave(info, FMT, old, AUDIO, BEXT))
        after = chunks_of(data)
        named = [name for name, _ in after]
        assert named == [b"LIST", b"fmt ", b"id3 ", b"data", b"bext", b"iXML"]
        assert b"IXYZ\x05\0\0\0mine\0" in after[0][1]
        assert b"INAM\x06\0\0\0After\0" in after[0][1]
        assert b"PRIV" in after[2][1]

    @pytest.mark.parametrize("name", [b"id3 ", b"ID3 ", b"Id3 "])
    def test_any_spelling(self, tmp_path: Path, name: bytes) -> None:
        path = tmp_path / "a.wav"
        path.write_bytes(wave(FMT, AUDIO, chunk(name, id3_tag(id3.TIT2(text="Old")))))
        assert read_tags(path)["title"] == ("Old",)

    def test_two_tags_become_one(self, tmp_path: Path) -> None:
        path = tmp_path / "a.wav"
        first = chunk(b"id3 ", id3_tag(id3.TIT2(text="First")))
        second = chunk(b"ID3 ", id3_tag(id3.TIT2(text="Second"), id3.TALB(text="Only here")))
        data = wave(FMT, first, AUDIO, second)
        path.write_bytes(data)
        assert dict(read_tags(path)) == {"title": ("First",), "album": ("Only here",)}
        after = written(path, data, TagSheet({"artist": ["Ana"]}))
        assert [name for name, _ in chunks_of(after)] == [
            b"fmt ",
            b"id3 ",
            b"data",
            b"LIST",
            b"iXML",
        ]
        assert read_tags(path)["album"] == ("Only here",)

    def test_id3_goes_before_info_and_info_fills_in(self, tmp_path: Path) -> None:
        path = tmp_path / "a.wav"
        items = chunk(b"INAM", b"Info") + chunk(b"ICMT", "grün".encode("cp1252"))
        path.write_bytes(
            wave(
                FMT,
                AUDIO,
                chunk(b"LIST", b"INFO" + items),
                chunk(b"id3 ", id3_tag(id3.TIT2(text="ID3"))),
            )
        )
        assert dict(read_tags(path)) == {"title": ("ID3",), "comment": ("grün",)}

    def test_forgotten_pad_bytes(self, tmp_path: Path) -> None:
        items = chunk(b"INAM", b"odd", pad=False) + chunk(b"IART", b"even")
        info = chunk(b"LIST", b"INFO" + items, pad=False)
        before = wave(FMT, chunk(b"data", ODD_AUDIO, pad=False), info, BEXT)
        path = tmp_path / "a.wav"
        path.write_bytes(before)
        assert dict(read_tags(path)) == {"title": ("odd",), "artist": ("even",)}
        after = chunks_of(written(path, before))
        named = [name for name, _ in after]
        assert named == [b"fmt ", b"data", b"LIST", b"bext", b"iXML", b"id3 "]
        assert after[1][1] == ODD_AUDIO

    def test_odd_audio_at_the_end_without_pad(self, tmp_path: Path) -> None:
        before = wave(FMT, chunk(b"data", ODD_AUDIO, pad=False))
        after = chunks_of(written(tmp_path / "a.wav", before))
        assert after[1] == (b"data", ODD_AUDIO)

    @pytest.mark.parametrize("size", [0, 36, 0xFFFFFFFF, 10_000])
    def test_a_wrong_size_of_the_whole_is_put_right(self, tmp_path: Path, size: int) -> None:
        after = written(tmp_path / "a.wav", wave(FMT, AUDIO, BEXT, size=size))
        assert [name for name, _ in chunks_of(after)][:3] == [b"fmt ", b"data", b"bext"]

    def test_what_lies_behind_stays_behind(self, tmp_path: Path) -> None:
        after = written(tmp_path / "a.wav", wave(FMT, AUDIO) + b"\0\1junk\2\3" * 3)
        assert after.endswith(b"\0\1junk\2\3" * 3)
        assert read_tags(tmp_path / "a.wav")["title"] == ("After",)

    @pytest.mark.parametrize("size", [0, 0xFFFFFFFF, 5000])
    def test_a_recording_that_was_never_finished(self, tmp_path: Path, size: int) -> None:
        path = tmp_path / "crashed.wav"
        data = wave(FMT, b"data" + struct.pack("<I", size) + b"\x80\x81" * 500, size=0)
        path.write_bytes(data)
        assert read_tags(path) == TagSheet()
        with pytest.raises(UserError, match="never finished"):
            write_tags(path, AFTER)
        assert path.read_bytes() == data

    def test_a_file_without_a_single_sample(self, tmp_path: Path) -> None:
        after = written(tmp_path / "a.wav", wave(FMT, chunk(b"data", b""), BEXT))
        assert chunks_of(after)[1] == (b"data", b"")

    def test_others_read_what_we_wrote(self, sample, tmp_path: Path) -> None:
        for name in ("wav16.wav", "wav24.wav", "rf64.wav"):
            path = sample(name)
            samples = soundfile.read(path)[0]
            write_tags(path, AFTER)
            with soundfile.SoundFile(path) as sound:
                assert (sound.title, sound.artist, sound.album) == ("After", "Ana", "Somewhere")
                assert np.array_equal(sound.read(), samples)

    def test_rf64_sizes_follow(self, sample) -> None:
        path = sample("rf64.wav")
        write_tags(path, AFTER)
        data = path.read_bytes()
        assert data[4:8] == b"\xff\xff\xff\xff"
        assert struct.unpack("<Q", data[20:28])[0] == len(data) - 8

    def test_large_chunks_by_the_table_of_ds64(self, tmp_path: Path) -> None:
        strange, audio = bytes(range(50)), bytes(range(128, 228))
        table = b"big " + struct.pack("<Q", len(strange))
        ds64 = chunk(b"ds64", struct.pack("<QQQI", 0, len(audio), 100, 1) + table)
        huge = b"\xff\xff\xff\xff"
        body = b"WAVE" + ds64 + FMT + b"big " + huge + strange + b"data" + huge + audio
        after = written(tmp_path / "a.wav", b"BW64" + huge + body)
        assert strange + b"data" + huge + audio + b"LIST" in after


class TestAiff:
    def test_other_chunks_survive(self, tmp_path: Path) -> None:
        comm = chunk(b"COMM", struct.pack(">hIh", 1, 50, 16) + bytes(10), ">")
        sound = chunk(b"SSND", bytes(8) + bytes(range(100)), ">")
        name, strange = chunk(b"NAME", b"odd", ">"), chunk(b"APPL", b"stoc" + bytes(5), ">")
        old = chunk(b"ID3 ", id3_tag(id3.TIT2(text="Old"), id3.TXXX(desc="mine", text="1")), ">")
        body = b"AIFF" + comm + name + old + sound + strange
        before = b"FORM" + struct.pack(">I", len(body)) + body
        after = chunks_of(written(tmp_path / "a.aif", before), ">")
        assert [name for name, _ in after] == [b"COMM", b"NAME", b"ID3 ", b"SSND", b"APPL"]
        assert "mine".encode("utf-16") in after[2][1]


class TestMp3:
    def test_tags_at_the_tail_survive(self, sample, tmp_path: Path) -> None:
        path = sample("mp3.mp3")
        ape = APEv2()
        ape["Title"], ape["Mine"] = "Ape", "kept"
        ape.save(path)
        lyrics = b"LYRICSBEGININD00003110"
        lyrics += b"%06dLYRICS200" % len(lyrics)
        before = path.read_bytes() + lyrics + b"TAG" + b"Old title".ljust(124, b"\0") + b"\xff"
        after = written(path, before)
        assert APEv2File(path).tags is not None or b"APETAGEX" in after
        assert b"Mine" in after
        assert lyrics in after
        assert after[-128:-95] == b"TAG" + b"After".ljust(30, b"\0")

    def test_digest_is_without_any_tag(self, sample) -> None:
        path = sample("mp3.mp3")
        digest = audio_digest(path)
        ape = APEv2()
        ape["Title"] = "Ape"
        ape.save(path)
        tail = b"TAG" + b"Old title".ljust(125, b"\0")
        path.write_bytes(id3_tag(id3.TIT2(text="x")) + path.read_bytes() + tail)
        assert audio_digest(path) == digest

    def test_only_id3v1(self, sample) -> None:
        path = sample("mp3.mp3")
        tail = b"TAG" + b"Old".ljust(30, b"\0") + b"Bo".ljust(94, b"\0") + b"\x11"
        path.write_bytes(path.read_bytes() + tail)
        assert dict(read_tags(path)) == {"title": ("Old",), "artist": ("Bo",), "genre": ("Rock",)}

    def test_junk_in_front(self, sample) -> None:
        path = sample("mp3.mp3")
        after = written(path, b"\r\n<junk>" * 40 + path.read_bytes())
        assert after.startswith(b"ID3")
        assert b"\r\n<junk>" * 40 in after

    def test_two_tags_in_front(self, sample) -> None:
        path = sample("mp3.mp3")
        second = id3_tag(id3.TIT2(text="Second"))
        before = id3_tag(id3.TIT2(text="First")) + second + path.read_bytes()
        assert second in written(path, before)

    def test_foreign_frames_survive(self, sample, png: bytes, jpeg: bytes) -> None:
        path = sample("mp3.mp3")
        tags = id3_tag(
            id3.PRIV(owner="me", data=b"private"),
            id3.GEOB(mime="x/y", filename="f", desc="d", data=b"object"),
            id3.APIC(mime="image/jpeg", type=4, desc="back", data=jpeg),
            id3.APIC(mime="image/jpeg", type=3, desc="front", data=jpeg),
            id3.COMM(lang="eng", desc="iTunNORM", text="0000"),
            id3.TIPL(people=[["tape op", "Cy"], ["producer", "Old"]]),
            id3.TXXX(desc="mine", text="1"),
            id3.WOAR(url="https://example.org"),
        )
        sheet = TagSheet({"producer": ["New"], "comment": ["Ours"]}, Picture.of(png))
        written(path, tags + path.read_bytes(), sheet)
        found = id3.ID3(path)
        assert found["PRIV:me:private"].data == b"private"
        assert found["GEOB:d"].data == b"object"
        assert found["APIC:back"].data == jpeg
        assert [one.data for one in found.getall("APIC") if one.type == 3] == [png]
        assert found["COMM:iTunNORM:eng"].text == ["0000"]
        assert found["TIPL"].people == [["tape op", "Cy"], ["producer", "New"]]
        assert found["TXXX:mine"].text == ["1"]
        assert found["WOAR:https://example.org"].url == "https://example.org"

    def test_frames_of_2_3_that_nobody_knows_survive(self, sample) -> None:
        path = sample("mp3.mp3")
        known = id3_tag(id3.TIT2(text="Old"), id3.TDRC(text="2020-05-01"), version=3)
        frames = known[10:]
        unknown = b"XYZ1" + struct.pack(">I", 200) + b"\0\0" + bytes(range(200))
        unknown += b"XYZ1" + struct.pack(">I", 3) + b"\0\0" + b"two"
        body = frames + unknown
        size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
        written(path, b"ID3\3\0\0" + size + body + path.read_bytes(), TagSheet({"artist": ["Bo"]}))
        assert id3.ID3(path).version == (2, 3, 0)
        write_tags(path, TagSheet({"artist": ["Bo"]}), id3_version=4)
        found = id3.ID3(path)
        assert found.version == (2, 4, 0)
        assert sorted(raw[10:] for raw in found.unknown_frames) == [bytes(range(200)), b"two"]
        assert read_tags(path)["date"] == ("2020-05-01",)

    def test_aac_without_a_container(self, sample, tmp_path: Path) -> None:
        path = tmp_path / "raw.aac"
        with av.open(str(sample("aac.m4a"))) as old, av.open(str(path), "w", "adts") as new:
            stream = new.add_stream_from_template(old.streams.audio[0])
            for packet in old.demux(audio=0):
                if packet.dts is not None:
                    packet.stream = stream
                    new.mux(packet)
        written(path, path.read_bytes())
        assert read_tags(path)["title"] == ("After",)


class TestFlac:
    def test_other_blocks_survive(self, sample, png: bytes, jpeg: bytes) -> None:
        path = sample("flac.flac")
        data = path.read_bytes()
        blocks = b"\x02\0\0\x08abcdxyz1" + b"\x7e\0\0\3own"
        path.write_bytes(data[:42] + blocks + data[42:])
        file = flac.FLAC(path)
        for kind, raw in ((4, jpeg), (3, jpeg)):
            one = flac.Picture()
            one.type, one.mime, one.data = kind, "image/jpeg", raw
            file.add_picture(one)
        file["MINE"] = "kept"
        file.save()
        after = written(path, path.read_bytes(), TagSheet(AFTER.fields, Picture.of(png)))
        assert b"abcdxyz1" in after
        assert b"\0\0\3own" in after
        found = flac.FLAC(path)
        assert {one.type: one.data for one in found.pictures} == {3: png, 4: jpeg}
        assert found["MINE"] == ["kept"]

    def test_id3_around_it_is_left_alone(self, sample) -> None:
        path = sample("flac.flac")
        head, tail = id3_tag(id3.TIT2(text="ID3")), b"TAG" + bytes(125)
        after = written(path, head + path.read_bytes() + tail)
        assert after.startswith(head)
        assert after.endswith(tail)

    def test_older_names_are_read_and_replaced(self, sample) -> None:
        path = sample("flac.flac")
        file = flac.FLAC(path)
        file.update({"TRACKNUMBER": "03/12", "ORGANIZATION": "Old", "YEAR": "1999"})
        file.save()
        assert dict(read_tags(path)) == {
            "tracknumber": ("3",),
            "tracktotal": ("12",),
            "label": ("Old",),
            "date": ("1999",),
        }
        write_tags(path, TagSheet({"tracknumber": ["4"], "label": ["New"]}))
        found = dict(flac.FLAC(path).tags.as_dict())
        assert found["tracknumber"] == ["4"]
        assert found["tracktotal"] == ["12"]
        assert found["label"] == ["New"]
        assert "organization" not in found

    def test_artwork_that_is_too_large(self, sample) -> None:
        path = sample("flac.flac")
        before = path.read_bytes()
        huge = Picture.of(b"\xff\xd8\xff" + bytes(17 << 20))
        with pytest.raises(UserError, match="too large for FLAC"):
            write_tags(path, TagSheet(artwork=huge))
        assert path.read_bytes() == before


class TestOgg:
    def test_a_chain_of_streams(self, sample, decode) -> None:
        path = sample("vorbis.ogg")
        one = path.read_bytes()
        pages = bytearray()
        path.write_bytes(one)
        with path.open("rb") as file:
            while file.tell() < len(one):
                page = OggPage(file)
                page.serial += 1
                pages += page.write()
        after = written(path, one + bytes(pages))
        assert after.endswith(pages)

    def test_headers_and_audio_on_one_page(self, sample, decode) -> None:
        path = sample("vorbis.ogg")
        samples = decode(path)
        with path.open("rb") as file:
            pages = []
            while file.tell() < path.stat().st_size:
                pages.append(OggPage(file))
        first, headers, *audio = pages
        headers.packets += audio[0].packets
        headers.position, headers.complete = audio[0].position, audio[0].complete
        for number, page in enumerate([first, headers, *audio[1:]]):
            page.sequence = number
        data = b"".join(page.write() for page in [first, headers, *audio[1:]])
        path.write_bytes(data)
        assert np.array_equal(decode(path), samples)
        with pytest.raises(UserError, match="without touching its audio"):
            write_tags(path, AFTER)  # no encoder writes this, and the library would break it
        assert path.read_bytes() == data

    def test_pictures_that_are_not_ours_survive(self, sample, png: bytes, jpeg: bytes) -> None:
        path = sample("vorbis.ogg")
        file = OggVorbis(path)
        back = flac.Picture()
        back.type, back.mime, back.data = 4, "image/jpeg", jpeg
        raw = base64.b64encode(back.write()).decode()
        file["METADATA_BLOCK_PICTURE"] = [raw, "no base64 ?"]
        file.save()
        assert read_tags(path).artwork is None
        cover = flac.Picture()
        cover.type, cover.data = 3, jpeg
        file["METADATA_BLOCK_PICTURE"] += [base64.b64encode(cover.write()).decode()]
        file.save()
        write_tags(path, TagSheet(artwork=Picture.of(png)))
        assert OggVorbis(path)["METADATA_BLOCK_PICTURE"][1:] == [raw, "no base64 ?"]
        write_tags(path, TagSheet(artwork=NO_PICTURE))
        assert OggVorbis(path)["METADATA_BLOCK_PICTURE"] == [raw, "no base64 ?"]
        assert read_tags(path).artwork is None

    def test_flac_in_ogg(self, sample, tmp_path: Path) -> None:
        path = tmp_path / "flac.oga"
        with av.open(str(sample("flac.flac"))) as old, av.open(str(path), "w", "ogg") as new:
            stream = new.add_stream_from_template(old.streams.audio[0])
            for packet in old.demux(audio=0):
                if packet.dts is not None:
                    packet.stream = stream
                    new.mux(packet)
        written(path, path.read_bytes())
        assert read_tags(path)["title"] == ("After",)

    def test_opus_gain_is_the_one_of_the_standard(self, sample) -> None:
        from mutagen.oggopus import OggOpus

        path = sample("opus.opus")
        write_tags(path, TagSheet({"replaygain_track_gain": ["-7.30 dB"]}))
        assert OggOpus(path)["R128_TRACK_GAIN"] == [str(round(-12.30 * 256))]
        assert "REPLAYGAIN_TRACK_GAIN" not in OggOpus(path)


class TestMp4:
    def test_the_index_before_the_audio(self, sample, tmp_path: Path, decode, png) -> None:
        path = tmp_path / "fast.m4a"
        with (
            av.open(str(sample("aac.m4a"))) as old,
            av.open(str(path), "w", options={"movflags": "faststart"}) as new,
        ):
            stream = new.add_stream_from_template(old.streams.audio[0])
            for packet in old.demux(audio=0):
                if packet.dts is not None:
                    packet.stream = stream
                    new.mux(packet)
        data, samples = path.read_bytes(), decode(path)
        assert data.index(b"moov") < data.index(b"mdat")
        written(path, data, TagSheet(AFTER.fields, Picture.of(png + bytes(50_000))))
        assert np.array_equal(decode(path), samples)

    def test_64_bit_audio(self, sample, decode) -> None:
        path = sample("alac.m4a")
        data, samples = path.read_bytes(), decode(path)
        at = data.index(b"\0\0\0\x08free")
        size = struct.unpack(">I", data[at + 8 : at + 12])[0]
        assert data[at + 12 : at + 16] == b"mdat"
        wide = data[:at] + struct.pack(">I4sQ", 1, b"mdat", size + 8) + data[at + 16 :]
        path.write_bytes(wide)
        assert np.array_equal(decode(path), samples)
        written(path, wide)
        assert np.array_equal(decode(path), samples)

    def test_fragments(self, sample, tmp_path: Path, decode) -> None:
        path = tmp_path / "dash.m4a"
        flags = {"movflags": "frag_every_frame+empty_moov"}
        with av.open(str(sample("aac.m4a"))) as old, av.open(str(path), "w", options=flags) as new:
            stream = new.add_stream_from_template(old.streams.audio[0])
            for packet in old.demux(audio=0):
                if packet.dts is not None:
                    packet.stream = stream
                    new.mux(packet)
        before, samples = path.read_bytes(), decode(path)
        assert before.count(b"moof") > 5
        try:
            write_tags(path, AFTER)
        except UserError:
            assert path.read_bytes() == before
        assert np.array_equal(decode(path), samples)

    def test_atoms_that_are_not_ours_survive(self, sample, png: bytes, jpeg: bytes) -> None:
        path = sample("aac.m4a")
        file = mp4.MP4(path)
        file["----:org.example:mine"] = [b"kept"]
        file["cpil"], file["stik"] = True, [1]
        file["covr"] = [mp4.MP4Cover(jpeg), mp4.MP4Cover(jpeg + b"2")]
        file.save()
        written(path, path.read_bytes(), TagSheet(AFTER.fields, Picture.of(png)))
        found = mp4.MP4(path)
        assert found["----:org.example:mine"] == [b"kept"]
        assert found["cpil"]
        assert found["stik"] == [1]
        assert [bytes(cover) for cover in found["covr"]] == [png, jpeg + b"2"]


class TestRefused:
    @pytest.mark.parametrize(
        ("name", "fields", "words"),
        [
            ("aac.m4a", {"tracknumber": ["A1"]}, "no whole number"),
            ("aac.m4a", {"tracknumber": ["70000"]}, "not between"),
            ("aac.m4a", {"bpm": ["fast"]}, "no number"),
            ("mp3.mp3", {"date": ["May 2026"]}, "no date"),
            ("mp3.mp3", {"discnumber": ["1/2"]}, "slash"),
            ("flac.flac", {"tracknumber": ["1/2"]}, "slash"),
            ("flac.flac", {"explicit": ["very"]}, "not one of"),
            ("opus.opus", {"replaygain_track_gain": ["loud"]}, "no gain"),
            ("opus.opus", {"replaygain_track_gain": ["-200.00 dB"]}, "outside"),
        ],
    )
    def test_values_without_a_place(self, sample, name: str, fields, words: str) -> None:
        path = sample(name)
        before = path.read_bytes()
        with pytest.raises(UserError, match=words):
            write_tags(path, TagSheet(fields))
        assert path.read_bytes() == before

    def test_webp_in_mp4(self, sample) -> None:
        webp = Picture.of(b"RIFF\0\0\0\0WEBPVP8 ")
        with pytest.raises(UserError, match="neither JPEG nor PNG"):
            write_tags(sample("aac.m4a"), TagSheet(artwork=webp))

    def test_values_that_are_bent_to_fit(self, sample) -> None:
        path = sample("aac.m4a")
        write_tags(path, TagSheet({"bpm": ["127.6"], "tracknumber": ["0"]}))
        assert dict(read_tags(path))["bpm"] == ("128",)
        assert "tracknumber" not in read_tags(path)
        path = sample("mp3.mp3")
        write_tags(path, TagSheet({"genre": ["17"], "date": ["2026-05-01T12:30"]}))
        assert dict(read_tags(path)) == {"genre": ("Rock",), "date": ("2026-05-01 12:30",)}
