"""Renaming files by a pattern: shown first, never over another file, and taken back as one act."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from indieartist.domain.rewriting import filled
from indieartist.domain.tags import TagSheet
from indieartist.errors import AppError, UserError, WorldError
from indieartist.library import history
from indieartist.library import tables as t
from indieartist.services.catalogue import file_name
from indieartist.services.file_steps import (
    Step,
    find_made,
    is_there,
    name_key,
    number_of,
    order_steps,
    walk,
)
from indieartist.services.rewriting import read_rows
from indieartist.services.studio import Studio
from indieartist.services.tagging import read_file_tags

EFFECT = "renames"
SLOTS = (
    "position", "title", "version", "artist", "release", "mix", "year", "isrc", "catalogue",
    "label", "name", "n",
)  # fmt: skip
"""What a pattern can be filled with, the likeliest first."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Move:
    """A file and what it would be called, in the same folder."""

    old: Path
    new: Path


@dataclass(frozen=True, slots=True)
class RenamePlan:
    """What would be renamed, and by file why it cannot be; with any fault nothing is."""

    moves: tuple[Move, ...]
    unchanged: int = 0
    faults: Mapping[Path, str] = field(default_factory=dict)

    @property
    def problems(self) -> tuple[str, ...]:
        """Each fault with the name of its file."""
        return tuple(f"{path.name}: {fault}" for path, fault in self.faults.items())


def plan_renames(studio: Studio, paths: Sequence[Path], pattern: str) -> RenamePlan:
    """What the pattern would call these files: '{position:02} {title}'; nothing is touched.

    A file that came into the library is called after its track, another after its own tags.
    """
    paths = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - links stay links
    facts = _facts(studio, paths)
    moves, faults = [], dict[Path, str]()
    for path in dict.fromkeys(paths):
        try:
            moves.append(Move(path, _called(path, pattern, facts[path])))
        except AppError as error:
            faults[path] = str(error)
    real = [move for move in moves if move.new != move.old]
    return RenamePlan(tuple(real), len(moves) - len(real), faults | _collisions(moves))


def list_files(studio: Studio, track_ids: Sequence[int], *, every: bool = False) -> list[Path]:
    """The files outside the library that tracks came from, in the order of the tracks.

    Of each the newest that is still there, or all of them.
    """
    own: dict[int, list[Path]] = {number: [] for number in track_ids}
    c = t.mix.c
    query = select(c.track_id, c.source_path).where(c.source_path.is_not(None))
    with studio.library.read() as connection:
        for start in range(0, len(track_ids), _AT_ONCE):
            some = c.track_id.in_(track_ids[start : start + _AT_ONCE])
            for row in connection.execute(query.where(some).order_by(c.number.desc())):
                own[row.track_id].append(Path(row.source_path))
    there = ([path for path in dict.fromkeys(paths) if path.is_file()] for paths in own.values())
    return list(dict.fromkeys(path for paths in there for path in (paths if every else paths[:1])))


def list_tracks_of(studio: Studio, release_ids: Sequence[int]) -> list[int]:
    """The tracks of these releases, in their order."""
    c = t.track.c
    found: list[int] = []
    with studio.library.read() as connection:
        for number in release_ids:
            query = select(c.id).where(c.release_id == number).order_by(c.position)
            found += connection.execute(query).scalars()
    return found


def carry_out(studio: Studio, plan: RenamePlan) -> int:
    """Rename the files as one act that undo takes back; return how many.

    What is about to be done is stored first: after a kill in between, undo puts back whatever was
    renamed. Raises UserError where the plan has problems, or a name is taken by now.
    """
    if plan.problems:
        raise UserError(plan.problems[0], "Nothing was renamed.")
    if not plan.moves:
        return 0
    steps = order_steps([(move.old, move.new) for move in plan.moves])
    label = f"Rename {len(plan.moves)} file" + ("s" if len(plan.moves) > 1 else "")
    with studio.library.act(label) as act:
        act.effect = _effect(steps, len(steps) - len(plan.moves))
        _tell_mixes(act, {str(move.old): str(move.new) for move in plan.moves})
    try:
        walk(steps)
    except AppError:
        _withdraw(studio, act)
        raise
    return len(plan.moves)


def undo_renames(effect: Mapping[str, Any]) -> None:
    """Walk back the steps of a rename that were made; raises UserError where a file is gone."""
    steps = _steps_of(effect)
    back = [(new, old) for old, new in reversed(find_made(steps, effect["aside"], effect["file"]))]
    lost = walk(back, skip=True)
    asides = {aside for _old, aside in steps[: effect["aside"]]}
    if lost := [path for path in lost if path not in asides]:
        raise UserError(
            f"{lost[0].name} is no longer where it was renamed to.",
            "Put it back by hand; the other files have their old names again.",
        )


def redo_renames(studio: Studio, past: history.Past) -> None:
    """Give the files of an undone rename their new names again, all or none.

    The history says so first, as with the rename itself: after a kill in between, undo puts back
    whatever was renamed. Raises UserError where a file is gone or a name is taken by now.
    """
    effect = past.effect or {}
    steps = _steps_of(effect)
    for old, _new in steps[: len(steps) - effect["aside"]]:
        if not is_there(old):
            raise UserError(f"{old.name} is no longer there.", "Nothing was renamed.")
    with studio.library.write() as connection:
        history.redo(connection, past)
        history.set_effect(connection, past, file=number_of(steps[0][0]))
    try:
        walk(steps)
    except AppError:
        with studio.library.write() as connection:
            history.undo(connection, past)
        raise


def follow_files(studio: Studio, effect: Mapping[str, Any]) -> None:
    """Where a rename is neither done nor undone, let the mixes name the files that are there."""
    moves = _moves_of(effect)
    back = {str(m.new): str(m.old) for m in moves if is_there(m.old) and not is_there(m.new)}
    c = t.mix.c
    with studio.library.write() as connection:
        for new, old in back.items():
            same = c.source_path == new
            connection.execute(t.mix.update().where(same).values(source_path=old))


def _steps_of(effect: Mapping[str, Any]) -> list[Step]:
    return [(Path(old), Path(new)) for old, new in effect["steps"]]


def _moves_of(effect: Mapping[str, Any]) -> list[Move]:
    """What each file was called before and after, those that stepped aside too."""
    steps, count = _steps_of(effect), effect["aside"]
    last = dict(steps[len(steps) - count :])
    first = steps[: len(steps) - count]
    return [Move(old, last.get(new, new)) for old, new in first]


def _effect(steps: list[Step], aside: int) -> dict[str, Any]:
    named = [[str(old), str(new)] for old, new in steps]
    return {"kind": EFFECT, "steps": named, "aside": aside, "file": number_of(steps[0][0])}


def _facts(studio: Studio, paths: Sequence[Path]) -> dict[Path, dict[str, str | int]]:
    with studio.library.read() as connection:
        known = _mixes_of(connection, paths)
    tracks = list(dict.fromkeys(track_id for track_id, _mix in known.values()))
    rows = {row.id: row.facts for row in read_rows(studio, "track", tracks)}
    found: dict[Path, dict[str, str | int]] = {}
    for n, path in enumerate(paths, 1):
        track_id, mix = known.get(str(path), (0, 0))
        own = rows.get(track_id) or _tag_facts(path)
        found[path] = {**own, "n": n, "name": path.stem, "mix": mix or ""}
    return found


def _mixes_of(connection: Connection, paths: Sequence[Path]) -> dict[str, tuple[int, int]]:
    """The track that a file came into, and the number of its mix there."""
    wanted, c = {str(path) for path in paths}, t.mix.c
    query = select(c.source_path, c.track_id, c.number).where(c.source_path.is_not(None))
    rows = connection.execute(query.order_by(c.id))
    return {row.source_path: row[1:] for row in rows if row.source_path in wanted}


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


def _collisions(moves: Sequence[Move]) -> dict[Path, str]:
    """Names that two files would have, or that another file has already."""
    counts = Counter(name_key(move.new) for move in moves)
    leaving = {name_key(move.old) for move in moves}
    faults = {}
    for move in moves:
        if counts[name_key(move.new)] > 1:
            faults[move.old] = f"another would be called {move.new.name} too."
        elif move.new != move.old and name_key(move.new) not in leaving and move.new.exists():
            faults[move.old] = f"there is a file {move.new.name} already."
    return faults


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
        history.undo(connection, past)
        history.discard(connection, past)
