"""The ways a destination fails; the type is the instruction to the core."""

from __future__ import annotations

from datetime import datetime

from indieartist.errors import AdapterFailure
from indieartist.sdk.steps import Issue


class AuthExpired(AdapterFailure):
    """The sign-in is no longer valid: sign in again, then go on."""


class AuthLost(AdapterFailure):
    """There is no sign-in any more, or it lacks a right: the person must connect anew."""


class RateLimited(AdapterFailure):
    """Too many calls: wait `retry_after_s`, or until `until` (UTC), then go on."""

    retryable = True

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        retry_after_s: float | None = None,
        until: datetime | None = None,
    ) -> None:
        super().__init__(message, hint)
        self.retry_after_s = retry_after_s
        self.until = until


class Temporary(AdapterFailure):
    """Nothing happened there and it may go well later: back off, and try a bounded time."""

    retryable = True


class Rejected(AdapterFailure):
    """The destination says no to the content: show `issues` beside the fields."""

    def __init__(self, message: str, hint: str = "", *, issues: tuple[Issue, ...] = ()) -> None:
        super().__init__(message, hint)
        self.issues = issues


class QuotaExhausted(AdapterFailure):
    """The account's allowance is used up; `until` (UTC) is when it is filled again, if known."""

    def __init__(self, message: str, hint: str = "", *, until: datetime | None = None) -> None:
        super().__init__(message, hint)
        self.until = until


class OutcomeUnknown(AdapterFailure):
    """It was sent and no answer came: never send blindly again, follow the step's mode."""


class NeedsHuman(AdapterFailure):
    """Only the person can go on: open `url` and do what `why` says."""

    def __init__(self, message: str, hint: str = "", *, url: str = "", why: str = "") -> None:
        super().__init__(message, hint)
        self.url = url
        self.why = why


class Misconfigured(AdapterFailure):
    """The account's settings are wrong: an address, a certificate, a folder."""
