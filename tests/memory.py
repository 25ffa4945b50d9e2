"""How much memory a process of the tests has used."""

from __future__ import annotations

from pathlib import Path


def peak_memory_kib() -> int:
    """The most that this process had in memory (`VmHWM` of proc(5)).

    `getrusage` would tell that of the process which started it, where that had more.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0])
