"""What lists are searched and sorted by, kept right in the transaction that changes the rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, or_, select, union_all

from indieartist.domain.folding import folded
from indieartist.domain.measurement import AudioInfo
from indieartist.domain.progress import Report, silent
from indieartist.domain.release import MixKind, join_names
from indieartist.library import tables as t
from indieartist.library import words

_AT_ONCE = 500  # numbers in one statement; SQLite once took no more than 999
_AT_ONCE_FILLED = 5_000


@dataclass
class Touched:
    """Which entries must be written anew."""

    releases: set[int] = field(default_factory=set)
    tracks: set[int] = field(default_factory=set)
    whole: set[int] = field(default_factory=set)  # releases with all their tracks

    def add(self, table: str, *rows: dict[str, Any] | None) -> None:
        """Note what a changed row, before and after, stands for."""
        for row in filter(None, rows):
            if table == "release":
                self.releases.add(row["id"])
            elif table == "track":
                self.tracks.add(row["id"])
            elif table == "mix" or (table == "credit" and row["track_id"]):
                self.tracks.add(row["track_id"])
            elif table == "credit":
                self.whole.add(row["release_id"])


def refresh(connection: Connection, touched: Touched) -> None:
    """Write the entries of what was touched anew; what is gone loses its entry."""
    tracks = set(touched.tracks)
    for some in _chunks(touched.whole):
        tracks.update(
            connection.execute(select(t.track.c.id).where(t.track.c.release_id.in_(some))).scalars()
        )
    for some in _chunks(touched.releases | touched.whole):
        own = and_(t.entry.c.release_id.in_(some), t.entry.c.track_id.is_(None))
        _replace(connection, own, _release_entries(connection, some))
    for some in _chunks(tracks):
        mine = t.entry.c.track_id.in_(some)
        _replace(connection, mine, _track_entries(connection, some))


def fill(connection: Connection, report: Report = silent) -> None:
    """Write every entry anew."""
    releases = list(connection.execute(select(t.release.c.id)).scalars())
    tracks = list(connection.execute(select(t.track.c.id)).scalars())
    whole = max(len(releases) + len(tracks), 1)
    done = 0
    with _indexed_after(connection):
        connection.execute(delete(t.entry))
        for ids, entries_of in ((releases, _release_entries), (tracks, _track_entries)):
            for some in _chunks(ids, _AT_ONCE_FILLED):
                connection.execute(insert(t.entry), entries_of(connection, some))
                done += len(some)
                report(done / whole)


@contextmanager
def _indexed_after(connection: Connection) -> Iterator[None]:
    """Leave out the indexes of the entries for a while: made at once, they cost a tenth."""
    if connection.dialect.name != "sqlite":
        yield
        return
    run = connection.exec_driver_sql
    made = run(
        "SELECT type, name, sql FROM sqlite_master"
        " WHERE tbl_name = 'entry' AND type IN ('index', 'trigger') AND sql IS NOT NULL"
    ).all()
    for kind, name, _sql in made:
        run(f"DROP {kind} {name}")
    yield
    run("INSERT INTO entry_words (entry_words) VALUES ('rebuild')")
    for _kind, _name, sql in made:
        run(sql)


def are_missing(connection: Connection) -> bool:
    """Whether there are releases and no entries yet: the library was just brought to this form."""
    some = connection.execute(select(t.release.c.id).limit(1)).first()
    return bool(some) and not connection.execute(select(t.entry.c.id).limit(1)).first()


def holds(connection: Connection, word: str) -> Any:
    """Which entries hold a word, as a query of their numbers; the word is folded already.

    What is shorter than a trigram is looked up among the trigrams (fts5vocab): each place of it
    begins one. Elsewhere than on SQLite all entries are read.
    """
    forms = words.forms_of(word)
    if connection.dialect.name != "sqlite":
        held = (t.entry.c.words.contains(form, autoescape=True) for form in forms)
        return select(t.entry.c.id).where(or_(*held))
    if match := words.match_of(forms):
        return select(t.entry_words.c.rowid).where(t.entry_words.c.entry_words.match(match))
    term = t.entry_trigram.c.term
    short = (
        select(t.entry_trigram.c.doc).where(term >= low, term < high)
        for low, high in words.stretches_of(forms)
    )
    return select(union_all(*short).subquery().c.doc)


def held_by(connection: Connection, word: str) -> Any:
    """Which entries hold a word, themselves or, those of tracks, by their release."""
    owners = select(t.entry.c.release_id).where(
        t.entry.c.id.in_(holds(connection, word)), t.entry.c.track_id.is_(None)
    )
    below = select(t.entry.c.id).where(t.entry.c.release_id.in_(owners))
    return union_all(holds(connection, word), below)


def _replace(connection: Connection, old: Any, rows: list[dict[str, Any]]) -> None:
    connection.execute(delete(t.entry).where(old))
    if rows:
        connection.execute(insert(t.entry), rows)


def _release_entries(connection: Connection, ids: list[int]) -> list[dict[str, Any]]:
    people = _people(connection, t.credit.c.release_id, ids)
    rows = connection.execute(select(t.release).where(_among(t.release.c.id, ids)))
    return [_release_entry(row, people[row.id]) for row in rows]


def _release_entry(row: Any, people: list[Any]) -> dict[str, Any]:
    artists = join_names(tuple(c.name for c in people if c.role == "artist"))
    texts = (row.title, row.version, row.label, row.catalogue_number, row.gtin)
    return {
        "release_id": row.id,
        "track_id": None,
        "words": _words(*texts, *(c.name for c in people)),
        "title_key": folded(row.title),
        "artist_key": folded(artists),
        "label_key": folded(row.label),
        "artist_line": artists,
        "length_ms": 0,
    }


def _track_entries(connection: Connection, ids: list[int]) -> list[dict[str, Any]]:
    columns = (column for column in t.track.c if column.name != "lyrics")
    rows = connection.execute(select(*columns).where(_among(t.track.c.id, ids))).all()
    people = _people(connection, t.credit.c.track_id, ids)
    owners = sorted({row.release_id for row in rows})
    owned = _people(connection, t.credit.c.release_id, owners)
    lengths = _lengths(connection, rows)
    return [
        _track_entry(row, people[row.id], owned[row.release_id], lengths.get(row.id, 0))
        for row in rows
    ]


def _track_entry(row: Any, people: list[Any], owned: list[Any], length_ms: int) -> dict[str, Any]:
    own = [c.name for c in people if c.role == "artist"]
    artists = join_names(tuple(own or [c.name for c in owned if c.role == "artist"]))
    names = (c.name for c in people)
    return {
        "release_id": row.release_id,
        "track_id": row.id,
        "words": _words(row.title, row.version, row.isrc, row.iswc, *names),
        "title_key": folded(row.title),
        "artist_key": folded(artists),
        "label_key": "",
        "artist_line": artists,
        "length_ms": length_ms,
    }


def _words(*texts: str) -> str:
    """A text a line, and two signs after the last: each sign of them begins a trigram."""
    lines = dict.fromkeys(folded(text) for text in texts if text)
    return "\n".join(("", *lines, "", ""))


def _people(connection: Connection, owner: Any, ids: list[int]) -> defaultdict[int, list[Any]]:
    credit = t.credit.c
    found: defaultdict[int, list[Any]] = defaultdict(list)
    query = select(owner.label("owner"), credit.name, credit.role).where(_among(owner, ids))
    for row in connection.execute(query.order_by(credit.position)):
        found[row.owner].append(row)
    return found


def _lengths(connection: Connection, tracks: Iterable[Any]) -> dict[int, int]:
    """The length of each track's current mix: approved, else the newest master, else bounce."""
    approved = {row.id: row.approved_mix_id for row in tracks}
    query = (
        select(t.mix.c.id, t.mix.c.track_id, t.mix.c.kind, t.audio.c.info)
        .join(t.audio, t.audio.c.hash == t.mix.c.audio_hash)
        .where(_among(t.mix.c.track_id, sorted(approved)))
        .order_by(t.mix.c.number)
    )
    best: dict[int, tuple[int, int]] = {}
    for number, track_id, kind, info in connection.execute(query):
        rank = 2 if number == approved[track_id] else int(kind == MixKind.MASTER.value)
        if rank >= best.get(track_id, (0, 0))[0]:
            best[track_id] = rank, AudioInfo(**info).duration_ms
    return {track_id: length_ms for track_id, (_rank, length_ms) in best.items()}


def _among(column: Any, ids: list[int]) -> Any:
    """That a column is one of some numbers in their order; a whole stretch by its two ends."""
    if ids and ids[-1] - ids[0] + 1 == len(ids):
        return column.between(ids[0], ids[-1])
    return column.in_(ids)


def _chunks(numbers: Collection[int], most: int = _AT_ONCE) -> Iterator[list[int]]:
    ordered = sorted(numbers)
    for start in range(0, len(ordered), most):
        yield ordered[start : start + most]
