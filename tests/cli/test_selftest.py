"""The self-test passes where everything is there, and names what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from indieartist.app import WindowDoor
from indieartist.cli.main import make_cli
from indieartist.services.selftest import run_selftest
from indieartist.services.studio import Studio, open_studio


class NoWindow(WindowDoor):
    """A machine where Qt does not load."""

    def picture(self, *_: object, **__: object) -> int:
        raise ImportError("libEGL.so.1: no such file")


def test_a_missing_part_is_named_and_fails(tmp_path: Path) -> None:
    studio = Studio(open_studio(tmp_path / "library").library, resources=tmp_path / "lost")
    outcomes = {outcome.part: outcome for outcome in run_selftest(studio, tmp_path)}
    studio.library.close()
    assert not outcomes["resources"].works
    assert "targets" in outcomes["resources"].said
    assert outcomes["codecs"].works
    assert outcomes["player"].works


def test_a_window_that_cannot_be_drawn_fails() -> None:
    done = CliRunner().invoke(make_cli(open_studio, Path, NoWindow()), ["--selftest"])
    assert done.exit_code == 1
    assert done.output.splitlines()[-1].startswith("BROKEN  window")
    assert done.output.count("BROKEN") == 1


@pytest.mark.real
def test_everything_works_here() -> None:
    done = CliRunner().invoke(make_cli(open_studio, Path, WindowDoor()), ["--selftest"])
    assert done.exit_code == 0, done.output
