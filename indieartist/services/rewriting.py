"""Editing many tracks or releases at once: planned, shown, and done as one act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from indieartist.domain import rewriting
from indieartist.domain.credits import ROLES
from indieartist.domain.release import Credit, Release, Track
from indieartist.domain.rewriting import SEVERAL, Plan, Rewrite, Search, Table
from indieartist.errors import UserError
from indieartist.library import releases, tracks
from indieartist.library import tables as t
from indieartist.library.history import Act
from indieartist.services.editing import RELEASE_FIELDS, TRACK_FIELDS, Parse, replace_credits
from indieartist.services.studio import Studio

NAMES_APART = ";"
_FIELDS: dict[Table, Mapping[str, tuple[str, Parse]]] = {
    "track": TRACK_FIELDS,
    "release": RELEASE_FIELDS,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A track or release with its fields as text, and what patterns can say of it."""

    table: Table
    id: int
    name: str
    values: Mapping[str, str]
    facts: Mapping[str, str | int]


def fields_of(table: Table) -> dict[str, str]:
    """Every field that many rows can be given, with its label: facts, then credits by role."""
    facts = {name: label for name, (label, _parse) in _FIELDS[table].items()}
    return facts | {role: known.label for role, known in ROLES.items()}


def read_rows(studio: Studio, table: Table, ids: Sequence[int]) -> list[Row]:
    """These tracks or releases with their fields as text, in the order given."""
    with studio.library.read() as connection:
        return _rows(connection, table, ids)


def shared_values(rows: Sequence[Row]) -> dict[str, str]:
    """Each field's value where all rows have one, else '(several values)'."""
    found: dict[str, str] = {}
    for field in rows[0].values if rows else ():
        values = {row.values[field] for row in rows}
        found[field] = values.pop() if len(values) == 1 else SEVERAL
    return found


def plan_values(rows: Sequence[Row], values: Mapping[str, str]) -> Plan:
    """Set fields to values; {n}, {position}, {title} and others are filled in for each row."""

    def work(row: Row, field: str) -> str:
        value = values[field]
        slots = field not in ("lyrics", "description") and rewriting.has_slots(value)
        return rewriting.filled(value, row.facts) if slots else value

    return _plan(rows, tuple(values), work)


def plan_replacing(rows: Sequence[Row], fields: Sequence[str], search: Search) -> Plan:
    """Find and replace in some fields."""
    search.compiled()
    return _plan(rows, fields, lambda row, field: rewriting.replaced(row.values[field], search))


def plan_case(studio: Studio, rows: Sequence[Row], fields: Sequence[str], case: str) -> Plan:
    """Write fields in the letters of a language's titles; stylised names keep theirs."""
    words = studio.table("rules", "words")

    def work(row: Row, field: str) -> str:
        return rewriting.recased(row.values[field], case, words, words["stylised"])

    return _plan(rows, fields, work)


def plan_numbers_off(rows: Sequence[Row]) -> Plan:
    """Take the track number off the beginning of titles."""
    work = rewriting.without_number
    return _plan(rows, ("title",), lambda row, field: work(row.values[field]))


def carry_out(studio: Studio, plan: Plan, label: str = "") -> int:
    """Do what was planned as one act; return how many facts changed.

    Raises UserError, and changes nothing, where a fact is no longer what the plan was made from.
    """
    grouped: dict[tuple[Table, int], list[Rewrite]] = {}
    for rewrite in plan.rewrites:
        grouped.setdefault((rewrite.table, rewrite.row_id), []).append(rewrite)
    with studio.library.act(label or _label(plan)) as act:
        for table in _FIELDS:
            _refuse_changed(act.connection, table, [g for g in grouped if g[0] == table], plan)
        for (table, row_id), mine in grouped.items():
            _rewrite(act, table, row_id, mine)
    return len(plan.rewrites)


def _plan(rows: Sequence[Row], fields: Sequence[str], work: Callable[[Row, str], str]) -> Plan:
    found: list[Rewrite] = []
    problems: list[str] = []
    for field in fields:
        if rows and field not in rows[0].values:
            raise UserError(
                f"There is no field “{field}”.", f"Fields: {', '.join(rows[0].values)}."
            )
    for row in rows:
        for field in fields:
            try:
                after = _as_text(row.table, field, work(row, field))
            except UserError as error:
                problems.append(f"{row.name}: {error.message}")
                continue
            if after != row.values[field]:
                rewrite = Rewrite(row.table, row.id, row.name, field, row.values[field], after)
                found.append(rewrite)
    return Plan(tuple(found), (*dict.fromkeys(problems), *_doubled(found)))


def _doubled(rewrites: Sequence[Rewrite]) -> list[str]:
    """One ISRC or UPC for many is never meant."""
    counts = Counter(r.after for r in rewrites if r.field in ("isrc", "gtin") and r.after)
    return [f"{code} would stand on {n} of them." for code, n in counts.items() if n > 1]


def _as_text(table: Table, field: str, text: str) -> str:
    """A value as it would read once it is kept; UserError where it cannot be one."""
    if field in ROLES:
        return f"{NAMES_APART} ".join(_names(text))
    if field == "title" and not text.strip():
        raise UserError("A title cannot be empty.")
    kept = _FIELDS[table][field][1](text)
    return "" if kept is None else str(kept)


def _names(text: str) -> list[str]:
    names = (" ".join(name.split()) for name in text.split(NAMES_APART))
    return list(dict.fromkeys(name for name in names if name))


def _refuse_changed(
    connection: Connection, table: Table, keys: Sequence[tuple[Table, int]], plan: Plan
) -> None:
    now = {row.id: row for row in _rows(connection, table, [number for _table, number in keys])}
    for rewrite in plan.rewrites:
        if rewrite.table != table:
            continue
        row = now.get(rewrite.row_id)
        if row is None or row.values[rewrite.field] != rewrite.before:
            raise UserError(
                f"“{rewrite.name}” was changed meanwhile; nothing was done.", "Look again."
            )


def _rewrite(act: Act, table: Table, row_id: int, rewrites: Sequence[Rewrite]) -> None:
    fields = _FIELDS[table]
    facts = {r.field: fields[r.field][1](r.after) for r in rewrites if r.field in fields}
    if facts:
        act.update(t.metadata.tables[table], row_id, **facts)
    for rewrite in rewrites:
        if rewrite.field in ROLES:
            _recredit(act, table, row_id, rewrite)


def _recredit(act: Act, table: Table, row_id: int, rewrite: Rewrite) -> None:
    """Other roles stay; a name that stays keeps its instrument."""
    owned: Track | Release
    if table == "track":
        owned, owner = releases.get_track(act.connection, row_id), t.credit.c.track_id
    else:
        owned, owner = releases.get_release(act.connection, row_id), t.credit.c.release_id
    role = rewrite.field
    played = {c.name: c.instrument for c in owned.credits if c.role == role}
    fresh = [Credit(name, role, played.get(name, "")) for name in _names(rewrite.after)]
    others = [c for c in owned.credits if c.role != role]
    first = [c for c in others if list(ROLES).index(c.role) < list(ROLES).index(role)]
    rest = [c for c in others if c not in first]
    replace_credits(act, owner, row_id, [*first, *fresh, *rest])


def _rows(connection: Connection, table: Table, ids: Sequence[int]) -> list[Row]:
    if table == "release":
        found = [releases.get_release(connection, number) for number in ids]
        return [_release_row(release, n) for n, release in enumerate(found, 1)]
    found_tracks = releases.read_tracks(connection, ids)
    owners = tracks.read_owners(connection, {track.release_id for track in found_tracks})
    return [
        _track_row(owners[track.release_id], track, n) for n, track in enumerate(found_tracks, 1)
    ]


def _track_row(owner: tracks.Owner, track: Track, n: int) -> Row:
    values = {field: str(getattr(track, field) or "") for field in TRACK_FIELDS}
    facts: dict[str, str | int] = {
        "n": n,
        "position": track.position,
        "title": track.title,
        "version": track.version,
        "artist": "; ".join(track.named("artist")) or owner.artist_line,
        "release": owner.title,
        "label": owner.label,
        "catalogue": owner.catalogue_number,
        "isrc": track.isrc,
        "year": owner.release_on.year if owner.release_on else "",
    }
    return Row("track", track.id, track.title, values | _people(track), facts)


def _release_row(release: Release, n: int) -> Row:
    values = {field: str(getattr(release, field) or "") for field in RELEASE_FIELDS}
    facts: dict[str, str | int] = {
        "n": n,
        "title": release.title,
        "version": release.version,
        "artist": release.artist_line,
        "label": release.label,
        "catalogue": release.catalogue_number,
        "year": release.release_on.year if release.release_on else "",
    }
    return Row("release", release.id, release.title, values | _people(release), facts)


def _people(owned: Track | Release) -> dict[str, str]:
    return {
        role: f"{NAMES_APART} ".join(c.name for c in owned.credits if c.role == role)
        for role in ROLES
    }


def _label(plan: Plan) -> str:
    fields = list(dict.fromkeys(r.field for r in plan.rewrites))
    rows = len({(r.table, r.row_id) for r in plan.rewrites})
    noun = {r.table for r in plan.rewrites}.pop() if plan.rewrites else "row"
    if len(fields) != 1:
        what = f"{len(fields)} fields"
    else:
        what = fields_of("track").get(fields[0]) or fields_of("release")[fields[0]]
    return f"Edit {what} of {rows} {noun}" + ("" if rows == 1 else "s")
