"""A project that FL Studio itself saved is read as PyFLP's own tests say that it is."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from indieartist.domain.project import Project
from indieartist.readers.projects import read_project

PACKED = Path(__file__).with_name("fl_studio_20_8_3.zip")
BEAT_MS = 60_000 / 69.42


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, out of its zip; where it comes from stands in NOTICE.md."""
    folder = tmp_path_factory.mktemp("flp")
    with zipfile.ZipFile(PACKED) as packed:
        (name,) = [name for name in packed.namelist() if name.endswith(".flp")]
        return Path(packed.extract(name, folder))


@pytest.fixture(scope="module")
def project(saved: Path) -> Project:
    return read_project(saved)


def test_what_it_says_of_its_song(project: Project) -> None:
    assert (project.daw, project.version) == ("FL Studio", "20.8.3.2304")
    assert project.tempo_bpm == pytest.approx(69.42)
    assert project.time_signature == "2/8"
    facts = {"title": "Test", "artist": "demberto", "genre": "Christian Gangsta Rap"}
    assert project.facts == facts


def test_its_markers_stand_where_they_do(project: Project) -> None:
    placed = [(marker.name, marker.at_ms) for marker in project.markers]
    assert placed == [("Middle", round(4 * BEAT_MS)), ("TimeMarker 1", round(8 * BEAT_MS))]


def test_its_tracks_and_plugins_are_named(project: Project) -> None:
    assert {"Layer", "Min Size", "Max Size", "Locked + Enabled"} <= set(project.tracks)
    assert {"BooBass", "OTT", "Fruity Soft Clipper"} <= set(project.plugins)
    assert not project.samples
    assert not project.missing_samples


def test_it_is_only_read(saved: Path) -> None:
    before = saved.read_bytes()
    read_project(saved)
    assert saved.read_bytes() == before
