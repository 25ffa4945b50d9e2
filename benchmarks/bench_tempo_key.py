"""Tempo and key of clips with known truth, beside essentia, librosa and aubio where they are.

Run: python -m benchmarks.bench_tempo_key. The first run makes 72 clips of a minute. Acc1: within
4 % of the tempo; Acc2: of it, its half or its double, and the median error is of those. Key: the
share named exactly, and the MIREX score (a fifth too high 0.5, relative 0.3, parallel 0.2).
Seconds are of this process or the peer's, for 4 minutes of sound that is decoded and at the rate
that each wants; ours has three figures: lowering the rate, tempo, key.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is first imported, below

from benchmarks.clips import (
    HELD_OUT,
    RATE_HZ,
    SECONDS,
    TUNING,
    Clip,
    provide_clip,
)
from indieartist.audio.analysis.key import KeyMeter
from indieartist.audio.analysis.rates import LowRates
from indieartist.audio.analysis.tempo import TempoMeter
from indieartist.domain.music import Key, Tempo

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".cache" / "bench" / "clips"
PEERS_PYTHON = ROOT / ".cache" / "peers" / "bin" / "python"
BLOCK, FULL_S = 65_536, 240
TOLERANCE = 0.04
NOISES_DB = (-60, -20, -10, -6, 0, 6)  # against the clip's own RMS
NOTES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
SHARPS = {"Db": "C#", "D#": "Eb", "Gb": "F#", "G#": "Ab", "A#": "Bb"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one method said of one clip."""

    bpm: float | None
    key: tuple[int, str] | None
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Figures:
    """One method over a set of clips; None where it does not say."""

    acc1: float | None
    acc2: float | None
    median_error_bpm: float | None
    key_exact: float | None
    key_mirex: float | None
    cpu_s: float  # for 4 minutes

    def write(self) -> str:
        cells = (self.acc1, self.acc2, self.median_error_bpm, self.key_exact, self.key_mirex)
        return "".join(f"{'-' if v is None else f'{v:.3f}':>11}" for v in cells) + (
            f"{self.cpu_s:>9.3f}"
        )


def mirex(said: tuple[int, str] | None, clip: Clip) -> float:
    """The score of a key as MIREX weighs it, and mir_eval after it."""
    if said is None:
        return 0.0
    tonic, mode = said
    up = (tonic - clip.tonic) % 12
    if mode == clip.mode:
        return {0: 1.0, 7: 0.5}.get(up, 0.0)
    return 0.2 if up == 0 else 0.3 if up == (9 if clip.mode == "major" else 3) else 0.0


def tempo_error(bpm: float | None, clip: Clip) -> float:
    """How far a tempo, its half or its double is from the truth, in BPM."""
    return min(abs(bpm * times - clip.bpm) for times in (1, 2, 0.5)) if bpm else clip.bpm


def judge(answers: Sequence[Answer], clips: Sequence[Clip]) -> Figures:
    pairs = list(zip(answers, clips, strict=True))
    errors = [tempo_error(answer.bpm, clip) for answer, clip in pairs]
    near = [e for e, clip in zip(errors, clips, strict=True) if e < TOLERANCE * clip.bpm]
    first = [abs((answer.bpm or 0) - clip.bpm) < TOLERANCE * clip.bpm for answer, clip in pairs]
    scores = [mirex(answer.key, clip) for answer, clip in pairs]
    cpu_s = statistics.fmean(answer.cpu_s for answer in answers) * FULL_S / SECONDS
    tempos = any(answer.bpm for answer in answers)
    keys = any(answer.key for answer in answers)
    return Figures(
        statistics.fmean(first) if tempos else None,
        len(near) / len(clips) if tempos else None,
        statistics.median(near) if tempos else None,
        statistics.fmean(score == 1 for score in scores) if keys else None,
        statistics.fmean(scores) if keys else None,
        cpu_s,
    )


def hear(path: Path, noise_db: float | None = None) -> tuple[Tempo | None, Key | None, list[float]]:
    """Our own answers, and the CPU seconds of lowering the rate, of tempo and of key."""
    import numpy as np
    import soundfile

    sound, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    if noise_db is not None:
        level = sound.std() * 10 ** (noise_db / 20)
        sound += level * np.random.default_rng(0).standard_normal(sound.shape, np.float32)
    planar = np.ascontiguousarray(sound.T)
    rates, tempo, key = LowRates(rate_hz, len(planar)), TempoMeter(), KeyMeter()
    blocks = [planar[:, at : at + BLOCK] for at in range(0, planar.shape[1], BLOCK)]
    clock = time.process_time
    marks = [clock()]
    lowered = [*map(rates.feed, blocks), rates.flush()]
    marks.append(clock())
    for high, _ in lowered:
        tempo.feed(high)
    found_tempo = tempo.result(planar.shape[1] / rate_hz)
    marks.append(clock())
    for _, low in lowered:
        key.feed(low)
    found_key = key.result()
    marks.append(clock())
    return found_tempo, found_key, [b - a for a, b in pairwise(marks)]


def ask_ourselves(paths: Iterable[Path]) -> tuple[list[Answer], list[float]]:
    """Our answers, and the least CPU seconds of each part for 4 minutes."""
    answers, parts = [], []
    for path in paths:
        tempo, key, seconds = hear(path)
        said = (key.tonic, key.mode) if key else None
        answers.append(Answer(tempo.bpm if tempo else None, said, sum(seconds[1:])))
        parts.append(seconds)
    return answers, [min(part) * FULL_S / SECONDS for part in zip(*parts, strict=True)]


def ask_peer(name: str, paths: Sequence[Path]) -> dict[str, list[Answer]]:
    """The answers of each method of a library; none where it is not installed."""
    program = Path(__file__).with_name("tempo_key_peers.py")
    command = [PEERS_PYTHON, program, name, *paths]
    if not PEERS_PYTHON.exists():
        return {}
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{name} is not to be had: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return {}
    found = json.loads(done.stdout.splitlines()[-1])
    return {
        method: [Answer(bpm, read_key(key), cpu_s) for bpm, key, cpu_s in answers]
        for method, answers in found.items()
    }


def read_key(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    note, mode = text.split()
    return NOTES.index(SHARPS.get(note, note)), mode


def compare(clips: Sequence[Clip], peers: Sequence[str]) -> dict[str, Figures]:
    """The figures of all methods over the clips; our own first, as 'IndieArtist'."""
    paths = [provide_clip(clip, FOLDER) for clip in clips]
    ours, parts = ask_ourselves(paths)
    print("ours, least for 4 min (rates, tempo, key):", *(f"{part:.3f}" for part in parts))
    answers = {"IndieArtist": ours}
    for peer in peers:
        answers |= ask_peer(peer, paths)
    return {name: judge(said, clips) for name, said in answers.items()}


def calibrate(clips: Sequence[Clip], report: Callable[[str], None]) -> None:
    """Whether confidence tells right from wrong, as noise is added."""
    sure: dict[tuple[str, bool], list[float]] = {}
    report(f"{'noise dB':>9}{'Acc2':>7}{'no tempo':>10}{'key exact':>11}{'no key':>8}")
    for noise_db in NOISES_DB:
        heard = [hear(provide_clip(clip, FOLDER), noise_db)[:2] for clip in clips]
        right: list[tuple[bool, bool]] = []
        for (tempo, key), clip in zip(heard, clips, strict=True):
            on_beat = bool(tempo) and tempo_error(tempo.bpm, clip) < TOLERANCE * clip.bpm
            in_key = bool(key) and (key.tonic, key.mode) == (clip.tonic, clip.mode)
            right.append((on_beat, in_key))
            if tempo:
                sure.setdefault(("tempo", on_beat), []).append(tempo.confidence)
            if key:
                sure.setdefault(("key", in_key), []).append(key.confidence)
        acc2, exact = (statistics.fmean(column) for column in zip(*right, strict=True))
        missing = [sum(found is None for found in column) for column in zip(*heard, strict=True)]
        report(f"{noise_db:>9}{acc2:>7.2f}{missing[0]:>10}{exact:>11.2f}{missing[1]:>8}")
    for (what, is_right), values in sorted(sure.items()):
        report(
            f"mean confidence of a {what} that is {'right' if is_right else 'wrong'}: "
            f"{statistics.fmean(values):.2f} ({len(values)})"
        )


def main() -> None:
    titles = ("Acc1", "Acc2", "error BPM", "key exact", "MIREX")
    for name, clips in (("tuning", TUNING), ("held out", HELD_OUT)):
        figures = compare(clips, ("essentia", "librosa", "aubio"))
        print(f"\n{name}: {len(clips)} clips of {SECONDS} s at {RATE_HZ} Hz")
        print(f"{'':32}" + "".join(f"{title:>11}" for title in titles) + f"{'CPU s':>9}")
        for method, found in figures.items():
            print(f"{method:32}{found.write()}")
    print("\nheld out, in white noise:")
    calibrate(HELD_OUT, print)


if __name__ == "__main__":
    main()
