"""Songs as people name them: files, tracks of the library, or all tracks of a release."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.domain.playback import Level
from indieartist.domain.progress import Report, part, silent
from indieartist.errors import UserError
from indieartist.services.measuring import audio_path, get_mix, measure_mix, waveform_of

if TYPE_CHECKING:
    from indieartist.audio.waveform import Waveform
    from indieartist.domain.measurement import Measurement
    from indieartist.domain.release import Mix, Track
    from indieartist.services.studio import Studio

_SUFFIX = re.compile(r"\.[A-Za-z]\w{1,4}")  # of a file; not the 2 of R1.2, nor of "Mr. Blue"

GetStudio = Callable[[], "Studio"]
"""Opens the library where a song is looked for in it; a file never needs it."""


@dataclass(frozen=True, slots=True, eq=False)
class Song:
    """A song that was measured: where it lies, its figures, and its loudness over time."""

    title: str
    path: Path
    measurement: Measurement
    waveform: Waveform
    track_id: int | None = None

    @property
    def level(self) -> Level:
        """How loud it is and how high it peaks."""
        return Level(self.measurement.integrated_lufs, self.measurement.true_peak_dbtp)


def read_songs(
    targets: Sequence[str], get_studio: GetStudio, report: Report = silent
) -> list[Song]:
    """The songs that are meant: each target a file, a track, or a release such as R1 for all its.

    Files are measured now, tracks where they never were. Raises UserError for what there is not.
    """
    songs: list[Song] = []
    for number, target in enumerate(targets):
        share = part(report, number / len(targets), (number + 1) / len(targets))
        songs += _read(target, get_studio, share)
    return songs


def find_song(target: str, get_studio: GetStudio) -> tuple[str, Path]:
    """The title of one song and where it lies, without measuring it."""
    path = Path(target)
    if _is_file(path, target):
        return path.stem, path
    tracks = _tracks(get_studio(), target)
    if len(tracks) > 1:
        raise UserError(f"{target} has {len(tracks)} tracks.", f"Name one of them: {target}.1.")
    mix = get_mix(tracks[0].current, tracks[0].title)
    return tracks[0].title, audio_path(get_studio(), mix)


def read_song(studio: Studio, mix: Mix, title: str, report: Report = silent) -> Song:
    """A mix of the library, with its stored figures, measured now if it never was."""
    measured = measure_mix(studio, mix, report)
    waveform = waveform_of(studio, mix)
    return Song(title, audio_path(studio, mix), measured, waveform)


def read_album(songs: Sequence[Song], get_studio: GetStudio, report: Report = silent) -> list[Song]:
    """The album that songs are of: several are one, a track's is its release."""
    from indieartist.services import finding

    track_id = songs[0].track_id
    if len(songs) > 1:
        return list(songs)
    if track_id is None:
        raise UserError("One file is no album.", "Name all its files, or a track of a release.")
    release_id = finding.get_track(get_studio(), f"T{track_id}").release_id
    return read_songs([f"R{release_id}"], get_studio, report)


def album_lufs(songs: Sequence[Song]) -> float | None:
    """The loudness of all songs one after another (BS.1770: their blocks are gated together)."""
    import numpy as np

    from indieartist.audio.loudness import integrated_lufs

    return integrated_lufs(np.concatenate([song.waveform.gating_blocks for song in songs]))


def _read(target: str, get_studio: GetStudio, report: Report) -> list[Song]:
    path = Path(target)
    if _is_file(path, target):
        from indieartist.audio.measure import measure_file

        analysis = measure_file(path, report)
        return [Song(path.stem, path, analysis.measurement, analysis.waveform)]
    studio = get_studio()
    return [_song(studio, track, report) for track in _tracks(studio, target)]


def _is_file(path: Path, target: str) -> bool:
    """Whether it is there; raises UserError for what can only be a file and is not."""
    if path.exists():
        return True
    if "/" in target or _SUFFIX.fullmatch(path.suffix):
        raise UserError(f"There is no file {target}.", "Check the path.")
    return False


def _tracks(studio: Studio, target: str) -> list[Track]:
    from indieartist.services import finding

    if not re.fullmatch(r"[Rr]\d+", target.strip()):
        return [finding.get_track(studio, target)]
    release = finding.get_release(studio, target)
    tracks = [track for track in release.tracks if track.current]
    if not tracks:
        raise UserError(f"“{release.title}” has no audio yet.", "Import its bounces.")
    return tracks


def _song(studio: Studio, track: Track, report: Report) -> Song:
    mix = get_mix(track.current, track.title)
    song = read_song(studio, mix, track.title, report)
    return Song(song.title, song.path, song.measurement, song.waveform, track.id)
