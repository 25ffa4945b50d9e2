"""Rows on tempo and key: clips that no constant was tuned on, beside essentia."""

from __future__ import annotations

from benchmarks.bench import Bench, MakeRows
from benchmarks.bench_tempo_key import Figures, compare
from benchmarks.clips import HELD_OUT
from benchmarks.peers import PeerError
from benchmarks.table import Row, absent, at_least, at_most

OURS, PEER = "IndieArtist", "essentia"
TEMPO_METHODS, KEY_METHODS = ("multifeature", "degara"), ("bgate", "edma")
DIGITS = {"key_mirex": 3}


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
    return [
        beside(f"{what}: tempo right up to an octave", "tempo", "acc2", ours, its),
        beside(f"{what}: tempo right outright", "octave", "acc1", ours, its),
        beside(f"{what}: median error of a tempo", "tempo error", "median_error_bpm", ours, its),
    ]


def key_rows(what: str, ours: Figures, its: dict[str, Figures]) -> list[Row]:
    """The weighted score of MIREX, and the share that is named exactly."""
    return [
        beside(f"{what}: key, MIREX score", "key", "key_mirex", ours, its),
        beside(f"{what}: key named exactly", "key exact", "key_exact", ours, its),
    ]


def beside(what: str, key: str, figure: str, ours: Figures, its: dict[str, Figures]) -> Row:
    """One figure, whose goal is the better of the peer's methods; of an error the smaller one."""
    found = [getattr(method, figure) for method in its.values()]
    if figure == "median_error_bpm":
        goal = at_most(min(error or 1.0 for error in found), " BPM", 3)
    else:
        goal = at_least(max(share or 0.0 for share in found), digits=DIGITS.get(figure, 2))
    return Row(what, goal, getattr(ours, figure), beside=each(its, figure), key=key)


def cost_row(what: str, ours: Figures, tempo: Figures, key: Figures) -> Row:
    """What both take of four minutes that are decoded; no goal, for only being right counts."""
    its_s = tempo.cpu_s + key.cpu_s
    cost, its_cost = f"{ours.cpu_s:.3f} s", f"{PEER} {its_s:.2f} s"
    times = its_s / ours.cpu_s
    return Row(f"{what}: CPU for 4 min", None, times, cost, its_cost, "times less")


def each(its: dict[str, Figures], figure: str) -> str:
    """What every method of the peer came to."""
    return ", ".join(f"{PEER} {name} {getattr(found, figure):.3f}" for name, found in its.items())


ROWS: tuple[MakeRows, ...] = (tempo_and_key,)
