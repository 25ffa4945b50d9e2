"""What every test stands on: no display, nobody's home folder, no real secrets, a real song."""

from __future__ import annotations

import atexit
import os
import shutil
import sqlite3
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

ROOT = Path(__file__).resolve().parent.parent


def live_in(home: Path) -> None:
    """Point the process at an empty home with no display, session bus or keyring."""
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
    os.environ["XDG_RUNTIME_DIR"] = str(home)
    os.environ["HOME"] = str(home)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as in the program (indieartist/audio)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)


# At import, because Qt, platformdirs and keyring read the environment when they are imported.
HOME = Path(tempfile.mkdtemp(prefix="indieartist-tests-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
live_in(HOME)

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture
def library_dir(tmp_path: Path) -> Path:
    """An empty folder for a library."""
    folder = tmp_path / "Library"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session", autouse=True)
def quick_libraries(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The migrations make one new library: each other is a copy of it, 0.07 s sooner."""
    from sqlalchemy import Engine, inspect

    from indieartist.library import database

    upgrade, pattern_path = database._upgrade, tmp_path_factory.mktemp("pattern") / "new.sqlite"

    def copy_or_upgrade(engine: Engine) -> None:
        if engine.dialect.name != "sqlite" or inspect(engine).get_table_names():
            upgrade(engine)
        elif not pattern_path.exists():
            upgrade(engine)
            database.copy_database(engine, pattern_path)
        else:
            copy_pattern(engine)

    def copy_pattern(engine: Engine) -> None:
        new = engine.raw_connection()
        with closing(new), closing(sqlite3.connect(pattern_path)) as pattern:
            pattern.backup(new.driver_connection)

    database._upgrade = copy_or_upgrade


@pytest.fixture(scope="session")
def real_song() -> Path:
    """The bounce of a song that nobody here wrote: 24-bit WAV, stereo, 4 min 48 s."""
    facts = tomllib.loads((ROOT / "resources" / "song.toml").read_text(encoding="utf-8"))
    bounce_path = ROOT / facts["bounce"]
    assert bounce_path.is_file(), "The real song is not here yet: run 'make song' once."
    return bounce_path


@pytest.fixture
def memory_keyring() -> Iterator[KeyringBackend]:
    """A keyring in memory, in place of the machine's, for one test."""
    import keyring

    before = keyring.get_keyring()
    keyring.set_keyring(make_memory_keyring())
    yield keyring.get_keyring()
    keyring.set_keyring(before)


def make_memory_keyring() -> KeyringBackend:
    """Return an empty keyring that keeps its secrets in a dictionary."""
    from keyring.backend import KeyringBackend
    from keyring.errors import PasswordDeleteError

    class MemoryKeyring(KeyringBackend):
        priority = 1

        def __init__(self) -> None:
            super().__init__()
            self._secrets: dict[tuple[str, str], str] = {}

        def get_password(self, service: str, username: str) -> str | None:
            return self._secrets.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            self._secrets[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            if self._secrets.pop((service, username), None) is None:
                raise PasswordDeleteError(f"No password for {username} at {service}.")

    return MemoryKeyring()
