"""No worker ever collects the window's garbage."""

from __future__ import annotations

import gc
import sys
import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from indieartist.ui import garbage
from indieartist.ui.garbage import Collector


class Knot:
    """A thing that only the garbage collector can free."""

    def __init__(self, freed: list[int]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: freed.append(threading.get_ident()))


def allocate() -> None:
    for _ in range(50):
        _ = [[] for _ in range(5000)]


@pytest.mark.parametrize("grown", [garbage.MODULES_GROWN, sys.maxsize])
def test_garbage_is_freed_on_the_windows_thread_alone(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, grown: int
) -> None:
    monkeypatch.setattr(garbage, "MODULES_GROWN", grown)
    parent, freed, aside = QObject(), [], gc.get_freeze_count()
    collector = Collector(parent)
    assert not gc.isenabled()
    for _ in range(20):
        Knot(freed)
    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert freed == []
    keep = [[] for _ in range(100_000)]
    collector.collect()
    assert keep
    assert set(freed) == {threading.get_ident()}
    assert (gc.get_freeze_count() > aside) == (grown < sys.maxsize)
