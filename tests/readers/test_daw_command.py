"""`indieartist daw` as it is typed: a project needs no library, and is never written to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
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
