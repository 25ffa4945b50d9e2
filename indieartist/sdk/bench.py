"""The test bench: a destination to publish to, and the core's part played by a few functions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from requests import Session

from indieartist.errors import Cancelled
from indieartist.sdk.adapter import Adapter
from indieartist.sdk.capabilities import Mode
from indieartist.sdk.context import Ctx, Report, make_context, silent
from indieartist.sdk.faults import FaultyTransport
from indieartist.sdk.files import hash_file
from indieartist.sdk.secrets import Secrets
from indieartist.sdk.steps import Done, Found, Pending, Plan, RemoteRef, Step
from indieartist.sdk.views import AccountView

MOST_CHECKS = 50
IO_EVENTS = ("open", "os.", "socket.", "shutil.", "subprocess.", "tempfile.", "sqlite3.")


@dataclass
class Destination:
    """A working destination, real or a double, and what the core knows of the account there.

    `count` tells how many published things a fan could find there now.
    """

    account: AccountView
    out_dir: Path
    count: Callable[[], int]
    secrets: Mapping[str, str] = field(default_factory=dict)
    transport: FaultyTransport = field(default_factory=FaultyTransport)
    ahead_s: float = 0.0  # how far the clock has been turned on
    results: dict[int, RemoteRef] = field(default_factory=dict)

    def context(self, report: Report = silent) -> Ctx:
        """A fresh context, as after a restart of the program."""
        secrets = Secrets(self.secrets.get)
        options: dict[str, Any] = {"now": self.now, "report": report, "results": self.results}
        return make_context(self.account, self._session(), secrets, self.out_dir, **options)

    def now(self) -> datetime:
        """The time of the turned-on clock."""
        return datetime.now(UTC) + timedelta(seconds=self.ahead_s)

    def _session(self) -> Session:
        session = Session()
        session.trust_env = False
        session.mount("http://", self.transport)
        session.mount("https://", self.transport)
        return session


def publish(adapter: Adapter[Any], plan: Plan, destination: Destination) -> RemoteRef:
    """Run all steps in order as the core does; returns what the last one made."""
    destination.results.clear()
    for step in plan.steps:
        destination.results[step.index] = run_step(adapter, step, destination.context())
    return destination.results[plan.steps[-1].index]


def run_step(adapter: Adapter[Any], step: Step, ctx: Ctx) -> RemoteRef:
    """Execute one step and check on it, without waiting, until it is done."""
    outcome: object = adapter.execute(step, ctx)
    for _check in range(MOST_CHECKS):
        if not isinstance(outcome, Pending):
            break
        outcome = adapter.check(outcome, ctx)
    assert isinstance(outcome, Done), outcome
    return outcome.remote


def recover(adapter: Adapter[Any], step: Step, ctx: Ctx) -> RemoteRef:
    """What the core does with a step whose answer never came, by the mode it declared."""
    if step.mode in (Mode.NATURAL_PUT, Mode.KEYED):
        return run_step(adapter, step, ctx)
    found = adapter.reconcile(step, ctx)
    return found.remote if isinstance(found, Found) else run_step(adapter, step, ctx)


def snapshot(folder: Path) -> dict[str, str]:
    """Every file under a folder with its hash, and every folder; hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): hash_file(path) if path.is_file() else ""
        for path in sorted(folder.rglob("*"))
    }


def stop_after(calls: int) -> Report:
    """A report that lets `calls` calls pass and cancels at the next."""
    left = calls

    def report(_fraction: float) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Cancelled

    return report


class _Watch:
    """One audit hook (PEP 578), which cannot be removed and therefore is armed and disarmed."""

    def __init__(self) -> None:
        self.armed = False
        sys.addaudithook(self)

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.armed and event.startswith(IO_EVENTS):
            self.armed = False
            raise AssertionError(f"a pure function did {event}{arguments!r}")


_watches: list[_Watch] = []


@contextmanager
def no_io() -> Iterator[None]:
    """Whatever touches a file, a socket or a process inside fails, in C code too."""
    if not _watches:
        _watches.append(_Watch())
    _watches[0].armed = True
    try:
        yield
    finally:
        _watches[0].armed = False
