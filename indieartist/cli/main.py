"""The command `indieartist`: its global options and all its commands, in the order of a release."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indieartist import __version__
from indieartist.cli.session import Session, TeachingGroup, WindowDoor

if TYPE_CHECKING:
    from indieartist.services.studio import Studio

HELP = """From a bounce in the DAW to a released and announced record.

\b
The way of a single:
  indieartist import "Night Bus.wav"         a bounce comes in, and makes release R1 with track T1
  indieartist measure T1                     how loud, how dynamic, what peaks
  indieartist master T1 --target streaming   a mastered mix beside the original
  indieartist preview T1 --platform spotify  what a streaming service will do to it
  indieartist approve T1                     this mix is the one
  indieartist release edit R1 --artist "Mara Vale" --date 2026-12-04 --artwork cover.png
  indieartist check R1 --for spotify         what would be rejected, and how to mend it
  indieartist deliver R1 --to folder         the delivery package for your distributor
  indieartist deliver R1 --to site           your own page, player and feed
  indieartist post R1 --to mastodon --at "2026-12-04 09:00"
  indieartist publish-due                    sends what is due, once and only once

Releases are called R1, tracks T1 or R1.2, or by their titles. Every change can be undone with
`indieartist undo`, except what has left the machine.
"""

# Each command's module and name in it, in the order of a release.
COMMANDS = {
    "import": "importing:import_",
    "watch": "watching:watch",
    "daw": "daw:daw_",
    "stem-pack": "daw:stem_pack",
    "catalogue": "catalogue:catalogue",
    "measure": "measure:measure",
    "master": "master:master",
    "targets": "master:targets",
    "preview": "preview:preview",
    "platforms": "preview:platforms",
    "clip": "clip:clip",
    "sampler": "clip:sampler",
    "compare": "versions:compare",
    "versions": "versions:versions",
    "approve": "master:approve",
    "tags": "tags:tags",
    "release": "release:release",
    "people": "people:people",
    "find": "finding:find",
    "edit": "rewriting:edit",
    "replace": "rewriting:replace",
    "rename": "rewriting:rename",
    "isrc": "numbers:isrc",
    "number": "numbers:number",
    "conflicts": "numbers:conflicts",
    "check": "readiness:check",
    "rules": "rules:rules",
    "checklist": "readiness:checklist_",
    "attach": "attaching:attach",
    "agenda": "agenda:agenda_",
    "board": "agenda:board",
    "live": "agenda:live",
    "calendar": "agenda:calendar",
    "deliver": "publish:deliver",
    "post": "publish:post",
    "publish-due": "publish:publish_due",
    "outbox": "publish:outbox_",
    "account": "publish:account",
    "destinations": "publish:destinations",
    "history": "keeping:history",
    "undo": "keeping:undo",
    "redo": "keeping:redo",
    "backup": "safety:backup",
    "restore-backup": "safety:restore_backup",
    "verify": "safety:verify",
    "remove": "safety:remove",
    "bin": "safety:bin_",
    "export-all": "safety:export_all",
    "demo-song": "keeping:demo_song",
    "tour": "tour:tour_",
    "window": "keeping:window",
}


class Catalogue(TeachingGroup):
    """All commands; the module of each, and what that needs, is imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Their names, in the order of a release."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(f"indieartist.cli.{module}"), name)
        assert isinstance(command, click.Command)
        return command


def make_cli(
    open_studio: Callable[[Path], Studio],
    default_library: Callable[[], Path],
    window: WindowDoor,
) -> click.Group:
    """The command line, wired to a way to open a studio and the window."""

    def selftest(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
        if value:
            from indieartist.cli.selftest import try_program

            ctx.exit(try_program(open_studio, window))

    @click.group(cls=Catalogue, help=HELP, context_settings={"max_content_width": 100})
    @click.option(
        "--library",
        "library_path",
        type=click.Path(path_type=Path),
        envvar="INDIEARTIST_LIBRARY",
        help="The library's folder; made if there is none. [default: IndieArtist in your music]",
    )
    @click.option("--json", "as_json", is_flag=True, help="Print results as JSON.")
    @click.option(
        "--selftest",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=selftest,
        help="Try every part of the program, and exit.",
    )
    @click.version_option(__version__, prog_name="IndieArtist")
    @click.pass_context
    def cli(ctx: click.Context, library_path: Path | None, as_json: bool) -> None:
        ctx.obj = Session(library_path or default_library(), open_studio, window, as_json)

    return cli
