"""Tempo and key of files by other libraries; run by the Python of `.cache/peers`, prints JSON.

    python tempo_key_peers.py essentia FILE…

Each answer is [BPM or null, key or null, CPU seconds], by method and file. Reading the file is not
counted.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

RATE_HZ = 44_100
NOTES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
KRUMHANSL = {
    "major": (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88),
    "minor": (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17),
}
Answer = tuple[float | None, str | None]


def timed(work: Callable[[], Answer]) -> tuple[float | None, str | None, float]:
    start = time.process_time()
    bpm, key = work()
    return bpm, key, time.process_time() - start


def essentia_methods(path: str) -> dict[str, Callable[[], Answer]]:
    import essentia
    from essentia import standard

    essentia.log.infoActive = essentia.log.warningActive = False
    audio = standard.MonoLoader(filename=path, sampleRate=RATE_HZ)()

    def tempo(method: str) -> Answer:
        return float(standard.RhythmExtractor2013(method=method)(audio)[0]), None

    def key(profile: str) -> Answer:
        return None, " ".join(standard.KeyExtractor(profileType=profile)(audio)[:2])

    return {
        "multifeature": lambda: tempo("multifeature"),
        "degara": lambda: tempo("degara"),
        "bgate": lambda: key("bgate"),
        "edma": lambda: key("edma"),
    }


def librosa_methods(path: str) -> dict[str, Callable[[], Answer]]:
    import librosa
    import numpy as np

    audio, rate_hz = librosa.load(path, sr=22_050)

    def tempo() -> Answer:
        return float(np.ravel(librosa.beat.beat_track(y=audio, sr=rate_hz)[0])[0]), None

    def key() -> Answer:
        chroma = librosa.feature.chroma_cqt(y=audio, sr=rate_hz).mean(axis=1)
        fits = [
            (np.corrcoef(np.roll(profile, tonic), chroma)[0, 1], f"{NOTES[tonic]} {mode}")
            for mode, profile in KRUMHANSL.items()
            for tonic in range(12)
        ]
        return None, max(fits)[1]

    return {"beat_track": tempo, "chroma_cqt, Krumhansl": key}


def aubio_methods(path: str) -> dict[str, Callable[[], Answer]]:
    import aubio
    import numpy as np
    import soundfile

    audio, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    mono, hop = audio.mean(axis=1), 512

    def tempo() -> Answer:
        tracker = aubio.tempo("default", 1024, hop, rate_hz)
        for start in range(0, len(mono) - hop, hop):
            tracker(mono[start : start + hop])
        steps = np.diff(tracker.get_beats() if hasattr(tracker, "get_beats") else [])
        return float(60 / np.median(steps)) if len(steps) else float(tracker.get_bpm()), None

    return {"tempo": tempo}


METHODS: dict[str, Callable[[str], dict[str, Callable[[], Answer]]]] = {
    "essentia": essentia_methods,
    "librosa": librosa_methods,
    "aubio": aubio_methods,
}


def main() -> None:
    name, *paths = sys.argv[1:]
    found: dict[str, list[Any]] = {}
    for path in paths:
        for method, work in METHODS[name](path).items():
            found.setdefault(f"{name} {method}", []).append(timed(work))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
