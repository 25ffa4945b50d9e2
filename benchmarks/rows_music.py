"""Rows on tempo and key: clips that no constant was tuned on, beside essentia."""

from __future__ import annotations

from benchmarks.bench import Bench, MakeRows
from benchmarks.bench_tempo_key import Figures, compare
from benchmarks.clips import HELD_OUT
from benchmarks.peers import PeerError
from benchmarks.table import Row, absent, at_least, at_most

OURS, PEER = "IndieArtist", "essentia"
TEMPO_METHODS, KEY_METHODS = ("multifeature", "degara"), ("bgate", "edma")


def tempo_and_key(bench: Bench) -> list[Row]:
    """Both are held against the better of essentia's methods, heard in the same run."""
    what = f"{len(HELD_OUT)} held-out clips of known tempo and key"
    try:
        bench.peers.get_command(PEER)
    except PeerError as problem:
        return [absent(what, None, str(problem))]
    figures = compare(HELD_OUT, (PEER,))
    ours = figures[OURS]
    tempo = {name: figures[f"{PEER} {name}"] for name in TEMPO_METHODS}
    key = {name: figures[f"{PEER} {name}"] for name in KEY_METHODS}
    return [
        *tempo_rows(what, ours, tempo),
        *key_rows(what, ours, key),
        cost_row(what, ours, tempo["multifeature"], key["bgate"]),
    ]


def tempo_rows(what: str, ours: Figures, its: dict[str, Figures]) -> list[Row]:
    """Right up to an octave, right outright, and how exact where it is right."""
    right = max(found.acc2 or 0.0 for found in its.values())
    outright = max(found.acc1 or 0.0 for found in its.values())
    error = min(found.median_error_bpm or 1.0 for found in its.values())
    return [
        Row(
            f"{what}: tempo right up to an octave",
            at_least(right),
            ours.acc2,
            beside=each(its, "acc2"),
            key="tempo",
        ),
        Row(
            f"{what}: tempo right outright",
            at_least(outright),
            ours.acc1,
            beside=each(its, "acc1"),
            key="octave",
        ),
        Row(
            f"{what}: median error of a tempo",
            at_most(error, " BPM", 3),
            ours.median_error_bpm,
            beside=each(its, "median_error_bpm"),
            key="tempo error",
        ),
    ]


def key_rows(what: str, ours: Figures, its: dict[str, Figures]) -> list[Row]:
    """The weighted score of MIREX, and the share that is named exactly."""
    score = max(found.key_mirex or 0.0 for found in its.values())
    exact = max(found.key_exact or 0.0 for found in its.values())
    return [
        Row(
            f"{what}: key, MIREX score",
            at_least(score, digits=3),
            ours.key_mirex,
            beside=each(its, "key_mirex"),
            key="key",
        ),
        Row(
            f"{what}: key named exactly",
            at_least(exact),
            ours.key_exact,
            beside=each(its, "key_exact"),
            key="key exact",
        ),
    ]


def cost_row(what: str, ours: Figures, tempo: Figures, key: Figures) -> Row:
    """What both take of four minutes that are decoded; no goal, for only being right counts."""
    its_s = tempo.cpu_s + key.cpu_s
    beside = f"{PEER} {its_s:.2f} s"
    times = its_s / ours.cpu_s
    return Row(f"{what}: CPU for 4 min", None, times, f"{ours.cpu_s:.3f} s", beside, "times less")


def each(its: dict[str, Figures], figure: str) -> str:
    """What every method of the peer came to."""
    return ", ".join(f"{PEER} {name} {getattr(found, figure):.3f}" for name, found in its.items())


ROWS: tuple[MakeRows, ...] = (tempo_and_key,)
