"""Search and sorted lists hold to the rows, whatever was done, undone and done again."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, select
from sqlalchemy.dialects import postgresql

from indieartist.domain.catalogue import Question, TrackQuestion
from indieartist.domain.folding import folded
from indieartist.library import (
    catalogue,
    database,
    entries,
    finding,
    history,
    lookup,
    revisions,
    tracks,
)
from indieartist.library import tables as t
from indieartist.library.history import Act
from indieartist.library.store import Library

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TITLES = ("Night Bus", "Ähre", "ähre II", "夜のバス", "Straße", "Low Water", "Don’t – Go", "100%")
NAMES = ("Mara Vale", "Ólafur", "Möwen", "Kelp & Co")
WORDS = (
    "night",
    "ahre",
    "夜",
    "STRASSE",
    "mara",
    "ol",
    "don't",
    "100%",
    "GB-AYE",
    "moss 0",
    "gbaye",
    "m",
    "&",
    "バス",
    "の",
    "0",
)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("blank")
    Library(folder).close()
    return folder


def some(act: Act, table: Any, pick: int) -> int | None:
    ids = act.connection.execute(select(table.c.id).order_by(table.c.id)).scalars().all()
    return ids[pick % len(ids)] if ids else None


def perform(act: Act, kind: str, pick: int) -> None:
    title, name = TITLES[pick % len(TITLES)], NAMES[pick % len(NAMES)]
    release_id, track_id = some(act, t.release, pick), some(act, t.track, pick)
    if kind == "release" or release_id is None:
        number = act.insert(
            t.release, title=title, label="Moss", catalogue_number="MOSS 00", added_at=NOW
        )
        act.insert(t.credit, release_id=number, position=1, name=name, role="artist")
    elif kind == "track" or track_id is None:
        isrc = f"GBAYE26{pick:05}"
        act.insert(t.track, release_id=release_id, position=pick, title=title, isrc=isrc)
    elif kind == "retitle":
        act.update(t.track, track_id, title=title)
        act.update(t.release, release_id, title=title[::-1])
    elif kind == "move":
        act.update(t.track, track_id, release_id=release_id)
    elif kind == "credit":
        act.insert(t.credit, release_id=release_id, position=2, name=name, role="artist")
        act.insert(t.credit, track_id=track_id, position=1, name=name, role="producer")
    else:
        drop_track(act, track_id)


def drop_track(act: Act, track_id: int) -> None:
    query = select(t.credit.c.id).where(t.credit.c.track_id == track_id)
    for row_id in act.connection.execute(query).scalars().all():
        act.delete(t.credit, row_id)
    act.delete(t.track, track_id)


KINDS = ["release", "track", "track", "retitle", "move", "credit", "drop"]
DEEDS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 60)), min_size=1, max_size=7)


@settings(max_examples=8)
@given(deeds=DEEDS, back=st.integers(0, 9))
def test_entries_follow_every_act_undo_and_redo(
    deeds: list[tuple[str, int]], back: int, blank: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("entries")
    library = Library(shutil.copytree(blank, folder, dirs_exist_ok=True))
    for kind, pick in deeds:
        with library.act(kind) as act:
            perform(act, kind, pick)
    hold_together(library)
    for _ in range(back):
        with library.write() as connection:
            if past := history.find_undoable(connection):
                history.undo(connection, past)
    hold_together(library)
    with library.write() as connection:
        if past := history.find_redoable(connection):
            history.redo(connection, past)
    hold_together(library)
    library.close()


def hold_together(library: Library) -> None:
    """The entries are those a fresh fill makes, and each search is that of a plain loop."""
    with library.write() as connection:
        kept = contents(connection)
        for word in WORDS:
            found = {n.track_id for n in finding.find_names(connection, word, 99) if n.track_id}
            assert found == by_hand(connection, word), word
            same = tracks.find_tracks(connection, TrackQuestion(words=word)).ids
            assert set(same) == found
            apart = lookup.find_names(library.folder, word, 5)
            assert apart == finding.find_names(connection, word, 5), word
        made = schema(connection)
        entries.fill(connection)
        assert (contents(connection), schema(connection)) == (kept, made)


def schema(connection: Connection) -> set[tuple[Any, ...]]:
    return set(map(tuple, connection.exec_driver_sql("SELECT name, sql FROM sqlite_master")))


def contents(connection: Connection) -> set[tuple[Any, ...]]:
    columns = [column for column in t.entry.c if column.name != "id"]
    return {tuple(row) for row in connection.execute(select(*columns))}


def by_hand(connection: Connection, words: str) -> set[int]:
    credits = connection.execute(select(t.credit)).all()
    records = {row.id: row for row in connection.execute(select(t.release))}
    found = set()
    for track in connection.execute(select(t.track)):
        record = records[track.release_id]
        names = [c.name for c in credits if track.id == c.track_id or record.id == c.release_id]
        texts = [track.title, track.isrc, record.title, record.label, record.catalogue_number]
        if all(any(is_in(word, text) for text in texts + names) for word in folded(words).split()):
            found.add(track.id)
    return found


def is_in(word: str, text: str) -> bool:
    text = folded(text)
    if len(word) < 3 and word.isascii():
        return text.startswith(word) or f" {word}" in text
    return word in text or (len(word) > 3 and word.replace("-", "") in text)


def test_an_older_library_is_filled_when_it_is_opened(tmp_path: Path) -> None:
    library = Library(tmp_path)
    with library.act("New release") as act:
        act.insert(t.release, title="Low Water", added_at=NOW)
    with library.write() as connection:
        connection.execute(t.entry.delete())
    library.close()
    heard: list[float] = []
    with Library(tmp_path, report=heard.append).read() as connection:
        assert [n.title for n in finding.find_names(connection, "water", 8)] == ["Low Water"]
    assert heard == sorted(heard)
    assert 0.4 < heard[-1] <= 1.0


@pytest.mark.parametrize("sort", ["newest", "title", "artist", "release", "release_on", "isrc"])
@pytest.mark.parametrize("falling", [False, True])
def test_tracks_keep_one_order(tmp_path: Path, sort: Any, falling: bool) -> None:
    library = Library(tmp_path)
    with library.act("All") as act:
        for pick in (0, 1, 2):
            perform(act, "release", pick)
        for pick in range(20):
            perform(act, "track", pick)
    with library.read() as connection:
        question = TrackQuestion(sort=sort, falling=falling)
        ids = tracks.find_tracks(connection, question).ids
        assert sorted(ids) == list(range(1, 21))
        assert tracks.find_tracks(connection, question).ids == ids
        lines = tracks.read_page(connection, ids)
        assert [line.id for line in lines] == list(ids)
    if sort == "title":
        keys = [folded(line.title) for line in lines]
        assert keys == sorted(keys, reverse=falling)


def test_the_search_is_understood_by_postgresql_too(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Elsewhere:
        dialect = postgresql.dialect()

        def execute(self, query: Any) -> Any:
            asked.append(str(query.compile(dialect=self.dialect)))
            return create_engine("sqlite://").connect().exec_driver_sql("SELECT 1 WHERE 0")

    there: Any = Elsewhere()
    with pytest.raises(Exception, match="No row"):
        tracks.find_tracks(there, TrackQuestion(words="night bu", sort="release"))
    with pytest.raises(Exception, match="No row"):
        catalogue.find_releases(there, Question(words="night"), NOW.date())
    finding.find_names(there, "night", 3)
    assert len(asked) >= 4
    assert not [query for query in asked if "MATCH" in query or "entry_words" in query]


def test_what_does_not_say_stands_last_either_way(tmp_path: Path) -> None:
    library = Library(tmp_path)
    with library.act("All") as act:
        for title, day in (("", None), ("Boot", date(2026, 1, 2)), ("Ähre", date(2025, 1, 2))):
            number = act.insert(t.release, title=title, release_on=day, added_at=NOW)
            act.insert(t.track, release_id=number, position=2, title=f"night {number}.2")
            act.insert(t.track, release_id=number, position=1, title=f"night {number}.1")
    answers = {
        ("release", False): ["3.1", "3.2", "2.1", "2.2"],
        ("release", True): ["2.2", "2.1", "3.2", "3.1"],
        ("release_on", False): ["3.1", "3.2", "2.1", "2.2"],
        ("position", False): ["3.1", "3.2", "2.1", "2.2"],
    }
    with library.read() as connection:
        for (sort, falling), titles in answers.items():
            for words in ("", "night"):
                asked = TrackQuestion(sort=sort, falling=falling, words=words)  # type: ignore[arg-type]
                ids = tracks.find_tracks(connection, asked).ids
                found = [line.title.split()[1] for line in tracks.read_page(connection, ids)]
                assert (found[:4], set(found[4:])) == (titles, {"1.1", "1.2"})


def test_the_order_of_releases_is_read_off_indexes(tmp_path: Path) -> None:
    library = Library(tmp_path)
    with library.read() as connection:
        for sort in ("release", "release_on", "title", "isrc"):
            question = TrackQuestion(sort=sort)
            for query in tracks._ordered(tracks._matching(connection, question), question):
                said = query.compile(connection, compile_kwargs={"literal_binds": True})
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}").all()
                assert not [row for row in plan if "TEMP B-TREE" in row[3]], plan


def test_a_library_of_schema_9_finds_short_words(tmp_path: Path) -> None:
    library = Library(tmp_path)
    with library.act("All") as act:
        perform(act, "release", 3)
        perform(act, "track", 3)
    library.close()
    to_schema(tmp_path, "0009")
    with sqlite3.connect(tmp_path / "library.sqlite") as old:
        old.execute("UPDATE entry SET words = trim(words, char(10))")
    old.close()
    with Library(tmp_path).read() as connection:
        for word in ("夜", "バス", "の", "m", "mo"):
            found = tracks.find_tracks(connection, TrackQuestion(words=word)).ids
            assert set(found) == by_hand(connection, word) == {1}, word


def to_schema(folder: Path, revision: str) -> None:
    """Take a library back to an older schema."""
    config = Config()
    config.set_main_option("script_location", str(revisions.MIGRATIONS_PATH))
    engine = database.open_engine(f"sqlite:///{folder / database.DATABASE_NAME}")
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    engine.dispose()


def test_what_must_be_opened_first_is_not_looked_up(tmp_path: Path) -> None:
    assert lookup.find_names(tmp_path, "night", 5) is None
    library = Library(tmp_path)
    assert lookup.find_names(tmp_path, "night", 5) == []
    with library.act("New release") as act:
        act.insert(t.release, title="Night Bus", added_at=NOW)
    assert [n.title for n in lookup.find_names(tmp_path, "night", 5) or ()] == ["Night Bus"]
    with library.write() as connection:
        connection.execute(t.entry.delete())
    assert lookup.find_names(tmp_path, "night", 5) is None
    library.close()
    to_schema(tmp_path, "0009")
    assert lookup.find_names(tmp_path, "night", 5) is None
    (tmp_path / database.DATABASE_NAME).write_bytes(b"no database" * 99)
    assert lookup.find_names(tmp_path, "night", 5) is None


def test_looking_up_loads_no_sqlalchemy(tmp_path: Path) -> None:
    Library(tmp_path).close()
    program = (
        "import sys\n"
        "from indieartist.app import command_line\n"
        f"sys.argv = ['indieartist', '--library', {str(tmp_path)!r}, 'find', 'night', '--json']\n"
        "try:\n"
        "    command_line()\n"
        "finally:\n"
        "    assert 'sqlalchemy' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr
