"""Long work on the window's thread is taken in parts, with the window's turn between them."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from indieartist.jobs.runner import ThreadRunner
from indieartist.ui.bridge import Bridge
from indieartist.ui.gradual import Gradual


def steps(done: list[int], count: int) -> Iterator[None]:
    for number in range(count):
        time.sleep(0.003)
        done.append(number)
        yield


def test_the_window_has_its_turn_between_the_steps(qtbot: QtBot) -> None:
    owner, done, between = QObject(), [], []
    timer = QTimer(owner, interval=0)
    timer.timeout.connect(lambda: between.append(len(done)))
    timer.start()
    filling = Gradual(owner)
    filling.begin(steps(done, 12))
    assert 0 < len(done) < 12
    qtbot.waitUntil(lambda: not filling.busy)
    timer.stop()
    assert done == list(range(12))
    assert len({count for count in between if count < 12}) > 1


def test_the_filling_before_is_given_up(qtbot: QtBot) -> None:
    owner, first, second = QObject(), [], []
    filling = Gradual(owner)
    filling.begin(steps(first, 50))
    filling.begin(steps(second, 3))
    qtbot.waitUntil(lambda: not filling.busy)
    assert len(first) < 50
    assert second == [0, 1, 2]


def test_results_that_take_long_come_one_after_another(qtbot: QtBot) -> None:
    runner, between, done = ThreadRunner(), [], []
    bridge = Bridge(runner, lambda error: None)
    timer = QTimer(bridge, interval=0)
    timer.timeout.connect(lambda: between.append(len(done)))
    timer.start()

    def take(number: int) -> None:
        time.sleep(0.006)
        done.append(number)

    for number in range(6):
        bridge.post(lambda number=number: take(number))
    qtbot.waitUntil(lambda: len(done) == 6)
    bridge.close()
    assert done == list(range(6))
    assert {1, 2, 3} & set(between)
