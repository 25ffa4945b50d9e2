"""What is to be done over all releases: each release's next task, and every day's tasks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from indieartist.domain.checklist import Readiness, Standing, TaskState
from indieartist.domain.folding import folded

OPEN = (Standing.OVERDUE, Standing.DUE, Standing.UPCOMING)


@dataclass(frozen=True, slots=True)
class InProgress:
    """A release on its way: its tasks in order of time, and how ready it is."""

    release_id: int
    title: str
    artist_line: str
    label: str
    release_on: date | None
    added_at: datetime
    artwork_hash: str | None
    tasks: tuple[TaskState, ...]
    readiness: Readiness

    @property
    def open_tasks(self) -> tuple[TaskState, ...]:
        """The tasks that are left, in order of time."""
        return tuple(task for task in self.tasks if task.state in OPEN)

    @property
    def next_task(self) -> TaskState | None:
        """What is to be done next: an optional task only where nothing else is left."""
        must = (task for task in self.open_tasks if not task.task.optional)
        return next(must, next(iter(self.open_tasks), None))

    @property
    def overdue(self) -> int:
        """How many tasks are late."""
        return sum(task.state is Standing.OVERDUE for task in self.tasks)


@dataclass(frozen=True, slots=True)
class Entry:
    """One day's line: a task of a release, or (task None) the release day itself."""

    on: date
    release: InProgress
    task: TaskState | None


def list_entries(
    going: Iterable[InProgress], first: date = date.min, last: date = date.max
) -> list[Entry]:
    """Every task with a day, and every release day, from `first` to `last`, in order."""
    found = [
        Entry(task.due_on, release, task)
        for release in going
        for task in release.tasks
        if task.due_on and task.state is not Standing.NOT_APPLICABLE
    ]
    found += [Entry(each.release_on, each, None) for each in going if each.release_on]
    kept = [entry for entry in found if first <= entry.on <= last]
    return sorted(kept, key=lambda entry: (entry.on, entry.task is not None, entry.release.title))


def list_today(going: Iterable[InProgress], today: date) -> list[Entry]:
    """What is late or due today, the oldest first."""
    return [
        entry
        for entry in list_entries(going, last=today)
        if entry.task and entry.task.state in (Standing.OVERDUE, Standing.DUE)
    ]


class BoardOrder(StrEnum):
    """What the releases on their way can be sorted by; each begins with what presses most."""

    DAY = "day"  # the next to come out first
    READY = "ready"  # the least ready first
    NEXT = "next"  # the next task due first
    LATE = "late"  # the most tasks late first
    TITLE = "title"
    LABEL = "label"


def sort_going(
    going: Iterable[InProgress], order: BoardOrder, *, falling: bool = False
) -> list[InProgress]:
    """The releases in another order, turned round where `falling`; what has no day stays last."""
    known = [each for each in going if _key(each, order) is not None]
    ranked = sorted(known, key=lambda each: (_key(each, order), folded(each.title)))
    if falling:
        ranked.sort(key=lambda each: _key(each, order), reverse=True)
    return ranked + [each for each in going if _key(each, order) is None]


def _key(each: InProgress, order: BoardOrder) -> Any:
    if order is BoardOrder.DAY:
        return each.release_on
    if order is BoardOrder.NEXT:
        return each.next_task.due_on if each.next_task else None
    keys = {
        BoardOrder.READY: each.readiness.percent,
        BoardOrder.LATE: -each.overdue,
        BoardOrder.TITLE: folded(each.title),
        BoardOrder.LABEL: folded(each.label) or None,
    }
    return keys[order]


def narrow_going(going: Iterable[InProgress], words: str) -> list[InProgress]:
    """The releases whose title, artist or label hold every one of the words."""
    wanted = folded(words).split()
    return [
        each
        for each in going
        if all(w in folded(f"{each.title} {each.artist_line} {each.label}") for w in wanted)
    ]
