"""Versions of a track: named, noted, approved and removed, and each of it taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from bounces import write_bounce

from indieartist.domain.release import Mix, Track
from indieartist.errors import UserError
from indieartist.services import acts, finding, importing, versions
from indieartist.services.studio import Studio, open_studio


@pytest.fixture
def studio(library_dir: Path, tmp_path: Path) -> Studio:
    studio = open_studio(library_dir)
    importing.import_file(studio, write_bounce(tmp_path / "Night Bus.wav"))
    return studio


def get(studio: Studio) -> tuple[Track, Mix]:
    track = finding.get_track(studio, "T1")
    return track, track.mixes[0]


def test_a_version_is_renamed(studio: Studio) -> None:
    versions.rename_mix(studio, *get(studio), "  Louder \n drums ")
    assert get(studio)[1].name == "Louder drums"
    assert acts.undo(studio).label == "Rename mix 1 of “Night Bus”"
    assert get(studio)[1].name == "Night Bus.wav"
    for name in ("", " \n", "x" * 201):
        with pytest.raises(UserError):
            versions.rename_mix(studio, *get(studio), name)


def test_a_note_is_written_and_taken_away(studio: Studio) -> None:
    assert get(studio)[1].note == ""
    versions.note_mix(studio, *get(studio), " Vocals up 1 dB\r\nfor Mia ")
    assert get(studio)[1].note == "Vocals up 1 dB\nfor Mia"
    versions.note_mix(studio, *get(studio), "")
    assert get(studio)[1].note == "" and get(studio)[1].settings == {}
    acts.undo(studio)
    assert get(studio)[1].note == "Vocals up 1 dB\nfor Mia"


def test_a_removed_version_comes_back_with_its_approval(studio: Studio) -> None:
    track, mix = get(studio)
    versions.approve_mix(studio, track, mix)
    versions.remove_mix(studio, *get(studio))
    assert not finding.get_track(studio, "T1").mixes
    acts.undo(studio)
    assert finding.get_track(studio, "T1").approved == mix


def test_a_version_is_found_by_its_number(studio: Studio) -> None:
    track, mix = get(studio)
    assert versions.get_version(track, 1) == mix
    with pytest.raises(UserError, match="has no mix 7"):
        versions.get_version(track, 7)
