"""The one door between threads: work goes out to the runner, results come back to the window."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import count
from queue import Empty, SimpleQueue
from time import perf_counter
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QMetaObject, QObject, Qt, Signal, Slot

from indieartist.domain.progress import Report
from indieartist.ui import turns

_AT_ONCE_S = 0.004  # of calls in one turn of the window; what is left waits for the next


class Job(Protocol):
    """A piece of work under way: what it is called, how far it is, and how to stop it."""

    label: str
    fraction: float

    def cancel(self) -> None:
        """Stop at the next report."""
        ...


class Runner(Protocol):
    """Whoever runs the work on other threads."""

    def submit(
        self,
        label: str,
        work: Callable[[Report], Any],
        *,
        lane: str,
        on_progress: Callable[[Any], None],
    ) -> tuple[Any, Future[Any]]:
        """Start `work(report)`; returns the job and the future of its result."""
        ...

    def close(self) -> None:
        """Wait for what is at work."""
        ...


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be done with a result. It is kept in the window's thread alone, with the work:
    a worker that dropped the last reference to a widget would destroy it on its own thread.
    """

    job: Job
    work: Callable[[Report], Any]
    owner: QObject | None
    done: Callable[[Any], None] | None
    failed: Callable[[BaseException], None] | None


class Bridge(QObject):
    """Lives as long as the window. Workers only put calls into a queue and ring; the one slot
    makes the calls in the window's thread. No signal is emitted and no widget touched elsewhere.
    """

    started = Signal(object)
    progressed = Signal(object)
    finished = Signal(object)

    def __init__(
        self, runner: Runner, failed: Callable[[BaseException], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._runner, self._failed = runner, failed
        self._calls: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._errands: dict[int, Errand] = {}
        self._numbers = count()
        self._open = True
        self._asked = False

    @property
    def is_open(self) -> bool:
        """Whether work is still taken; a window that is closing takes none."""
        return self._open

    @property
    def busy(self) -> bool:
        """Whether there is work under way, or a result that nobody was handed yet."""
        return bool(self._errands)

    def start(
        self,
        label: str,
        work: Callable[[Report], Any],
        *,
        lane: str = "library",
        owner: QObject | None = None,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Job:
        """Run `work(report)` and call `done(result)` or `failed(error)` in the window's thread.

        Where `owner` is gone by then, nobody is called. Without `failed`, the bridge's presenter
        shows the error.
        """
        job: Job
        job, future = self._runner.submit(
            label, work, lane=lane, on_progress=lambda job: self.post(lambda: self._tell(job))
        )
        number = next(self._numbers)
        self._errands[number] = Errand(job, work, owner, done, failed)
        self.started.emit(job)
        future.add_done_callback(lambda over: self.post(lambda: self._settle(number, over)))
        return job

    def post(self, call: Callable[[], None]) -> None:
        """Have `call` made in the window's thread, from whichever thread this is."""
        self._calls.put(call)
        if self._open and shiboken6.isValid(self):
            QMetaObject.invokeMethod(self, "deliver", Qt.ConnectionType.QueuedConnection)

    @Slot()
    def deliver(self) -> None:
        """Have the calls that wait made when their turn comes."""
        if self._open and not self._asked:
            self._asked = True
            turns.ask(self, self._make_calls)

    def _make_calls(self) -> None:
        """Make them; where they take long, the window has its turn between them."""
        self._asked = False
        until = perf_counter() + _AT_ONCE_S
        while self._open:
            try:
                call = self._calls.get_nowait()
            except Empty:
                return
            try:
                call()
            finally:
                late = perf_counter() > until
                if late and not self._calls.empty():
                    self.deliver()
            if late:
                return

    def present(self, error: BaseException) -> None:
        """Show an error as the window shows errors."""
        self._failed(error)

    def close(self) -> None:
        """Wait for the work under way; its results have nowhere to go any more."""
        self._open = False
        self._runner.close()

    def _tell(self, job: Job) -> None:
        self.progressed.emit(job)

    def _settle(self, number: int, future: Future[Any]) -> None:
        errand = self._errands.pop(number)
        self.finished.emit(errand.job)
        owner = errand.owner
        if future.cancelled() or (owner is not None and not shiboken6.isValid(owner)):
            return
        error = future.exception()
        if error is not None:
            (errand.failed or self._failed)(error)
        elif errand.done is not None:
            errand.done(future.result())
