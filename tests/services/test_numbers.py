"""Numbers given out: each once, for ever; contradictions found; the delivered locked."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from songs import play

from indieartist.domain.conflicts import Record, Recording, find_conflicts
from indieartist.errors import UserError
from indieartist.library import tables as t
from indieartist.library.database import insert_row
from indieartist.services import acts, editing, finding, importing, numbers, outbox
from indieartist.services.studio import Studio, open_studio

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def add_track(studio: Studio, release_id: int, title: str, **values: str) -> int:
    with studio.library.act("New track") as act:
        return act.insert(t.track, release_id=release_id, position=1, title=title, **values)


@pytest.fixture
def studio(library_dir: Path) -> Studio:
    made = open_studio(library_dir, now=lambda: NOW)
    editing.new_release(made, "Low Water", ["Mara Vale"])
    editing.edit_release(made, finding.get_release(made, "R1"), {"label": "Moss"})
    editing.new_release(made, "Möwen", ["Ólafur"])
    for release_id in (1, 1, 2):
        add_track(made, release_id, "Song")
    return made


def isrcs(studio: Studio) -> list[str]:
    return [finding.get_track(studio, f"T{n}").isrc for n in (1, 2, 3)]


def test_each_label_and_artist_has_its_own_range(studio: Studio) -> None:
    numbers.set_series(studio, "isrc", "GB-AYE", "MOSS")
    numbers.set_series(studio, "isrc", "IS-ABC", "Ólafur")
    made = numbers.assign_isrcs(studio, [1, 2, 3])
    assert [given.number for given in made] == ["GBAYE2600001", "GBAYE2600002", "ISABC2600001"]
    assert isrcs(studio) == [given.number for given in made]
    assert numbers.assign_isrcs(studio, [1, 2, 3]) == []


def test_a_track_gets_its_own_back_and_nobody_elses(studio: Studio) -> None:
    numbers.set_series(studio, "isrc", "GB-AYE")
    numbers.assign_isrcs(studio, [1])
    acts.undo(studio)
    assert numbers.assign_isrcs(studio, [2])[0].number == "GBAYE2600002"
    assert numbers.next_isrc(studio, finding.get_track(studio, "T1")) == "GBAYE2600001"
    editing.remove_track(studio, finding.get_track(studio, "T2"))
    assert numbers.assign_isrcs(studio, [3])[0].number == "GBAYE2600003"


def test_what_was_typed_by_hand_is_used_too(studio: Studio) -> None:
    numbers.set_series(studio, "isrc", "GB-AYE")
    editing.edit_track(studio, finding.get_track(studio, "T1"), {"isrc": "GB-AYE-26-00041"})
    editing.edit_track(studio, finding.get_track(studio, "T1"), {"isrc": ""})
    assert numbers.assign_isrcs(studio, [2])[0].number == "GBAYE2600042"


def test_without_a_series_one_is_told_how_to_name_it(studio: Studio) -> None:
    with pytest.raises(UserError, match="belong to Moss") as caught:
        numbers.assign_isrcs(studio, [1])
    assert "isrc prefix" in caught.value.hint


def test_releases_get_catalogue_numbers_and_upcs(studio: Studio) -> None:
    numbers.set_series(studio, "catalogue_number", "MOSS ###", "Moss")
    numbers.set_series(studio, "gtin", "501234567###")
    assert [g.number for g in numbers.assign_numbers(studio, "catalogue_number", [1])] == [
        "MOSS 001"
    ]
    given = numbers.assign_numbers(studio, "gtin", [1, 2])
    assert [g.number for g in given] == ["5012345670010", "5012345670027"]
    assert numbers.set_series(studio, "gtin", "501234599###").id == 2
    assert numbers.next_number(studio, "gtin", finding.get_release(studio, "R1")) == "5012345990019"


@settings(max_examples=10)
@given(deeds=st.lists(st.sampled_from(["give", "undo", "redo", "clear", "drop"]), max_size=14))
def test_no_isrc_is_given_to_two_tracks_whatever_happens(
    deeds: list[str], blank: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("numbers")
    studio = open_studio(shutil.copytree(blank, folder, dirs_exist_ok=True), now=lambda: NOW)
    owners: dict[str, int] = {}
    for deed in deeds:
        track_id = add_track(studio, 1, "Song")
        for given_ in numbers.assign_isrcs(studio, [track_id]) if deed == "give" else ():
            assert given_.track_id is not None
            assert owners.setdefault(given_.number, given_.track_id) == given_.track_id
        if deed == "undo":
            acts.undo(studio)
            acts.undo(studio)
        elif deed == "redo":
            acts.undo(studio)
            acts.redo(studio)
        elif deed == "drop":
            editing.remove_track(studio, finding.get_track(studio, f"T{track_id}"))
    studio.library.close()


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("blank")
    made = open_studio(folder, now=lambda: NOW)
    for title in ("Low Water", "Undertow", "Ebb"):  # something for undo to take back
        editing.new_release(made, title)
    numbers.set_series(made, "isrc", "GB-AYE")
    for _ in range(15):
        editing.new_release(made, "Later")
    made.library.close()
    return folder


ITEM = {"gtin": "5012345678900", "tracks": [{"isrc": "GBAYE2600001"}]}


def deliver(studio: Studio, adapter: str, item: dict[str, Any] = ITEM) -> None:
    with studio.library.write() as connection:
        insert_row(
            connection,
            t.publication,
            release_id=1,
            adapter=adapter,
            item=item,
            due_at=NOW,
            added_at=NOW,
            state="sent",
            sent_at=NOW,
        )


def test_what_was_handed_over_is_locked_even_for_undo(studio: Studio) -> None:
    track, release = finding.get_track(studio, "T1"), finding.get_release(studio, "R1")
    editing.edit_release(studio, release, {"gtin": "5012345678900"})
    editing.edit_track(studio, track, {"isrc": "GBAYE2600001"})
    deliver(studio, "folder")
    built = outbox.list_publications(studio)[0]
    assert built.awaits_person
    handed = outbox.hand_over(studio, built, url="https://store.example/1")
    assert (handed.awaits_person, handed.handed_at) == (False, NOW)
    assert handed.url == "https://store.example/1"
    for isrc in ("GBAYE2600002", ""):
        with pytest.raises(UserError, match="delivered and is locked"):
            editing.edit_track(studio, track, {"isrc": isrc, "title": "New"})
    with pytest.raises(UserError, match="delivered and is locked"):
        editing.edit_release(studio, release, {"gtin": ""})
    with pytest.raises(UserError, match="delivered and is locked"):
        acts.undo(studio)
    editing.edit_track(studio, track, {"title": "New"})
    assert finding.get_track(studio, "T1").isrc == "GBAYE2600001"
    assert numbers.list_locked(studio, release) == {
        "isrc": {"GBAYE2600001"},
        "gtin": {"5012345678900"},
    }


def test_a_package_that_nobody_has_seen_locks_nothing(studio: Studio) -> None:
    track = finding.get_track(studio, "T1")
    editing.edit_track(studio, track, {"isrc": A})
    deliver(studio, "folder")
    editing.edit_track(studio, track, {"isrc": B})
    editing.edit_track(studio, track, {"isrc": A})
    built = outbox.hand_over(studio, outbox.list_publications(studio)[0])
    with pytest.raises(UserError, match="delivered and is locked"):
        editing.edit_track(studio, track, {"isrc": B})
    outbox.take_handover_back(studio, built)
    editing.edit_track(studio, track, {"isrc": B})
    assert outbox.list_publications(studio)[0].awaits_person


def test_codes_that_the_store_gave_are_locked_with_the_handover(studio: Studio) -> None:
    item = {"gtin": "", "tracks": [{"isrc": ""}, {"isrc": ""}]}
    deliver(studio, "folder", item)
    track = finding.get_track(studio, "T2")
    editing.edit_track(studio, track, {"isrc": B})
    built = outbox.list_publications(studio)[0]
    with pytest.raises(UserError, match="UPC"):
        outbox.hand_over(studio, built, gtin="5012345678901")
    assert outbox.list_publications(studio)[0].awaits_person
    outbox.hand_over(studio, built, gtin="5012345678900")
    release = finding.get_release(studio, "R1")
    assert release.gtin == "5012345678900"
    assert numbers.list_locked(studio, release) == {"isrc": {B}, "gtin": {"5012345678900"}}
    with pytest.raises(UserError, match=r"has the UPC 5012345678900, not"):
        outbox.hand_over(studio, built, gtin="036000291452")


def test_only_what_a_person_carries_is_handed_over(studio: Studio) -> None:
    deliver(studio, "site")
    page = outbox.list_publications(studio)[0]
    with pytest.raises(UserError, match="nothing that waits"):
        outbox.hand_over(studio, page)
    with pytest.raises(UserError, match="was not handed over"):
        outbox.take_handover_back(studio, page)


def test_a_page_of_ones_own_locks_nothing(studio: Studio) -> None:
    track = finding.get_track(studio, "T1")
    editing.edit_track(studio, track, {"isrc": "GBAYE2600001"})
    deliver(studio, "site")
    editing.edit_track(studio, track, {"isrc": "GBAYE2600002"})


def recording(track_id: int, isrc: str, audio: str, length_ms: int = 180_000) -> Recording:
    return Recording(track_id, track_id, "Song", isrc, frozenset(audio.split()), length_ms)


A, B = "GBAYE2600001", "GBAYE2600002"


@pytest.mark.parametrize(
    ("recordings", "found"),
    [
        ([recording(1, A, "x"), recording(2, A, "y", 240_000)], [("isrc-shared", "error")]),
        ([recording(1, A, "x"), recording(2, A, "y", 180_900)], [("isrc-shared", "warning")]),
        ([recording(1, A, "x m"), recording(2, A, "x n")], []),
        ([recording(1, A, "x"), recording(2, A, "")], []),
        ([recording(1, A, "x"), recording(2, B, "x")], [("audio-shared", "error")]),
        ([recording(1, A, "x"), recording(2, "", "x")], []),
        ([recording(1, "GB-AYE-26-00001", "x"), recording(2, A, "x")], []),
        ([recording(1, "MOSS 001", "x")], [("isrc-form", "error")]),
        ([recording(1, "5012345678900", "x")], [("isrc-form", "error")]),
    ],
)
def test_contradictions_of_recordings(
    recordings: list[Recording], found: list[tuple[str, str]]
) -> None:
    assert [(c.kind, c.severity) for c in find_conflicts(recordings, [])] == found


def sounding(track_id: int, isrc: str, sound: str, advisory: str = "") -> Recording:
    """A track with a file of its own that sounds like others."""
    own = frozenset({f"file {track_id}"})
    sounds = frozenset({sound})
    return Recording(track_id, track_id, "Song", isrc, own, 180_000, sounds, advisory)


@pytest.mark.parametrize(
    ("recordings", "found"),
    [
        ([sounding(1, A, "x"), sounding(2, B, "x")], [("sound-shared", (1, 2))]),
        ([sounding(1, A, "x"), sounding(2, B, "y")], []),
        ([sounding(1, A, "x"), sounding(2, A, "x")], []),
        ([sounding(1, A, "x"), sounding(2, A, "y")], [("isrc-shared", (1, 2))]),
        ([sounding(1, A, "x"), sounding(2, "", "x")], []),
        ([sounding(1, A, "x", "explicit"), sounding(2, B, "x", "clean")], []),
        ([sounding(1, A, "x", "explicit"), sounding(2, B, "x")], [("sound-shared", (1, 2))]),
        (
            [sounding(1, A, "x", "explicit"), sounding(2, B, "x", "clean"), sounding(3, A, "x")],
            [("sound-shared", (2, 3))],
        ),
    ],
)
def test_contradictions_of_what_sounds_alike(
    recordings: list[Recording], found: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert [(c.kind, c.track_ids) for c in find_conflicts(recordings, [])] == found


def test_the_same_file_is_told_once() -> None:
    recordings = [
        Recording(n, n, "Song", isrc, frozenset({"x"}), 1000, frozenset({"s"}))
        for n, isrc in ((1, A), (2, B))
    ]
    assert [c.kind for c in find_conflicts(recordings, [])] == ["audio-shared"]


def test_another_encoding_is_the_same_recording_and_another_song_is_not(
    library_dir: Path, tmp_path: Path
) -> None:
    """A lossless master, an MP3 of it, a FLAC at another level, and another song."""
    studio = open_studio(library_dir)
    song, other = (play(seed, beats=24, rate_hz=44_100) for seed in (1, 2))
    paths = [tmp_path / name for name in ("a.wav", "b.mp3", "c.flac", "d.wav")]
    soundfile.write(paths[0], song, 44_100, "PCM_24")
    soundfile.write(paths[1], song, 44_100, "MPEG_LAYER_III", format="MP3")
    soundfile.write(paths[2], 0.4 * song, 44_100, "PCM_16")
    soundfile.write(paths[3], other, 44_100, "PCM_24")
    for number, path in enumerate(paths, 1):
        importing.import_file(studio, path)
        track = finding.get_track(studio, f"T{number}")
        editing.edit_track(studio, track, {"isrc": A if number != 3 else B, "title": "Song"})
    found = [(c.kind, c.track_ids) for c in numbers.find_conflicts(studio)]
    assert found == [("isrc-shared", (1, 2, 4)), ("sound-shared", (1, 2, 3))]


@pytest.mark.parametrize(
    ("records", "found"),
    [
        ([Record(1, "A", "Moss", "M 1", "123456789012")], ["gtin-form"]),
        ([Record(1, "A", "Moss", "M 1", "5012345678901")], ["gtin-form"]),
        (
            [Record(1, "A", "", "", "036000291452"), Record(2, "B", "", "", "0036000291452")],
            ["gtin-shared"],
        ),
        (
            [Record(1, "A", "Moss", "M 1", ""), Record(2, "B", "MOSS", "m 1", "")],
            ["catalogue-shared"],
        ),
        ([Record(1, "A", "Moss", "M 1", ""), Record(2, "B", "Kelp", "M 1", "")], []),
    ],
)
def test_contradictions_of_releases(records: list[Record], found: list[str]) -> None:
    assert [conflict.kind for conflict in find_conflicts([], records)] == found


def test_the_catalogue_is_read_as_a_whole(studio: Studio) -> None:
    add_track(studio, 2, "Another", isrc="MOSS 001")
    assert [c.track_ids for c in numbers.find_conflicts(studio)] == [(4,)]
