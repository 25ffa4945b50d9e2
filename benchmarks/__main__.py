"""Makes the table: `python -m benchmarks [ROW…] [--write] [--quick]`.

A ROW is a word of the name of a function in the `rows_*` modules; without any, all are made.
`--quick` leaves out the hours of audio, `--write` puts the table into docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import rows_analysis, rows_loudness, rows_mastering, rows_memory, rows_music
from benchmarks.bench import Bench, MakeRows
from benchmarks.clock import CommandError
from benchmarks.material import provide_song
from benchmarks.peers import Peers, provide_peers
from benchmarks.table import Row, markdown, reasons

PAGE_PATH = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
START, END = "<!-- the table: make bench writes it -->", "<!-- the table ends -->"
PARTS = (rows_loudness, rows_analysis, rows_music, rows_mastering, rows_memory)
ALL_ROWS: tuple[MakeRows, ...] = tuple(row for part in PARTS for row in part.ROWS)
PACKAGES = ("numpy", "scipy", "soundfile", "soxr", "av")


def main(arguments: Sequence[str]) -> int:
    """Make the rows, print the table, and write it where that was asked for."""
    wanted = read_arguments(arguments)
    bench = Bench(provide_peers(), provide_song(), long=not wanted.quick)
    print(f"Load before: {bench.load_before:.2f} on {os.cpu_count()} cores", flush=True)
    rows = [row for make in select(wanted.rows) for row in timed(make, bench)]
    made = "\n\n".join((describe(bench), markdown(rows), reasons(rows)))
    print(f"\n{made}")
    if wanted.write:
        write_page(made)
    return 0


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help="a word of a row's name")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--quick", action="store_true", help="leave out the hours of audio")
    return parser.parse_args(arguments)


def select(words: Sequence[str]) -> list[MakeRows]:
    """Return the functions whose names hold any of the words; all without words."""
    return [make for make in ALL_ROWS if not words or any(w in make.__name__ for w in words)]


def timed(make: MakeRows, bench: Bench) -> list[Row]:
    """Make the rows and say how long that took."""
    started = time.perf_counter()
    try:
        rows = make(bench)
    except CommandError as problem:
        rows = [Row(make.__name__.replace("_", " "), None, None, remark=f"failed: {problem}")]
    print(f"{make.__name__.replace('_', ' ')}: {time.perf_counter() - started:.0f} s", flush=True)
    for row in rows:
        print("  " + " | ".join(filter(None, row.cells())), flush=True)
    return rows


def describe(bench: Bench) -> str:
    """The machine, the versions and the command, in one paragraph."""
    made_at = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    machine = f"{read_processor()}, {os.cpu_count()} cores, {platform.system()}"
    load = f"load {bench.load_before:.2f} before"
    return (
        f"Made {made_at} by `make bench` on {machine}, {load}.\n"
        f"Python {platform.python_version()}, {write_versions()}.\n"
        f"Peers: {write_peers(bench.peers)}."
    )


def read_processor() -> str:
    """Return the processor's name."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def write_versions() -> str:
    """The versions of what the program works with, and whether its kernels are compiled."""
    from importlib.metadata import version

    from indieartist.audio import kernels

    compiled = "compiled" if kernels.COMPILED else "NumPy"
    return ", ".join(f"{name} {version(name)}" for name in PACKAGES) + f", {compiled} kernels"


def write_peers(peers: Peers) -> str:
    """The peers' names and versions, and those that were not to be had."""
    there = [f"{name} {version}" for name, version in peers.versions.items()]
    return ", ".join([*there, *(f"no {name} ({why})" for name, why in peers.missing.items())])


def write_page(made: str) -> None:
    """Put the table between its two marks in docs/performance.md."""
    page = PAGE_PATH.read_text(encoding="utf-8")
    before, rest = page.split(START)
    PAGE_PATH.write_text(f"{before}{START}\n\n{made}\n\n{END}{rest.split(END)[1]}", "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
