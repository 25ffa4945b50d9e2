"""The contract that every container keeps: tags go in and come out, the audio and the rest stay."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indieartist.audio.tags import (
    Shell,
    audio_digest,
    carried,
    read_tags,
    restore_tags,
    write_tags,
)
from indieartist.domain.tags import FIELDS, LOUDNESS_UNITS, NO_PICTURE, Picture, TagSheet, diff
from indieartist.errors import Cancelled, UserError

SPECIAL = {
    "date": ["2026-05-01"],
    "originaldate": ["1999"],
    "explicit": ["explicit"],
    "genre": ["Ambient", "Dub Techno"],
    "performer": ["Ana Ríos (guitar)", "Bo"],
    "syncedlyrics": ["[00:01.000]First line\n[01:02.500]second line ä 日本"],
    "loudness": ["-14.02 LUFS"],
    "loudnessrange": ["5.30 LU"],
    "truepeak": ["-1.00 dBTP"],
    "momentarymax": ["-9.87 LUFS"],
    "shorttermmax": ["0.00 LUFS"],
    "language": ["eng", "deu"],
    "lyrics": ["First line\nsecond line\n\nthird line"],
    "replaygain_track_gain": ["-7.31 dB"],
    "replaygain_album_gain": ["5.00 dB"],
    "replaygain_track_peak": ["0.988553"],
    "replaygain_album_peak": ["0.988553"],
}
FULL = TagSheet(
    {
        key: ["12"] if row.number else [f"{row.label} ä 日本 🎶", "second"]
        for key, row in FIELDS.items()
    }
    | SPECIAL
)
FREE_TEXT = [key for key, row in FIELDS.items() if not row.number and key not in SPECIAL]
FREE_TEXT += ["lyrics", "performer"]
ANY_TEXT = st.text(st.characters(), max_size=30)
VALUES = st.lists(ANY_TEXT, max_size=3)
SHEETS = st.dictionaries(st.sampled_from(FREE_TEXT), VALUES, min_size=1, max_size=5)


class TestContract:
    def test_every_field_comes_back(self, song: Path, png: bytes) -> None:
        sheet = TagSheet(FULL.fields, Picture.of(png))
        write_tags(song, sheet)
        assert diff(read_tags(song), carried(song, sheet)) == ()
        assert read_tags(song).artwork == Picture(png, "image/png")
        missing = set(sheet) - set(carried(song, sheet))
        placeless = set() if song.suffix == ".wav" else set(LOUDNESS_UNITS)
        if song.suffix == ".opus":
            placeless |= {"replaygain_track_peak", "replaygain_album_peak"}
        assert missing == placeless

    def test_others_read_it(self, song: Path, metadata) -> None:
        write_tags(song, FULL)
        found = metadata(song)
        for key, name in {"title": "title", "artist": "artist", "album": "album"}.items():
            assert found[name] == FULL[key][0]
        assert found["genre"].split(";")[0] == "Ambient"
        assert "2026" in found["date"]

    def test_audio_stays(self, song: Path, decode, png: bytes) -> None:
        digest, samples = audio_digest(song), decode(song)
        write_tags(song, TagSheet(FULL.fields, Picture.of(png + bytes(300_000))))
        assert audio_digest(song) == digest
        assert np.array_equal(decode(song), samples)

    def test_digest_sees_the_audio(self, song: Path) -> None:
        digest = audio_digest(song)
        data = bytearray(song.read_bytes())
        data[-len(data) // 8] ^= 1
        song.write_bytes(data)
        assert audio_digest(song) != digest

    def test_fields_not_in_the_sheet_stay(self, song: Path, png: bytes) -> None:
        write_tags(song, TagSheet(FULL.fields, Picture.of(png)))
        before = read_tags(song)
        write_tags(song, TagSheet({"title": ["Other"], "tracktotal": ["3"]}))
        after = read_tags(song)
        assert after == TagSheet(
            {**before, "title": ["Other"], "tracktotal": ["3"]}, before.artwork
        )

    def test_empty_removes(self, song: Path, png: bytes) -> None:
        write_tags(song, TagSheet(FULL.fields, Picture.of(png)))
        write_tags(song, TagSheet(dict.fromkeys(FIELDS, ()), NO_PICTURE))
        assert read_tags(song) == TagSheet()

    @pytest.mark.parametrize("half", ["tracknumber", "tracktotal", "movement", "disctotal"])
    def test_halves_are_apart(self, song: Path, half: str) -> None:
        other = {"tracknumber": "tracktotal", "tracktotal": "tracknumber"}.get(
            half, "movementtotal"
        )
        write_tags(song, TagSheet({half: ["4"], other: ["9"]}))
        write_tags(song, TagSheet({half: []}))
        assert half not in read_tags(song)
        assert read_tags(song)[other] == ("9",)

    def test_jpeg_then_png(self, song: Path, png: bytes, jpeg: bytes) -> None:
        write_tags(song, TagSheet(artwork=Picture.of(jpeg)))
        assert read_tags(song).artwork == Picture(jpeg, "image/jpeg")
        write_tags(song, TagSheet(artwork=Picture.of(png)))
        assert read_tags(song).artwork == Picture(png, "image/png")

    @settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(fields=SHEETS)
    def test_any_text_comes_back(self, song: Path, original: bytes, fields) -> None:
        song.write_bytes(original)
        sheet = TagSheet(fields)
        shell = write_tags(song, sheet)
        assert diff(read_tags(song), sheet) == ()
        restore_tags(song, shell)
        assert song.read_bytes() == original


class TestRestore:
    def test_after_one_write(self, song: Path, original: bytes, png: bytes) -> None:
        os.utime(song, ns=(1_600_000_000_000_000_000,) * 2)
        shell = write_tags(song, TagSheet(FULL.fields, Picture.of(png)))
        assert song.stat().st_mtime_ns != 1_600_000_000_000_000_000
        restore_tags(song, Shell.from_bytes(shell.to_bytes()))
        assert song.read_bytes() == original
        assert song.stat().st_mtime_ns == 1_600_000_000_000_000_000

    def test_after_several_writes(self, song: Path, png: bytes, jpeg: bytes) -> None:
        sheets = [
            TagSheet({"title": ["One"], "comment": ["x" * 70_000]}),
            TagSheet(FULL.fields, Picture.of(png + bytes(100_000))),
            TagSheet(dict.fromkeys(FIELDS, ()), Picture.of(jpeg)),
            TagSheet({"title": ["Four"]}, NO_PICTURE),
        ]
        versions, shells = [], []
        for sheet in sheets:
            versions.append(song.read_bytes())
            shells.append(write_tags(song, sheet))
        for version, shell in zip(reversed(versions), reversed(shells), strict=True):
            restore_tags(song, shell)
            assert song.read_bytes() == version

    def test_after_a_rename_and_twice(self, song: Path, original: bytes) -> None:
        shell = write_tags(song, FULL)
        moved = song.rename(song.with_name("moved.bin"))
        restore_tags(moved, shell)
        restore_tags(moved, shell)
        assert moved.read_bytes() == original

    def test_refused_after_another_change(self, song: Path) -> None:
        shell = write_tags(song, FULL)
        write_tags(song, TagSheet({"title": ["Someone else's"]}))
        found = song.read_bytes()
        with pytest.raises(UserError, match="changed after"):
            restore_tags(song, shell)
        assert song.read_bytes() == found

    def test_shell_is_small(self, song: Path, original: bytes) -> None:
        shell = write_tags(song, FULL)
        outside = len(original) - sum(shell.lengths)
        assert sum(map(len, shell.pieces)) == outside
        assert len(shell.to_bytes()) < outside + 400

    def test_writing_again_gives_the_same_bytes(self, song: Path) -> None:
        shell = write_tags(song, FULL)
        first = song.read_bytes()
        restore_tags(song, shell)
        write_tags(song, FULL)
        assert song.read_bytes() == first


class TestCancel:
    @pytest.mark.parametrize("last", [1, 2])
    def test_leaves_nothing(self, song: Path, original: bytes, last: int) -> None:
        reported = []

        def stop(fraction: float) -> None:
            reported.append(fraction)
            if len(reported) == last:
                raise Cancelled

        with pytest.raises(Cancelled):
            write_tags(song, FULL, stop)
        assert song.read_bytes() == original
        assert [path.name for path in song.parent.iterdir()] == [song.name]

    def test_reports_rise(self, song: Path) -> None:
        reported: list[float] = []
        shell = write_tags(song, FULL, reported.append)
        assert reported == sorted(reported)
        assert reported[-1] == 1.0
        assert 2 <= len(reported) <= 50
        reported.clear()
        restore_tags(song, shell, reported.append)
        assert reported == sorted(reported)
