"""ID3v2.3 holds all that 2.4 does, in the frames that its readers know."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from mutagen import id3

from indieartist.audio.tags import read_tags, restore_tags, write_tags
from indieartist.domain.tags import TagSheet, diff

Sample = Callable[[str], Path]


def frames_of(path: Path) -> id3.ID3:
    """The tag as it stands in the file, without a translation to 2.4."""
    return id3.ID3(path, translate=False)


class TestAsked:
    sheet = TagSheet(
        {
            "title": ["Night Bus"],
            "composer": ["Ana", "Bo"],
            "lyricist": ["AC/DC"],
            "language": ["eng", "spa"],
            "producer": ["Cy"],
            "performer": ["Dee (vocals)", "Eli (cello)"],
            "date": ["2026-05-01"],
            "originaldate": ["1999-12"],
            "produced": ["2026 Ana"],
            "genre": ["Ambient", "Dub Techno"],
        }
    )

    @pytest.mark.parametrize("name", ["mp3.mp3", "wav16.wav", "aiff.aiff"])
    def test_all_comes_back(self, sample: Sample, name: str) -> None:
        path = sample(name)
        before = path.read_bytes()
        shell = write_tags(path, self.sheet, id3_version=3)
        assert diff(read_tags(path), self.sheet) == ()
        restore_tags(path, shell)
        assert path.read_bytes() == before

    def test_readers_of_2_3_find_their_frames(self, sample: Sample) -> None:
        path = sample("mp3.mp3")
        write_tags(path, self.sheet, id3_version=3)
        found = frames_of(path)
        assert found.version == (2, 3, 0)
        assert [list(pair) for pair in found["IPLS"].people] == [
            ["producer", "Cy"],
            ["vocals", "Dee"],
            ["cello", "Eli"],
        ]
        texts = {name: found[name].text for name in ("TYER", "TDAT", "TORY", "TCOM", "TLAN")}
        assert texts == {
            "TYER": ["2026"],
            "TDAT": ["0105"],
            "TORY": ["1999"],
            "TCOM": ["Ana/Bo"],
            "TLAN": ["engspa"],
        }
        assert not any(name in found for name in ("TDRC", "TIPL", "TMCL"))
        assert all(getattr(frame, "encoding", 1) != id3.Encoding.UTF8 for frame in found.values())

    def test_and_back_to_2_4(self, sample: Sample) -> None:
        path = sample("mp3.mp3")
        write_tags(path, self.sheet, id3_version=3)
        write_tags(path, TagSheet({"title": ["Later"]}), id3_version=4)
        found = frames_of(path)
        assert found.version == (2, 4, 0)
        assert found["TCOM"].text == ["Ana", "Bo"]
        assert "IPLS" not in found
        wanted = TagSheet({**self.sheet, "title": ["Later"]})
        assert diff(read_tags(path), wanted) == ()


class TestKept:
    def test_the_version_stays(self, sample: Sample) -> None:
        path = sample("id3v23.mp3")
        write_tags(path, TagSheet({"title": ["After"]}))
        assert frames_of(path).version == (2, 3, 0)
        assert frames_of(path)["PRIV:studio:session 7"].data == b"session 7"

    def test_frames_that_2_4_has_no_place_for(self, sample: Sample) -> None:
        path = sample("mp3.mp3")
        tags = id3.ID3()
        tags.add(id3.RVAD(adjustments=[1, 2, 3, 4]))
        tags.add(id3.TRDA(encoding=1, text=["May"]))
        tags.save(path, v2_version=3)
        write_tags(path, TagSheet({"title": ["After"]}))
        found = frames_of(path)
        assert found["RVAD"].adjustments[:4] == [1, 2, 3, 4]
        assert found["TRDA"].text == ["May"]

    def test_players_and_helpers_of_others_are_told_apart(self, sample: Sample) -> None:
        path = sample("mp3.mp3")
        tags = id3.ID3()
        tags.add(id3.IPLS(encoding=1, people=[["Producer", "Cy"], ["guitar", "Ana"]]))
        tags.add(id3.TCOM(encoding=1, text=["Lennon/McCartney"]))
        tags.save(path, v2_version=3)
        assert dict(read_tags(path)) == {
            "composer": ("Lennon", "McCartney"),
            "producer": ("Cy",),
            "performer": ("Ana (guitar)",),
        }


class TestSyncedLyrics:
    def test_the_language_of_the_song(self, sample: Sample) -> None:
        path = sample("mp3.mp3")
        words = {"lyrics": ["Hola"], "syncedlyrics": ["[00:01.5]Hola"], "language": ["es"]}
        write_tags(path, TagSheet(words))
        found = frames_of(path)
        assert found["TLAN"].text == ["spa"]
        assert found["USLT::spa"].text == "Hola"
        assert found["SYLT::spa"].text == [("Hola", 1500)]

    def test_syllables_become_lines(self, sample: Sample) -> None:
        path = sample("mp3.mp3")
        tags = id3.ID3()
        text = [("Night ", 1000), ("bus", 1200), ("\nto ", 2000), ("you", 2100)]
        tags.add(id3.SYLT(encoding=3, lang="eng", format=2, type=1, desc="x", text=text))
        tags.add(id3.SYLT(encoding=3, lang="eng", format=1, type=1, desc="frames", text=text))
        tags.save(path)
        assert read_tags(path)["syncedlyrics"] == ("[00:01.000]Night bus\n[00:02.000]to you",)
        write_tags(path, TagSheet({"syncedlyrics": ["[00:03]New"]}))
        assert frames_of(path)["SYLT:x:eng"].text == [("New", 3000)]
        assert frames_of(path)["SYLT:frames:eng"].format == 1

    @pytest.mark.parametrize("name", ["flac.flac", "aac.m4a"])
    def test_lrc_in_the_place_of_plain_words(self, sample: Sample, name: str) -> None:
        path = sample(name)
        write_tags(path, TagSheet({"lyrics": ["[00:05.00]Five\n[00:01.00]One"]}))
        assert read_tags(path)["syncedlyrics"] == ("[00:01.000]One\n[00:05.000]Five",)
        write_tags(path, TagSheet({"syncedlyrics": []}))
        assert not {"lyrics", "syncedlyrics"} & set(read_tags(path))
