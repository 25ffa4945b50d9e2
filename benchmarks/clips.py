"""Clips of known tempo and key, synthesised here: what tempo and key are tuned on and judged by.

Six kinds of music in all 24 keys. Tempos are what a person would tap, to a hundredth; tuning lies
anywhere within 30 cents of 440 Hz, drummers are late and early, some swing, and chord progressions
do not always begin at home. 48 clips to tune on and 24 that were held out, all from fixed seeds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.clip_sounds import COLOURS, RATE_HZ, Mono, drum_sounds, room

SECONDS = 60
FRAMES = RATE_HZ * SECONDS
BEATS_PER_BAR = 4
SCALES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10)}
PROGRESSIONS = {  # roots in semitones above the tonic, each with the kind of its triad
    "major": (
        ((0, "M"), (7, "M"), (9, "m"), (5, "M")),
        ((9, "m"), (5, "M"), (0, "M"), (7, "M")),
        ((0, "M"), (9, "m"), (5, "M"), (7, "M")),
        ((0, "M"), (5, "M"), (0, "M"), (7, "M")),
        ((2, "m"), (7, "M"), (0, "M"), (0, "M")),
        ((0, "M"), (10, "M"), (5, "M"), (0, "M")),
        ((5, "M"), (7, "M"), (4, "m"), (9, "m")),
        ((0, "M"), (4, "m"), (5, "M"), (5, "m")),
    ),
    "minor": (
        ((0, "m"), (8, "M"), (3, "M"), (10, "M")),
        ((0, "m"), (5, "m"), (7, "m"), (0, "m")),
        ((0, "m"), (10, "M"), (8, "M"), (7, "M")),
        ((0, "m"), (8, "M"), (5, "m"), (7, "M")),
        ((0, "m"), (5, "m"), (10, "M"), (3, "M")),
        ((0, "m"), (0, "m"), (8, "M"), (10, "M")),
        ((8, "M"), (10, "M"), (0, "m"), (0, "m")),
        ((0, "m"), (5, "M"), (0, "m"), (10, "M")),
    ),
}


@dataclass(frozen=True, slots=True)
class Style:
    """A kind of music: sixteenths at which each drum is struck, and its tempos."""

    bpm: tuple[float, float]
    drums: dict[str, tuple[int, ...]] = field(default_factory=dict)
    swings: tuple[float, ...] = (0.0,)  # how late each second sixteenth is, of a sixteenth
    jitter_s: tuple[float, float] = (0.0, 0.004)
    figures: tuple[str, ...] = ("held",)


STYLES = {
    "four": Style(
        (116, 136),
        {"kick": (0, 4, 8, 12), "clap": (4, 12), "hat": (2, 6, 10, 14)},
        figures=("held", "offbeat", "arpeggio"),
    ),
    "rock": Style(
        (84, 162),
        {"kick": (0, 6, 8), "snare": (4, 12), "hat": (0, 2, 4, 6, 8, 10, 12, 14)},
        jitter_s=(0.003, 0.010),
        figures=("eighths", "held"),
    ),
    "hiphop": Style(
        (76, 104),
        {"kick": (0, 7, 10), "snare": (4, 12), "hat": (0, 2, 3, 4, 6, 8, 10, 11, 12, 14)},
        swings=(0.1, 0.2, 0.33),
        jitter_s=(0.002, 0.008),
        figures=("held", "stabs"),
    ),
    "dnb": Style(
        (166, 178),
        {"kick": (0, 10), "snare": (4, 12), "hat": (0, 2, 4, 6, 8, 10, 12, 14, 15)},
        figures=("held", "stabs"),
    ),
    "half": Style(
        (128, 152),
        {"kick": (0, 6, 11), "snare": (8,), "hat": (0, 2, 4, 6, 8, 10, 11, 12, 14)},
        figures=("held", "arpeggio"),
    ),
    "bare": Style((66, 132), jitter_s=(0.003, 0.012), figures=("arpeggio", "quarters", "eighths")),
}
FIGURES = {  # sixteenths at which a chord is struck; an arpeggio plays its notes one by one
    "held": (0,),
    "quarters": (0, 4, 8, 12),
    "eighths": (0, 2, 4, 6, 8, 10, 12, 14),
    "offbeat": (2, 6, 10, 14),
    "stabs": (0, 3, 6, 10),
    "arpeggio": (0, 2, 4, 6, 8, 10, 12, 14),
}


@dataclass(frozen=True, slots=True)
class Clip:
    """What is true of a clip, and the seed that decides all else."""

    name: str
    style: str
    bpm: float
    tonic: int  # 0 for C
    mode: str
    seed: int


def list_clips(count: int, seed: int) -> list[Clip]:
    """`count` clips that go round the 24 keys and the styles."""
    rng = np.random.default_rng(seed)
    keys = np.concatenate([rng.permutation(24) for _ in range(-(-count // 24))])
    clips = []
    for number in range(count):
        style = list(STYLES)[number % len(STYLES)]
        bpm = round(float(rng.uniform(*STYLES[style].bpm)), 2)
        tonic, minor = divmod(int(keys[number]), 2)
        mode = "minor" if minor else "major"
        clips.append(
            Clip(f"{seed}-{number:02}-{style}", style, bpm, tonic, mode, seed * 1000 + number)
        )
    return clips


TUNING, HELD_OUT = list_clips(48, 7), list_clips(24, 2026)


class Band:
    """One clip's players: they share a clock, a tuning and a tape."""

    def __init__(self, clip: Clip) -> None:
        self.clip, self.style = clip, STYLES[clip.style]
        self.rng = np.random.default_rng(clip.seed)
        self.tuning_hz = 440 * 2 ** (self.rng.uniform(-30, 30) / 1200)
        self.swing = float(self.rng.choice(self.style.swings))
        self.jitter_s = float(self.rng.uniform(*self.style.jitter_s))
        self.start_s = float(self.rng.uniform(0, 0.5))
        self.tape = np.zeros(FRAMES + 8 * RATE_HZ, np.float32)
        self.tones: dict[tuple[str, int], Mono] = {}

    @property
    def bars(self) -> int:
        return int(SECONDS * self.clip.bpm / 60 / BEATS_PER_BAR) + 1

    def at(self, bar: int, sixteenth: float) -> int:
        """The frame of a place in the song, as this band plays it."""
        late = self.swing if round(sixteenth) % 2 else 0.0
        beat = bar * BEATS_PER_BAR + (sixteenth + late) / 4
        second = self.start_s + beat * 60 / self.clip.bpm + self.rng.normal(0, self.jitter_s)
        return max(0, round(second * RATE_HZ))

    def strike(self, sound: Mono, frame: int, level: float) -> None:
        end = min(frame + len(sound), len(self.tape))
        self.tape[frame:end] += np.float32(level) * sound[: max(0, end - frame)]

    def note(self, colour: str, pitch: int, frame: int, seconds: float, level: float) -> None:
        """A note of at most 4 seconds, let go after `seconds`."""
        if (colour, pitch) not in self.tones:
            hz = self.tuning_hz * 2 ** ((pitch - 69) / 12)
            self.tones[colour, pitch] = COLOURS[colour](hz, self.rng)
        tone = self.tones[colour, pitch][: int((seconds + 0.08) * RATE_HZ)].copy()
        fall = min(len(tone), int(0.08 * RATE_HZ))
        tone[-fall:] *= np.linspace(1, 0, fall, dtype=np.float32)
        self.strike(tone, frame, level)


def play_drums(band: Band) -> None:
    """Bar by bar, with accents, holes, ghost notes and a fill every eighth bar."""
    rng, sounds = band.rng, drum_sounds(band.rng)
    first = int(rng.choice([0, 0, 2, 4]))
    level = rng.uniform(0.5, 1.1)
    for bar in range(first, band.bars):
        for drum, places in band.style.drums.items():
            for place in places:
                if rng.random() < 0.06:
                    continue
                accent = 0.6 if drum == "hat" and place % 4 else 1.0
                strength = level * accent * rng.uniform(0.8, 1.0)
                band.strike(sounds[drum], band.at(bar, place), strength)
        if bar % 8 == 7 and "snare" in band.style.drums:
            for place in (10, 13, 14, 15):
                band.strike(sounds["snare"], band.at(bar, place), 0.6 * level)
        if rng.random() < 0.2:
            band.strike(sounds["hat"], band.at(bar, int(rng.integers(16))), 0.4 * level)


def play_chords(band: Band) -> list[tuple[int, str]]:
    """The progression in one figure, with the bass below it; returns the chord of each bar."""
    rng, clip = band.rng, band.clip
    progressions = PROGRESSIONS[clip.mode]
    progression = progressions[int(rng.integers(len(progressions)))]
    figure = str(rng.choice(band.style.figures))
    colour = "guitar" if clip.style == "rock" else str(rng.choice(["pad", "keys"]))
    step_s = 60 / clip.bpm / 4
    places = FIGURES[figure]
    length_s = min(4.0, (16 / len(places)) * step_s)
    chords = [progression[bar % len(progression)] for bar in range(band.bars)]
    chords[-1] = (0, "m" if clip.mode == "minor" else "M")
    low = 43 + int(rng.integers(12))
    for bar, (root, kind) in enumerate(chords):
        triad = (0, 3 if kind == "m" else 4, 7)
        notes = sorted(low + (clip.tonic + root + step - low) % 12 for step in triad)
        for number, place in enumerate(places):
            if rng.random() < 0.04:
                continue
            chosen = [notes[number % 3] + 12] if figure == "arpeggio" else notes
            if colour == "guitar":
                chosen = [40 + (clip.tonic + root - 40) % 12, notes[1] + 12]
            frame = band.at(bar, place)
            for note in chosen:
                band.note(colour, note, frame, length_s, 0.16 * rng.uniform(0.8, 1.1))
        play_bass(band, bar, clip.tonic + root)
    return chords


def play_bass(band: Band, bar: int, root: int) -> None:
    """The root where the kick falls, and now and then the fifth or a step towards the next bar."""
    rng, pitch = band.rng, 28 + (root - 28) % 12
    places = band.style.drums.get("kick", (0, 8))
    for place, end in zip(places, (*places[1:], 16), strict=True):
        chance = rng.random()
        note = pitch + (7 if chance < 0.12 else 2 if chance < 0.16 and place else 0)
        seconds = (end - place) * 15 / band.clip.bpm * 0.9
        band.note("bass", note, band.at(bar, place), min(4.0, seconds), 0.4)


def play_melody(band: Band, chords: list[tuple[int, str]]) -> None:
    """A walk in the scale that comes to rest on notes of the chord; silent in some bars."""
    rng, clip = band.rng, band.clip
    scale = [12 * octave + step for octave in range(3) for step in SCALES[clip.mode]]
    base = 57 + (clip.tonic - 57) % 12
    at = int(rng.integers(6, 12))
    colour, level = str(rng.choice(["voice", "keys"])), rng.uniform(0.12, 0.28)
    for bar, (root, _) in enumerate(chords):
        if (bar // 4) % 3 == 2:
            continue
        place = 0
        while place < 16:
            length = int(rng.choice([2, 2, 4, 4, 6, 8]))
            at = int(np.clip(at + rng.integers(-2, 3), 0, len(scale) - 1))
            if place == 0 and rng.random() < 0.6:
                at = min(range(len(scale)), key=lambda i: (scale[i] - root) % 12 * 4 + abs(i - at))
            seconds = min(4.0, length * 15 / clip.bpm * 0.9)
            if rng.random() > 0.15:
                band.note(colour, base + scale[at] - 12, band.at(bar, place), seconds, level)
            place += length


def render(clip: Clip, noise_db: float = -60.0) -> Mono:
    """The clip at 44.1 kHz, its peak at 0.9, over noise of `noise_db` against its own RMS."""
    band = Band(clip)
    play_melody(band, play_chords(band))
    play_drums(band)
    sound = room(band.tape, band.rng)[:FRAMES]
    sound = np.tanh(sound * np.float32(band.rng.uniform(0.5, 1.5)))
    level = np.sqrt(np.mean(sound**2)) * 10 ** (noise_db / 20)
    sound = sound + np.float32(level) * band.rng.standard_normal(FRAMES, np.float32)
    return np.asarray(0.9 / np.abs(sound).max() * sound, np.float32)


def provide_clip(clip: Clip, folder: Path, noise_db: float = -60.0) -> Path:
    """The clip as a 16-bit WAV in `folder`, made where it is not there yet."""
    import soundfile

    path = folder / f"{clip.name}{noise_db:+.0f}.wav"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        soundfile.write(path, render(clip, noise_db), RATE_HZ, "PCM_16")
    return path
