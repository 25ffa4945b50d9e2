"""Commands so that nothing is lost: backup and restore, verify, the bin, and leaving with all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from indieartist.cli.output import print_rows
from indieartist.cli.session import Session, TeachingCommand, TeachingGroup, pass_session
from indieartist.errors import UserError
from indieartist.services import acts, keeping, leaving, verifying
from indieartist.services import bin as binning

FOLDER = click.Path(path_type=Path)
WRONG = 1  # the exit code where a library is not whole


def _gigabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1e9:.2f} GB" if size_bytes >= 1e9 else f"{size_bytes / 1e6:.1f} MB"


@click.command(cls=TeachingCommand)
@click.argument("folder", required=False, type=FOLDER)
@pass_session
def backup(session: Session, /, folder: Path | None) -> None:
    """Copy the whole library to FOLDER while it is in use; `restore-backup` makes one of it."""
    with session.progress("Backing up") as report:
        made = keeping.back_up(session.studio, folder, report)
    session.say(made, lambda: click.echo(f"{made.file_count} files in {made.path}"))


@click.command("restore-backup", cls=TeachingCommand)
@click.argument("folder", type=FOLDER)
@pass_session
def restore_backup(session: Session, /, folder: Path) -> None:
    """Make the library again out of the backup in FOLDER, on a machine that has none.

    It comes where `--library` says; a library that is there already is never touched.
    """
    with session.progress("Restoring") as report:
        made = keeping.restore(folder, session.library_path, report)
    session.say(made, lambda: click.echo(f"{made.file_count} files, each checked, in {made.path}"))


@click.command(cls=TeachingCommand)
@click.option("--from", "backup_path", type=FOLDER, help="Take what is not whole from a backup.")
@pass_session
def verify(session: Session, /, backup_path: Path | None) -> None:
    """Hash every file of the library again, and name what is missing or changed.

    The exit code is 1 where something is. Nothing is changed, unless --from names a backup.
    """
    with session.progress("Verifying") as report:
        found = verifying.verify(session.studio, report)
    mended = 0
    if backup_path and not found.is_whole:
        with session.progress("Mending") as report:
            mended = verifying.mend(found, backup_path, report)
        found = verifying.verify(session.studio)
    value = {"whole": found.is_whole, "mended": mended, "found": found}
    session.say(value, lambda: _say_verdict(found, mended))
    if not found.is_whole:
        raise click.exceptions.Exit(WRONG)


def _say_verdict(found: verifying.Verdict, mended: int) -> None:
    if mended:
        click.echo(f"{mended} files were taken from the backup.")
    click.echo(f"{found.file_count} files, {_gigabytes(found.size_bytes)}, are as they were.")
    for line in found.database:
        click.secho(f"database: {line}", fg="red")
    rows = [(f.kind, f.path, "; ".join(f.used_by) or "nothing rests on it") for f in found.faults]
    print_rows(rows)
    if not found.is_whole:
        click.echo("`indieartist verify --from BACKUP` takes such files from a backup.")


@click.command("export-all", cls=TeachingCommand)
@click.argument("folder", type=FOLDER)
@pass_session
def export_all(session: Session, /, folder: Path) -> None:
    """Write everything into FOLDER: audio, covers, CSV and JSON that need no IndieArtist."""
    with session.progress("Exporting") as report:
        made = leaving.export_all(session.studio, folder, report)
    session.say(made, lambda: _say_archive(made))


def _say_archive(made: leaving.Archive) -> None:
    size = _gigabytes(made.size_bytes)
    click.echo(f"{made.release_count} releases, {made.file_count} files, {size} in {made.path}")
    for name in made.missing:
        click.secho(f"missing: {name}", fg="red")


@click.command(cls=TeachingCommand)
@click.argument("things", nargs=-1, required=True)
@pass_session
def remove(session: Session, /, things: tuple[str, ...]) -> None:
    """Put releases (R3), tracks (T7), mixes (T7:2) or a cover (R3:cover) into the bin.

    `undo` takes it back, and so does `bin restore`, until the bin is emptied.
    """
    studio = session.studio
    with acts.one_act(studio, f"Remove {', '.join(things)}"):
        removed = [binning.remove(studio, thing) for thing in things]
    session.say(removed, lambda: click.echo("In the bin: " + ", ".join(removed)))


@click.group("bin", cls=TeachingGroup)
def bin_() -> None:
    """Show what was removed, bring it back, or delete it for good."""


@bin_.command("list")
@pass_session
def list_bin(session: Session) -> None:
    """List what was removed and can be brought back."""
    found = binning.look(session.studio)
    session.say(found, lambda: _say_bin(found))


def _say_bin(found: binning.Bin) -> None:
    rows: list[tuple[Any, ...]] = [
        (line.id, line.kind, f"{line.removed_at.astimezone():%Y-%m-%d %H:%M}", line.title)
        for line in found.lines
    ]
    print_rows(rows or [("The bin is empty.", "")])
    if found.file_count:
        click.echo(f"Emptying it frees {_gigabytes(found.size_bytes)}.")


@bin_.command("restore")
@click.argument("names", nargs=-1, required=True)
@pass_session
def restore_from_bin(session: Session, /, names: tuple[str, ...]) -> None:
    """Bring back what `bin list` calls NAMES."""
    back = [binning.bring_back(session.studio, name) for name in names]
    says = "\n".join(f"Back: {line.kind} “{line.title}”" for line in back)
    session.say(back, lambda: click.echo(says))


@bin_.command("empty")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_session
def empty_bin(session: Session, /, yes: bool) -> None:
    """Delete what is in the bin for good. This has no undo."""
    found = binning.look(session.studio)
    if not found.lines and not found.file_count:
        session.say(found, lambda: click.echo("The bin is empty."))
        return
    if not yes:
        question = (
            f"Delete {len(found.lines)} things and {found.file_count} files for good? "
            "This has no undo."
        )
        if session.as_json or not click.confirm(question, err=True):
            raise UserError("Nothing was deleted.", "Say --yes to empty the bin; it has no undo.")
    done = binning.empty(session.studio)
    size = _gigabytes(done.size_bytes)
    session.say(done, lambda: click.echo(f"{done.file_count} files deleted, {size} freed."))
