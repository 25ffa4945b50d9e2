"""Checks of the release day and of the time left until it (DT-01, DT-02)."""

from __future__ import annotations

from collections.abc import Iterator

from indieartist.domain.preflight.registry import Case, Fix, Outcome, Problem, Severity, check
from indieartist.domain.release_days import (
    FRIDAY,
    lead_days,
    next_friday,
    suggest_release_day,
    written,
    year_end_days,
)


@check
def release_day(case: Case) -> Iterator[Outcome]:
    """DT-01: there is a day, no original after it, and it is a Friday or meant."""
    day, original = case.release.release_on, case.release.original_release_on
    if day is None:
        suggested = suggest_release_day(case.today)
        fix = Fix("release_on", suggested, f"Release on {written(suggested)}", asks=True)
        yield Problem("The release has no date.", "release_on", hint="Pick a Friday.", fix=fix)
        return
    if original and original > day:
        message = "The original release is later than this one."
        hint = "It is the first day the recording was out anywhere, or empty."
        yield Problem(message, "original_release_on", None, original.isoformat(), hint)
    if day.weekday() != FRIDAY:
        friday = next_friday(day)
        fix = Fix("release_on", friday, f"Move to {written(friday)}", asks=True)
        message = f"The release day is {written(day)}; charts and playlists turn on Friday."
        yield Problem(
            message, "release_on", None, "", "Keep it if it is meant.", fix, Severity.INFO
        )


@check
def lead_time(case: Case) -> Iterator[Outcome]:
    """DT-02: days left until the release, with two weeks more in November and December."""
    day = case.release.release_on
    if day is None:
        return
    left = (day - case.today).days
    if left < 0:
        hint = "Stores put a delivery with a past date live as soon as they have processed it."
        message = "The release day is past."
        yield Problem(message, "release_on", None, day.isoformat(), hint, at_most=Severity.INFO)
        return
    severity = _shortness(left, year_end_days(day), case)
    if severity:
        needed = lead_days(day)
        suggested = suggest_release_day(case.today)
        message = f"{left} days are left until the release; {needed} are wanted."
        hint = "Stores, pitches and pre-saves need the time."
        fix = Fix("release_on", suggested, f"Move to {written(suggested)}", asks=True)
        yield Problem(message, "release_on", None, day.isoformat(), hint, fix, severity)


def _shortness(left: int, extra: int, case: Case) -> Severity | None:
    if left < case.options["error_days"]:
        return Severity.ERROR
    if left < case.options["warning_days"] + extra:
        return Severity.WARNING
    return Severity.INFO if left < case.options["info_days"] + extra else None
