"""The music that is measured and mastered: made here or fetched from Debian, kept in `.cache`."""

from __future__ import annotations

import sys
import tempfile
import wave
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.song import SongError, mix, provide_bounce, read_facts, unpack_package

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    Sound = NDArray[np.float64]

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".cache" / "bench"
RATE_HZ, SECONDS = 44_100, 240
ALBUM_TRACKS = 12
FLOOR_DBFS = -78.0  # of the noise that any mix has, and that a lossless file must carry
GAMES = "usr/share/games/fretsonfire/data/songs/muldjord"
HYPERROGUE = "usr/share/hyperrogue/music"


@dataclass(frozen=True, slots=True)
class Source:
    """A real song: its Debian package, and the files in it that add up to the song."""

    name: str
    package: str
    files: tuple[str, ...]


SONGS = (
    Source(
        "armygeddon",
        "fretsonfire-songs-muldjord",
        (f"{GAMES}/armygeddon/song.ogg", f"{GAMES}/armygeddon/guitar.ogg"),
    ),
    Source(
        "frozen bubble",
        "frozen-bubble-data",
        ("usr/share/games/frozen-bubble/snd/frozen-mainzik-1p.ogg",),
    ),
    Source("hell", "hyperrogue-music", (f"{HYPERROGUE}/hr3-hell.ogg",)),
    Source("ocean", "hyperrogue-music", (f"{HYPERROGUE}/hr-savino-ocean.ogg",)),
    Source("mountain", "hyperrogue-music", (f"{HYPERROGUE}/hr-domina-mountain.ogg",)),
)


def provide_song() -> Path:
    """Return four minutes of stereo at 44.1 kHz in a 24-bit FLAC: the song that is timed."""
    return once("song.flac", lambda path: write_flac(path, make_song(SECONDS)))


def provide_reference() -> Path:
    """Return a record as loud as many are: about -9 LUFS, with peaks above full scale."""
    return once("reference.wav", lambda path: write_wav(path, make_reference(SECONDS)))


def provide_album() -> list[Path]:
    """Return twelve songs of four minutes, no two alike."""
    return [
        once(f"album-{track:02}.flac", partial(write_album_track, track))
        for track in range(1, ALBUM_TRACKS + 1)
    ]


def provide_real_songs() -> dict[str, Path]:
    """Return six real songs by name, or as many of them as can be fetched on this machine."""
    songs: dict[str, Path] = {}
    try:
        songs["feelings"] = provide_bounce(read_facts())
        for source in SONGS:
            name = f"{source.name.replace(' ', '-')}.wav"
            songs[source.name] = once(name, partial(write_real_song, source))
    except SongError as problem:
        print(problem, file=sys.stderr)
    return songs


def once(name: str, write: Callable[[Path], object]) -> Path:
    """Return the file of this name in `.cache/bench`, written when it is not there yet."""
    path = FOLDER / name
    if not path.is_file():
        if "/" not in name:
            print(f"Making {name} for the benchmark (once) …", file=sys.stderr, flush=True)
        FOLDER.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"unfinished-{path.name}")
        write(unfinished)
        unfinished.replace(path)
    return path


def make_song(seconds: int) -> Sound:
    """The demo song played over and over, its level wandering by 8 dB, above a little noise.

    Drums, bass, chords, a sung formant and reverb: -19 LUFS and a range of some 10 LU.
    """
    import numpy as np

    song = np.resize(read_demo(), (seconds * RATE_HZ, 2))
    at_s = np.arange(len(song)) / RATE_HZ
    wander_db = 2.5 * np.sin(2 * np.pi * at_s / 83) + 1.5 * np.sin(2 * np.pi * at_s / 19)
    noise = np.random.default_rng(1770).standard_normal(song.shape)
    return song * 10 ** (wander_db[:, None] / 20) + noise * 10 ** (FLOOR_DBFS / 20)


def make_reference(seconds: int) -> Sound:
    """The demo song, brighter and driven into saturation, then clipped."""
    import numpy as np

    song = np.roll(np.resize(read_demo(), (seconds * RATE_HZ, 2)), 31 * RATE_HZ, axis=0)
    bright = song + 0.5 * np.diff(song, axis=0, prepend=song[-1:])
    return np.clip(1.1 * np.tanh(2.9 * bright), -1, 1)


def read_demo() -> Sound:
    """The demo song that the program ships, as samples."""
    import numpy as np
    import soundfile

    from indieartist.audio.demo.song import render_demo_song

    with tempfile.TemporaryDirectory() as folder:
        mix_path = render_demo_song(Path(folder)).mix_path
        return np.asarray(soundfile.read(mix_path, always_2d=True)[0])


def write_album_track(track: int, path: Path) -> None:
    """The song begun elsewhere and a little softer."""
    import numpy as np
    import soundfile

    samples, _ = soundfile.read(provide_song(), always_2d=True)
    write_flac(path, np.roll(samples, 17 * track * RATE_HZ, axis=0) * 10 ** (-track / 40))


def write_real_song(source: Source, path: Path) -> None:
    """Fetch the song's package and write the sum of its files. Raises SongError."""
    package = FOLDER / source.package
    if not package.is_dir():
        with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
            unpack_package(source.package, Path(folder))
            Path(folder).rename(package)
            Path(folder).mkdir()  # for its own removal
    mix([package / file for file in source.files], path)


def write_flac(path: Path, samples: Sound) -> None:
    """Write 24-bit FLAC."""
    import soundfile

    soundfile.write(path, samples, RATE_HZ, "PCM_24", format="FLAC")


def write_wav(path: Path, samples: Sound) -> None:
    """Write 24-bit WAV."""
    import soundfile

    soundfile.write(path, samples, RATE_HZ, "PCM_24", format="WAV")


def write_long_wav(path: Path, hours: int) -> None:
    """Write the song over and over as a 16-bit WAV of that length: 1.9 GB for three hours."""
    import soundfile

    samples, _ = soundfile.read(provide_song(), dtype="int16", always_2d=True)
    piece = samples.tobytes()
    with wave.open(str(path), "wb") as sound:
        sound.setparams((2, 2, RATE_HZ, 0, "NONE", ""))
        for _ in range(hours * 3600 // SECONDS):
            sound.writeframesraw(piece)
