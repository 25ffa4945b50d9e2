"""The checklist of a release: tasks planned back from release day, done when the facts say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from indieartist.domain.evidence import PREDICATES, ChecklistFacts, Evidence, Proof, Scene
from indieartist.domain.release import Release
from indieartist.domain.release_days import FRIDAY, year_end_days
from indieartist.errors import UserError

SOON_DAYS = 7  # a task is due, no longer only upcoming, this many days before its day


class How(StrEnum):
    """Who sees that a task is done."""

    AUTO = "auto"  # the facts alone; nobody can tick it
    ADAPTER = "adapter"  # a destination where it can tell, else the person
    ATTESTED = "attested"  # the person


class Standing(StrEnum):
    """Where a task stands today."""

    DONE = "done"
    OVERDUE = "overdue"
    DUE = "due"
    UPCOMING = "upcoming"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Task:
    """One row of a checklist; days count from release day, before it negative.

    `latest_days` is the day a store closes: a plan made late never moves the task past it. `desk`
    tasks need somebody at work, so never fall on a weekend; `early` ones are due before the stores'
    freeze at the end of the year.
    """

    key: str
    title: str
    why: str
    due_days: int
    how: How
    evidence: str = ""
    rules: tuple[str, ...] = ()
    optional: bool = False
    latest_days: int | None = None
    desk: bool = False
    early: bool = False


@dataclass(frozen=True, slots=True)
class TaskState:
    """A task for one release today, with the sentence that says why it stands so."""

    task: Task
    due_on: date | None
    state: Standing
    evidence: str
    attested_at: datetime | None = None
    proof: Proof = field(default_factory=Proof)

    @property
    def key(self) -> str:
        """The task's key."""
        return self.task.key

    @property
    def title(self) -> str:
        """What to do."""
        return self.task.title

    @property
    def how(self) -> How:
        """Who sees that it is done."""
        return self.task.how

    @property
    def can_attest(self) -> bool:
        """Whether a person may tick it."""
        return self.task.how is not How.AUTO


@dataclass(frozen=True, slots=True)
class Readiness:
    """How many of the tasks before release day are done, and the words of those that are not."""

    done: int
    total: int
    reasons: tuple[str, ...]

    @property
    def percent(self) -> int:
        """Whole percent done; 0 where there is nothing to do."""
        return self.done * 100 // self.total if self.total else 0


def parse_tasks(common: Mapping[str, Any], *differences: Mapping[str, Any]) -> tuple[Task, ...]:
    """The tasks of one kind of release, in order of time.

    `common` is `release.toml`; each of `differences`, the file of the kind first and a person's own
    after it, says which tasks to drop, change and add. Raises UserError where they name a task,
    predicate or field that does not exist.
    """
    rows = {row["key"]: dict(row) for row in common["task"]}
    for difference in differences:
        rows = _differ(rows, difference)
    tasks = [_task(row) for row in rows.values()]
    return tuple(sorted(tasks, key=lambda task: task.due_days))


def _differ(rows: Mapping[str, Any], difference: Mapping[str, Any]) -> dict[str, Any]:
    changes, dropped = difference.get("change", {}), set(difference.get("drop", ()))
    for key in (*dropped, *changes):
        if key not in rows:
            raise _misfit("task", key)
    kept = {key: row | changes.get(key, {}) for key, row in rows.items() if key not in dropped}
    added = {row.get("key", ""): dict(row) for row in difference.get("task", ())}
    return kept | added


def _task(row: Mapping[str, Any]) -> Task:
    row = {"how": How.ATTESTED, **row}
    for fact in ("key", "title", "due"):
        if fact not in row:
            raise _misfit("task without", fact)
    if row.get("evidence", "") not in ("", *PREDICATES):
        raise _misfit("predicate", row["evidence"])
    if row["how"] not in list(How):
        raise _misfit("how", row["how"])
    return Task(
        key=row["key"],
        title=row["title"],
        why=row.get("why", ""),
        due_days=row["due"],
        how=How(row["how"]),
        evidence=row.get("evidence", ""),
        rules=tuple(row.get("rules", ())),
        optional=row.get("optional", False),
        latest_days=row.get("latest"),
        desk=row.get("desk", False),
        early=row.get("early", False),
    )


def build_checklist(
    release: Release, facts: ChecklistFacts, tasks: Iterable[Task], *, today: date
) -> tuple[TaskState, ...]:
    """Each task's state today, in order of time; without a release date no task has a day."""
    plan = tuple(tasks)
    span = -min((task.due_days for task in plan), default=0)
    states = [
        _state(task, Scene(release, facts, task.rules, today), _due_on(task, release, facts, span))
        for task in plan
    ]
    return tuple(sorted(states, key=lambda state: state.due_on or date.min))


def _state(task: Task, scene: Scene, due_on: date | None) -> TaskState:
    attested_at = None if task.how is How.AUTO else scene.facts.attestations.get(task.key)
    proof = scene.facts.proofs.get(task.key, Proof())
    seen = _evidence(task, scene, attested_at, proof)
    if proof.fault:
        attested_at = None
    if task.key in scene.facts.skipped or not seen.applies:
        standing = Standing.NOT_APPLICABLE
    elif seen.done or attested_at:
        standing = Standing.DONE
    else:
        standing = _pressing(due_on, scene.today)
    return TaskState(task, due_on, standing, seen.sentence, attested_at, proof)


def _evidence(task: Task, scene: Scene, attested_at: datetime | None, proof: Proof) -> Evidence:
    """What the facts show, else what the person says; a proof that is broken proves nothing."""
    if task.evidence:
        seen = PREDICATES[task.evidence](scene)
        if seen.done or not attested_at:
            return seen
    if attested_at and proof.fault:
        return Evidence(False, proof.fault)
    if attested_at:
        shown = ", ".join(part for part in (proof.words, *(f.name for f in proof.files)) if part)
        ticked = f"Ticked on {scene.day_of(attested_at).isoformat()}"
        return Evidence(True, f"{ticked}: {shown}." if shown else f"{ticked}.")
    return Evidence(False, "Tick it when it is done.")


def _pressing(due_on: date | None, today: date) -> Standing:
    if due_on is None or due_on > today + timedelta(days=SOON_DAYS):
        return Standing.UPCOMING
    return Standing.OVERDUE if due_on < today else Standing.DUE


def _due_on(task: Task, release: Release, facts: ChecklistFacts, span: int) -> date | None:
    """The task's day; a plan made late is squeezed between its making and release day."""
    if release.release_on is None:
        return None
    freeze = year_end_days(release.release_on) if task.early else 0
    days, lead = task.due_days - freeze, span
    if facts.planned_on:
        lead = max((release.release_on - facts.planned_on).days, 0)
    if days < 0 and lead < span:
        days = max(days * lead // span, -lead)
        if task.latest_days is not None:
            days = min(days, task.latest_days)
    day = release.release_on + timedelta(days=days)
    return _workday(day, forward=task.due_days >= 0) if task.desk else day


def _workday(day: date, *, forward: bool) -> date:
    """A weekday: the Friday before, or the Monday after."""
    over = max(day.weekday() - FRIDAY, 0)
    return day + timedelta(days=3 - over if forward and over else -over)


def readiness(states: Iterable[TaskState]) -> Readiness:
    """The tasks due before release day: done, in all, and what is missing.

    Optional tasks, and those that do not apply, are not counted.
    """
    counted = [
        state
        for state in states
        if state.task.due_days < 0
        and not state.task.optional
        and state.state is not Standing.NOT_APPLICABLE
    ]
    missing = [state for state in counted if state.state is not Standing.DONE]
    reasons = tuple(f"{state.title}: {state.evidence}" for state in missing)
    return Readiness(len(counted) - len(missing), len(counted), reasons)


def _misfit(what: str, value: object) -> UserError:
    return UserError(
        f"The checklist names a {what} that does not exist: {value!r}.",
        "Correct the file in resources/checklists, or your own in the library's folder Checklists.",
    )
