"""The agenda as a calendar file (iCalendar, RFC 5545) that every calendar program reads."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from indieartist.domain.agenda import Entry, InProgress, list_entries
from indieartist.domain.checklist import Standing

if TYPE_CHECKING:
    from icalendar import Alarm, Event

PRODUCT = "-//IndieArtist//Release calendar//EN"
_SPACE = uuid.UUID("5f0b6f5e-2f5e-4f0c-9d2a-6f3f0a3a9c11")  # of our names, so that they never clash
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_REMINDED = timedelta(hours=9)  # in the morning of the day


def write_calendar(going: Iterable[InProgress], now: datetime) -> bytes:
    """Release days and tasks as whole-day events; what is done has no alarm.

    An event keeps its UID when its day moves, and a later file replaces an earlier one's events
    (SEQUENCE counts the minutes).
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Releases")
    for entry in list_entries(tuple(going)):
        calendar.add_component(_event(entry, now))
    return bytes(calendar.to_ical())


def event_uid(release: InProgress, key: str) -> str:
    """The name of an event for ever: of the release's making and the task, not of their days."""
    name = f"{release.added_at.isoformat()}/{release.release_id}/{key}"
    return f"{uuid.uuid5(_SPACE, name)}@indieartist"


def _event(entry: Entry, now: datetime) -> Event:
    from icalendar import Event

    event, release = Event(), entry.release
    event.add("uid", event_uid(release, entry.task.key if entry.task else "release-day"))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", max(int((now - _EPOCH).total_seconds() // 60), 0))
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")  # the day stays free
    event.add("summary", _summary(entry))
    event.add("description", _description(entry))
    event.add("categories", [release.artist_line or "Releases"])
    if not entry.task or entry.task.state is not Standing.DONE:
        event.add_component(_alarm(_summary(entry)))
    return event


def _summary(entry: Entry) -> str:
    if entry.task is None:
        return f"“{entry.release.title}” is out"
    mark = "✓ " if entry.task.state is Standing.DONE else ""
    return f"{mark}{entry.task.title} — {entry.release.title}"


def _description(entry: Entry) -> str:
    if entry.task is None:
        ready = entry.release.readiness
        return f"{ready.done} of {ready.total} tasks done."
    return f"{entry.task.task.why}\n\n{entry.task.evidence}".strip()


def _alarm(words: str) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", _REMINDED)
    return alarm
