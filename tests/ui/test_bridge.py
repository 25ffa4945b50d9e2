"""The bridge: results arrive in the window's thread, once, and never to somebody gone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from indieartist.errors import Cancelled, UserError
from indieartist.jobs.runner import ThreadRunner
from indieartist.ui.bridge import Bridge


@pytest.fixture
def failures() -> list[BaseException]:
    return []


@pytest.fixture
def bridge(qapp: object, failures: list[BaseException]) -> Iterator[Bridge]:
    made = Bridge(ThreadRunner(), failures.append)
    yield made
    made.close()


def test_a_result_arrives_in_the_windows_thread(qtbot: QtBot, bridge: Bridge) -> None:
    seen: list[tuple[Any, int]] = []
    here = threading.get_ident()
    bridge.start(
        "Ask",
        lambda report: threading.get_ident(),
        done=lambda there: seen.append((there, threading.get_ident())),
    )
    qtbot.waitUntil(lambda: bool(seen))
    there, arrived = seen[0]
    assert there != here
    assert arrived == here


def test_an_error_goes_to_the_presenter_unless_somebody_takes_it(
    qtbot: QtBot, bridge: Bridge, failures: list[BaseException]
) -> None:
    mine: list[BaseException] = []

    def work(report: Callable[[float], None]) -> None:
        raise UserError("No such file.")

    bridge.start("One", work)
    qtbot.waitUntil(lambda: len(failures) == 1)
    bridge.start("Two", work, failed=mine.append)
    qtbot.waitUntil(lambda: len(mine) == 1)
    assert len(failures) == 1
    assert isinstance(mine[0], UserError)


def test_progress_is_told_and_a_job_can_be_stopped(
    qtbot: QtBot, bridge: Bridge, failures: list[BaseException]
) -> None:
    gate = threading.Event()
    fractions: list[float] = []
    bridge.progressed.connect(lambda job: fractions.append(job.fraction))

    def work(report: Callable[[float], None]) -> None:
        report(0.5)
        gate.wait(5)
        report(0.6)

    job = bridge.start("Master", work, lane="audio")
    qtbot.waitUntil(lambda: 0.5 in fractions)
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], Cancelled)


def test_nobody_is_called_who_is_gone(qtbot: QtBot, bridge: Bridge) -> None:
    import shiboken6

    gate, owner, seen = threading.Event(), QObject(), []
    ended: list[object] = []
    bridge.finished.connect(ended.append)
    bridge.start("Slow", lambda report: gate.wait(5), owner=owner, done=seen.append)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert seen == []


def test_many_results_all_arrive_in_any_order(qtbot: QtBot, bridge: Bridge) -> None:
    seen: set[int] = set()
    for number in range(2000):
        bridge.start("N", lambda report, n=number: n, lane="network", done=seen.add)
    qtbot.waitUntil(lambda: len(seen) == 2000, timeout=20_000)


def test_closing_waits_and_then_stays_silent(qtbot: QtBot, failures: list[BaseException]) -> None:
    bridge, seen = Bridge(ThreadRunner(), failures.append), []
    bridge.start("Last", lambda report: 1, done=seen.append)
    bridge.close()
    qtbot.wait(20)
    assert seen == []
    bridge.post(lambda: seen.append(2))
    qtbot.wait(20)
    assert seen == []
