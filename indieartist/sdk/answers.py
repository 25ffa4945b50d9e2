"""HTTP answers, and from an unwelcome one to the failure that tells the core what to do."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from indieartist.errors import AdapterFailure
from indieartist.sdk.failures import (
    AuthExpired,
    AuthLost,
    Misconfigured,
    OutcomeUnknown,
    QuotaExhausted,
    RateLimited,
    Rejected,
    Temporary,
)

WORDS_MAX = 200
DEFAULT_WAIT_S = 60.0
NOT_DONE = {408, 425, 503}  # the server says itself that it did not process the request


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer in memory; `host` and `changing` say where from and whether it changed."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    host: str
    changing: bool

    def json(self) -> Any:
        """The body as JSON; garbage means the outcome is unknown, or for a look-up a bad day."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            message = f"{self.host} answered something that is not JSON."
            raise (OutcomeUnknown if self.changing else Temporary)(message) from error

    def json_object(self) -> dict[str, Any]:
        """The body as a JSON object; anything else is garbage too."""
        value = self.json()
        if isinstance(value, dict):
            return value
        message = f"{self.host} answered something unexpected."
        raise (OutcomeUnknown if self.changing else Temporary)(message)


def failure_of(answer: Answer, redact: Callable[[str], str], now: datetime) -> AdapterFailure:
    """The failure for a status of 400 and above; `redact` cleans the server's own words."""
    words = redact(_words_of(answer.body))
    said = f"{answer.host} says: {words}" if words else f"{answer.host} answered {answer.status}."
    if answer.status == 401:
        return AuthExpired(f"{answer.host} no longer knows this sign-in.", "Connect it again.")
    if answer.status == 403:
        return AuthLost(said, "Connect the account again with the rights it needs.")
    if answer.status == 402:
        return QuotaExhausted(said, "The account's allowance is used up.")
    if answer.status == 429:
        return _rate_limited(answer, now)
    if answer.status in (404, 410):
        return Misconfigured(said, "Check the account's address.")
    return _server_failure(answer, said)


def _server_failure(answer: Answer, said: str) -> AdapterFailure:
    if answer.status in NOT_DONE or (answer.status >= 500 and not answer.changing):
        return Temporary(said, "Try again later.")
    if answer.status >= 500:
        return OutcomeUnknown(said, "It may have been done: check before you repeat.")
    return Rejected(said, "Change what it names and try again.")


def redirect_failure(host: str, headers: Mapping[str, str]) -> Misconfigured:
    """A server that has moved: sign-ins are never carried along blindly."""
    moved = urlsplit(headers.get("Location", "")).netloc.rpartition("@")[2]
    hint = f"Use {moved} as the address." if moved else "Check the account's address."
    return Misconfigured(f"{host} points to another address.", hint)


def _rate_limited(answer: Answer, now: datetime) -> RateLimited:
    until = _reset_at(answer.headers, now) or now + timedelta(seconds=DEFAULT_WAIT_S)
    wait_s = max((until - now).total_seconds(), 1.0)
    message = f"{answer.host} asks for a pause."
    return RateLimited(message, retry_after_s=wait_s, until=now + timedelta(seconds=wait_s))


def _reset_at(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """When to go on: Retry-After (RFC 9110 10.2.3), or the reset headers in their three kinds."""
    names = ("Retry-After", "X-RateLimit-Reset", "RateLimit-Reset")
    times = (_time_of(headers[name], now) for name in names if name in headers)
    return next((at for at in times if at), None)


def _time_of(text: str, now: datetime) -> datetime | None:
    """Seconds from now, an HTTP date or an ISO time; at most a day, whatever a server claims."""
    for read in (_after_seconds(now), parsedate_to_datetime, datetime.fromisoformat):
        try:
            at = read(text.strip())
            at = at if at.tzinfo else at.replace(tzinfo=UTC)
            return min(at, now + timedelta(days=1))
        except (ValueError, OverflowError):
            continue
    return None


def _after_seconds(now: datetime) -> Callable[[str], datetime]:
    return lambda text: now + timedelta(seconds=float(text))


def _words_of(body: bytes) -> str:
    """The server's own explanation, if its answer is JSON with one; one line, and short."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    keys = ("error_description", "error", "message", "detail")
    texts = [data[key] for key in keys if isinstance(data, dict) and isinstance(data.get(key), str)]
    return (
        " ".join("".join(c for c in texts[0] if c.isprintable()).split())[:WORDS_MAX]
        if texts
        else ""
    )
