"""Rows on loudness: right by the EBU's cases, and how fast beside decoding and the peers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from benchmarks import ebu, tools
from benchmarks.bench import INDIEARTIST, Bench, Command, MakeRows
from benchmarks.clock import CommandError, Cost, measure_call, measure_command
from benchmarks.peers import LAST_FFMPEG, PeerError, Peers
from benchmarks.table import Row, absent, at_least, at_most

BLOCK = 65_536
OURS, INSIDE = "indieartist measure", "measure_file"
LESS_CPU, LESS_CPU_INSIDE = at_least(1.5, "×"), at_least(3, "×")


def ebu_cases(bench: Bench) -> list[Row]:
    """All cases that can be generated, at three rates; the peers get the same files."""
    files = ebu.provide_files()
    own = ebu.score(files, tools.ours(list(files)))
    for line in own.failed:
        print("  failed:", line)
    what = "readings of EBU Tech 3341/3342 cases within the standard, at 44.1, 48 and 96 kHz"
    beside = "; ".join(ebu_peer(bench, name, files) for name in tools.readers(bench.peers))
    goal = at_least(own.asked, digits=0)
    return [Row(what, goal, own.right, str(own), beside, key="ebu")]


def ebu_peer(bench: Bench, name: str, files: Mapping[Path, ebu.Case]) -> str:
    """How many readings of a peer were right, of those it gives."""
    read = tools.readers(bench.peers)[name]
    try:
        readings = tools.kept(bench.peers, name, list(files), read)
    except (PeerError, CommandError) as problem:
        return f"{name} not to be had here: {problem}"
    return f"{name} {ebu.score(files, readings)}"


def decode(path: Path) -> None:
    """Decode a whole file with libsndfile into one buffer of whole numbers, and do no more."""
    import numpy as np
    import soundfile

    with soundfile.SoundFile(path) as sound:
        buffer = np.empty((BLOCK, sound.channels), np.int32)
        while len(sound.read(out=buffer)):
            pass


def scan(path: Path) -> None:
    """Loudness, true peak, the figures of quality and the waveform, in one pass."""
    from indieartist.audio.measure import measure_file

    measure_file(path, threads=1)


def scan_over_decoding(bench: Bench) -> list[Row]:
    """The scan's own work: processor time over that of decoding the same file."""
    song = bench.song
    costs = bench.race(
        {
            "decode": partial(measure_call, partial(decode, song)),
            "scan": partial(measure_call, partial(scan, song)),
        }
    )
    ours, floor = costs["scan"].cpu_s, costs["decode"].cpu_s
    what = "loudness scan of a 4-min 24-bit FLAC: CPU over decoding alone"
    beside = f"decoding {floor:.3f} s"
    return [Row(what, at_most(1.35, "×"), ours / floor, f"{ours:.3f} s", beside, key="scan")]


def scan_beside_peers(bench: Bench) -> list[Row]:
    """Whole processes from start to exit, and the scan without our start-up."""
    song = bench.song
    makers = {name: partial(make, bench.peers, song) for name, make in SCANNERS.items()}
    works, missing = bench.find_commands(makers)
    works[OURS] = partial(measure_command, (INDIEARTIST, "measure", song, "--loudness"))
    works[INSIDE] = partial(measure_call, partial(scan, song))
    costs = bench.race(works, rounds=3)
    rows = [row for name in SCANNERS if name in works for row in less_cpu(name, costs)]
    return [*rows, *(absent(f"loudness scan against {n}", LESS_CPU, w) for n, w in missing.items())]


def less_cpu(name: str, costs: Mapping[str, Cost]) -> list[Row]:
    """How many times less processor time than this peer, with our start-up and without."""
    own, inside, its = costs[OURS], costs[INSIDE].cpu_s, costs[name]
    what = f"the same against {name}: times less CPU"
    beside = f"{its.cpu_s:.2f} s, {its.peak_bytes / 1e6:.0f} MB"
    whole = f"{own.cpu_s:.2f} s, {own.peak_bytes / 1e6:.0f} MB"
    return [
        Row(
            f"{what}, whole process", LESS_CPU, its.cpu_s / own.cpu_s, whole, beside, key="process"
        ),
        Row(
            f"{what}, our start-up left out",
            LESS_CPU_INSIDE,
            its.cpu_s / inside,
            f"{inside:.2f} s",
            beside,
            key="inside",
        ),
    ]


def library(name: str, peers: Peers, song: Path) -> Command:
    """A Python library that reads the song's loudness."""
    return peers.get_command(name, "loudness", song)


SCANNERS: dict[str, Callable[..., Command]] = {
    "Debian's ffmpeg ebur128=peak=true": partial(tools.ffmpeg_command, name="ffmpeg"),
    "the newest ffmpeg ebur128=peak=true": partial(tools.ffmpeg_command, name=LAST_FFMPEG),
    "rsgain -t": tools.rsgain_command,
    "pyebur128": partial(library, "pyebur128"),
    "pyloudnorm": partial(library, "pyloudnorm"),
}
ROWS: tuple[MakeRows, ...] = (ebu_cases, scan_over_decoding, scan_beside_peers)
