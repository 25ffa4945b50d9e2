"""The option `--selftest`: what the packaged app does before it is handed to anybody."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indieartist.cli.session import WindowDoor
from indieartist.errors import AppError
from indieartist.services.selftest import Outcome, run_selftest

if TYPE_CHECKING:
    from indieartist.services.studio import Studio


def try_program(open_studio: Callable[[Path], Studio], window: WindowDoor) -> int:
    """Try every part in a library of its own that is thrown away; return the exit code."""
    failed = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        library_path, files_path = Path(folder, "library"), Path(folder, "files")
        files_path.mkdir()
        studio = open_studio(library_path)
        for outcome in run_selftest(studio, files_path):
            failed += not outcome.works
            _say(outcome)
        studio.library.close()
        outcome = _draw_window(window, library_path, files_path / "window.png")
        _say(outcome)
    return int(bool(failed) or not outcome.works)


def _draw_window(window: WindowDoor, library_path: Path, picture_path: Path) -> Outcome:
    try:
        code = window.picture(library_path, picture_path)
        drawn = picture_path.is_file() and picture_path.stat().st_size
        return Outcome("window", not code and bool(drawn), f"drawn in {drawn} bytes")
    except (AppError, ImportError, OSError) as error:
        return Outcome("window", False, f"{type(error).__name__}: {error}")


def _say(outcome: Outcome) -> None:
    click.echo(f"{'ok' if outcome.works else 'BROKEN':8}{outcome.part:12}{outcome.said}")
