"""Drafting: how long an announcement is for its destination, and what would be said against it."""

from __future__ import annotations

from dataclasses import dataclass

from indieartist.domain.release import Release
from indieartist.services import accounts, publishing
from indieartist.services.publishing import Route
from indieartist.services.studio import Studio


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing the destination says to a draft; a refusal blocks it."""

    sentence: str
    refusal: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft as its destination sees it; `most` is None where it sets no limit."""

    length: int
    most: int | None
    remarks: tuple[Remark, ...]


def judge_draft(studio: Studio, release: Release, route: Route, text: str) -> Judged:
    """Count and check a text as it would be posted, with link and hashtags; nothing is stored."""
    from indieartist.sdk.steps import Severity
    from indieartist.sdk.text import compose, count

    adapter = studio.adapters.get(route.destination)
    caps = accounts.capabilities_of(studio, publishing.account_of(studio, route))
    view = publishing.post_view(studio, release, text, "")
    words = compose(view)
    remarks = tuple(
        Remark(f"{issue.message} {issue.hint}".strip(), issue.severity is Severity.ERROR)
        for issue in adapter.validate(view, caps)
    )
    length = count(words, caps.text) if caps.text else len(words)
    return Judged(length, caps.text.max if caps.text else None, remarks)
