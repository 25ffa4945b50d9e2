"""Rows on mastering: what a master costs beside matchering's, and how exactly it hits."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.bench import INDIEARTIST, Bench, MakeRows
from benchmarks.bench_master import MASTER, MATCHERING, OURS, run
from benchmarks.clock import Cost, Work, measure_call, measure_command, run_command
from benchmarks.material import provide_real_songs, provide_reference
from benchmarks.peers import PeerError
from benchmarks.rows_loudness import decode
from benchmarks.table import Goal, Row, absent, at_least, at_most
from benchmarks.true_peak_reference import measure_true_peak

TARGETS_LUFS = (-16.0, -14.0, -11.0, -9.0)
CEILING_DBTP = -1.0
AS_LOUD_LUFS = -10.0  # as the reference, which is where matchering goes
PREVIEW_AT_MS, PREVIEW_MS = 100_000, 30_000
PREVIEW = at_most(1.04, "×")  # 0.25 s where decoding the whole song takes 0.24 s
LESS_CPU, LESS_MEMORY = at_least(5, "×"), at_least(3, "×")
TYPICAL, WORST = at_most(0.02, " LU", 3), at_most(0.1, " LU", 3)


def beside_matchering(bench: Bench) -> list[Row]:
    """A whole song after a reference and as loud as it, WAV out at 24 bits, each in a process."""
    what = "master of the song after a reference, against matchering"
    with tempfile.TemporaryDirectory() as folder:
        files = (bench.song, provide_reference(), Path(folder, "master.wav"))
        its = partial(bench.peers.get_command, "matchering", "master", *files)
        works, missing = bench.find_commands({"its process": its})
        if missing:
            return [absent(what, LESS_CPU, missing["its process"])]
        song, reference, out = files
        wish = ("--reference", reference, f"--target={AS_LOUD_LUFS:g}")
        works["our process"] = partial(measure_command, master_command(song, out, *wish))
        works |= inside_processes(bench, files)
        costs = bench.race(works, rounds=min(bench.rounds, 3))
    whole = compare(f"{what}, whole process", costs["our process"], costs["its process"])
    inside = compare(f"{what}, start-up left out", costs["our work"], costs["its work"])
    return [*whole, *inside]


def inside_processes(bench: Bench, files: tuple[Path, ...]) -> dict[str, Work]:
    """The same work as processes that count from when their libraries are loaded."""
    python = Path(bench.peers.get_command("matchering")[0])
    ours, code = Path(sys.executable), OURS + MASTER
    return {
        "its work": partial(measure_inside, python, MATCHERING, *files),
        "our work": partial(measure_inside, ours, code, *files, AS_LOUD_LUFS),
    }


def measure_inside(python: Path, code: str, *words: object) -> Cost:
    """What the work took that the code times by itself."""
    cpu_s, wall_s, peak_mb = run(python, code, *words)
    return Cost(cpu_s, wall_s, round(peak_mb * 1e6))


def master_command(source: Path, out: Path, *options: str | Path) -> tuple[str | Path, ...]:
    """The command that masters a file into another."""
    return (INDIEARTIST, "master", source, "--out", out, "--force", *options)


def compare(what: str, ours: Cost, its: Cost) -> list[Row]:
    """Processor time and memory of both."""
    return [
        Row(
            f"{what}: times less CPU",
            LESS_CPU,
            its.cpu_s / ours.cpu_s,
            f"{ours.cpu_s:.2f} s ({ours.wall_s:.2f} s on the wall)",
            f"{its.cpu_s:.2f} s ({its.wall_s:.2f} s on the wall)",
            key="master cpu",
        ),
        Row(
            f"{what}: times less memory",
            LESS_MEMORY,
            its.peak_bytes / ours.peak_bytes,
            f"{ours.peak_bytes / 1e6:.0f} MB",
            f"{its.peak_bytes / 1e6:.0f} MB",
            key="master memory",
        ),
    ]


@dataclass(frozen=True, slots=True)
class Hit:
    """One master: what was asked, whether it was said to be reached, and what each meter reads."""

    song: str
    target_lufs: float
    reached: bool
    loudness: Mapping[str, float]  # by meter
    true_peak: Mapping[str, float]

    @property
    def error_lu(self) -> float:
        """How far the meter that disagrees most stands from the target."""
        return max(abs(read - self.target_lufs) for read in self.loudness.values())

    @property
    def over_db(self) -> float:
        """How far the highest of all detectors is over the ceiling; below zero is under it."""
        return max(self.true_peak.values()) - CEILING_DBTP


def loudness_and_ceiling(bench: Bench) -> list[Row]:
    """Real songs at four targets, each master read again by three detectors of true peak."""
    songs = provide_real_songs()
    if not songs:
        return [absent("masters of real songs", TYPICAL, "the songs' packages cannot be fetched")]
    try:
        bench.peers.get_command("pyebur128")
    except PeerError as problem:
        return [absent("masters of real songs", TYPICAL, str(problem))]
    return judge(list_hits(bench, songs))


def list_hits(bench: Bench, songs: Mapping[str, Path]) -> list[Hit]:
    """Every song at every target."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "master.wav")
        return [
            hit(bench, name, path, target_lufs, out)
            for name, path in songs.items()
            for target_lufs in TARGETS_LUFS
        ]


def hit(bench: Bench, name: str, path: Path, target_lufs: float, out: Path) -> Hit:
    """Master the song in a process of its own, as a person would, and read the file again."""
    wish = (f"--target={target_lufs:g}", f"--ceiling={CEILING_DBTP:g}", "--json")
    _, said, _ = run_command(master_command(path, out, *wish))
    told = json.loads(said)
    _, said, _ = run_command(bench.peers.get_command("pyebur128", "loudness", out))
    foreign = json.loads(said)[0]
    after = told["after"]
    found = Hit(
        name,
        target_lufs,
        told["reached"],
        {"own": after["integrated_lufs"], "libebur128": foreign["integrated"]},
        {
            "own": after["true_peak_dbtp"],
            "libebur128": foreign["true_peak"],
            "32-fold": measure_true_peak(out),
        },
    )
    report(found)
    return found


def report(found: Hit) -> None:
    """Print one line for each master, so that a person can see which one misses."""
    loudness = " ".join(f"{read:7.3f}" for read in found.loudness.values())
    peaks = " ".join(f"{read:6.2f}" for read in found.true_peak.values())
    said = "" if found.reached else "  (said to be out of reach)"
    print(f"  {found.song:14}{found.target_lufs:6.1f}  {loudness}  {peaks}{said}", flush=True)


def judge(hits: Sequence[Hit]) -> list[Row]:
    """The typical and the worst distance from the target, and the highest peak of all masters."""
    reached = [found for found in hits if found.reached]
    errors = [found.error_lu for found in reached] or [float("inf")]
    highest = max(hits, key=lambda found: found.over_db)
    name, peak = max(highest.true_peak.items(), key=lambda item: item[1])
    out_of_reach = len(hits) - len(reached)
    asked = f"{len(hits)} masters of {len({found.song for found in hits})} real songs"
    said = f"{out_of_reach} said to be out of clean reach"
    meters = "own meter and libebur128, the worse counts"
    return [
        Row(f"{asked}: loudness, typical miss", TYPICAL, statistics.median(errors), said, meters),
        Row(f"{asked}: loudness, worst miss", WORST, max(errors), said, meters, key="hit"),
        Row(
            f"{asked}: highest true peak by any of three detectors",
            Goal(CEILING_DBTP, False, " dBTP"),
            peak,
            f"{highest.song} at {highest.target_lufs:g} LUFS",
            f"read by {name}; the others {other_peaks(highest, name)}",
            key="ceiling",
        ),
    ]


def other_peaks(found: Hit, name: str) -> str:
    """What the other detectors read in the same master."""
    return ", ".join(f"{n} {peak:.2f}" for n, peak in found.true_peak.items() if n != name)


def thirty_seconds(bench: Bench) -> list[Row]:
    """A section out of the middle of the song, by the plan that was stored when it was shaped."""
    from indieartist.audio.mastering.plan import plan_sections
    from indieartist.audio.mastering.render import open_shape
    from indieartist.audio.mastering.section import preview_section
    from indieartist.domain.mastering import Settings, Target

    settings = Settings(Target("stream", "Streaming", -14.0, CEILING_DBTP, "", "2026-01-01"))
    reference = provide_reference()
    plan = plan_sections(open_shape(bench.song, settings, reference_path=reference))
    section = (bench.song, plan, settings, PREVIEW_AT_MS, PREVIEW_MS)
    costs = bench.race(
        {
            "decode": partial(measure_call, partial(decode, bench.song)),
            "preview": partial(measure_call, partial(preview_section, *section)),
        }
    )
    ours, floor = costs["preview"], costs["decode"]
    what = "30-second mastered preview, tone and dynamics included: wall over decoding the song"
    said = f"{ours.wall_s:.3f} s ({ours.cpu_s:.3f} s CPU)"
    beside = f"decoding all of it {floor.wall_s:.3f} s"
    return [Row(what, PREVIEW, ours.wall_s / floor.wall_s, said, beside, bench.busy, "preview")]


ROWS: tuple[MakeRows, ...] = (beside_matchering, thirty_seconds, loudness_and_ceiling)
