"""Rows on hearing a song for everything, an album at once, and a file the moment it is dropped."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.bench import Bench, MakeRows
from benchmarks.clock import CommandError, measure_call, run_command
from benchmarks.material import provide_album, provide_real_songs
from benchmarks.peers import PeerError
from benchmarks.rows_loudness import decode
from benchmarks.table import Row, absent, at_least, at_most

FINGERPRINT_S = 120
SAME_BITS = at_least(99.9, " %")


def hear(path: Path) -> str:
    """Everything that can be heard in a song, on one thread; return its fingerprint."""
    from indieartist.audio.analysis.listening import Listening
    from indieartist.audio.measure import measure_file

    listening = Listening()
    analysis = measure_file(path, threads=1, listeners=[listening])
    return listening.complete(analysis).measurement.fingerprint or ""


def drop(path: Path) -> None:
    """Loudness and waveform as soon as they can be had: the file in two halves at a time."""
    from indieartist.audio.measure import measure_file

    measure_file(path, threads=2)


def everything_over_decoding(bench: Bench) -> list[Row]:
    """Tempo, key, fingerprint, quality and spectra in the same pass as loudness."""
    costs = bench.race(
        {
            "decode": partial(measure_call, partial(decode, bench.song)),
            "hear": partial(measure_call, partial(hear, bench.song)),
        }
    )
    ours, floor = costs["hear"].cpu_s, costs["decode"].cpu_s
    what = "full analysis with tempo, key and fingerprint: CPU over decoding alone"
    beside = f"decoding {floor:.3f} s"
    return [Row(what, at_most(2.2, "×"), ours / floor, f"{ours:.3f} s", beside, key="everything")]


def dropped_file(bench: Bench) -> list[Row]:
    """From a file to its loudness and waveform, beside what one thread needs to decode it."""
    costs = bench.race(
        {
            "decode": partial(measure_call, partial(decode, bench.song)),
            "drop": partial(measure_call, partial(drop, bench.song)),
        }
    )
    ours, floor = costs["drop"].wall_s, costs["decode"].wall_s
    what = "dropped file to loudness and waveform, two threads: wall over decoding on one"
    beside = f"decoding {floor:.3f} s"
    goal = at_most(0.9, "×")
    said = f"{ours:.3f} s ({costs['drop'].cpu_s:.3f} s CPU)"
    return [Row(what, goal, ours / floor, said, beside, bench.busy, key="dropped")]


def hear_all(paths: Sequence[Path], threads: int) -> None:
    """Full analysis of every file, so many at once."""
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(hear, paths))


def album(bench: Bench) -> list[Row]:
    """Twelve songs of four minutes, all heard for everything."""
    tracks = provide_album()
    works = {
        name: partial(measure_call, partial(hear_all, tracks, threads))
        for name, threads in (("one", 1), ("two", 2))
    }
    costs = bench.race(works, rounds=2)
    one, two = costs["one"].wall_s, costs["two"].wall_s
    what = f"full analysis of an album of {len(tracks)}, two threads: times faster than one"
    said = f"{two:.2f} s ({costs['two'].cpu_s:.2f} s CPU)"
    beside = f"one thread {one:.2f} s ({costs['one'].cpu_s:.2f} s CPU)"
    goal = at_least(1.8, "×")
    return [Row(what, goal, one / two, said, beside, bench.busy, key="album")]


def fingerprints(bench: Bench) -> list[Row]:
    """The first two minutes of real songs, bit by bit beside Chromaprint's own program."""
    what = "fingerprint bits of real songs that equal fpcalc's"
    songs = provide_real_songs()
    if not songs:
        return [absent(what, SAME_BITS, "the songs' packages cannot be fetched")]
    try:
        shares = {name: compare_fingerprint(bench, path) for name, path in songs.items()}
    except (PeerError, CommandError) as problem:
        return [absent(what, SAME_BITS, str(problem))]
    same = sum(part for part, _ in shares.values())
    asked = sum(whole for _, whole in shares.values())
    name, (part, whole) = min(shares.items(), key=lambda item: item[1][0] / item[1][1])
    said = (
        f"{len(songs)} songs, {asked} bits; the least alike is {name}, {100 * part / whole:.2f} %"
    )
    return [Row(what, SAME_BITS, 100 * same / asked, said, "fpcalc -raw", key="fingerprint")]


def compare_fingerprint(bench: Bench, path: Path) -> tuple[int, int]:
    """How many bits are equal, of how many; words that only one of them has count as unequal."""
    from indieartist.audio.analysis.fingerprint import unpack_words

    words = ("-raw", "-json", "-ignore-errors", "-length", str(FINGERPRINT_S), path)
    _, said, _ = run_command(bench.peers.get_command("fpcalc", *words))
    its = json.loads(said)["fingerprint"]
    ours = [int(word) for word in unpack_words(hear(path))]
    return count_same_bits(ours, its), 32 * max(len(ours), len(its))


def count_same_bits(first: Iterable[int], second: Iterable[int]) -> int:
    """How many of the bits of two lists of words of 32 bits agree."""
    pairs = itertools.zip_longest(first, second)
    return sum(32 - ((a ^ b) & 0xFFFFFFFF).bit_count() for a, b in pairs if None not in (a, b))


ROWS: tuple[MakeRows, ...] = (everything_over_decoding, dropped_file, album, fingerprints)
