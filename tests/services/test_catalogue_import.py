"""Catalogues come in: folders, tables in many languages, other libraries; twice changes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import mutagen.flac
import pytest
from bounces import write_bounce
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from indieartist.domain.catalogue_plan import group_rows
from indieartist.domain.columns import COLUMNS, guess_columns
from indieartist.errors import UserError
from indieartist.library import tables as t
from indieartist.library.vault import hash_file
from indieartist.services import (
    acts,
    catalogue_audio,
    catalogue_import,
    editing,
    finding,
    importing,
    library_import,
    people,
)
from indieartist.services.studio import Studio, open_studio


@pytest.fixture
def studio(library_dir: Path) -> Studio:
    return open_studio(library_dir)


ENGLISH = """UPC,Album,Album Artist,Track,Title,Artists,ISRC,Release Date,Explicit,Written by
5012345678900,Low Water,Mara Vale,2,Undertow,Mara Vale,GB-AYE-26-00002,12/24/2026,no,Mara Vale; Tom
5012345678900,Low Water,Mara Vale,1,"Ebb, Flow",Mara Vale; Ana,GBAYE2600001,12/24/2026,yes,Mara Vale
,Möwen,Ólafur,1,Möwen,Ólafur,GBAYE260000X,13/01/2026,maybe,
"""
GERMAN = (
    "Strichcode;Albumtitel;Interpret;Titel-Nr;Songtitel;ISRC;Erscheinungsdatum;Komponist\r\n"
    "5012345678900;Ebbe;Möwen;1;Flut;DE-A12-26-00001;24.12.2026;Jörg Groß\r\n"
)


def put(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "catalogue.csv"
    path.write_bytes(text.encode(encoding))
    return path


def bring(studio: Studio, path: Path) -> catalogue_import.Imported:
    table, columns = catalogue_import.read_table(path)
    plan = catalogue_import.plan_table(studio, table, columns)
    return catalogue_import.carry_out(studio, plan, path.name)


def everything(studio: Studio) -> dict[str, Any]:
    with studio.library.read() as connection:
        return {
            table.name: connection.execute(select(table)).all()
            for table in (t.release, t.track, t.credit, t.mix)
        }


def test_a_table_becomes_releases_and_what_is_wrong_is_said(studio: Studio, tmp_path: Path) -> None:
    table, columns = catalogue_import.read_table(put(tmp_path, ENGLISH))
    plan = catalogue_import.plan_table(studio, table, columns)
    assert (len(plan.releases), plan.track_count) == (2, 3)
    assert len(plan.problems) == 2
    assert "Row 4: the ISRC GBAYE260000X is none" in plan.problems[0]
    catalogue_import.carry_out(studio, plan, "catalogue.csv")
    low = finding.get_release(studio, "Low Water")
    assert (low.gtin, low.release_on, low.artists) == (
        "5012345678900",
        date(2026, 12, 24),
        ("Mara Vale",),
    )
    assert [track.title for track in low.tracks] == ["Ebb, Flow", "Undertow"]
    assert low.tracks[0].named("artist") == ("Mara Vale", "Ana")
    assert low.tracks[1].named("artist") == ()
    assert low.tracks[1].named("composer") == ("Mara Vale", "Tom")
    assert [track.explicit for track in low.tracks] == ["explicit", "none"]


def test_importing_again_changes_nothing_and_undo_takes_all_back(
    studio: Studio, tmp_path: Path
) -> None:
    empty = everything(studio)
    path = put(tmp_path, ENGLISH)
    bring(studio, path)
    first = everything(studio)
    made = bring(studio, path)
    assert (made.release_ids, made.track_ids) == ((), ())
    assert everything(studio) == first
    more = ENGLISH + "5012345678900,Low Water,Mara Vale,3,New,Mara Vale,GBAYE2600003,,,\n"
    bring(studio, put(tmp_path, more))
    assert [track.position for track in finding.get_release(studio, "R1").tracks] == [1, 2, 3]
    acts.undo(studio)
    acts.undo(studio)
    assert everything(studio) == empty
    assert finding.find_names(studio, "low") == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_every_encoding_and_separator_is_read(
    studio: Studio, tmp_path: Path, encoding: str
) -> None:
    bring(studio, put(tmp_path, GERMAN, encoding))
    release = finding.get_release(studio, "Ebbe")
    assert (release.artists, release.release_on) == (("Möwen",), date(2026, 12, 24))
    assert release.tracks[0].named("composer") == ("Jörg Groß",)


@pytest.mark.parametrize(
    ("headings", "keys"),
    [
        ("Album|Titel|Interpret|ISRC", ["release_title", "title", "artist", "isrc"]),
        (
            "Título|Artista|Código de barras|Sello",
            ["release_title", "release_artist", "gtin", "label"],
        ),
        ("Titre|Interprète|Compositeur|Piste", ["title", "artist", "composer", "position"]),
        ("曲名|アーティスト|アルバム|発売日", ["title", "artist", "release_title", "release_on"]),
        ("Titolo|Nonsense|Nr.|Explicit?", ["title", None, "position", "explicit"]),
    ],
)
def test_headings_are_known_in_many_languages(headings: str, keys: list[str | None]) -> None:
    found = guess_columns(headings.split("|"), [["x"] * 4])
    assert [found.get(place) for place in range(4)] == keys


def test_columns_without_headings_are_known_by_their_values() -> None:
    rows = [["Song", "GB-AYE-26-00001", "5012345678900"], ["Other", "", "036000291452"]]
    assert guess_columns(["Titel", "A", "B"], rows) == {0: "title", 1: "isrc", 2: "gtin"}


def test_no_heading_means_two_columns() -> None:
    all_ = [heading for column in COLUMNS.values() for heading in column.headings]
    assert "" not in all_
    assert len({*all_}) >= len(all_) - len(COLUMNS)


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03" * 50, b"", b"title\n", b"only text"])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(UserError):
        catalogue_import.read_table(path)


CELLS = st.dictionaries(st.sampled_from(list(COLUMNS)), st.text(max_size=12), max_size=8)


@given(st.lists(CELLS, max_size=8))
def test_any_rows_become_a_plan_that_leaves_none_out(rows: list[dict[str, str]]) -> None:
    plan = group_rows([(f"Row {n}", row) for n, row in enumerate(rows)])
    assert plan.track_count == sum(1 for row in rows if row.get("title"))
    for release in plan.releases:
        assert [track.position for track in release.tracks] == list(
            range(1, len(release.tracks) + 1)
        )


def write_song(path: Path, **tags: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_bounce(path, seconds=1.0)
    song = mutagen.flac.FLAC(path)
    for name, value in tags.items():
        song[name] = value.split("|")
    song.save()
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "Music"
    for n, title in enumerate(("Ebb", "Flow"), 1):
        write_song(
            root / f"Mara Vale/Low Water/{n:02} {title}.flac",
            title=title,
            album="Low Water",
            albumartist="Mara Vale",
            artist="Mara Vale",
            tracknumber=f"{n}/2",
            isrc=f"GBAYE260000{n}",
            barcode="5012345678900",
            composer="Mara Vale|Tom Reyes",
        )
    write_song(root / "Loose/NightBus_FINAL2.flac")
    write_song(root / "Hits/a.flac", title="A", album="Hits", artist="One", tracknumber="1")
    write_song(root / "Hits/b.flac", title="B", album="Hits", artist="Two", tracknumber="2")
    (root / "Loose/broken.flac").write_bytes(b"fLaC is not all")
    return root


def test_a_folder_becomes_releases_and_nothing_is_touched(studio: Studio, folder: Path) -> None:
    before = {path: (hash_file(path), path.stat().st_mtime_ns) for path in folder.rglob("*.flac")}
    plan = catalogue_import.plan_folder(studio, folder)
    assert [p.split(":")[0] for p in plan.problems] == ["Loose/broken.flac"]
    made = catalogue_import.carry_out(studio, plan, folder.name)
    assert len(made.release_ids) == 3
    low = finding.get_release(studio, "Low Water")
    assert [track.title for track in low.tracks] == ["Ebb", "Flow"]
    assert low.tracks[0].named("composer") == ("Mara Vale", "Tom Reyes")
    hits = finding.get_release(studio, "Hits")
    assert hits.artists == ()
    assert [track.named("artist") for track in hits.tracks] == [("One",), ("Two",)]
    assert finding.get_release(studio, "Night Bus").tracks[0].title == "Night Bus"
    after = {path: (hash_file(path), path.stat().st_mtime_ns) for path in folder.rglob("*.flac")}
    assert after == before
    again = catalogue_import.plan_folder(studio, folder)
    assert (again.releases, again.known_tracks) == ([], 5)


def test_the_audio_of_a_folder_joins_its_tracks(studio: Studio, folder: Path) -> None:
    plan = catalogue_import.plan_folder(studio, folder)
    made = catalogue_import.carry_out(studio, plan, folder.name)
    gone = made.files[-1]
    gone[1].unlink()
    refused = catalogue_audio.take_audio(studio, made)
    assert [Path(found.path) for found in refused] == [gone[1]]
    tracks = [finding.get_track(studio, f"T{track_id}") for track_id, _path in made.files]
    assert [len(track.mixes) for track in tracks] == [1] * (len(tracks) - 1) + [0]
    assert tracks[0].duration_ms == 1000
    labels = [act.label for act in acts.list_acts(studio)]
    assert labels[-1] == f"Import catalogue {folder.name}"
    assert "Audio of “Low Water”" in labels
    acts.undo(studio)  # the newest release alone
    left = [finding.get_track(studio, f"T{track_id}") for track_id, _path in made.files]
    assert 0 < sum(len(track.mixes) for track in left) < len(tracks) - 1


def test_audio_joins_tracks_that_came_in_without(studio: Studio, folder: Path) -> None:
    first = catalogue_import.plan_folder(studio, folder)
    assert first.silent == []
    catalogue_import.carry_out(studio, first, folder.name)
    again = catalogue_import.plan_folder(studio, folder)
    assert (again.track_count, len(again.silent)) == (0, 5)
    made = catalogue_import.carry_out(studio, again, folder.name)
    assert (made.track_ids, len(made.files)) == ((), 5)
    assert catalogue_audio.take_audio(studio, made) == []
    low = finding.get_release(studio, "Low Water")
    assert [len(track.mixes) for track in low.tracks] == [1, 1]
    assert catalogue_import.plan_folder(studio, folder).silent == []


def test_another_library_comes_in_whole(studio: Studio, tmp_path: Path) -> None:
    other = open_studio(tmp_path / "Other")
    importing.import_file(other, write_bounce(tmp_path / "Night Bus.wav", seconds=1.0))
    track = finding.get_track(other, "T1")
    editing.approve_mix(other, track, track.mixes[0])
    editing.set_artists(other, finding.get_release(other, "R1"), ["Mara Vale"])
    editing.edit_track(other, track, {"iswc": "T-034.524.680-1"})
    people.set_codes(other, "Mara Vale", {"ipi": "014107338"})
    people.set_codes(other, "Nobody Here", {"isni": "0000 0001 2281 955X"})
    editing.set_links(other, finding.get_release(other, "R1"), [("Bandcamp", "https://x.y")])
    editing.new_release(other, "Both", ["Ana"])
    editing.new_release(studio, "Both", ["Ana"])
    merged = library_import.import_library(studio, tmp_path / "Other")
    assert (len(merged.release_ids), merged.track_count, merged.mix_count) == (1, 1, 1)
    assert merged.known == 1
    release = finding.get_release(studio, "Night Bus")
    assert release.artists == ("Mara Vale",)
    assert release.links == (("Bandcamp", "https://x.y"),)
    assert release.tracks[0].iswc == "T0345246801"
    assert [credit.ipi for credit in release.credits] == ["00014107338"]
    assert [person.name for person in people.list_people(studio)] == ["Ana", "Mara Vale"]
    mix = release.tracks[0].approved
    assert mix is not None
    assert mix.measurement is not None
    assert studio.library.vault.get_path(mix.audio_hash, ".wav").is_file()
    assert library_import.import_library(studio, tmp_path / "Other").known == 2
    acts.undo(studio)
    assert [line.title for line in finding.list_releases(studio)] == ["Both"]


def test_a_folder_that_is_no_library_or_this_one_is_refused(studio: Studio, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no IndieArtist library"):
        library_import.import_library(studio, tmp_path)
    with pytest.raises(UserError, match="is open"):
        library_import.import_library(studio, studio.library.folder)


def test_a_column_of_iswcs(studio: Studio, tmp_path: Path) -> None:
    path = tmp_path / "works.csv"
    path.write_text("Album,Title,Code\nEbb,One,T-034.524.680-1\nEbb,Two,T-034.524.680-1\n")
    table, guessed = catalogue_import.read_table(path)
    assert guessed[2] == "iswc"
    plan = catalogue_import.plan_table(studio, table, guessed)
    catalogue_import.carry_out(studio, plan, path.name)
    assert [t.iswc for t in finding.get_release(studio, "R1").tracks] == ["T0345246801"] * 2
    path.write_text("Album,Title,ISWC\nEbb,Three,T-034.524.680-2\n")
    table, guessed = catalogue_import.read_table(path)
    problems = catalogue_import.plan_table(studio, table, guessed).problems
    assert problems == ["Row 2: the ISWC T-034.524.680-2 is none and was left out."]
