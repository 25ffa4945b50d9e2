"""What work costs: processor and wall-clock seconds and memory, in rounds that take turns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT: dict[str, str] = {}  # what the commands have beside our own environment
LAUNCHER = Path(__file__).with_name("launcher.py")
BUSY_LOAD = 0.5  # others at work on the machine: wall-clock figures are not ours alone


@dataclass(frozen=True, slots=True)
class Cost:
    """What one piece of work took; `peak_bytes` is known of processes only."""

    cpu_s: float
    wall_s: float
    peak_bytes: int = 0


class CommandError(Exception):
    """A command failed; the text is the end of what it said."""


Work = Callable[[], Cost]


def measure_call(work: Callable[[], object]) -> Cost:
    """What the call took in this process, all its threads together."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Cost(time.process_time() - cpu, time.perf_counter() - wall)


def measure_command(command: Sequence[str | Path]) -> Cost:
    """What the command took as a process of its own, from start-up to exit."""
    return run_command(command)[0]


def run_command(command: Sequence[str | Path], fine: Sequence[int] = (0,)) -> tuple[Cost, str, str]:
    """What the command took, and what it said on both its streams.

    Raises CommandError when its exit code is not one of the `fine` ones.
    """
    words = [str(word) for word in command]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("out", "err")]
        launch = [sys.executable, "-I", "-S", str(LAUNCHER), *map(str, paths), *words]
        done = subprocess.run(
            launch, capture_output=True, encoding="utf-8", check=False, env=_environment()
        )
        said, complained = (
            path.read_text("utf-8", errors="replace") if path.exists() else "" for path in paths
        )
    if done.returncode not in fine:
        last = (complained or said or done.stderr).strip().splitlines()[-3:]
        raise CommandError(f"{Path(words[0]).name}: {' '.join(last) or 'failed'}")
    return Cost(*json.loads(done.stdout)), said, complained


def _environment() -> dict[str, str]:
    """Ours as it is now; but people's Python keeps what it compiled, which counts at a start."""
    ours = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return ours | ENVIRONMENT


def take_turns(contenders: Mapping[str, Work], rounds: int) -> dict[str, Cost]:
    """The least that each contender took in `rounds` rounds, in which each has its turn.

    The least is what the work costs on a machine with nothing else to do, or nearest to it.
    """
    costs: dict[str, list[Cost]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, work in contenders.items():
            costs[name].append(work())
    return {name: least(taken) for name, taken in costs.items()}


def least(costs: Sequence[Cost]) -> Cost:
    """The smallest processor time, wall-clock time and memory of several runs."""
    return Cost(
        min(cost.cpu_s for cost in costs),
        min(cost.wall_s for cost in costs),
        min(cost.peak_bytes for cost in costs),
    )


def read_load() -> float:
    """How many processes wanted the processor in the last minute, the benchmark's own included."""
    return os.getloadavg()[0]
