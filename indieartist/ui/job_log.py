"""What was begun in this run of the window, how far it is, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from indieartist.errors import AppError, Cancelled
from indieartist.ui.errors import redact, report

if TYPE_CHECKING:
    from indieartist.ui.bridge import Bridge, Job
    from indieartist.ui.desk import Desk, Ending

KEPT_MAX = 50
State = Literal["under way", "done", "failed", "stopped"]


@dataclass(slots=True)
class Entry:
    """One act: its job, where it stands, and, where it failed, why and the way to try again."""

    job: Job
    state: State = "under way"
    error: BaseException | None = None
    again: Callable[[], None] | None = None
    ended_at: datetime | None = None
    details: str = field(default="")

    @property
    def label(self) -> str:
        """What the act is called."""
        return self.job.label


class JobLog(QObject):
    """The acts, the newest first; `changed` when one begins or ends, `moved` when one gets on."""

    changed = Signal()
    moved = Signal(object)

    def __init__(self, bridge: Bridge, desk: Desk) -> None:
        super().__init__(desk)
        self.entries: list[Entry] = []
        desk.began.connect(self._begin)
        desk.ended.connect(self._end)
        bridge.progressed.connect(self.moved)

    @property
    def failed(self) -> list[Entry]:
        """What failed and has not been tried again or put aside."""
        return [entry for entry in self.entries if entry.state == "failed"]

    def try_again(self, entry: Entry) -> None:
        """Begin the same act anew; its failure is put aside."""
        self.entries.remove(entry)
        self.changed.emit()
        if entry.again is not None:
            entry.again()

    def clear(self) -> None:
        """Put aside what is over."""
        self.entries = [entry for entry in self.entries if entry.state == "under way"]
        self.changed.emit()

    def _begin(self, job: Job) -> None:
        self.entries.insert(0, Entry(job))
        over = [entry for entry in self.entries if entry.state != "under way"]
        for entry in over[KEPT_MAX:]:
            self.entries.remove(entry)
        self.changed.emit()

    def _end(self, ending: Ending) -> None:
        entry = next((each for each in self.entries if each.job is ending.job), None)
        if entry is None:
            return
        entry.ended_at = datetime.now().astimezone()
        entry.state = _state(ending.error)
        if ending.error is not None:
            entry.again = ending.again
            entry.error, entry.details = ending.error, _details(entry.label, ending.error)
        self.changed.emit()


def _state(error: BaseException | None) -> State:
    if error is None:
        return "done"
    return "stopped" if isinstance(error, Cancelled) else "failed"


def _details(label: str, error: BaseException) -> str:
    """What to hand to someone who helps; without secrets, as every report."""
    if isinstance(error, AppError):
        return redact(f"{label}\n{error}")
    return f"{label}\n{report(error)}"
