"""Finding by name straight off the file, for a process that does nothing else.

SQLAlchemy takes longer to load than the search itself (docs/performance.md), so this is the one
place that does without. `finding` is the definition; a test holds the two together.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from indieartist.library.revisions import DATABASE_NAME, newest_revision
from indieartist.library.words import forms_of, match_of, plain, stretches_of

_BUSY_S = 10.0
_NEARNESS = (
    "CASE WHEN entry.title_key = :wanted THEN 0"
    " WHEN substr(entry.title_key, 1, length(:wanted)) = :wanted THEN 1"
    " WHEN instr(entry.title_key, :wanted) THEN 2 ELSE 3 END"
)
_RELEASES = (
    "SELECT release.id, release.title, entry.artist_line, release.catalogue_number, release.gtin"
    " FROM entry JOIN release ON release.id = entry.release_id WHERE entry.track_id IS NULL"
)
_TRACKS = (
    "SELECT track.release_id, track.id, track.title, release.title, entry.artist_line, track.isrc"
    " FROM entry JOIN track ON track.id = entry.track_id"
    " JOIN release ON release.id = track.release_id WHERE 1"
)
_BELOW = (
    "SELECT id FROM entry WHERE release_id IN"
    " (SELECT release_id FROM entry WHERE track_id IS NULL AND id IN ({held}))"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A release, or a track where `track_id` says so, as a search by name finds it."""

    release_id: int
    track_id: int | None
    title: str
    about: str  # the artist of a release, the release of a track
    artist_line: str = ""
    code: str = ""  # the ISRC of a track; of a release its catalogue number, or the UPC looked for


def find_names(folder: Path, words: str, most: int) -> list[Named] | None:
    """What `finding.find_names` finds in the library in `folder`.

    None where the library must be opened first: there is none, it is of another schema, or SQLite
    has a complaint that opening puts in words.
    """
    path = folder / DATABASE_NAME
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)) as connection:
            connection.execute("BEGIN")
            return _find(connection, plain(words), most) if _is_ready(connection) else None
    except sqlite3.Error:
        return None


def _is_ready(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    filled = "SELECT EXISTS (SELECT 1 FROM entry) OR NOT EXISTS (SELECT 1 FROM release)"
    return found == (newest_revision(),) and bool(connection.execute(filled).fetchone()[0])


def _find(connection: sqlite3.Connection, wanted: str, most: int) -> list[Named]:
    told: dict[str, str | int] = {"wanted": wanted, "most": most}
    held = [_held(word, told) for word in wanted.split()]
    own = "".join(f" AND entry.id IN ({each})" for each in held)
    either = "".join(
        f" AND entry.id IN ({each} UNION ALL {_BELOW.format(held=each)})" for each in held
    )
    releases = connection.execute(f"{_RELEASES}{own} {_ordered('release')}", told)
    found = [
        Named(number, None, title, artists, artists, gtin if wanted and wanted in gtin else code)
        for number, title, artists, code, gtin in releases
    ]
    tracks = connection.execute(f"{_TRACKS}{either} {_ordered('track')}", told)
    return found + [Named(*row) for row in tracks]


def _ordered(table: str) -> str:
    return f"ORDER BY {_NEARNESS}, {table}.id DESC LIMIT :most"


def _held(word: str, told: dict[str, str | int]) -> str:
    """A query of the entries that hold a word; what it asks for is added to `told`."""

    def name(value: str) -> str:
        told[f"held{len(told)}"] = value
        return f":held{len(told) - 1}"

    forms = forms_of(word)
    if match := match_of(forms):
        return f"SELECT rowid FROM entry_words WHERE entry_words MATCH {name(match)}"
    return " UNION ALL ".join(
        f"SELECT doc FROM entry_words_trigram WHERE term >= {name(low)} AND term < {name(high)}"
        for low, high in stretches_of(forms)
    )
