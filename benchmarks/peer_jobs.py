"""What each Python peer does with a file; run by the Python of `.cache/peers`, prints JSON.

    python peer_jobs.py pyebur128 loudness FILE…
    python peer_jobs.py matchering master TARGET REFERENCE OUT

Every job does the least that its library needs for the figures, as a person who read its manual
would write it.
"""

from __future__ import annotations

import importlib.metadata
import json
import sys
from collections.abc import Callable
from typing import Any

PACKAGES = {"aubio": "aubio-ledfx"}
BLOCK = 65_536
Figures = dict[str, float | None]


def libebur128_loudness(path: str, *, block: int = BLOCK, every: bool = False) -> Figures:
    """Integrated loudness, range and true peak; with `every`, the highest M and S as well."""
    import pyebur128 as library
    import soundfile

    mode = library.MeasurementMode
    with soundfile.SoundFile(path) as sound:
        modes = mode.MODE_I | mode.MODE_LRA | mode.MODE_TRUE_PEAK
        state = library.R128State(sound.channels, sound.samplerate, modes)
        momentary, short_term = [float("-inf")], [float("-inf")]
        step = sound.samplerate // 100 if every else block
        for samples in sound.blocks(step, dtype="float64", always_2d=True):
            state.add_frames(samples.ravel(), len(samples))
            if every:
                momentary.append(library.get_loudness_momentary(state))
                short_term.append(library.get_loudness_shortterm(state))
    peak = max(library.get_true_peak(state, channel) for channel in range(state.channels))
    return {
        "integrated": library.get_loudness_global(state),
        "range": library.get_loudness_range(state),
        "momentary": max(momentary),
        "short_term": max(short_term),
        "true_peak": decibels(peak),
    }


def libebur128_every(path: str) -> Figures:
    """As `libebur128_loudness`, fed 10 ms at a time so that M and S are seen wherever they peak."""
    return libebur128_loudness(path, every=True)


def pyloudnorm_loudness(path: str) -> Figures:
    """Integrated loudness; the library has the range too, and no peaks."""
    import pyloudnorm
    import soundfile

    samples, rate_hz = soundfile.read(path, always_2d=True)
    meter = pyloudnorm.Meter(rate_hz)
    return {"integrated": float(meter.integrated_loudness(samples))}


def pyloudnorm_every(path: str) -> Figures:
    """Integrated loudness and range."""
    import pyloudnorm
    import soundfile

    samples, rate_hz = soundfile.read(path, always_2d=True)
    meter = pyloudnorm.Meter(rate_hz)
    found: Figures = {"integrated": float(meter.integrated_loudness(samples))}
    if len(samples) >= 20 * rate_hz:
        found["range"] = float(meter.loudness_range(samples))
    return found


def matchering_master(target: str, reference: str, out: str) -> Figures:
    """A 24-bit master of `target` after `reference`."""
    import matchering

    matchering.process(target=target, reference=reference, results=[matchering.pcm24(out)])
    return {}


def essentia_key_tempo(path: str) -> dict[str, Any]:
    """Key by the bgate profile and tempo by the multifeature tracker, essentia's best."""
    import essentia
    from essentia import standard

    essentia.log.infoActive = essentia.log.warningActive = False
    audio = standard.MonoLoader(filename=path)()
    key, scale, strength = standard.KeyExtractor(profileType="bgate")(audio)
    tempo, _, confidence, _, _ = standard.RhythmExtractor2013(method="multifeature")(audio)
    named = {"key": f"{key} {scale}", "tempo_bpm": float(tempo)}
    return {**named, "key_confidence": float(strength), "tempo_confidence": float(confidence)}


def decibels(level: float) -> float | None:
    """A linear level in dB; None for silence."""
    import math

    return 20 * math.log10(level) if level > 0 else None


JOBS: dict[tuple[str, str], Callable[..., Any]] = {
    ("pyebur128", "loudness"): libebur128_loudness,
    ("pyebur128", "every"): libebur128_every,
    ("pyloudnorm", "loudness"): pyloudnorm_loudness,
    ("pyloudnorm", "every"): pyloudnorm_every,
    ("matchering", "master"): matchering_master,
    ("essentia", "key-tempo"): essentia_key_tempo,
}


def main() -> None:
    """Do one job, over each file where it takes one; print a list of what it found."""
    name, word, *arguments = sys.argv[1:]
    if word == "--version":
        print(name, importlib.metadata.version(PACKAGES.get(name, name)))
        return
    job = JOBS[name, word]
    found = [job(*arguments)] if word == "master" else [job(path) for path in arguments]
    print(json.dumps(found))


if __name__ == "__main__":
    main()
