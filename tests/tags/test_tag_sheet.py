"""The sheet: what is cleaned, what a write would change, and what a release says in tags."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indieartist.audio.tags import table
from indieartist.domain.credits import ROLES
from indieartist.domain.measurement import AudioInfo, Measurement
from indieartist.domain.release import Credit, Mix, MixKind, Release, Track
from indieartist.domain.tag_facts import CREDIT_FIELDS, music_facts, tags_of
from indieartist.domain.tags import (
    FIELDS,
    NO_PICTURE,
    Picture,
    TagChange,
    TagSheet,
    diff,
)
from indieartist.errors import UserError

JPEG = Picture.of(b"\xff\xd8\xff\xe0" + bytes(20))


class TestSheet:
    @pytest.mark.parametrize(
        ("raw", "clean"),
        [
            ("a\r\nb\rc\nd", "a\nb\nc\nd"),
            ("\0a\0b\0", "ab"),
            ("lone \ud800", "lone \ufffd"),
            ("pair \ud83c\udfb6", "pair 🎶"),
            (" \t a \u2003", "a"),
            ("e\u0301 \u00e9", "e\u0301 \u00e9"),
        ],
    )
    def test_text_is_cleaned(self, raw: str, clean: str) -> None:
        assert TagSheet({"title": [raw]})["title"] == (clean,)

    @given(st.dictionaries(st.sampled_from(list(FIELDS)), st.lists(st.text(st.characters()))))
    def test_cleaning_twice_changes_nothing(self, fields) -> None:
        sheet = TagSheet(fields)
        assert TagSheet(sheet) == sheet
        assert all(value.encode("utf-8") for values in sheet.values() for value in values)

    def test_empty_values_go_and_single_fields_keep_one(self) -> None:
        sheet = TagSheet({"title": ["", "One", "Two"], "genre": ["A", " ", "B"], "comment": [""]})
        assert dict(sheet) == {"title": ("One",), "genre": ("A", "B"), "comment": ()}
        assert TagSheet({"title": "One"}) == TagSheet({"title": ["One"]})
        assert sheet.text("genre") == "A; B"
        assert sheet.text("isrc") == ""

    @pytest.mark.parametrize(
        ("raw", "plain"), [("007", "7"), ("0", "0"), ("000", "0"), ("A1", "A1"), ("٣", "٣")]
    )
    def test_numbers_lose_their_zeros(self, raw: str, plain: str) -> None:
        assert TagSheet({"tracknumber": [raw]})["tracknumber"] == (plain,)

    def test_unknown_field(self) -> None:
        with pytest.raises(UserError, match="no tag field called 'titel'"):
            TagSheet({"titel": ["x"]})

    @pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"RIFF\0\0\0\0WAVE", b"\xff\xd8"])
    def test_no_picture(self, data: bytes) -> None:
        with pytest.raises(UserError, match="neither JPEG"):
            Picture.of(data)


class TestDiff:
    old = TagSheet({"title": ["Old"], "genre": ["A", "B"], "label": ["Mine"]}, JPEG)

    def test_only_what_the_new_sheet_says(self) -> None:
        new = TagSheet(
            {"genre": ["A"], "title": ["New"], "label": [], "isrc": [], "comment": ["x"]}
        )
        assert diff(self.old, new) == (
            TagChange("title", ("Old",), ("New",)),
            TagChange("genre", ("A", "B"), ("A",)),
            TagChange("label", ("Mine",), ()),
            TagChange("comment", (), ("x",)),
        )

    def test_artwork(self) -> None:
        other = Picture.of(JPEG.data[:-1] + b"x")
        assert diff(self.old, TagSheet()) == ()
        assert diff(self.old, TagSheet(artwork=JPEG)) == ()
        shown = ("image/jpeg, 24 bytes",)
        assert diff(self.old, TagSheet(artwork=other)) == (TagChange("artwork", shown, shown),)
        assert diff(self.old, TagSheet(artwork=NO_PICTURE)) == (TagChange("artwork", shown, ()),)
        assert diff(TagSheet(), TagSheet(artwork=NO_PICTURE)) == ()

    def test_nothing_against_itself(self) -> None:
        assert diff(self.old, self.old) == ()


TRACK = Track(
    id=5,
    release_id=1,
    position=2,
    title="Night Bus",
    version="Dub",
    isrc="QZABC2600001",
    iswc="T0345246801",
    explicit="none",
    language="en",
    lyrics="One\nTwo",
    credits=(
        Credit("Cy", "featured"),
        Credit("Ana", "composer"),
        Credit("Bo", "composer"),
        Credit("Dee", "vocals"),
        Credit("Eli", "performer", "cello"),
        Credit("Fay", "mastering"),
        Credit("Ana", "producer", "ignored"),
    ),
)
RELEASE = Release(
    id=1,
    title="City",
    version="Deluxe",
    label="Own",
    catalogue_number="OWN 1",
    gtin="0123456789012",
    release_on=date(2026, 5, 1),
    genre="Dub",
    p_line="2026 Ana",
    c_line="2026 Ana & Bo",
    credits=(Credit("Ana", "artist"), Credit("Bo", "artist"), Credit("Gus", "engineer")),
    tracks=(replace(TRACK, id=4, position=1), TRACK),
)


def mix(integrated_lufs: float | None, true_peak_dbtp: float | None) -> Mix:
    info = AudioInfo("wav", "pcm", 48_000, 2, 24, 48_000, True)
    measured = Measurement(
        *(integrated_lufs, 3.0, None, None, true_peak_dbtp, -1.0, 0.0),
        *(0, 0, 0, None, 24, 48_000, 2, 1000),
    )
    when = datetime(2026, 1, 1, tzinfo=UTC)
    return Mix(1, 5, 1, MixKind.MASTER, "m", "h", info, when, measurement=measured)


class TestTagsOf:
    def test_every_fact(self) -> None:
        assert dict(tags_of(RELEASE, TRACK)) == {
            "title": ("Night Bus",),
            "version": ("Dub",),
            "artist": ("Ana & Bo feat. Cy",),
            "artists": ("Ana", "Bo", "Cy"),
            "album": ("City (Deluxe)",),
            "albumartist": ("Ana & Bo",),
            "tracknumber": ("2",),
            "tracktotal": ("2",),
            "date": ("2026-05-01",),
            "genre": ("Dub",),
            "label": ("Own",),
            "catalognumber": ("OWN 1",),
            "barcode": ("0123456789012",),
            "isrc": ("QZABC2600001",),
            "iswc": ("T-034.524.680-1",),
            "copyright": ("2026 Ana & Bo",),
            "produced": ("2026 Ana",),
            "composer": ("Ana", "Bo"),
            "producer": ("Ana",),
            "mastering": ("Fay",),
            "performer": ("Dee (vocals)", "Eli (cello)"),
            "language": ("eng",),
            "lyrics": ("One\nTwo",),
            "explicit": ("none",),
        }

    def test_unknown_facts_are_left_alone(self) -> None:
        bare = tags_of(Release(1, ""), Track(1, 1, 1, "Only"))
        assert dict(bare) == {"title": ("Only",), "tracknumber": ("1",)}
        assert bare.artwork is None

    def test_gain(self) -> None:
        sheet = tags_of(RELEASE, TRACK, mix(-10.693, -1.0))
        assert sheet["replaygain_track_gain"] == ("-7.31 dB",)
        assert sheet["replaygain_track_peak"] == ("0.891251",)
        assert "replaygain_track_gain" not in tags_of(RELEASE, TRACK, mix(None, None))
        assert "replaygain_track_peak" not in tags_of(RELEASE, TRACK, mix(-20.0, None))

    def test_tempo_and_key_where_they_are_sure(self) -> None:
        heard = mix(-10.0, -1.0).measurement
        assert heard is not None
        sure = replace(
            heard, tempo_bpm=91.96, tempo_confidence=0.9, key="F# minor", key_confidence=0.7
        )
        assert music_facts(sure) == {"bpm": ["92"], "key": ["F#m"]}
        assert music_facts(replace(sure, key="Db major"))["key"] == ["Db"]
        assert music_facts(replace(sure, tempo_confidence=0.2, key_confidence=0.1)) == {}
        assert music_facts(heard) == music_facts(None) == {}

    def test_artwork_comes_along(self) -> None:
        assert tags_of(RELEASE, TRACK, artwork=JPEG).artwork == JPEG


class TestTable:
    def test_every_field_has_a_row_and_every_row_a_field(self) -> None:
        assert list(table.ROWS) == list(FIELDS)

    def test_every_role_has_a_field(self) -> None:
        assert set(CREDIT_FIELDS) == set(ROLES) - {"artist", "featured"}
        assert set(CREDIT_FIELDS.values()) <= set(FIELDS)

    @pytest.mark.parametrize(
        "column", [table.ID3, table.VORBIS, table.MP4, table.INFO, table.IXML, table.BEXT]
    )
    def test_no_two_fields_share_a_place(self, column) -> None:
        places = [repr(vars(slot)) + type(slot).__name__ for slot in column.values()]
        assert len(set(places)) == len(places)
