"""A bounce comes in: what it makes, what it joins, what is refused, and what undo leaves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bounces import write_bounce

from indieartist.domain.tags import TagSheet
from indieartist.errors import UserError
from indieartist.services import acts, demo, editing, finding, importing, tagging
from indieartist.services.studio import Studio, open_studio


@pytest.fixture
def studio(library_dir: Path) -> Studio:
    return open_studio(library_dir)


def test_a_bounce_makes_a_release_with_a_track(studio: Studio, tmp_path: Path) -> None:
    found = importing.import_file(studio, write_bounce(tmp_path / "Night_Bus_FINAL2.wav"))
    release = finding.get_release(studio, "R1")
    assert (release.title, release.tracks[0].title, found.mix_number) == (
        "Night Bus",
        "Night Bus",
        1,
    )
    mix = release.tracks[0].mixes[0]
    assert mix.measurement is not None
    assert mix.info.bits == 24
    assert studio.library.vault.get_path(mix.audio_hash, ".wav").exists()


def test_the_next_bounce_of_a_track_is_its_next_mix(studio: Studio, tmp_path: Path) -> None:
    importing.import_file(studio, write_bounce(tmp_path / "Night Bus v1.wav"))
    found = importing.import_file(studio, write_bounce(tmp_path / "night-bus_v2.wav", seed=8))
    assert (found.track_id, found.mix_number) == (1, 2)
    track = finding.get_track(studio, "T1")
    assert track.mixes[1].parent_id == track.mixes[0].id
    assert len(finding.list_releases(studio)) == 1


def test_the_same_audio_is_known_by_content(studio: Studio, tmp_path: Path) -> None:
    first = write_bounce(tmp_path / "one.wav")
    again = tmp_path / "other name.wav"
    again.write_bytes(first.read_bytes())
    importing.import_file(studio, first)
    assert importing.import_file(studio, again).known
    assert len(finding.get_track(studio, "T1").mixes) == 1


def test_the_files_tags_fill_the_release(studio: Studio, tmp_path: Path) -> None:
    bounce = write_bounce(tmp_path / "x.flac", format="FLAC")
    sheet = TagSheet(
        {
            "title": ["Undertow"],
            "album": ["Harbour Lights"],
            "artist": ["Mara Vale"],
            "isrc": ["GBAYE2600001"],
            "composer": ["Mara Vale", "Tom Reyes"],
            "date": ["2026-12-04"],
        }
    )
    tagging.write_file_tags(studio, bounce, sheet)
    importing.import_file(studio, bounce)
    release = finding.get_release(studio, "Harbour Lights")
    assert release.artist_line == "Mara Vale"
    assert str(release.release_on) == "2026-12-04"
    assert release.tracks[0].isrc == "GBAYE2600001"
    assert release.tracks[0].named("composer") == ("Mara Vale", "Tom Reyes")


def test_albums_come_together(studio: Studio, tmp_path: Path) -> None:
    for number, title in enumerate(["Low Water", "Undertow"]):
        bounce = write_bounce(tmp_path / f"{title}.flac", seed=number, format="FLAC")
        facts = {"title": [title], "album": ["Harbour Lights"], "artist": ["Mara Vale"]}
        tagging.write_file_tags(studio, bounce, TagSheet(facts))
        importing.import_file(studio, bounce)
    release = finding.get_release(studio, "R1")
    assert [track.title for track in release.tracks] == ["Low Water", "Undertow"]


def test_undoing_an_import_takes_it_all_back_and_redo_brings_it_again(
    studio: Studio, tmp_path: Path
) -> None:
    importing.import_file(studio, write_bounce(tmp_path / "Night Bus.wav"))
    before = finding.get_release(studio, "R1")
    acts.undo(studio)
    assert finding.list_releases(studio) == []
    acts.redo(studio)
    assert finding.get_release(studio, "R1") == before


def test_a_bad_file_is_refused_by_itself(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "letter.wav").write_text("Dear label, please find attached")
    good = write_bounce(tmp_path / "good.wav")
    results = importing.import_files(studio, [tmp_path / "letter.wav", good])
    assert isinstance(results[0], importing.Refused)
    assert "letter.wav" in results[0].error.message
    assert isinstance(results[1], importing.Imported)
    assert [act.label for act in acts.list_acts(studio)] == ["Import good.wav"]


def test_a_drop_of_many_is_one_act(studio: Studio, tmp_path: Path) -> None:
    names = ("Low Water", "Night Bus", "Undertow")
    songs = [write_bounce(tmp_path / f"{name}.wav", seed=i) for i, name in enumerate(names)]
    (tmp_path / "letter.wav").write_text("Dear label, please find attached")
    results = importing.import_files(studio, [songs[0], tmp_path / "letter.wav", *songs[1:]])
    assert [isinstance(result, importing.Imported) for result in results] == [1, 0, 1, 1]
    assert [act.label for act in acts.list_acts(studio)] == ["Import 3 files"]
    acts.undo(studio)
    assert finding.list_releases(studio) == []
    acts.redo(studio)
    assert len(finding.list_releases(studio)) == len(names)


def test_the_same_audio_twice_in_a_drop_comes_in_once(studio: Studio, tmp_path: Path) -> None:
    song = write_bounce(tmp_path / "one.wav")
    copy = tmp_path / "two.wav"
    copy.write_bytes(song.read_bytes())
    results = importing.import_files(studio, [song, copy])
    assert [r.known for r in results if isinstance(r, importing.Imported)] == [False, True]
    assert len(finding.list_releases(studio)) == 1


def test_the_library_is_free_while_files_are_heard(studio: Studio, tmp_path: Path) -> None:
    songs = [write_bounce(tmp_path / f"{i}.wav", seed=i) for i in range(2)]
    other = open_studio(studio.library.folder)

    def write(_fraction: float) -> None:
        editing.new_release(other, "Meanwhile")

    importing.import_files(studio, songs, report=write)
    assert len(finding.list_releases(studio)) > len(songs)
    other.library.close()


def test_a_place_that_is_gone_refuses_each_file_and_keeps_nothing(
    studio: Studio, tmp_path: Path
) -> None:
    songs = [write_bounce(tmp_path / f"{i}.wav", seed=i) for i in range(2)]
    results = importing.import_files(studio, songs, track_id=7)
    assert all(isinstance(result, importing.Refused) for result in results)
    assert acts.list_acts(studio) == []


@pytest.mark.real
def test_the_demo_song_is_one_act(studio: Studio) -> None:
    release_id = demo.import_demo(studio)
    release = finding.get_release(studio, f"R{release_id}")
    assert release.artist_line
    assert release.artwork is not None
    assert [act.label for act in acts.list_acts(studio)] == ["Import the demo song"]
    assert demo.import_demo(studio) == release_id
    acts.undo(studio)
    assert finding.list_releases(studio) == []


def test_a_truncated_file_leaves_the_library_untouched(studio: Studio, tmp_path: Path) -> None:
    bounce = write_bounce(tmp_path / "cut.wav", seconds=4)
    os.truncate(bounce, bounce.stat().st_size // 2)
    with pytest.raises(UserError, match=r"cut\.wav"):
        importing.import_file(studio, bounce)
    assert finding.list_releases(studio) == []
    assert [p for p in studio.library.vault.folder.rglob("*") if p.is_file()] == []


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX alone")
def test_a_name_that_is_not_unicode_is_imported(studio: Studio, tmp_path: Path) -> None:
    plain = write_bounce(tmp_path / "plain.wav")
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.wav"))
    plain.rename(odd)
    importing.import_file(studio, odd)
    assert finding.get_track(studio, "T1").mixes[0].name == "caf?.wav"
    assert odd.exists()


def test_a_track_is_found_by_number_place_or_title(studio: Studio, tmp_path: Path) -> None:
    importing.import_file(studio, write_bounce(tmp_path / "Night Bus.wav"))
    for reference in ("T1", "R1.1", "night bus", "Night"):
        assert finding.get_track(studio, reference).id == 1
    with pytest.raises(UserError, match="no track"):
        finding.get_track(studio, "Day Train")
