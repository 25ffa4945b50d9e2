"""Tags of many files: each beside what its release says, written and taken back as one act."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from indieartist.domain.progress import Report, part, silent
from indieartist.domain.release import Release, Track
from indieartist.domain.tags import TagChange, TagSheet
from indieartist.errors import AppError, Cancelled, UserError
from indieartist.library import history
from indieartist.library import tables as t
from indieartist.library.vault import hash_file
from indieartist.services import finding, tagging
from indieartist.services.studio import Studio

if TYPE_CHECKING:
    from indieartist.audio.tags import Shell

EFFECT = "tags of many"


@dataclass(frozen=True, slots=True)
class FileTags:
    """What the release says of one file, and what writing it would change."""

    path: Path
    sheet: TagSheet
    changes: tuple[TagChange, ...]


@dataclass(frozen=True, slots=True)
class TagPlan:
    """The files that would change, how many are right already, and why others cannot be read.

    `without` are the titles of tracks none of whose files is outside the library any more.
    """

    files: tuple[FileTags, ...] = ()
    unchanged: int = 0
    faults: Mapping[Path, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()

    @property
    def field_count(self) -> int:
        """How many values would change, over all files."""
        return sum(len(each.changes) for each in self.files)


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were written, why others were not, and whether the person stopped it."""

    count: int
    faults: Mapping[Path, str]
    cancelled: bool = False


def stage_many(
    studio: Studio, track_ids: Sequence[int], report: Report = silent, *, every: bool = False
) -> TagPlan:
    """Lay the newest file of each track, or `every` one, beside its release; nothing is written."""
    found, without = _files_of(studio, track_ids, every=every)
    files: list[FileTags] = []
    faults: dict[Path, str] = {}
    for n, (path, (release, track)) in enumerate(found.items()):
        share = part(report, n / len(found), (n + 1) / len(found))
        share(0.0)
        try:
            sheet = tagging.sheet_of(studio, release, track, path, share)
            files.append(FileTags(path, sheet, tagging.preview_tags(path, sheet)))
        except Cancelled:
            raise
        except AppError as error:
            faults[path] = error.message
    real = tuple(each for each in files if each.changes)
    return TagPlan(real, len(files) - len(real), faults, tuple(without))


def choose_fields(plan: TagPlan, skip: Collection[str]) -> TagPlan:
    """The plan without some fields; files that nothing is left of are counted as unchanged."""
    kept = [
        FileTags(
            each.path,
            tagging.chosen(each.sheet, skip=skip),
            tuple(change for change in each.changes if change.field not in skip),
        )
        for each in plan.files
    ]
    real = tuple(each for each in kept if each.changes)
    return TagPlan(real, plan.unchanged + len(kept) - len(real), plan.faults, plan.without)


def write_many(studio: Studio, plan: TagPlan, report: Report = silent) -> Written:
    """Write the tags of all these files as one act; what takes each back is stored before it.

    A file that cannot be written, or that changed since the plan was made, is left as it is and
    named. Where the person stops it, what was written until then stays, and undo takes it back.
    """
    group, faults, count = _Group(studio, len(plan.files)), dict[Path, str](), 0
    for n, each in enumerate(plan.files):
        share = part(report, n / len(plan.files), (n + 1) / len(plan.files))
        try:
            share(0.0)
            _write(group, each, share)
            count += 1
        except Cancelled:
            group.name(count)
            return Written(count, faults, cancelled=True)
        except AppError as error:
            faults[each.path] = error.message
    group.name(count)
    return Written(count, faults)


def undo_many(studio: Studio, past: history.Past) -> None:
    """Bring every file of the act back that was not changed since; raises UserError for others."""
    shells = reversed((past.effect or {})["shells"])
    _each(shells, lambda shell_id: _take_back(studio, past.id, shell_id))


def redo_many(studio: Studio, past: history.Past) -> None:
    """Write again what undo took back; raises UserError where a file was changed since."""
    from indieartist.audio.tags import restore_tags

    again = (past.effect or {}).get("again", {})
    _each(again.values(), lambda shell_id: restore_tags(*tagging.get_stored(studio, shell_id)))


def _each(shell_ids: Any, do: Callable[[int], None]) -> None:
    """Do it for all of them; the first that refuses is named once the others are done."""
    faults = []
    for shell_id in shell_ids:
        try:
            do(shell_id)
        except Cancelled:
            raise
        except AppError as error:
            faults.append(error.message)
    if faults:
        more = f" ({len(faults) - 1} more of its files as well.)" if len(faults) > 1 else ""
        raise UserError(f"{faults[0]}{more}", "All its other files are done.")


def _take_back(studio: Studio, act_id: int, shell_id: int) -> None:
    from indieartist.audio.tags import restore_tags, returning

    path, shell = tagging.get_stored(studio, shell_id)
    if path.is_file() and hash_file(path) == shell.new_sha256:
        back = returning(path, shell)
        with studio.library.write() as connection:
            again = tagging.keep_shell(connection, studio, path, back, tagging.AGAIN)
            known = _effect(connection, act_id).get("again", {})
            _keep(connection, act_id, again=known | {str(shell_id): again})
    restore_tags(path, shell)


class _Group:
    """The one act behind many writes: each file's shell joins it before the file is replaced."""

    def __init__(self, studio: Studio, planned: int) -> None:
        self.studio, self._planned = studio, planned
        self._act_id: int | None = None

    def add(self, path: Path, shell: Shell) -> int:
        """Store the shell with the act; raises UserError where the act was taken back meanwhile."""
        if self._act_id is None:
            return self._begin(path, shell)
        with self.studio.library.write() as connection:
            if _row(connection, self._act_id).undone_at is not None:
                raise UserError("It was taken back while it was at work.", "Write it again.")
            shell_id = self._store(connection, path, shell)
            self._set(connection, [*self._shells(connection), shell_id])
        return shell_id

    def drop(self, shell_id: int) -> None:
        """The write did not come about: its shell leaves the act, an empty act the history."""
        with self.studio.library.write() as connection:
            left = [each for each in self._shells(connection) if each != shell_id]
            self._set(connection, left)
            if not left and self._act_id is not None:
                history.forget_act(connection, self._act_id)
                self._act_id = None

    def name(self, count: int) -> None:
        """Say how many files it came to."""
        if self._act_id is not None and count != self._planned:
            with self.studio.library.write() as connection:
                same = t.act.c.id == self._act_id
                connection.execute(t.act.update().where(same).values(label=_label(count)))

    def _begin(self, path: Path, shell: Shell) -> int:
        with self.studio.library.act(_label(self._planned)) as act:
            shell_id = self._store(act.connection, path, shell)
            act.effect = {"kind": EFFECT, "shells": [shell_id]}
        self._act_id = act.id
        return shell_id

    def _store(self, connection: Connection, path: Path, shell: Shell) -> int:
        return tagging.keep_shell(connection, self.studio, path, shell, shell.new_sha256)

    def _shells(self, connection: Connection) -> list[int]:
        return list(_effect(connection, self._act_id)["shells"])

    def _set(self, connection: Connection, shells: list[int]) -> None:
        _keep(connection, self._act_id, shells=shells)


def _write(group: _Group, each: FileTags, report: Report) -> None:
    from indieartist.audio.tags import write_tags

    if tagging.preview_tags(each.path, each.sheet) != each.changes:
        raise UserError(f"{each.path.name} was changed since its tags were shown.")
    stored: list[int] = []
    try:
        write_tags(each.path, each.sheet, report, lambda s: stored.append(group.add(each.path, s)))
    except BaseException:
        for shell_id in stored:
            group.drop(shell_id)
        raise


def _files_of(
    studio: Studio, track_ids: Sequence[int], *, every: bool
) -> tuple[dict[Path, tuple[Release, Track]], list[str]]:
    """Each file with the release and track it belongs to, and the titles of tracks with none."""
    found: dict[Path, tuple[Release, Track]] = {}
    without = []
    for release, track in _tracks(studio, track_ids):
        paths = tagging.files_of(studio, track)
        for path in paths if every else paths[:1]:
            found.setdefault(path, (release, track))
        if not paths:
            without.append(track.title)
    return found, without


def _tracks(studio: Studio, track_ids: Sequence[int]) -> Iterator[tuple[Release, Track]]:
    releases: dict[int, Release] = {}
    for number in track_ids:
        track = finding.get_track(studio, f"T{number}")
        if track.release_id not in releases:
            releases[track.release_id] = finding.get_release(studio, f"R{track.release_id}")
        yield releases[track.release_id], track


def _label(count: int) -> str:
    return f"Write tags of {count} file" + ("" if count == 1 else "s")


def _row(connection: Connection, act_id: int | None) -> Any:
    return connection.execute(select(t.act).where(t.act.c.id == act_id)).one()


def _effect(connection: Connection, act_id: int | None) -> dict[str, Any]:
    return dict(_row(connection, act_id).effect)


def _keep(connection: Connection, act_id: int | None, **more: Any) -> None:
    effect = _effect(connection, act_id) | more
    connection.execute(t.act.update().where(t.act.c.id == act_id).values(effect=effect))
