"""The agenda as the calendar page shows it: marks of days, lines of tasks, lines of releases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from indieartist.domain import figures
from indieartist.domain.agenda import Entry, InProgress
from indieartist.domain.checklist import Standing, TaskState
from indieartist.domain.territories import GoesLive
from indieartist.ui import theme
from indieartist.ui.models.board import BoardCard
from indieartist.ui.widgets.line_list import Line
from indieartist.ui.widgets.month_grid import DayMarks
from indieartist.ui.widgets.task_list import TaskLine

_SIGNS: dict[Standing, tuple[str, theme.ColourName]] = {
    Standing.OVERDUE: ("alert-circle", "err"),
    Standing.DUE: ("clock", "warn"),
    Standing.UPCOMING: ("circle", "text2"),
    Standing.DONE: ("check-circle", "ok"),
}

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_PRESSING: tuple[theme.ColourName, ...] = ("err", "warn", "text2", "ok")


def mark_days(entries: Iterable[Entry]) -> dict[date, DayMarks]:
    """What each day holds; the same task of several releases is named once, with their number."""
    days: dict[date, list[Entry]] = {}
    for entry in entries:
        days.setdefault(entry.on, []).append(entry)
    return {day: _marks(of_day) for day, of_day in days.items()}


def _marks(entries: Sequence[Entry]) -> DayMarks:
    states = Counter(entry.task.state for entry in entries if entry.task)
    late, done = states[Standing.OVERDUE], states[Standing.DONE]
    out = tuple(entry.release.title for entry in entries if entry.task is None)
    return DayMarks(late, states.total() - late - done, done, out, _names(entries))


def _names(entries: Sequence[Entry]) -> tuple[tuple[theme.ColourName, str], ...]:
    alike: dict[tuple[int, str], list[str]] = {}
    for entry in entries:
        if entry.task:
            pressing = _PRESSING.index(_SIGNS[entry.task.state][1])
            alike.setdefault((pressing, entry.task.title), []).append(entry.release.title)
    return tuple(
        (_PRESSING[tone], f"{task} · {of[0]}" if len(of) == 1 else f"{len(of)} × {task}")
        for (tone, task), of in sorted(alike.items(), key=lambda item: item[0][0])
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


def task_line(state: TaskState, today: date) -> TaskLine:
    """A task of one release as a line of its checklist."""
    applies = state.state is not Standing.NOT_APPLICABLE
    icon, tone = _SIGNS.get(state.state, ("minus", "text3"))
    proof = state.proof.fault
    return TaskLine(
        key=state.key,
        title=state.title,
        evidence=state.evidence if applies else "Does not apply.",
        due=figures.near_day(state.due_on, today) if state.due_on and applies else "",
        icon="alert-triangle" if proof else icon,
        tone="err" if proof else tone,
        done=state.state in (Standing.DONE, Standing.NOT_APPLICABLE),
        files=len(state.proof.files),
    )


def board_card(release: InProgress, today: date) -> BoardCard:
    """A release on its way as a row of the board."""
    following = release.next_task
    due_on, ready = following.due_on if following else None, release.readiness
    tones: dict[Standing, theme.ColourName] = {Standing.OVERDUE: "err", Standing.DUE: "warn"}
    return BoardCard(
        key=release.release_id,
        title=release.title,
        artist=release.artist_line,
        artwork_hash=release.artwork_hash,
        label=release.label,
        day=figures.day(release.release_on) if release.release_on else "No date",
        ready=f"{ready.percent} %",
        share=ready.done / ready.total if ready.total else 0.0,
        late=str(release.overdue or ""),
        next_task=following.title if following else "Everything is done",
        next_day=figures.near_day(due_on, today) if due_on else "",
        next_tone=tones.get(following.state, "text2") if following else "text2",
    )


def live_lines(live: Sequence[GoesLive]) -> list[Line]:
    """When a release is out in each territory, in the person's own time."""
    return [
        Line(("live", each.territory.zone), each.territory.name, "", tell_moment(each.at), "globe")
        for each in live
    ]


def tell_live(live: Sequence[GoesLive]) -> str:
    """The first and the last of them: 'Out first in Kiribati, Thu 3 Dec 11:00; last in …'."""
    if not live:
        return ""
    first, last = live[0], live[-1]
    return (
        f"Out first in {first.territory.name}, {tell_moment(first.at)}; "
        f"last in {last.territory.name}, {tell_moment(last.at)}, by your clock"
    )


def tell_moment(at: datetime) -> str:
    """A moment by the person's own clock: 'Thu 3 Dec 11:00'."""
    here = at.astimezone()
    day = figures.day(here.date()).rsplit(" ", 1)[0]
    return f"{_DAYS[here.weekday()]} {day} {here:%H:%M}"


def tell_due(entries: Iterable[Entry]) -> str:
    """What presses, in a line: '2 late, 3 due this week'."""
    states = [entry.task.state for entry in entries if entry.task]
    late, due = states.count(Standing.OVERDUE), states.count(Standing.DUE)
    parts = [f"{late} late"] if late else []
    if due:
        parts.append(f"{due} due within a week")
    return ", ".join(parts) or "Nothing presses"
