"""The only wiring: the command line and the window over one studio."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indieartist.errors import AppError

if TYPE_CHECKING:
    from indieartist.services.studio import Studio

COMMAND_LINE_ENCODING = "utf-8"


def command_line() -> None:
    """Run `indieartist …`."""
    from indieartist.cli.main import make_cli

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a name that is not Unicode is shown, never a crash
            stream.reconfigure(encoding=COMMAND_LINE_ENCODING, errors="replace")
    cli = make_cli(_open_in_shell, default_library, WindowDoor())
    cli()


def window() -> None:
    """Open the window on the default library with the files named, as the desktop's entry does."""
    try:
        sys.exit(WindowDoor().open(default_library(), files=sys.argv[1:]))
    except AppError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)


def default_library() -> Path:
    """The library of a person who named none."""
    from indieartist.system.paths import default_library_path

    return default_library_path()


class WindowDoor:
    """The way to the window, for the command line; Qt is loaded when it is opened."""

    def open(
        self, library_path: Path, release_id: int | None = None, files: Sequence[str] = ()
    ) -> int:
        """Open the window on a library, at a release if one is named; return its exit code.

        Where it is open already, that window comes to the front with what is asked here.
        """
        from indieartist.jobs.runner import ThreadRunner
        from indieartist.system.paths import resources_path
        from indieartist.ui.instance import Wishes
        from indieartist.ui.start import run_window

        wishes = Wishes(release_id, [str(Path(name).absolute()) for name in files])
        return run_window(
            _opener(library_path),
            ThreadRunner(),
            resources_path(),
            wishes,
            library_path=library_path,
        )

    def picture(self, library_path: Path, picture_path: Path, **how: Any) -> int:
        """Render the window on a library into a picture; `how` is as `ui.picture.Picture` says."""
        from indieartist.jobs.runner import ThreadRunner
        from indieartist.system.paths import resources_path
        from indieartist.ui.picture import Picture
        from indieartist.ui.start import picture_window

        picture = Picture(picture_path, **how)
        return picture_window(_opener(library_path), ThreadRunner(), resources_path(), picture)

    def has_display(self) -> bool:
        """Whether there is a screen to open the window on."""
        from indieartist.ui.display import has_display

        return has_display()


def _opener(library_path: Path) -> Callable[[], Studio]:
    """A way to open the studio that loads the database only when it is called."""

    return lambda: _open_studio(library_path)


def _open_in_shell(library_path: Path) -> Studio:
    """An older library is brought to this program's form first: that may take seconds."""
    from indieartist.cli.output import Progress
    from indieartist.services.studio import open_studio

    progress = Progress("Preparing the library")
    try:
        return open_studio(library_path, report=progress)
    finally:
        progress.clear()


def _open_studio(library_path: Path) -> Studio:
    from indieartist.services.studio import open_studio

    return open_studio(library_path)
