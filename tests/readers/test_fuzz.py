"""Ten thousand broken projects per reader: no crash, no hang, no memory, and no file changed."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from memory import peak_memory_kib
from readers import makers
from readers.mutate import mutate

from indieartist.cli.output import plain
from indieartist.errors import AppError
from indieartist.readers.projects import read_project

FILES = 10_000
MOST_SECONDS, MOST_BYTES = 2.0, 500 << 20
WRITERS = {
    "als": makers.write_als,
    "rpp": makers.write_rpp,
    "dawproject": makers.write_dawproject,
    "flp": makers.write_flp,
    "protools": makers.write_protools,
}


def fuzz(kind: str, folder: Path, files: int) -> dict[str, float]:
    """Read broken files one after another; return what was counted, and the worst."""
    makers.lay_sample(folder)
    path = WRITERS[kind](folder)
    whole, dice = path.read_bytes(), random.Random(kind)
    read, slowest = 0, 0.0
    for _ in range(files):
        bad = mutate(whole, dice)
        path.write_bytes(bad)
        started = time.perf_counter()
        read += read_one(path)
        slowest = max(slowest, time.perf_counter() - started)
        assert path.read_bytes() == bad
    peak = peak_memory_kib() * 1024
    return {"files": files, "read": read, "slowest_s": slowest, "peak_bytes": peak}


def read_one(path: Path) -> bool:
    """Whether a file was read; refused in one sentence is as good, anything else is an error."""
    try:
        project = read_project(path)
    except AppError as error:
        assert "\n" not in error.message
        return False
    json.dumps(plain(project), allow_nan=False)
    return True


@pytest.mark.real
@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", WRITERS)
def test_ten_thousand_broken_files(kind: str, tmp_path: Path) -> None:
    """In a process of its own, so that its memory is its own too."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-m", "readers.test_fuzz", kind, str(tmp_path), str(FILES)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    counted = json.loads(done.stdout)
    print(kind, counted)
    assert counted["files"] == FILES
    assert 0 < counted["read"] < FILES
    assert counted["slowest_s"] < MOST_SECONDS
    assert counted["peak_bytes"] < MOST_BYTES


if __name__ == "__main__":
    print(json.dumps(fuzz(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
