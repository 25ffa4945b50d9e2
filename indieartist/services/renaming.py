"""Renaming files by a pattern: shown first, never over another file, and taken back as one act."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from indieartist.domain.rewriting import filled
from indieartist.domain.tags import TagSheet
from indieartist.errors import AppError, UserError, WorldError, world_error
from indieartist.library import history
from indieartist.library import tables as t
from indieartist.services.catalogue import file_name
from indieartist.services.rewriting import read_rows
from indieartist.services.studio import Studio
from indieartist.services.tagging import read_file_tags

EFFECT = "renames"
Step = tuple[Path, Path]


@dataclass(frozen=True, slots=True)
class Move:
    """A file and what it would be called, in the same folder."""

    old: Path
    new: Path


@dataclass(frozen=True, slots=True)
class RenamePlan:
    """What would be renamed, and why it cannot be; with any problem nothing is."""

    moves: tuple[Move, ...]
    unchanged: int = 0
    problems: tuple[str, ...] = ()


def plan_renames(studio: Studio, paths: Sequence[Path], pattern: str) -> RenamePlan:
    """What the pattern would call these files: '{position:02} {title}'; nothing is touched.

    A file that came into the library is called after its track, another after its own tags.
    """
    paths = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - links stay links
    facts = _facts(studio, paths)
    moves, problems = [], []
    for path in dict.fromkeys(paths):
        try:
            moves.append(Move(path, _called(path, pattern, facts[path])))
        except AppError as error:
            problems.append(f"{path.name}: {error.message} {error.hint}".strip())
    real = [move for move in moves if move.new != move.old]
    problems += _collisions(moves)
    return RenamePlan(tuple(real), len(moves) - len(real), tuple(problems))


def carry_out(studio: Studio, plan: RenamePlan) -> int:
    """Rename the files as one act that undo takes back; return how many.

    What is about to be done is stored first: after a kill in between, undo puts back whatever was
    renamed. Raises UserError where the plan has problems, or a name is taken by now.
    """
    if plan.problems:
        raise UserError(plan.problems[0], "Nothing was renamed.")
    if not plan.moves:
        return 0
    steps = _steps(plan.moves)
    label = f"Rename {len(plan.moves)} file" + ("s" if len(plan.moves) > 1 else "")
    with studio.library.act(label) as act:
        act.effect = _effect(steps, len(steps) - len(plan.moves))
        _tell_mixes(act, {str(move.old): str(move.new) for move in plan.moves})
    try:
        _walk(steps)
    except AppError:
        _withdraw(studio, act)
        raise
    return len(plan.moves)


def undo_renames(effect: Mapping[str, Any]) -> None:
    """Walk back the steps of a rename that were made; raises UserError where a file is gone."""
    steps = [(Path(old), Path(new)) for old, new in effect["steps"]]
    back = [(new, old) for old, new in reversed(_made(steps, effect["aside"], effect["file"]))]
    lost = _walk(back, skip=True)
    asides = {aside for _old, aside in steps[: effect["aside"]]}
    if lost := [path for path in lost if path not in asides]:
        raise UserError(
            f"{lost[0].name} is no longer where it was renamed to.",
            "Put it back by hand; the other files have their old names again.",
        )


def _effect(steps: list[Step], aside: int) -> dict[str, Any]:
    named = [[str(old), str(new)] for old, new in steps]
    return {"kind": EFFECT, "steps": named, "aside": aside, "file": _number(steps[0][0])}


def _made(steps: list[Step], count: int, file: int | None) -> list[Step]:
    """The steps that were made: all, unless a kill came in between.

    The first `count` put files aside under names of their own, the last as many take them on.
    `file` is the number that the file system gave the first of them.
    """
    first, straight, last = steps[:count], steps[count : len(steps) - count], steps[-count:]
    straight = [(old, new) for old, new in straight if _is_there(new) or not _is_there(old)]
    if not count:
        return straight
    waiting = [_is_there(aside) for _old, aside in first]
    if all(waiting):
        return first + straight
    if waiting[0]:
        return [step for step, waits in zip(first, waiting, strict=True) if waits]
    untouched = not any(waiting) and _number(first[0][0]) == file
    return [] if untouched else first + straight + [s for s in last if not _is_there(s[0])]


def _number(path: Path) -> int | None:
    return path.stat().st_ino if path.exists() else None


def _facts(studio: Studio, paths: Sequence[Path]) -> dict[Path, dict[str, str | int]]:
    with studio.library.read() as connection:
        known = _tracks_of(connection, paths)
    rows = {row.id: row.facts for row in read_rows(studio, "track", list(known.values()))}
    found: dict[Path, dict[str, str | int]] = {}
    for n, path in enumerate(paths, 1):
        own = rows.get(known.get(str(path), 0)) or _tag_facts(path)
        found[path] = {**own, "n": n, "name": path.stem}
    return found


def _tracks_of(connection: Connection, paths: Sequence[Path]) -> dict[str, int]:
    wanted = {str(path) for path in paths}
    query = select(t.mix.c.source_path, t.mix.c.track_id).where(t.mix.c.source_path.is_not(None))
    rows = connection.execute(query.order_by(t.mix.c.id))
    return {row.source_path: row.track_id for row in rows if row.source_path in wanted}


def _tag_facts(path: Path) -> dict[str, str | int]:
    try:
        sheet = read_file_tags(path)
    except UserError:
        sheet = TagSheet({}, None)
    return {
        "position": sheet.text("tracknumber").split("/")[0],
        "title": sheet.text("title"),
        "version": sheet.text("version"),
        "artist": sheet.text("artist"),
        "release": sheet.text("album"),
        "label": sheet.text("label"),
        "catalogue": sheet.text("catalognumber"),
        "isrc": sheet.text("isrc"),
        "year": sheet.text("date")[:4],
    }


def _called(path: Path, pattern: str, facts: Mapping[str, str | int]) -> Path:
    if not path.is_file():
        raise UserError("There is no such file.")
    words = filled(pattern, facts)
    if not any(sign.isalnum() for sign in words):
        raise UserError("Nothing fills the pattern.", "Its tags say too little.")
    return path.with_name(f"{file_name(words)}{path.suffix}")


def _collisions(moves: Sequence[Move]) -> list[str]:
    """Names that two files would have, or that another file has already."""
    counts = Counter(_key(move.new) for move in moves)
    leaving = {_key(move.old) for move in moves}
    problems = []
    for move in moves:
        if counts[_key(move.new)] > 1:
            problems.append(f"{move.old.name}: another would be called {move.new.name} too.")
        elif move.new != move.old and _key(move.new) not in leaving and move.new.exists():
            problems.append(f"{move.old.name}: there is a file {move.new.name} already.")
    return problems


def _key(path: Path) -> str:
    """Where two names are one: macOS and Windows know neither case nor kinds of accents."""
    return unicodedata.normalize("NFC", str(path)).casefold()


def _steps(moves: Sequence[Move]) -> list[Step]:
    """The renames in order; where files exchange names, they step aside first."""
    leaving = {_key(move.old) for move in moves}
    aside = {move.old: _aside(move.old) for move in moves if _key(move.new) in leaving}
    first = [(move.old, aside[move.old]) for move in moves if move.old in aside]
    straight = [(move.old, move.new) for move in moves if move.old not in aside]
    last = [(aside[move.old], move.new) for move in moves if move.old in aside]
    return first + straight + last


def _aside(path: Path) -> Path:
    return path.with_name(f".{path.stem[:60]}.{os.urandom(4).hex()}{path.suffix}")


def _walk(steps: Sequence[Step], *, skip: bool = False) -> list[Path]:
    """Make the steps, all or none; with `skip`, return what the files were to be called that are
    not there.
    """
    done: list[Step] = []
    gone: list[Path] = []
    try:
        for old, new in steps:
            if skip and not _is_there(old):
                gone.append(new)
                continue
            if _blocked(old, new):
                raise UserError(f"There is a file {new.name} already.", "Nothing was renamed.")
            _rename(old, new)
            done.append((old, new))
    except AppError:
        for old, new in reversed(done):
            _rename(new, old)
        raise
    return gone


def _rename(old: Path, new: Path) -> None:
    try:
        old.rename(new)
    except OSError as error:
        raise world_error(error, old) from error


def _is_there(path: Path) -> bool:
    return os.path.lexists(path)


def _blocked(old: Path, new: Path) -> bool:
    """Whether something else has the name; a change of case finds the file itself there."""
    return _is_there(new) and not (_is_there(old) and old.samefile(new))


def _tell_mixes(act: history.Act, names: Mapping[str, str]) -> None:
    query = select(t.mix.c.id, t.mix.c.source_path).where(t.mix.c.source_path.is_not(None))
    for row in act.connection.execute(query).all():
        if row.source_path in names:
            act.update(t.mix, row.id, source_path=names[row.source_path])


def _withdraw(studio: Studio, act: history.Act) -> None:
    """The files kept their names: so do the mixes, and the act leaves the history."""
    with studio.library.write() as connection:
        past = history.find_undoable(connection)
        if past is None or past.id != act.id:
            raise WorldError("The files could not be renamed.", "Undo brings the library back.")
        history.undo(connection, past, studio.library.binding)
        history.discard(connection, past)
