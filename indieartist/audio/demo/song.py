"""“Night Bus”: renders the demo song as an artist would bounce it, with its stems and its facts."""

from __future__ import annotations

import os
import tempfile
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.audio.demo.score import BPM
from indieartist.domain.progress import Report, part, silent
from indieartist.domain.release import Credit
from indieartist.errors import world_error

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MIX_NAME = "Night_Bus_FINAL2.wav"
STEM_NAME = "Night_Bus_{}.wav"
STEMS_FOLDER = "Night_Bus_stems"

_FULL_SCALE = 1 << 23


@dataclass(frozen=True, slots=True)
class DemoSong:
    """The files of the demo song, and what a release of it needs to say; the people are made up."""

    mix_path: Path
    stem_paths: tuple[Path, ...]
    title: str = "Night Bus"
    artist: str = "Ilse Marrow"
    genre: str = "Electronic"
    language: str = "zxx"  # the voice sings no words
    bpm: int = BPM
    key: str = "C minor"
    credits: tuple[Credit, ...] = (
        Credit("Ilse Marrow", "artist"),
        Credit("Ilse Marrow", "composer"),
        Credit("Teo Lindqvist", "composer"),
        Credit("Ilse Marrow", "vocals"),
        Credit("Teo Lindqvist", "performer", "Synthesizer"),
        Credit("Ilse Marrow", "producer"),
        Credit("Teo Lindqvist", "mixer"),
    )


def render_demo_song(folder: Path, report: Report = silent) -> DemoSong:
    """Render the song into `folder`: a 24-bit, 44.1 kHz mix, and the six stems that sum to it.

    The stems lie in a folder of their own. The same machine always makes the same bytes. The files
    appear when all are written; cancelling leaves none. Raises UserError or WorldError for a folder
    that cannot be written.
    """
    from indieartist.audio.demo.mixdown import mix_down, total
    from indieartist.audio.demo.performance import record

    with _writing_into(folder):
        (folder / STEMS_FOLDER).mkdir(parents=True, exist_ok=True)
    tracks = record(part(report, 0.0, 0.6))
    mix_down(tracks, part(report, 0.6, 0.9))
    stems = {name: _whole_numbers(track) for name, track in tracks.items()}
    files = {f"{STEMS_FOLDER}/{STEM_NAME.format(name)}": stem for name, stem in stems.items()}
    files[MIX_NAME] = total(stems.values())
    with _writing_into(folder):
        *stem_paths, mix_path = _write_all(files, folder, part(report, 0.9, 1.0))
    return DemoSong(mix_path, tuple(stem_paths))


@contextmanager
def _writing_into(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise world_error(error, folder) from error


def _whole_numbers(sound: NDArray[np.float32]) -> NDArray[np.int32]:
    """Samples of 24 bits: rounded once, here, so that the stems' sum is exact; uses `sound` up."""
    import numpy as np

    sound *= np.float32(_FULL_SCALE)
    return np.rint(sound, out=sound).astype("<i4")


def _write_all(files: dict[str, NDArray[np.int32]], folder: Path, report: Report) -> list[Path]:
    """Write the files aside, then move each to its place."""
    with tempfile.TemporaryDirectory(prefix=".night-bus-", dir=folder) as aside:
        for done, (name, samples) in enumerate(files.items()):
            report(done / len(files))
            _write_wav(Path(aside, Path(name).name), samples)
        report(1.0)
        return [Path(aside, Path(name).name).replace(folder / name) for name in files]


def _write_wav(path: Path, samples: NDArray[np.int32]) -> None:
    import numpy as np

    from indieartist.audio.demo.synth import RATE_HZ

    low_bytes = np.ascontiguousarray(samples).view(np.uint8).reshape(-1, 4)[:, :3]
    with path.open("wb") as file:
        with wave.open(file, "wb") as writer:
            writer.setnchannels(samples.shape[1])
            writer.setsampwidth(3)
            writer.setframerate(RATE_HZ)
            writer.writeframes(low_bytes.tobytes())
        file.flush()
        os.fsync(file.fileno())
