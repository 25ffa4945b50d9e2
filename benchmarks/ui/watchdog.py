"""A watchdog over the window's thread: every gap between two of its turns, and what ran in it."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS, LONGEST_MS = 2, 16.0
_LOOK_S = 0.002
_OURS = ("indieartist", "benchmarks")


@dataclass(slots=True)
class Stall:
    """A gap in ms, the processor time the window's own thread took in it, and what was seen."""

    wall_ms: float
    cpu_ms: float
    seen: Counter[str] = field(default_factory=Counter)

    @property
    def own(self) -> bool:
        """Whether the thread itself worked that long, and did not just wait for its turn."""
        return self.cpu_ms > LONGEST_MS

    @property
    def where(self) -> str:
        """The line that was seen most often, with its callers."""
        return self.seen.most_common(1)[0][0] if self.seen else "too short to be seen"


class Watchdog(QObject):
    """A timer beats on the window's thread; a thread beside it looks where a late one stays.

    The processor time of a gap tells the window's own work from waiting for the interpreter's lock
    or for a processor that others use.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stalls: list[Stall] = []
        self.longest_ms = self.longest_cpu_ms = 0.0
        self._thread_id = threading.get_ident()
        self._seen: Counter[str] = Counter()
        self._last, self._last_cpu = time.perf_counter(), time.thread_time()
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._over = threading.Event()
        self._looker = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watchdog:
        self._last, self._last_cpu = time.perf_counter(), time.thread_time()
        self._timer.start()
        self._looker.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._beat()
        self._timer.stop()
        self._over.set()
        self._looker.join()

    def _beat(self) -> None:
        now, cpu = time.perf_counter(), time.thread_time()
        wall_ms = (now - self._last) * 1000 - BEAT_MS
        cpu_ms = (cpu - self._last_cpu) * 1000
        self.longest_ms = max(self.longest_ms, wall_ms)
        self.longest_cpu_ms = max(self.longest_cpu_ms, cpu_ms)
        if wall_ms > LONGEST_MS:
            self.stalls.append(Stall(wall_ms, cpu_ms, self._seen))
        self._seen = Counter()
        self._last, self._last_cpu = now, cpu

    def _look(self) -> None:
        """Note the stack of the window's thread while a beat is late."""
        while not self._over.wait(_LOOK_S):
            if time.perf_counter() - self._last > LONGEST_MS / 2000:
                frame = sys._current_frames().get(self._thread_id)
                if frame is not None:
                    self._seen[_said(frame)] += 1


def _said(frame: FrameType) -> str:
    """Our innermost three lines of a stack: 'hero.py:120 show_view < release.py:92 _show_head'."""
    stack = traceback.extract_stack(frame)
    ours = [line for line in stack if any(room in line.filename for room in _OURS)]
    inner = [line for line in reversed(ours) if "watchdog" not in line.filename][:4]
    return " < ".join(f"{Path(line.filename).name}:{line.lineno} {line.name}" for line in inner)
