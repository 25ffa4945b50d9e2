"""What the rows of the table are made with: the peers, the rounds, and the machine's state."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.clock import (
    BUSY_LOAD,
    CommandError,
    Cost,
    Work,
    measure_command,
    read_load,
    take_turns,
)
from benchmarks.peers import PeerError, Peers
from benchmarks.table import Row

INDIEARTIST = Path(sys.executable).with_name("indieartist")
Command = Sequence[str | Path]


@dataclass
class Bench:
    """One run of the benchmark."""

    peers: Peers
    song: Path
    rounds: int = 5
    long: bool = True  # hours of audio too
    load_before: float = field(default_factory=read_load)

    @property
    def busy(self) -> str:
        """A remark for rows that read the clock on the wall, where others were at work before."""
        if self.load_before <= BUSY_LOAD:
            return ""
        return f"machine busy: load {self.load_before:.1f} on {os.cpu_count()} cores before"

    def race(self, contenders: Mapping[str, Work], rounds: int | None = None) -> dict[str, Cost]:
        """The least that each takes; the first round also brings the files into memory."""
        return take_turns(contenders, rounds or self.rounds)

    def find_commands(
        self, makers: Mapping[str, Callable[[], Command]]
    ) -> tuple[dict[str, Work], dict[str, str]]:
        """Those of the commands that run here, and why the others do not."""
        works: dict[str, Work] = {}
        missing: dict[str, str] = {}
        for name, make in makers.items():
            try:
                works[name] = partial(measure_command, make())
                works[name]()
            except (PeerError, CommandError) as problem:
                works.pop(name, None)
                missing[name] = str(problem)
        return works, missing


MakeRows = Callable[[Bench], list[Row]]
