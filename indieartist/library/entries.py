"""What lists are searched and sorted by, kept right in the transaction that changes the rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, or_, select, union_all

from indieartist.domain.folding import folded
from indieartist.domain.measurement import AudioInfo
from indieartist.domain.release import MixKind, join_names
from indieartist.library import tables as t

_AT_ONCE = 500  # numbers in one statement; SQLite once took no more than 999
_SHORTEST = 3  # letters that a trigram has


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


def fill(connection: Connection) -> None:
    """Write every entry anew."""
    touched = Touched()
    touched.releases.update(connection.execute(select(t.release.c.id)).scalars())
    touched.tracks.update(connection.execute(select(t.track.c.id)).scalars())
    connection.execute(delete(t.entry))
    refresh(connection, touched)


def are_missing(connection: Connection) -> bool:
    """Whether there are releases and no entries yet: the library was just brought to this form."""
    some = connection.execute(select(t.release.c.id).limit(1)).first()
    return bool(some) and not connection.execute(select(t.entry.c.id).limit(1)).first()


def holds(connection: Connection, word: str) -> Any:
    """Which entries hold a word, as a query of their numbers; the word is folded already.

    From three letters on the trigram index answers (SQLite FTS5, section 4.3.4); before that a
    word must begin so. Elsewhere than on SQLite all entries are read.
    """
    if len(word) < _SHORTEST and word.isascii():
        return select(t.entry.c.id).where(_begins(word))
    forms = dict.fromkeys((word, word.replace("-", "")))
    long = [form for form in forms if len(form) >= _SHORTEST]
    if connection.dialect.name != "sqlite" or not long:
        return select(t.entry.c.id).where(
            or_(*(t.entry.c.words.contains(form, autoescape=True) for form in forms))
        )
    return select(t.entry_words.c.rowid).where(
        t.entry_words.c.entry_words.match(" OR ".join(_quoted(form) for form in long))
    )


def held_by(connection: Connection, word: str) -> Any:
    """Which entries hold a word, themselves or, those of tracks, by their release."""
    owners = select(t.entry.c.release_id).where(
        t.entry.c.id.in_(holds(connection, word)), t.entry.c.track_id.is_(None)
    )
    below = select(t.entry.c.id).where(t.entry.c.release_id.in_(owners))
    return union_all(holds(connection, word), below)


def _begins(word: str) -> Any:
    words = t.entry.c.words
    inside = (words.contains(f"{space}{word}", autoescape=True) for space in " \n(")
    return or_(words.startswith(word, autoescape=True), *inside)


def _quoted(form: str) -> str:
    return '"' + form.replace('"', '""') + '"'


def _replace(connection: Connection, old: Any, rows: list[dict[str, Any]]) -> None:
    connection.execute(delete(t.entry).where(old))
    if rows:
        connection.execute(insert(t.entry), rows)


def _release_entries(connection: Connection, ids: list[int]) -> list[dict[str, Any]]:
    people = _people(connection, t.credit.c.release_id, ids)
    rows = connection.execute(select(t.release).where(t.release.c.id.in_(ids)))
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
    rows = connection.execute(select(t.track).where(t.track.c.id.in_(ids))).all()
    people = _people(connection, t.credit.c.track_id, ids)
    owners = list({row.release_id for row in rows})
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
    return "\n".join(dict.fromkeys(folded(text) for text in texts if text))


def _people(connection: Connection, owner: Any, ids: list[int]) -> defaultdict[int, list[Any]]:
    credit = t.credit.c
    found: defaultdict[int, list[Any]] = defaultdict(list)
    query = select(owner.label("owner"), credit.name, credit.role).where(owner.in_(ids))
    for row in connection.execute(query.order_by(credit.position)):
        found[row.owner].append(row)
    return found


def _lengths(connection: Connection, tracks: Iterable[Any]) -> dict[int, int]:
    """The length of each track's current mix: approved, else the newest master, else bounce."""
    approved = {row.id: row.approved_mix_id for row in tracks}
    query = (
        select(t.mix.c.id, t.mix.c.track_id, t.mix.c.kind, t.audio.c.info)
        .join(t.audio, t.audio.c.hash == t.mix.c.audio_hash)
        .where(t.mix.c.track_id.in_(approved))
        .order_by(t.mix.c.number)
    )
    best: dict[int, tuple[int, int]] = {}
    for mix in connection.execute(query):
        rank = 2 if mix.id == approved[mix.track_id] else int(mix.kind == MixKind.MASTER.value)
        if rank >= best.get(mix.track_id, (0, 0))[0]:
            best[mix.track_id] = rank, AudioInfo(**mix.info).duration_ms
    return {track_id: length_ms for track_id, (_rank, length_ms) in best.items()}


def _chunks(numbers: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(numbers)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
