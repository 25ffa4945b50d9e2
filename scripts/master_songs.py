"""Six real songs of different kinds, fetched from Debian, mastered, and measured by others."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from song import ROOT, mix, unpack_package

if TYPE_CHECKING:
    from indieartist.audio.mastering import Master
    from indieartist.audio.mastering.chain import Shape
    from indieartist.audio.mastering.level import Take
    from indieartist.domain.mastering import Settings

FOLDER = ROOT / ".cache" / "mastering"
FRETS = "usr/share/games/fretsonfire/data/songs/{}/song.ogg"
GUITAR = "usr/share/games/fretsonfire/data/songs/{}/guitar.ogg"
WESNOTH = "usr/share/games/wesnoth/1.16/data/core/music/{}.ogg"


@dataclass(frozen=True)
class RealSong:
    """A song that nobody here wrote: where it lies in which package, and how it is mastered."""

    key: str
    title: str
    artist: str
    package: str
    stems: tuple[str, ...]
    preset: str
    target: str = ""  # another than the preset's

    @property
    def bounce_path(self) -> Path:
        """Where its bounce lies."""
        return FOLDER / f"{self.key}.wav"

    @property
    def master_path(self) -> Path:
        """Where its master lies."""
        return FOLDER / f"{self.key} (master).wav"


def _frets(key: str, title: str, artist: str, folder: str, preset: str) -> RealSong:
    package = f"fretsonfire-songs-{artist.lower()}"
    stems = (FRETS.format(folder), GUITAR.format(folder))
    return RealSong(key, title, artist, package, stems, preset)


def _wesnoth(key: str, title: str, preset: str) -> RealSong:
    stems = (WESNOTH.format(title.lower().replace(" ", "_")),)
    return RealSong(key, title, "Battle for Wesnoth", "wesnoth-1.16-music", stems, preset)


SONGS = (
    _frets("rock", "Feelings", "Sectoid", "sectoid/Feelings", "rock"),
    _frets("metal", "Chaos God", "Muldjord", "muldjord/chaos_god", "metal"),
    _wesnoth("classical", "The Dangerous Symphony", "classical"),
    _wesnoth("acoustic", "Traveling Minstrels", "acoustic"),
    RealSong(
        "electronic",
        "R'Lyeh",
        "Shawn Parrotte",
        "hyperrogue-music",
        ("usr/share/hyperrogue/music/hr3-rlyeh.ogg",),
        "electronic",
        "club",
    ),
    RealSong(
        "pop",
        "One Player",
        "Frozen Bubble",
        "frozen-bubble-data",
        ("usr/share/games/frozen-bubble/snd/frozen-mainzik-1p.ogg",),
        "pop",
    ),
)
ALBUM = tuple(
    _wesnoth(title, title, "acoustic")
    for title in (
        "Silvan Sanctuary",
        "Traveling Minstrels",
        "Love Theme",
        "The City Falls",
        "Loyalists",
    )
)


@dataclass(frozen=True)
class Rendered:
    """A song's master, and everything that a picture of it shows."""

    song: RealSong
    settings: Settings
    shape: Shape
    take: Take
    master: Master


def provide_bounce(song: RealSong) -> Path:
    """Return the path of the song's bounce, fetched and mixed when it is not there yet."""
    if not song.bounce_path.is_file():
        FOLDER.mkdir(parents=True, exist_ok=True)
        unpacked = FOLDER / song.package
        if not unpacked.is_dir():
            unpacked.mkdir()
            unpack_package(song.package, unpacked)
        mix([unpacked / stem for stem in song.stems], song.bounce_path)
    return song.bounce_path


def render(song: RealSong) -> Rendered:
    """Master a song by its preset."""
    from indieartist.audio.mastering import make_master, open_shape
    from indieartist.services.mastering_choices import Shipped, get_settings

    bounce_path = provide_bounce(song)
    settings = get_settings(Shipped(), song.target, preset=song.preset)
    shape = open_shape(bounce_path, settings)
    master = make_master(bounce_path, song.master_path, settings)
    return Rendered(song, settings, shape, shape.fit(settings), master)


def measure_ebur128(path: Path) -> tuple[float, float]:
    """Loudness in LUFS and true peak in dBTP by libebur128."""
    import math

    import pyebur128  # type: ignore[import-untyped]
    import soundfile

    sound, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    mode = pyebur128.MeasurementMode.MODE_I | pyebur128.MeasurementMode.MODE_TRUE_PEAK
    state = pyebur128.R128State(sound.shape[1], rate_hz, mode)
    state.add_frames(sound.ravel(), len(sound))
    peaks = [pyebur128.get_true_peak(state, channel) for channel in range(sound.shape[1])]
    return pyebur128.get_loudness_global(state), 20.0 * math.log10(max(peaks))


def measure_ffmpeg(path: Path) -> tuple[float, float]:
    """Loudness in LUFS and true peak in dBTP by FFmpeg's ebur128 filter."""
    command = ("ffmpeg", "-nostats", "-i", str(path), "-af", "ebur128=peak=true", "-f", "null", "-")
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    summary = said[said.rindex("Summary:") :]
    lufs = re.search(r"I:\s+(-?[\d.]+) LUFS", summary)
    peak = re.search(r"Peak:\s+(-?[\d.]+) dBFS", summary)
    assert lufs is not None
    assert peak is not None
    return float(lufs[1]), float(peak[1])
