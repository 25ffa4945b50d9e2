"""The library on the disk: migrations, two programs at once, and every way it can be unusable."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from indieartist.errors import AppError, UserError, WorldError
from indieartist.library import database
from indieartist.library import tables as t
from indieartist.library.store import Library

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def told(name: str | None, kind: str, _parents: object) -> bool:
    """Whether SQLAlchemy knows of it: the full-text index and its own tables are SQLite's."""
    return not (kind == "table" and str(name).startswith("entry_words"))


def test_the_migrations_make_exactly_the_tables(tmp_path: Path) -> None:
    library = Library(tmp_path)
    with library.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": False, "include_name": told}
        )
        assert compare_metadata(context, t.metadata) == []


def test_a_newer_library_is_refused_and_untouched(tmp_path: Path) -> None:
    library = Library(tmp_path)
    with library.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    library.close()
    before = (tmp_path / database.DATABASE_NAME).read_bytes()
    with pytest.raises(UserError, match="newer IndieArtist"):
        Library(tmp_path)
    assert (tmp_path / database.DATABASE_NAME).read_bytes() == before


def test_the_database_is_copied_while_in_use(tmp_path: Path) -> None:
    library = Library(tmp_path)
    with library.act("New release") as act:
        act.insert(t.release, title="Low Water", added_at=NOW)
    library.backup(tmp_path / "copy.sqlite")
    with sqlite3.connect(tmp_path / "copy.sqlite") as copy:
        assert copy.execute("SELECT title FROM release").fetchall() == [("Low Water",)]
    copy.close()


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / database.DATABASE_NAME) as foreign:
        foreign.execute("CREATE TABLE moz_places (id INTEGER)")
    foreign.close()
    with pytest.raises(UserError, match="another program"):
        Library(tmp_path)


@pytest.mark.parametrize("content", [b"This is not a database at all, but it is long enough." * 99])
def test_a_damaged_database_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / database.DATABASE_NAME).write_bytes(content)
    with pytest.raises(UserError, match="damaged or is not"):
        Library(tmp_path)
    assert (tmp_path / database.DATABASE_NAME).read_bytes() == content


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a file")
    with pytest.raises(UserError, match="is a file"):
        Library(tmp_path / "library")


def test_a_folder_name_that_is_not_unicode_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not valid Unicode"):
        Library(Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe")))


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_a_read_only_library_is_refused_and_untouched(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    Library(folder).close()
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from datetime import UTC, datetime\n"
        "from indieartist.library.store import Library\n"
        "from indieartist.library import tables as t\n"
        "from indieartist.errors import AppError\n"
        "try:\n"
        "    with Library(Path(sys.argv[1])).act('x') as act:\n"
        "        act.insert(t.release, title='x', added_at=datetime.now(UTC))\n"
        "except AppError as error:\n"
        "    print(error.message)\n"
    )
    # Root may write anywhere; without this right permissions hold for root as for anyone.
    mortal = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    command = [sys.executable, "-c", program, str(folder)]
    done = subprocess.run(
        mortal + command if os.getuid() == 0 else command,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "may not be" in done.stdout or "cannot be written" in done.stdout, done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_two_programs_write_without_losing_anything(tmp_path: Path) -> None:
    libraries = [Library(tmp_path), Library(tmp_path)]

    def work(library: Library) -> None:
        for number in range(25):
            with library.act("New release") as act:
                act.insert(t.release, title=str(number), added_at=NOW)

    threads = [threading.Thread(target=work, args=(library,)) for library in libraries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with libraries[0].read() as connection:
        assert len(connection.execute(select(t.release)).all()) == 50
        assert len(connection.execute(select(t.act)).all()) == 50


def test_a_library_locked_too_long_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 50)
    library, other = Library(tmp_path), Library(tmp_path)
    with (
        other.write(),
        pytest.raises(WorldError, match="Another program is writing"),
        library.act("New release") as act,
    ):
        act.insert(t.release, title="Low Water", added_at=NOW)


def test_a_full_disk_is_said_and_nothing_is_changed(tmp_path: Path) -> None:
    library = Library(tmp_path)
    with library.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    library.close()
    full = Library(tmp_path)
    with pytest.raises(AppError, match="full"), full.write() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        for number in range(2000):
            connection.execute(
                t.release.insert().values(title="x" * 500 + str(number), added_at=NOW)
            )
    with Library(tmp_path).read() as connection:
        assert connection.execute(select(t.release)).all() == []
