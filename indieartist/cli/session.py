"""One run of the command line: its library, its output, and how errors become exit codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from indieartist.cli.output import Progress, print_error, print_json
from indieartist.errors import AppError, Cancelled, world_error

if TYPE_CHECKING:
    from indieartist.services.studio import Studio


class WindowDoor(Protocol):
    """The way to the window, which the command line itself knows nothing of."""

    def open(
        self, library_path: Path, release_id: int | None = None, files: Sequence[str] = ()
    ) -> int:
        """Open the window on a library, at a release if one is named; return its exit code."""
        ...

    def picture(self, library_path: Path, picture_path: Path, **how: Any) -> int:
        """Render the window on a library into a picture; return the exit code."""
        ...

    def has_display(self) -> bool:
        """Whether there is a screen to open the window on."""
        ...


@dataclass
class Session:
    """What every command is handed."""

    library_path: Path
    open_studio: Callable[[Path], Studio]
    window: WindowDoor
    as_json: bool = False
    _open: list[Studio] = field(default_factory=list)

    @cached_property
    def studio(self) -> Studio:
        """The studio, opened when a command first needs it."""
        studio = self.open_studio(self.library_path)
        self._open.append(studio)
        return studio

    def say(self, value: Any, show: Callable[[], None]) -> None:
        """Print a result: as JSON, or as `show` prints it for people."""
        if self.as_json:
            print_json(value)
        else:
            show()

    def progress(self, label: str) -> Progress:
        """Progress on stderr under a label."""
        return Progress(label)

    def close(self) -> None:
        """Let go of the library."""
        for studio in self._open:
            studio.library.close()


pass_session = click.make_pass_decorator(Session)


class TeachingCommand(click.Command):
    """A command that takes `--json` wherever it stands and turns errors into exit codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(
            click.Option(
                ["--json", "as_json"],
                is_flag=True,
                expose_value=False,
                callback=_set_json,
                help="Print the result as JSON.",
            )
        )

    def invoke(self, ctx: click.Context) -> Any:
        """Run; an error prints one sentence and what to do, and becomes the exit code."""
        session = ctx.find_object(Session)
        as_json = session.as_json if session else False
        try:
            return super().invoke(ctx)
        except AppError as error:
            failure = error
        except KeyboardInterrupt:
            failure = Cancelled()
        except BrokenPipeError:  # the reader has seen enough; click ends quietly
            raise
        except OSError as error:
            failure = world_error(error)
        finally:
            if session:
                session.close()
        print_error(failure, as_json=as_json)
        raise click.exceptions.Exit(failure.exit_code)


class TeachingGroup(click.Group):
    """A group whose commands teach."""

    command_class = TeachingCommand


TeachingGroup.group_class = TeachingGroup


def _set_json(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    session = ctx.find_object(Session)
    if session and value:
        session.as_json = True
