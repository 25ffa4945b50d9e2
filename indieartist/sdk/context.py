"""What an adapter is handed to act with: account, secrets, network, folder, clock, progress."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.sdk.http import Http
from indieartist.sdk.secrets import Secrets
from indieartist.sdk.steps import RemoteRef
from indieartist.sdk.views import AccountView

if TYPE_CHECKING:
    from requests import Session

Report = Callable[[float], None]
"""Called with the fraction done, 0.0 to 1.0; raises `errors.Cancelled` to stop the work."""


def silent(fraction: float) -> None:
    """Report to nobody."""


def part_of(report: Report, index: int, count: int) -> Report:
    """Map part number `index` of `count` equal parts onto the whole."""
    return lambda fraction: report((index + fraction) / count)


def utc_now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Ctx:
    """One act on one account; `results` are the fruits of the plan's earlier steps by index."""

    account: AccountView
    secrets: Secrets
    http: Http
    out_dir: Path
    now: Callable[[], datetime] = utc_now
    report: Report = silent
    results: Mapping[int, RemoteRef] = field(default_factory=dict)


def make_context(
    account: AccountView,
    session: Session,
    secrets: Secrets,
    out_dir: Path,
    *,
    now: Callable[[], datetime] = utc_now,
    report: Report = silent,
    results: Mapping[int, RemoteRef] | None = None,
) -> Ctx:
    """Wire a context: everything said on the network is checked, bounded and redacted."""
    http = Http(session, secrets, account.base_url, now)
    return Ctx(account, secrets, http, out_dir, now, report, results or {})
