"""How long `measure_file` takes beside libebur128 (pyebur128) and beside decoding alone.

Run: python benchmarks/bench_measure.py [SONG] [ROUNDS]. Without a song it makes one of 4 minutes.
libebur128 gives three figures, `measure_file` all of them and the waveform.
The figures are CPU seconds of this process, the smallest of some interleaved rounds; read the
ratios, for the seconds are the machine's.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from indieartist.audio.decode import stream
from indieartist.audio.measure import measure_file

RATE_HZ, SECONDS = 44_100, 240


def make_song(path: Path) -> Path:
    """Four minutes of loud, wandering noise and tones: little of it can be skipped."""
    import numpy as np
    import soundfile

    generator = np.random.default_rng(0)
    with soundfile.SoundFile(path, "w", RATE_HZ, 2, "PCM_24", format="FLAC") as sound:
        for second in range(SECONDS):
            at = np.arange(RATE_HZ) / RATE_HZ
            tone = np.sin(2 * np.pi * (110 + second) * at)[:, None]
            noise = generator.standard_normal((RATE_HZ, 2))
            level = 0.6 + 0.4 * np.sin(second / 7)
            sound.write(np.tanh(level * (0.6 * tone + 0.2 * noise)))
    return path


def decode(path: Path) -> None:
    for _ in stream(path):
        pass


def run_libebur128(path: Path) -> None:
    """Integrated loudness, range and true peak; neither maxima nor waveform nor quality."""
    import pyebur128
    import soundfile

    mode = pyebur128.MeasurementMode
    with soundfile.SoundFile(path) as sound:
        modes = mode.MODE_I | mode.MODE_LRA | mode.MODE_TRUE_PEAK
        state = pyebur128.R128State(sound.channels, sound.samplerate, modes)
        for block in sound.blocks(65_536, dtype="float64", always_2d=True):
            state.add_frames(block.ravel(), len(block))
    pyebur128.get_loudness_global(state)
    pyebur128.get_loudness_range(state)


CONTENDERS: dict[str, Callable[[Path], object]] = {
    "decode alone": decode,
    "measure_file": measure_file,
    "libebur128": run_libebur128,
}


def timed(work: Callable[[Path], object], path: Path) -> tuple[float, float]:
    """CPU seconds and wall seconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    work(path)
    return time.process_time() - cpu, time.perf_counter() - wall


def main() -> None:
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else make_song(Path(folder) / "song.flac")
        runs: dict[str, list[tuple[float, float]]] = {name: [] for name in CONTENDERS}
        for _ in range(rounds):
            for name, work in CONTENDERS.items():
                runs[name].append(timed(work, path))
    best = {name: tuple(map(min, zip(*times, strict=True))) for name, times in runs.items()}
    reference = best["libebur128"]
    print(f"{'':14}{'CPU s':>8}{'wall s':>8}{'CPU ratio':>11}{'wall ratio':>11}")
    for name, (cpu, wall) in best.items():
        ratios = f"{cpu / reference[0]:>11.2f}{wall / reference[1]:>11.2f}"
        print(f"{name:14}{cpu:>8.2f}{wall:>8.2f}{ratios}")


if __name__ == "__main__":
    main()
