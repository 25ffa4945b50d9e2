"""Running work on threads: jobs with progress and cancel, in lanes of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from enum import StrEnum
from typing import Any

from indieartist.errors import Cancelled

Report = Callable[[float], None]


class Lane(StrEnum):
    """What a job mostly waits for: the library (one writer), the processor, or the network.

    A search waits for none of them: who types must not stand behind what else is read.
    """

    LIBRARY = "library"
    AUDIO = "audio"
    NETWORK = "network"
    SEARCH = "search"


LANE_THREADS = {Lane.LIBRARY: 1, Lane.AUDIO: 2, Lane.NETWORK: 4, Lane.SEARCH: 1}


class Job:
    """One piece of work: its label, how far it is, and a way to stop it.

    `fraction` may be read from any thread. `on_progress` is called on the worker's thread.
    """

    def __init__(self, label: str, on_progress: Callable[[Job], None]) -> None:
        self.label = label
        self.fraction = 0.0
        self._stop = threading.Event()
        self._on_progress = on_progress

    def cancel(self) -> None:
        """Ask the job to stop at its next report; one that has not begun never begins."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def report(self, fraction: float) -> None:
        """What the work calls: raises `Cancelled` once `cancel` was called."""
        if self._stop.is_set():
            raise Cancelled
        self.fraction = min(max(fraction, 0.0), 1.0)
        self._on_progress(self)

    def run(self, held: list[Callable[[Report], Any]]) -> Any:
        """Do the one piece of work in `held` on this thread, unless it was cancelled before.

        The work is taken out, so that this thread has let go of it, and of all it refers to,
        before the future says that it is done.
        """
        work = held.pop()
        self.report(0.0)
        result = work(self.report)
        self.fraction = 1.0
        return result


def _ignore(_job: Job) -> None:
    """Nobody watches."""


class ThreadRunner:
    """Runs jobs on threads, each lane with its own."""

    def __init__(self) -> None:
        self._lanes: dict[Lane, Executor] = {
            lane: ThreadPoolExecutor(threads, thread_name_prefix=lane.value)
            for lane, threads in LANE_THREADS.items()
        }

    def submit(
        self,
        label: str,
        work: Callable[[Report], Any],
        *,
        lane: str = Lane.LIBRARY,
        on_progress: Callable[[Job], None] = _ignore,
    ) -> tuple[Job, Future[Any]]:
        """Start `work(report)`: the job to watch or cancel, and the future of its result."""
        job = Job(label, on_progress)
        return job, self._lanes[Lane(lane)].submit(job.run, [work])

    def close(self) -> None:
        """Take no more jobs and wait for those at work."""
        for executor in self._lanes.values():
            executor.shutdown(wait=True, cancel_futures=True)
