"""`make bench`: every benchmark on the real song, each printing a table beside its peer."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run the benchmarks one after another; the worst exit code is ours."""
    facts = tomllib.loads((ROOT / "resources" / "song.toml").read_text(encoding="utf-8"))
    song = str(ROOT / facts["bounce"])
    runs = (["benchmarks/bench_measure.py", song], ["benchmarks/main_job.py"])
    codes = []
    for words in runs:
        print(f"\n== {words[0]}", flush=True)
        codes.append(subprocess.run([sys.executable, *words], cwd=ROOT, check=False).returncode)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
