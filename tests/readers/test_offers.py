"""A project's tempo and markers offer themselves to their track, and undo takes them back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bounces import write_bounce
from readers import makers
from readers.makers import SONG, Song
from readers.test_daw_command import type_

from indieartist.domain.project import Marker, TrackProject
from indieartist.domain.release import Track
from indieartist.errors import UserError
from indieartist.services import acts, daw, finding, importing
from indieartist.services.studio import Studio, open_studio


@pytest.fixture
def studio(library_dir: Path) -> Studio:
    return open_studio(library_dir)


@pytest.fixture
def track(studio: Studio, tmp_path: Path) -> Track:
    bounce = write_bounce(tmp_path / "Night Bus Project" / "Bounces" / "Night Bus v3.wav", 1.0)
    return finding.get_track(studio, f"T{importing.import_file(studio, bounce).track_id}")


def folder_of(tmp_path: Path) -> Path:
    return tmp_path / "Night Bus Project"


def test_a_project_above_the_bounce_offers_itself(
    studio: Studio, track: Track, tmp_path: Path
) -> None:
    makers.lay_sample(folder_of(tmp_path))
    makers.write_rpp(folder_of(tmp_path))
    offer = daw.find_offer(studio, track)
    assert offer is not None
    assert (offer.name, offer.project.daw) == ("Night Bus.rpp", "Reaper 7.22")
    assert offer.project.words() == "92.5 bpm, 6/8 and 3 markers"
    assert offer.source.missing_samples == (SONG.missing,)


def test_what_was_taken_is_offered_no_more_and_undone(
    studio: Studio, track: Track, tmp_path: Path
) -> None:
    makers.write_rpp(folder_of(tmp_path))
    offer = daw.find_offer(studio, track)
    assert offer is not None
    daw.take_project(studio, track, offer.project)
    assert daw.find_taken(studio, track) == offer.project
    assert daw.find_offer(studio, track) is None
    assert acts.undo(studio).label == "Tempo and markers of “Night Bus”"
    assert daw.find_taken(studio, track) is None
    assert daw.find_offer(studio, track) == offer


def test_a_project_that_was_changed_offers_itself_anew(
    studio: Studio, track: Track, tmp_path: Path
) -> None:
    makers.write_rpp(folder_of(tmp_path))
    first = daw.find_offer(studio, track)
    assert first is not None
    daw.take_project(studio, track, first.project)
    makers.write_rpp(folder_of(tmp_path), Song(tempo_bpm=95.0))
    second = daw.find_offer(studio, track)
    assert second is not None
    daw.take_project(studio, track, second.project)
    taken = daw.find_taken(studio, track)
    assert taken is not None and taken.tempo_bpm == 95.0
    acts.undo(studio)
    assert daw.find_taken(studio, track) == first.project
    daw.drop_project(studio, track)
    assert daw.find_taken(studio, track) is None


def test_a_project_of_another_name_or_none_offers_nothing(
    studio: Studio, track: Track, tmp_path: Path
) -> None:
    assert daw.find_offer(studio, track) is None
    makers.write_rpp(folder_of(tmp_path)).rename(folder_of(tmp_path) / "Undertow.rpp")
    (folder_of(tmp_path) / "Night Bus.als").write_bytes(b"\x1f\x8bbroken")
    assert daw.find_offer(studio, track) is None


def test_a_project_that_says_nothing_is_refused(studio: Studio, track: Track) -> None:
    with pytest.raises(UserError, match="no tempo"):
        daw.take_project(studio, track, TrackProject("/x.als", "Ableton Live", None, None, ()))


def test_words_say_all_there_is() -> None:
    marks = (Marker("a", 0),)
    assert TrackProject("", "", None, None, marks).words() == "1 marker"
    assert TrackProject("", "", 120.0, None, marks * 2).words() == "120 bpm and 2 markers"
    assert TrackProject("", "", None, None, ()).words() == "nothing"


def test_a_track_takes_over_on_the_command_line(tmp_path: Path) -> None:
    bounce = write_bounce(tmp_path / "Night Bus.wav", 1.0)
    assert type_(tmp_path, "import", bounce).exit_code == 0
    project = makers.write_als(tmp_path)
    done = type_(tmp_path, "daw", project, "--track", "T1")
    assert "has 92.5 bpm, 6/8 and 2 markers now" in done.output
    out = tmp_path / "x.dawproject"
    assert type_(tmp_path, "stem-pack", out, bounce, "--track", "T1").exit_code == 0
    told = json.loads(type_(tmp_path, "daw", out, "--json").stdout)
    assert (told["tempo_bpm"], len(told["markers"])) == (92.5, 2)


def test_a_folder_is_watched_once_on_the_command_line(tmp_path: Path) -> None:
    write_bounce(tmp_path / "Bounces" / "Night Bus v1.wav", 4.0)
    done = type_(tmp_path, "watch", tmp_path / "Bounces", "--once")
    assert done.exit_code == 0
    assert "Night Bus v1.wav begins “Night Bus”." in done.output
    told = json.loads(type_(tmp_path, "watch", tmp_path / "Bounces", "--once", "--json").stdout)
    assert told == {"taken": []}
    assert type_(tmp_path, "watch", tmp_path / "nowhere", "--once").exit_code == 2
