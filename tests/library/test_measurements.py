"""What was measured in a file is kept once, and a library of before is brought along."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from domain.preflight_cases import MEASURED
from sqlalchemy import text

from indieartist.domain.measurement import AudioInfo, Measurement, Source
from indieartist.library import contents, database, revisions
from indieartist.library.store import Library

HASH = "ab" * 32
QUICK = Measurement(**dict(list(asdict(MEASURED).items())[:15]))  # as the first library had them
WHOLE = replace(MEASURED, source=Source.LOSSY, shelf_hz=16_800, key="F# minor", tempo_bpm=87.5)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library that knows one file."""
    library = Library(tmp_path / "library")
    with library.write() as connection:
        info = AudioInfo("wav", "pcm", 44_100, 2, 24, 100, lossless=True)
        contents.remember_audio(connection, HASH, ".wav", 600, info)
    return library


@pytest.fixture
def old_folder(tmp_path: Path) -> Path:
    """A library as the first migration left it, with one measured file."""
    folder = tmp_path / "old"
    folder.mkdir()
    engine = database.open_engine(f"sqlite:///{folder / database.DATABASE_NAME}")
    config = Config()
    config.set_main_option("script_location", str(revisions.MIGRATIONS_PATH))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text("INSERT INTO audio (hash, suffix, size_bytes, info) VALUES (:h, '.wav', 9, :i)"),
            {"h": HASH, "i": json.dumps(asdict(AudioInfo("wav", "pcm", 44_100, 2, 24, 1, True)))},
        )
        figures = {k: v for k, v in asdict(QUICK).items() if v is not None}
        connection.execute(
            text("INSERT INTO measurement (audio_hash, figures, waveform) VALUES (:h, :f, :w)"),
            {"h": HASH, "f": json.dumps(figures), "w": b"waves"},
        )
    engine.dispose()
    return folder


def remember(library: Library, figures: Measurement, profile: bytes | None = None) -> None:
    with library.write() as connection:
        contents.remember_measurement(connection, HASH, figures, b"waves", profile)


def found(library: Library) -> tuple[Measurement, bytes | None]:
    with library.read() as connection:
        stored = contents.find_measurement(connection, HASH)
        assert stored is not None and stored[1] == b"waves"
        return stored[0], contents.find_profile(connection, HASH)


def test_figures_come_back_as_they_were(library: Library) -> None:
    remember(library, WHOLE, b"tone")
    figures, profile = found(library)
    assert (figures, profile) == (WHOLE, b"tone")
    assert figures.source is Source.LOSSY


def test_all_figures_take_the_place_of_the_loudness_alone(library: Library) -> None:
    remember(library, QUICK)
    assert found(library) == (QUICK, None)
    remember(library, WHOLE, b"tone")
    assert found(library) == (WHOLE, b"tone")


def test_the_loudness_alone_never_takes_the_place_of_all_figures(library: Library) -> None:
    remember(library, WHOLE, b"tone")
    remember(library, QUICK)
    assert found(library) == (WHOLE, b"tone")


def test_nothing_is_known_of_a_file_that_was_not_measured(library: Library) -> None:
    with library.read() as connection:
        assert contents.find_measurement(connection, HASH) is None
        assert contents.find_profile(connection, HASH) is None


def test_a_library_of_before_keeps_its_figures(old_folder: Path) -> None:
    library = Library(old_folder)
    figures, profile = found(library)
    assert (figures, profile) == (QUICK, None)
    assert not figures.complete
    remember(library, WHOLE, b"tone")
    assert found(library) == (WHOLE, b"tone")


def test_a_library_of_before_is_copied_before_it_is_changed(old_folder: Path) -> None:
    Library(old_folder).close()
    name = f"before-{revisions.newest_revision()}.sqlite"
    engine = database.open_engine(f"sqlite:///{old_folder / 'Backups' / name}")
    with engine.connect() as connection:
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        columns = connection.execute(text("SELECT * FROM measurement")).keys()
    engine.dispose()
    assert revision == "0001"
    assert "profile" not in columns
