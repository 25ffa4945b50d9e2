"""Release days: Fridays far enough ahead for stores, pitches and pre-saves."""

from __future__ import annotations

from datetime import date, timedelta

FRIDAY = 4  # date.weekday()
LEAD_DAYS = 28  # delivery, editorial pitch and pre-save (Spotify, Kudos, Beatchain)
YEAR_END_DAYS = 14  # stores freeze: Labelcaster, DistroKid


def next_friday(day: date) -> date:
    """`day` if it is a Friday, else the next one."""
    return day + timedelta(days=(FRIDAY - day.weekday()) % 7)


def year_end_days(release_on: date) -> int:
    """The extra lead time of a release in November or December."""
    return YEAR_END_DAYS if release_on.month in (11, 12) else 0


def lead_days(release_on: date) -> int:
    """Days wanted between now and a release on that day."""
    return LEAD_DAYS + year_end_days(release_on)


def suggest_release_day(today: date) -> date:
    """The first Friday that leaves the lead time wanted."""
    friday = next_friday(today + timedelta(days=LEAD_DAYS))
    while (friday - today).days < lead_days(friday):
        friday += timedelta(days=7)
    return friday


def written(day: date) -> str:
    """The day as people write it: Friday 4 December 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"
