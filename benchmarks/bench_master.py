"""What a master costs inside a process, beside matchering, and what hearing a section of it costs.

Run: python -m benchmarks.bench_master [ROUNDS]. Each contender works in a process of its own that
says how much processor time and memory its work took, without starting the interpreter and loading
libraries; the rounds take turns. Matchering comes from the peers' environment (.cache/peers).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.material import ROOT, provide_reference, provide_song

TARGETS_LUFS = (-14.0, -9.0)
SECTION_MS, STARTS_MS = 30_000, (0, 100_000, 200_000)
REPORT = """
import json, resource, sys, time
def cost(work):
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return time.process_time() - cpu, time.perf_counter() - wall, peak / 1000
source, reference, out = sys.argv[1:4]
"""
MATCHERING = """
import matchering
work = lambda: matchering.process(source, reference, [matchering.pcm24(out)])
print(json.dumps(cost(work)))
"""
OURS = """
from pathlib import Path
from indieartist.audio.mastering import plan_master, preview_section, render_master
from indieartist.domain.mastering import Settings, Target
import soundfile
lufs = float(sys.argv[4])
settings = Settings(Target("bench", "Bench", lufs, -1.0, "this benchmark", "2026-11-22"))
source, reference, out = map(Path, (source, reference, out))
"""
MASTER = """
work = lambda: render_master(source, out, settings, reference_path=reference)
print(json.dumps(cost(work)))
"""
SECTIONS = """
plan = plan_master(source, settings, reference_path=reference)
starts, length = json.loads(sys.argv[5]), int(sys.argv[6])
found = [
    cost(lambda: preview_section(source, plan, settings, start, length))
    for start in starts for _ in range(3)
]
print(json.dumps([min(column) for column in zip(*found)]))
"""


def run(python: Path, code: str, *words: object) -> list[float]:
    """CPU seconds, wall seconds and peak MB that the code printed."""
    command = [str(python), "-c", REPORT + code, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return [float(value) for value in json.loads(done.stdout.splitlines()[-1])]


def has_matchering(python: Path) -> bool:
    """Whether the peers' environment is there and holds it."""
    if not python.exists():
        return False
    probe = [str(python), "-c", "import importlib.util as i; assert i.find_spec('matchering')"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def main(arguments: Sequence[str]) -> None:
    """Print a line for each contender, the least of all rounds."""
    rounds = int(arguments[0]) if arguments else 3
    ours, peers = Path(sys.executable), ROOT / ".cache" / "peers" / "bin" / "python"
    jobs: dict[str, tuple[Path, str, tuple[object, ...]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        files = (provide_song(), provide_reference(), Path(folder, "master.wav"))
        if has_matchering(peers):
            jobs["matchering"] = (peers, MATCHERING, files)
        for lufs in TARGETS_LUFS:
            jobs[f"master at {lufs:g} LUFS"] = (ours, OURS + MASTER, (*files, lufs))
        section = (*files, TARGETS_LUFS[0], json.dumps(STARTS_MS), SECTION_MS)
        jobs["30-s section by its plan"] = (ours, OURS + SECTIONS, section)
        costs: dict[str, list[list[float]]] = {name: [] for name in jobs}
        for _ in range(rounds):
            for name, (python, code, words) in jobs.items():
                costs[name].append(run(python, code, *words))
    least = {
        name: [min(column) for column in zip(*rows, strict=True)] for name, rows in costs.items()
    }
    peer = least.get("matchering")
    print(f"{'':28}{'CPU s':>8}{'wall s':>8}{'MB':>7}{'less CPU':>10}{'less MB':>9}")
    for name, (cpu, wall, peak) in least.items():
        ratio = f"{peer[0] / cpu:>9.1f}x{peer[2] / peak:>8.1f}x" if peer else ""
        print(f"{name:28}{cpu:>8.3f}{wall:>8.3f}{peak:>7.0f}{ratio}")


if __name__ == "__main__":
    main(sys.argv[1:])
