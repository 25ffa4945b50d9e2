"""Several pieces of work on a few threads, reported as one and stopped as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from threading import Lock
from typing import TypeVar

from indieartist.domain.progress import Report, silent
from indieartist.errors import Cancelled

THREADS = 2
Result = TypeVar("Result")


def run_together(
    works: Sequence[Callable[[Report], Result]], report: Report = silent, threads: int = THREADS
) -> list[Result]:
    """The results in order. The first that fails stops all others, and is what is raised."""
    shares = _Shares(len(works), report)
    with ThreadPoolExecutor(threads) as pool:
        futures = [pool.submit(work, shares.of(n)) for n, work in enumerate(works)]
        try:
            wait(futures, return_when=FIRST_EXCEPTION)
        finally:
            if not all(_went_well(future) for future in futures):
                shares.stopped = True
                for future in futures:
                    future.cancel()
    errors = [e for future in futures if not future.cancelled() and (e := future.exception())]
    for error in sorted(errors, key=lambda error: isinstance(error, Cancelled)):
        raise error
    return [future.result() for future in futures]


def _went_well(future: Future[Result]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


class _Shares:
    """How far each piece of work is."""

    def __init__(self, count: int, report: Report) -> None:
        self.stopped = False
        self._done = [0.0] * count
        self._report = report
        self._lock = Lock()

    def of(self, number: int) -> Report:
        """The report of one piece; raises `Cancelled` once any other has stopped."""

        def report(fraction: float) -> None:
            with self._lock:
                if self.stopped:
                    raise Cancelled
                self._done[number] = fraction
                self._report(sum(self._done) / len(self._done))

        return report
