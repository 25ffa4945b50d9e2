"""`indieartist daw` as it is typed: a project needs no library, and is never written to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bounces import write_bounce
from click.testing import CliRunner, Result
from readers import makers
from readers.contract import FIELDS

from indieartist.cli.main import make_cli
from indieartist.services.studio import open_studio


def type_(folder: Path, *words: object) -> Result:
    cli = make_cli(open_studio, lambda: folder / "Library", lambda _path: 0)
    return CliRunner().invoke(cli, list(map(str, words)), catch_exceptions=False)


def test_a_project_is_told(tmp_path: Path) -> None:
    makers.lay_sample(tmp_path)
    done = type_(tmp_path, "daw", makers.write_rpp(tmp_path))
    assert done.exit_code == 0
    for words in ("Reaper 7.22", "92.5 bpm", "6/8", "0:40.000–1:00.500  Verse 1", "missing: Sam"):
        assert words in done.output
    assert not (tmp_path / "Library").exists()


@pytest.mark.parametrize(
    "write", [makers.write_als, makers.write_flp, makers.write_dawproject, makers.write_protools]
)
def test_a_project_is_told_to_scripts(tmp_path: Path, write) -> None:
    told = json.loads(type_(tmp_path, "daw", write(tmp_path), "--json").stdout)
    assert set(told) >= FIELDS
    assert told["tracks"] == list(makers.SONG.tracks)


def test_what_is_no_project_has_an_exit_code(tmp_path: Path) -> None:
    path = tmp_path / "x.wav"
    path.write_bytes(b"RIFF")
    done = type_(tmp_path, "daw", path)
    assert done.exit_code == 2
    assert "no project that can be read" in done.output


def test_stems_are_packed_with_a_projects_tempo(tmp_path: Path) -> None:
    stems = [write_bounce(tmp_path / f"{name}.wav", 0.5) for name in ("Drums", "Bass")]
    project = makers.write_rpp(tmp_path)
    out = tmp_path / "pack"
    done = type_(tmp_path, "stem-pack", out, *stems, "--project", project)
    assert done.exit_code == 0, done.output
    told = json.loads(type_(tmp_path, "daw", f"{out}.dawproject", "--json").stdout)
    assert (told["tempo_bpm"], told["tracks"]) == (92.5, ["Drums", "Bass", "Master"])
    assert told["facts"]["title"] == "Night Bus"
    assert type_(tmp_path, "stem-pack", out, *stems).exit_code == 2
    assert type_(tmp_path, "stem-pack", out, *stems, "--force").exit_code == 0


def test_a_pack_carries_what_the_library_knows(tmp_path: Path) -> None:
    bounce = write_bounce(tmp_path / "Night Bus.wav", 1.0)
    for words in (["import", bounce], ["release", "edit", "R1", "--artist", "Mara Vale"]):
        assert type_(tmp_path, *words).exit_code == 0
    out = tmp_path / "x.dawproject"
    assert type_(tmp_path, "stem-pack", out, bounce, "--track", "T1").exit_code == 0
    told = json.loads(type_(tmp_path, "daw", out, "--json").stdout)
    assert told["facts"] == {"title": "Night Bus", "artist": "Mara Vale", "album": "Night Bus"}
