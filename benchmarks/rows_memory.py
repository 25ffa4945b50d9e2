"""Rows on memory: three hours of audio, measured and mastered."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.bench import INDIEARTIST, Bench, Command, MakeRows
from benchmarks.clock import run_command
from benchmarks.material import FOLDER, write_long_wav
from benchmarks.rows_mastering import master_command
from benchmarks.table import Goal, Row, absent, at_most

HOURS = 3
NEEDED_BYTES = 8e9  # the song, its master, and what mastering puts aside
MEASURED, MASTERED = at_most(300, " MB", 0), at_most(1000, " MB", 0)


def hours_of_audio(bench: Bench) -> list[Row]:
    """The most memory that measuring and mastering three hours of music hold at once."""
    what = f"{HOURS} hours of 16-bit stereo: memory"
    if not bench.long:
        return [absent(what, None, "left out of a quick run")]
    if shutil.disk_usage(FOLDER).free < NEEDED_BYTES:
        return [absent(what, None, f"it needs {NEEDED_BYTES / 1e9:.0f} GB of disk")]
    with emptied(FOLDER / "hours") as folder:
        path, out = folder / "long.wav", folder / "master.flac"
        write_long_wav(path, HOURS)
        measured = weigh(what, "measure", MEASURED, (INDIEARTIST, "measure", path))
        return [measured, weigh(what, "master", MASTERED, master_command(path, out))]


@contextmanager
def emptied(folder: Path) -> Iterator[Path]:
    """A folder with nothing in it, before and after; also after a run that was killed."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def weigh(what: str, act: str, goal: Goal, command: Command) -> Row:
    """The most memory that the command held at once."""
    cost, _, _ = run_command(command)
    said = f"{cost.cpu_s:.0f} s of CPU"
    return Row(f"{what} to {act}", goal, cost.peak_bytes / 1e6, said, key=f"memory {act}")


ROWS: tuple[MakeRows, ...] = (hours_of_audio,)
