"""What every reader of projects must do; each format's test class inherits all of it."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from readers.makers import SONG, Song, lay_sample
from readers.mutate import mutate

from indieartist.cli.output import plain
from indieartist.domain.project import Project
from indieartist.errors import AppError, UserError
from indieartist.readers.projects import read_project

FIELDS = {
    "daw",
    "version",
    "tempo_bpm",
    "time_signature",
    "markers",
    "tracks",
    "plugins",
    "samples",
    "missing_samples",
}


class ProjectContract:
    daw: str
    version: str
    says_tempo = True
    mutations = 24

    def write(self, folder: Path, song: Song = SONG) -> Path:
        raise NotImplementedError

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        lay_sample(tmp_path)
        return self.write(tmp_path)

    @pytest.fixture
    def project(self, path: Path) -> Project:
        return read_project(path)

    def test_the_daw_is_named(self, project: Project) -> None:
        assert (project.daw, project.version) == (self.daw, self.version)

    def test_tempo_and_signature(self, project: Project) -> None:
        if not self.says_tempo:
            assert project.tempo_bpm is None
            assert project.notes
            return
        assert project.tempo_bpm == SONG.tempo_bpm
        assert project.time_signature == "6/8"
        assert not project.tempo_varies

    def test_markers_in_time_and_order(self, project: Project) -> None:
        marks = {marker.name: marker.at_ms for marker in project.markers}
        for name, beat in SONG.markers:
            assert marks[name] == pytest.approx(SONG.seconds(beat) * 1000, abs=6), name
        times = [marker.at_ms for marker in project.markers]
        assert times == sorted(times)

    def test_tracks_in_order(self, project: Project) -> None:
        assert project.tracks == SONG.tracks

    def test_plugins_each_once(self, project: Project) -> None:
        assert [name for name in project.plugins if name in SONG.plugins] == list(SONG.plugins)
        assert "Decoy" not in project.plugins
        assert len(set(project.plugins)) == len(project.plugins)

    def test_the_missing_sample_alone_is_missing(self, project: Project) -> None:
        missing = [place.replace("\\", "/").rpartition("/")[2] for place in project.missing_samples]
        assert [name.rpartition(":")[2] for name in missing] == ["lost & gone.wav"]
        assert set(project.missing_samples) < set(project.samples)

    def test_it_can_be_printed_as_json(self, project: Project) -> None:
        printed = json.loads(json.dumps(plain(project), allow_nan=False))
        assert set(printed) >= FIELDS

    def test_the_file_is_only_read(self, path: Path) -> None:
        before = path.read_bytes(), path.stat().st_mtime_ns, sorted(path.parent.rglob("*"))
        read_project(path)
        assert (
            path.read_bytes(),
            path.stat().st_mtime_ns,
            sorted(path.parent.rglob("*")),
        ) == before

    def test_it_is_known_by_what_it_holds(self, path: Path) -> None:
        renamed = path.rename(path.with_suffix(".txt2"))
        assert read_project(renamed).daw == self.daw

    def test_time_is_limited(self, path: Path) -> None:
        with pytest.raises(UserError, match="too long"):
            read_project(path, seconds=-1.0)

    @pytest.mark.parametrize("part", [0.0, 0.01, 0.3, 0.6, 0.95])
    def test_cut_off_it_is_read_or_refused(self, path: Path, part: float) -> None:
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * part)])
        read_or_refuse(path)

    def test_mutated_it_is_read_or_refused(self, path: Path) -> None:
        whole, dice = path.read_bytes(), random.Random(5)
        for _ in range(self.mutations):
            bad = mutate(whole, dice)
            path.write_bytes(bad)
            read_or_refuse(path)
            assert path.read_bytes() == bad


def read_or_refuse(path: Path) -> None:
    try:
        project = read_project(path)
    except AppError as error:
        assert error.message.count("\n") == 0
        return
    json.dumps(plain(project), allow_nan=False)
