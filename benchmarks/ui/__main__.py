"""Makes the window's table: `python -m benchmarks.ui [ROW…] [--write]`.

A ROW is a word of `start`, `waveform`, `library` or `stalls`; without any, all are made.
`--write` puts the table into docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from benchmarks.clock import read_load
from benchmarks.table import Row, markdown, reasons

PAGE_PATH = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
START, END = "<!-- the window's table: make bench writes it -->", "<!-- the window's table ends -->"
PARTS = {
    "start": "rows_start.first_paint",
    "waveform": "rows_waveform.waveform",
    "library": "rows_library.library",
    "stalls": "rows_stalls.stalls",
}
PACKAGES = ("PySide6_Essentials", "numpy", "SQLAlchemy")


def main(arguments: Sequence[str]) -> int:
    """Make the rows, print the table, and write it where that was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ui", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", choices=[*PARTS, []])
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    wanted = parser.parse_args(arguments)
    load = read_load()
    rows = [row for key in wanted.rows or PARTS for row in _made(key)]
    made = "\n\n".join(filter(None, (describe(load), markdown(rows), reasons(rows))))
    print(f"\n{made}")
    if wanted.write:
        write_page(made)
    return 0


def _made(key: str) -> list[Row]:
    module, name = PARTS[key].split(".")
    make: Callable[[], list[Row]] = getattr(import_module(f"benchmarks.ui.{module}"), name)
    rows = make()
    for row in rows:
        print("  " + " | ".join(filter(None, row.cells())), flush=True)
    return rows


def describe(load: float) -> str:
    """The machine, the versions and the command, in one paragraph."""
    from importlib.metadata import version

    from benchmarks.__main__ import read_processor

    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"Made {datetime.now(UTC):%Y-%m-%d %H:%M} UTC by `python -m benchmarks.ui` on "
        f"{read_processor()}, {os.cpu_count()} cores, {platform.system()}, offscreen, "
        f"load {load:.2f} before.\nPython {platform.python_version()}, {versions}."
    )


def write_page(made: str) -> None:
    """Put the table between its two marks in docs/performance.md."""
    page = PAGE_PATH.read_text(encoding="utf-8")
    before, rest = page.split(START)
    PAGE_PATH.write_text(f"{before}{START}\n\n{made}\n\n{END}{rest.split(END)[1]}", "utf-8")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main(sys.argv[1:]))
