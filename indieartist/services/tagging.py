"""Tagging: a release's facts written into files, and any write taken back byte for byte."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from indieartist.domain.progress import Report, part, silent
from indieartist.domain.release import Release, Track
from indieartist.domain.tag_facts import measured_facts, tags_of
from indieartist.domain.tags import (
    FIELDS,
    Picture,
    TagChange,
    TagSheet,
    diff,
)
from indieartist.errors import UserError
from indieartist.library import history
from indieartist.library import tables as t
from indieartist.library.database import insert_row
from indieartist.library.vault import hash_file
from indieartist.services.studio import Studio
from indieartist.services.views import embedded_cover_path

if TYPE_CHECKING:
    from indieartist.audio.tags import Shell
    from indieartist.domain.measurement import Measurement

ARTWORK = "artwork"
AGAIN = "redo"  # in the place of a hash: a shell that is no write of its own


def read_file_tags(path: Path) -> TagSheet:
    """The tags of a file as they are."""
    from indieartist.audio.tags import read_tags

    return read_tags(path)


def sheet_of(
    studio: Studio,
    release: Release,
    track: Track,
    path: Path | None = None,
    report: Report = silent,
) -> TagSheet:
    """The release's facts as the tags of one of its tracks, the cover included.

    Gain and loudness are those of the track's current mix, or of the file at `path`: as they are
    stored where the library has this audio, else measured now.
    """
    cover = None
    if release.artwork:
        cover = Picture.of(embedded_cover_path(studio, release.artwork).read_bytes())
    if path is None:
        return tags_of(release, track, track.current, cover)
    sheet = tags_of(release, track, None, cover)
    measured = _measured(studio, track, path, report)
    return TagSheet({**sheet, **measured_facts(measured)}, cover)


def _measured(studio: Studio, track: Track, path: Path, report: Report) -> Measurement:
    from indieartist.audio.tags import audio_digest, audio_size
    from indieartist.services.measuring import audio_path, measure_mix, measure_path

    size_bytes, digest = audio_size(path), ""
    for mix in reversed(track.mixes):
        stored = audio_path(studio, mix)
        if audio_size(stored) == size_bytes:
            digest = digest or audio_digest(path)
            if audio_digest(stored) == digest:
                return measure_mix(studio, mix, report)
    return measure_path(path, report, loudness_only=True)


def files_of(studio: Studio, track: Track) -> tuple[Path, ...]:
    """The files outside the library that its mixes came from, those still there, newest first."""
    query = select(t.mix.c.source_path).where(t.mix.c.track_id == track.id)
    with studio.library.read() as connection:
        named = connection.execute(query.order_by(t.mix.c.number.desc())).scalars().all()
    paths = [Path(name) for name in dict.fromkeys(named) if name]
    return tuple(path for path in paths if path.is_file())


def chosen(sheet: TagSheet, only: Collection[str] = (), skip: Collection[str] = ()) -> TagSheet:
    """The fields of a sheet named by `only` (all, for none) but for those of `skip`.

    Raises UserError for a field that there is not.
    """
    for key in (*only, *skip):
        if key not in FIELDS and key != ARTWORK:
            raise UserError(f"There is no tag field “{key}”.", f"Fields: {', '.join(FIELDS)}.")
    wanted = {key for key in (*sheet, ARTWORK) if (not only or key in only) and key not in skip}
    fields = {key: sheet[key] for key in sheet if key in wanted}
    return TagSheet(fields, sheet.artwork if ARTWORK in wanted else None)


def preview_tags(path: Path, sheet: TagSheet) -> tuple[TagChange, ...]:
    """What writing `sheet` into the file would change."""
    from indieartist.audio.tags import carried, read_tags

    return diff(read_tags(path), carried(path, sheet))


def write_file_tags(
    studio: Studio,
    path: Path,
    sheet: TagSheet,
    report: Report = silent,
    *,
    id3_version: int | None = None,
) -> tuple[TagChange, ...]:
    """Write tags into a file as one act; what is needed to take it back is stored first.

    With an `id3_version` (3 or 4) it is written even where no value changes.
    """
    changes = preview_tags(path, sheet)
    if changes or id3_version:
        _write(studio, path, sheet, report, id3_version)
    return changes


def _write(
    studio: Studio, path: Path, sheet: TagSheet, report: Report, id3_version: int | None
) -> None:
    from indieartist.audio.tags import write_tags

    stored: list[history.Act] = []

    def keep(shell: Shell) -> None:
        stored.append(_store(studio, path, shell))

    try:
        write_tags(path, sheet, report, keep, id3_version=id3_version)
    except BaseException:
        for act in stored:
            _forget(studio, act)
        raise


def _store(studio: Studio, path: Path, shell: Shell) -> history.Act:
    """Record the act before the file is replaced: a kill in between loses nothing."""
    with studio.library.act(f"Write tags of {path.name}") as act:
        shell_id = keep_shell(act.connection, studio, path, shell, shell.new_sha256)
        act.effect = {"kind": "tags", "shell": shell_id}
    return act


def keep_shell(
    connection: Connection, studio: Studio, path: Path, shell: Shell, found_by: str
) -> int:
    """Store a shell; a file is looked up by the hash that a write left it with."""
    return insert_row(
        connection,
        t.tag_shell,
        file_path=str(path.absolute()),
        new_sha256=found_by,
        shell=shell.to_bytes(),
        stored_at=studio.now(),
    )


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


def restore_first_tags(studio: Studio, path: Path, report: Report = silent) -> int:
    """Bring a file back as it was before the first write that is known; return how many went.

    Raises UserError as `restore_file_tags` does.
    """
    count = max(len(list_writes(studio, path)), 1)
    for number in range(count):
        restore_file_tags(studio, path, part(report, number / count, (number + 1) / count))
    return count


def undo_write(studio: Studio, past: history.Past, report: Report = silent) -> None:
    """Take back one tag write, for the history's undo; a file renamed in its folder is found.

    What is needed to write it again is stored first.
    """
    from indieartist.audio.tags import restore_tags, returning

    effect = past.effect or {}
    path, shell = get_stored(studio, effect["shell"])
    if "again" not in effect and path.is_file() and hash_file(path) == shell.new_sha256:
        back = returning(path, shell)
        with studio.library.write() as connection:
            again = keep_shell(connection, studio, path, back, AGAIN)
            history.set_effect(connection, past, again=again)
    restore_tags(path, shell, report)


def redo_write(studio: Studio, past: history.Past, report: Report = silent) -> None:
    """Write tags again that undo took back; raises UserError where the file was changed since."""
    from indieartist.audio.tags import restore_tags

    effect = past.effect or {}
    if "again" not in effect:
        raise UserError("What was written is no longer known.", "Write the tags anew.")
    restore_tags(*get_stored(studio, effect["again"]), report)


def get_stored(studio: Studio, shell_id: int) -> tuple[Path, Shell]:
    """The file that a shell belongs to, where it is now, and the shell."""
    from indieartist.audio.tags import Shell

    with studio.library.read() as connection:
        row = connection.execute(select(t.tag_shell).where(t.tag_shell.c.id == shell_id)).one()
    shell = Shell.from_bytes(row.shell)
    return _renamed(Path(row.file_path), shell.new_sha256), shell


def _renamed(path: Path, sha256: str) -> Path:
    """The path, or the file beside it with this hash where there is nothing at the path."""
    if path.exists() or not path.parent.is_dir():
        return path
    beside = [each for each in path.parent.glob(f"*{escape(path.suffix)}") if each.is_file()]
    return next((each for each in sorted(beside) if hash_file(each) == sha256), path)


@dataclass(frozen=True, slots=True)
class Write:
    """A tag write to a file that can be taken back, and what the file was called then."""

    id: int
    file_path: str
    stored_at: datetime


def list_writes(studio: Studio, path: Path) -> tuple[Write, ...]:
    """The writes to a file that can be taken back one after the other, the last one first.

    They are found by what is in the file, whatever it is called: each by the hash that it left.
    """
    from indieartist.audio.tags import Shell

    if not path.is_file():
        raise UserError(f"There is no file {path}.", "Check the path.")
    sha256, seen = hash_file(path), set[int]()
    writes: list[Write] = []
    with studio.library.read() as connection:
        while (row := _find_shell(connection, sha256)) is not None and row.id not in seen:
            seen.add(row.id)
            writes.append(Write(row.id, row.file_path, row.stored_at))
            sha256 = Shell.from_bytes(row.shell).old_sha256
    return tuple(writes)


def _find_shell(connection: Connection, sha256: str) -> Any:
    """The newest write whose result is the file with this hash."""
    same = t.tag_shell.c.new_sha256 == sha256
    query = select(t.tag_shell).where(same).order_by(t.tag_shell.c.id.desc()).limit(1)
    return connection.execute(query).first()
