"""The agenda as the calendar page shows it: marks of days, lines of tasks, lines of releases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from indieartist.domain.agenda import Entry, InProgress
from indieartist.domain.checklist import Standing
from indieartist.ui import figures, theme
from indieartist.ui.widgets.line_list import Line
from indieartist.ui.widgets.month_grid import DayMarks

_SIGNS: dict[Standing, tuple[str, theme.ColourName]] = {
    Standing.OVERDUE: ("alert-circle", "err"),
    Standing.DUE: ("clock", "warn"),
    Standing.UPCOMING: ("circle", "text2"),
    Standing.DONE: ("check-circle", "ok"),
}


def mark_days(entries: Iterable[Entry]) -> dict[date, DayMarks]:
    """What each day holds."""
    found: dict[date, DayMarks] = {}
    for entry in entries:
        found[entry.on] = _with(found.get(entry.on, DayMarks()), entry)
    return found


def _with(marks: DayMarks, entry: Entry) -> DayMarks:
    if entry.task is None:
        return DayMarks(marks.late, marks.open, marks.done, (*marks.out, entry.release.title))
    late = entry.task.state is Standing.OVERDUE
    done = entry.task.state is Standing.DONE
    return DayMarks(
        marks.late + late, marks.open + (not late and not done), marks.done + done, marks.out
    )


def entry_line(entry: Entry, today: date) -> Line:
    """A task, or a release day, as a line."""
    release = entry.release
    about = " · ".join(part for part in (release.title, release.artist_line) if part)
    figure = figures.near_day(entry.on, today)
    if entry.task is None:
        key = (release.release_id, "")
        return Line(key, f"“{release.title}” is out", release.artist_line, figure, "disc", "accent")
    icon, tone = _SIGNS[entry.task.state]
    return Line((release.release_id, entry.task.key), entry.task.title, about, figure, icon, tone)


def release_line(release: InProgress, today: date) -> Line:
    """A release on its way: when it comes, how ready it is, and what is next."""
    following = release.next_task
    when = _when(release.release_on, today)
    then = f"Next: {following.title}" if following else "Everything is done"
    late = f"{release.overdue} late · " if release.overdue else ""
    ready = release.readiness
    return Line(
        key=(release.release_id, ""),
        title=release.title,
        detail=f"{when} · {late}{then}",
        figure=f"{ready.percent} %",
        icon="disc",
        tone="err" if release.overdue else "text2",
        share=ready.done / ready.total if ready.total else 0.0,
    )


def _when(day: date | None, today: date) -> str:
    if day is None:
        return "No date"
    days = (day - today).days
    if days < 0:
        return f"Out for {figures.count(-days, 'day')}"
    return f"Out today, {figures.day(day)}" if days == 0 else f"In {figures.count(days, 'day')}"


def tell_due(entries: Iterable[Entry]) -> str:
    """What presses, in a line: '2 late, 3 due this week'."""
    states = [entry.task.state for entry in entries if entry.task]
    late, due = states.count(Standing.OVERDUE), states.count(Standing.DUE)
    parts = [f"{late} late"] if late else []
    if due:
        parts.append(f"{due} due within a week")
    return ", ".join(parts) or "Nothing presses"
