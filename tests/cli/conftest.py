"""A command line beside a library that is made when a command first asks for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from typing_at import Run, Told

from indieartist.app import WindowDoor
from indieartist.cli.main import make_cli
from indieartist.services.studio import open_studio

if TYPE_CHECKING:
    import click


@pytest.fixture
def cli(tmp_path: Path) -> click.Command:
    """All commands, over `Library` in the test's own folder."""
    return make_cli(open_studio, lambda: tmp_path / "Library", WindowDoor())


@pytest.fixture
def run(cli: click.Command) -> Run:
    """Type a command; `expect` is its exit code, `answer` what is typed when it asks."""

    def type_(*words: object, expect: int = 0, answer: str = "") -> Result:
        result = CliRunner().invoke(cli, [*map(str, words)], input=answer, catch_exceptions=False)
        assert result.exit_code == expect, result.output
        return result

    return type_


@pytest.fixture
def told(run: Run) -> Told:
    """Type a command with --json and read its answer."""
    return lambda *words, expect=0: json.loads(run(*words, "--json", expect=expect).stdout)
