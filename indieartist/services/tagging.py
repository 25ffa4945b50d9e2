"""Tagging: a release's facts written into files, and any write taken back byte for byte."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from indieartist.domain.progress import Report, silent
from indieartist.domain.release import Release, Track
from indieartist.domain.tags import Picture, TagChange, TagSheet, diff, tags_of
from indieartist.errors import UserError
from indieartist.library import history
from indieartist.library import tables as t
from indieartist.library.database import insert_row
from indieartist.library.vault import hash_file
from indieartist.services.studio import Studio
from indieartist.services.views import embedded_cover_path

if TYPE_CHECKING:
    from indieartist.audio.tags import Shell


def read_file_tags(path: Path) -> TagSheet:
    """The tags of a file as they are."""
    from indieartist.audio.tags import read_tags

    return read_tags(path)


def sheet_of(studio: Studio, release: Release, track: Track) -> TagSheet:
    """The release's facts as the tags of one of its tracks, the cover included."""
    cover = None
    if release.artwork:
        cover = Picture.of(embedded_cover_path(studio, release.artwork).read_bytes())
    return tags_of(release, track, track.current, cover)


def preview_tags(path: Path, sheet: TagSheet) -> tuple[TagChange, ...]:
    """What writing `sheet` into the file would change."""
    from indieartist.audio.tags import carried, read_tags

    return diff(read_tags(path), carried(path, sheet))


def write_file_tags(
    studio: Studio, path: Path, sheet: TagSheet, report: Report = silent
) -> tuple[TagChange, ...]:
    """Write tags into a file as one act; what is needed to take it back is stored first."""
    changes = preview_tags(path, sheet)
    if changes:
        _write(studio, path, sheet, report)
    return changes


def _write(studio: Studio, path: Path, sheet: TagSheet, report: Report) -> None:
    from indieartist.audio.tags import write_tags

    stored: list[history.Act] = []
    try:
        write_tags(path, sheet, report, lambda shell: stored.append(_store(studio, path, shell)))
    except BaseException:
        for act in stored:
            _forget(studio, act)
        raise


def _store(studio: Studio, path: Path, shell: Shell) -> history.Act:
    """Record the act before the file is replaced: a kill in between loses nothing."""
    with studio.library.act(f"Write tags of {path.name}") as act:
        shell_id = insert_row(
            act.connection,
            t.tag_shell,
            file_path=str(path.absolute()),
            new_sha256=shell.new_sha256,
            shell=shell.to_bytes(),
            stored_at=studio.now(),
        )
        act.effect = {"kind": "tags", "shell": shell_id}
    return act


def _forget(studio: Studio, act: history.Act) -> None:
    with studio.library.write() as connection:
        if act.id is not None:
            history.forget_act(connection, act.id)


def restore_file_tags(studio: Studio, path: Path, report: Report = silent) -> None:
    """Bring a file back as it was before its last tag write, whatever it is called by now.

    Raises UserError when no write to this file is known, or it was changed since.
    """
    from indieartist.audio.tags import Shell, restore_tags

    if not path.is_file():
        raise UserError(f"There is no file {path}.", "Check the path.")
    with studio.library.read() as connection:
        found = _find_shell(connection, hash_file(path))
    if found is None:
        raise UserError(
            f"No tag write to {path.name} as it is now is known.",
            "It was never written from this library, or was changed since.",
        )
    restore_tags(path, Shell.from_bytes(found.shell), report)
    with studio.library.write() as connection:
        history.mark_undone(connection, {"kind": "tags", "shell": found.id})


def undo_write(studio: Studio, shell_id: int, report: Report = silent) -> None:
    """Take back one tag write, for the history's undo."""
    from indieartist.audio.tags import Shell, restore_tags

    with studio.library.read() as connection:
        row = connection.execute(select(t.tag_shell).where(t.tag_shell.c.id == shell_id)).one()
    restore_tags(Path(row.file_path), Shell.from_bytes(row.shell), report)


def _find_shell(connection: Connection, sha256: str) -> Any:
    """The newest write whose result is the file with this hash."""
    same = t.tag_shell.c.new_sha256 == sha256
    query = select(t.tag_shell).where(same).order_by(t.tag_shell.c.id.desc()).limit(1)
    return connection.execute(query).first()
