"""The studio: everything a service needs to work with, wired once by `app`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indieartist.domain.progress import Report, silent
from indieartist.library.store import Library
from indieartist.system.adapters import AdapterShelf
from indieartist.system.paths import resources_path
from indieartist.system.resources import read_table, read_tables

if TYPE_CHECKING:
    from requests import Session

    from indieartist.system.secrets import SecretStore


def utc_now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


@dataclass
class Studio:
    """The library, the shelf of adapters, the shipped tables, the secrets and the clock."""

    library: Library
    adapters: AdapterShelf = field(default_factory=AdapterShelf)
    resources: Path = field(default_factory=resources_path)
    now: Callable[[], datetime] = utc_now
    artist: str = ""  # whose record a bounce without tags begins

    @property
    def today(self) -> date:
        """The day it is where the person is."""
        return self.now().astimezone().date()

    @cached_property
    def secrets(self) -> SecretStore:
        """Where accounts' secrets live on this machine."""
        from indieartist.system.secrets import open_secrets

        return open_secrets()

    @cached_property
    def session(self) -> Session:
        """The HTTP session all adapters share."""
        from indieartist.system.network import make_session

        return make_session()

    def table(self, *names: str) -> dict[str, Any]:
        """A table of `resources/`, such as `table('rules', 'rules')`."""
        return read_table(self.resources.joinpath(*names).with_suffix(".toml"))

    def tables(self, *names: str) -> dict[str, dict[str, Any]]:
        """Every table of a folder of `resources/`, by name."""
        return read_tables(self.resources.joinpath(*names))


def open_studio(
    folder: Path, *, now: Callable[[], datetime] = utc_now, report: Report = silent
) -> Studio:
    """Open the library in `folder`, made if there is none, with everything around it."""
    return Studio(Library(folder, report=report), now=now)
