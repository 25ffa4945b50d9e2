"""The catalogue: found, grouped and sorted against a plain list; its audio laid out to be taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bounces import write_bounce

from indieartist.domain.catalogue import Question
from indieartist.services import acts, catalogue, editing, finding, importing
from indieartist.services.studio import Studio, open_studio

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
RECORDS = (
    ("Ähre", "Mara Vale", "Moss", "2026-12-04"),
    ("Ahorn", "Ólafur", "", "2025-03-07"),
    ("zebra", "Mara Vale", "Moss", ""),
    ("Boot", "", "Kelp", "2025-01-03"),
)


@pytest.fixture
def studio(library_dir: Path) -> Studio:
    made = open_studio(library_dir, now=lambda: NOW)
    for title, artist, label, day in RECORDS:
        number = editing.new_release(made, title, [artist] if artist else [])
        release = finding.get_release(made, f"R{number}")
        editing.edit_release(made, release, {"label": label, "release_on": day})
    return made


def titles(studio: Studio, question: Question) -> list[str]:
    ids = catalogue.find_releases(studio, question).ids
    return [line.title for line in catalogue.read_page(studio, ids)]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (Question(), ["Boot", "zebra", "Ahorn", "Ähre"]),
        (Question(sort="title"), ["Ahorn", "Ähre", "Boot", "zebra"]),
        (Question(sort="title", falling=True), ["zebra", "Boot", "Ähre", "Ahorn"]),
        (Question(sort="artist"), ["zebra", "Ähre", "Ahorn", "Boot"]),
        (Question(sort="release_on"), ["Boot", "Ahorn", "Ähre", "zebra"]),
        (Question(words="mara"), ["zebra", "Ähre"]),
        (Question(words="ÄHRE moss"), ["Ähre"]),
        (Question(words="kelp"), ["Boot"]),
        (Question(words="%"), []),
        (Question(group="state", part="coming"), ["Ähre"]),
        (Question(group="artist", part=""), ["Boot"]),
    ],
)
def test_releases_are_found(studio: Studio, question: Question, found: list[str]) -> None:
    assert titles(studio, question) == found


def test_groups_are_counted_before_one_is_chosen(studio: Studio) -> None:
    asked = Question(group="year", part="2025")
    answer = catalogue.find_releases(studio, asked)
    assert answer.parts == {"2026": 1, "2025": 2, "": 1}
    assert (len(answer.ids), answer.total) == (2, 4)
    fewer = catalogue.find_releases(studio, replace(asked, words="mara"))
    assert fewer.parts == {"2026": 1, "": 1}


def test_several_are_removed_as_one_act(studio: Studio) -> None:
    catalogue.remove_releases(studio, [1, 3])
    assert titles(studio, Question()) == ["Boot", "Ahorn"]
    acts.undo(studio)
    assert len(titles(studio, Question())) == 4


def test_the_audio_lies_out_under_names_for_people(studio: Studio, tmp_path: Path) -> None:
    bounce = write_bounce(tmp_path / "Night Bus.wav", seconds=1.0)
    importing.import_file(studio, bounce, release_id=1)
    track = finding.get_track(studio, "T1")
    editing.edit_track(studio, track, {"title": "A/B: 夜" + "ü" * 200})
    (laid,) = catalogue.lay_out_audio(studio, [1, 2])
    assert laid.name.startswith("01 A_B_ 夜")
    assert laid.suffix == ".wav"
    assert laid.read_bytes() == bounce.read_bytes()
    assert catalogue.lay_out_audio(studio, [1]) == [laid]


@pytest.mark.parametrize("words", ["", "...", "CON/?*", "a" * 300, "夜" * 200])
def test_a_file_name_fits_every_system(words: str) -> None:
    name = catalogue.file_name(words)
    assert name
    assert len(name.encode()) <= 180
    assert not set(name) & set('<>:"/\\|?*')
