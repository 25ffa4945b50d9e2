"""The only wiring: the command line and the window over one studio."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from indieartist.errors import AppError

COMMAND_LINE_ENCODING = "utf-8"


def command_line() -> None:
    """Run `indieartist …`."""
    from indieartist.cli.main import make_cli
    from indieartist.services.studio import open_studio

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a name that is not Unicode is shown, never a crash
            stream.reconfigure(encoding=COMMAND_LINE_ENCODING, errors="replace")
    cli = make_cli(open_studio, default_library, open_window)
    cli()


def window() -> None:
    """Open the window on the default library, as the desktop's entry does."""
    try:
        sys.exit(open_window(default_library()))
    except AppError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)


def default_library() -> Path:
    """The library of a person who named none."""
    from indieartist.system.paths import default_library_path

    return default_library_path()


def open_window(library_path: Path) -> int:
    """Open the window on a library; return its exit code."""
    from indieartist.jobs.runner import ThreadRunner
    from indieartist.services.studio import open_studio
    from indieartist.system.paths import resources_path
    from indieartist.ui.start import run_window

    return run_window(
        lambda: open_studio(library_path),
        ThreadRunner(),
        resources_path(),
    )
