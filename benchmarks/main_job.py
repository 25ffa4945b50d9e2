"""Times the main job on the real song, command by command, as a person would type it.

Exits 1 when all of it together takes longer than listening to a tenth of the song.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.bench import INDIEARTIST
from benchmarks.clock import CommandError, run_command

ROOT = Path(__file__).resolve().parent.parent
FIGURES_PATH = ROOT / ".cache" / "main_job.json"
COVER_PX = 3000
PROMISED_SHARE = 0.1


@dataclass(frozen=True)
class Lap:
    """One command's name, wall-clock and processor time, and largest memory."""

    name: str
    seconds: float
    processor_s: float
    peak_bytes: int


def commands(song_path: Path, folder: Path) -> list[tuple[str, list[str]]]:
    """Return the main job's commands, each with the name it goes by in the table."""
    cover_path, copy_path = folder / "cover.jpg", folder / f"tagged{song_path.suffix}"
    write_cover(cover_path)
    shutil.copy(song_path, copy_path)
    release_on = f"{datetime.now(UTC) + timedelta(days=28):%Y-%m-%d}"
    facts = ["--artist", "Sectoid", "--label", "Sectoid", "--genre", "Rock", "--language", "en"]
    lines = ["--p-line", "2007 Sectoid", "--c-line", "2007 Sectoid", "--ai", "none"]
    lines += ["--date", release_on, "--artwork", str(cover_path)]
    return [
        ("start", ["--version"]),
        ("import", ["import", str(song_path)]),
        ("show the figures", ["measure", "T1"]),
        ("master", ["master", "T1"]),
        ("approve", ["approve", "T1"]),
        ("edit the release", ["release", "edit", "R1", *facts, *lines]),
        ("write tags", ["tags", "write", "T1", str(copy_path)]),
        ("check and fix", ["check", "R1", "--fix"]),
        ("deliver to a folder", ["deliver", "R1", "--to", "folder", "--anyway"]),
        ("deliver to a site", ["deliver", "R1", "--to", "site", "--anyway"]),
        ("post as a share kit", ["post", "R1", "--to", "share-kit"]),
    ]


def write_cover(cover_path: Path) -> None:
    """Write a cover with as much detail as a photograph has."""
    import numpy as np
    from PIL import Image

    coarse = np.random.default_rng(1).integers(0, 255, (300, 300, 3), dtype=np.uint8)
    cover = Image.fromarray(coarse).resize((COVER_PX, COVER_PX), Image.Resampling.BICUBIC)
    cover.save(cover_path, quality=92)


def time_command(name: str, folder: Path, words: list[str]) -> Lap:
    """Run `indieartist` with these words in a process of its own; stop when it fails."""
    command: list[str | Path] = [INDIEARTIST, "--library", folder / "Library", *words]
    try:  # 5: the check found what a destination would refuse
        cost, _, _ = run_command(command, fine=(0, 5))
    except CommandError as problem:
        sys.exit(f"{name} failed: {problem}")
    return Lap(name, cost.wall_s, cost.cpu_s, cost.peak_bytes)


def print_lap(lap: Lap, length_s: float) -> None:
    """Print a lap in seconds, as a multiple of the song's speed, and in memory."""
    speed, peak_mib = length_s / lap.seconds, lap.peak_bytes / 2**20
    print(
        f"{lap.name:22}{lap.seconds:9.2f}{lap.processor_s:11.2f}{speed:13.0f}{peak_mib:10.0f}",
        flush=True,
    )


def main() -> int:
    """Time the job, print and keep the figures; return the exit code."""
    import soundfile

    facts = tomllib.loads((ROOT / "resources" / "song.toml").read_text(encoding="utf-8"))
    song_path = ROOT / facts["bounce"]
    length_s = soundfile.info(song_path).duration
    print(f"The main job on a song of {length_s:.0f} s\n")
    print(f"{'':22}{'seconds':>9}{'processor':>11}{'x real time':>13}{'peak MiB':>10}")
    laps = []
    with tempfile.TemporaryDirectory() as folder:
        for name, words in commands(song_path, Path(folder)):
            laps.append(time_command(name, Path(folder), words))
            print_lap(laps[-1], length_s)
    total = Lap(
        "all",
        sum(lap.seconds for lap in laps),
        sum(lap.processor_s for lap in laps),
        max(lap.peak_bytes for lap in laps),
    )
    print_lap(total, length_s)
    keep([*laps, total])
    return int(total.seconds > PROMISED_SHARE * length_s)


def keep(laps: list[Lap]) -> None:
    """Leave the figures where the next run can be compared with them."""
    figures = {lap.name: [lap.seconds, lap.processor_s, lap.peak_bytes] for lap in laps}
    FIGURES_PATH.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
