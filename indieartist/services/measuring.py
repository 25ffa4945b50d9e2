"""Measuring: figures for files, tracks and albums, computed once for each audio hash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.domain.progress import Report, silent
from indieartist.errors import UserError
from indieartist.services.together import run_together

if TYPE_CHECKING:
    from indieartist.audio.waveform import Waveform
    from indieartist.domain.measurement import AlbumMeasurement, Measurement
    from indieartist.domain.release import Mix, Release, Track
    from indieartist.services.studio import Studio

    Song = tuple[Measurement, Waveform]

# The library is imported where it is used: a file is measured without a database.


@dataclass(frozen=True, slots=True)
class Target:
    """Something to measure, as the person called it: a file, or a mix of the library."""

    name: str
    title: str
    sound: Path | Mix


def file_target(path: Path) -> Target:
    """A file, in the library or not."""
    return Target(str(path), path.name, path)


def track_target(track: Track) -> Target:
    """The current mix of a track; raises UserError where it has none."""
    return Target(f"T{track.id}", track.title, get_mix(track.current, track.title))


def release_targets(release: Release) -> list[Target]:
    """The current mixes of a release's tracks; raises UserError where there is nothing to hear."""
    if not release.tracks:
        raise UserError(f"“{release.title}” has no tracks yet.", "Import a bounce for it.")
    return [track_target(track) for track in release.tracks]


def measure_targets(
    targets: Sequence[Target],
    studio: Studio | None = None,
    report: Report = silent,
    *,
    loudness_only: bool = False,
) -> tuple[list[Measurement], AlbumMeasurement]:
    """Measure each, two at a time, and all of them as an album.

    Mixes need the studio: what is stored of them is not measured again. `loudness_only` leaves out
    quality, tempo, key and fingerprint of what was never measured.
    """
    from indieartist.audio.analysis.album import measure_album

    how = _How(loudness_only, threads=2 if len(targets) == 1 else 1)

    def work(target: Target) -> Callable[[Report], Song]:
        return lambda share: _measure(target, studio, share, how)

    songs = run_together([work(target) for target in targets], report)
    return [measurement for measurement, _ in songs], measure_album(songs)


@dataclass(frozen=True, slots=True)
class _How:
    """How much of a song is measured, and on how many threads."""

    loudness_only: bool = False
    threads: int = 2


def _measure(target: Target, studio: Studio | None, report: Report, how: _How) -> Song:
    if isinstance(target.sound, Path):
        return _measure_file(target.sound, report, how)
    from indieartist.audio.waveform import Waveform

    assert studio is not None
    found = _analysis(studio, target.sound.audio_hash, report, complete=not how.loudness_only)
    return found[0], Waveform.from_bytes(found[1])


def _measure_file(path: Path, report: Report, how: _How) -> Song:
    if how.loudness_only:
        from indieartist.audio.measure import measure_file

        quick = measure_file(path, report, threads=how.threads)
        return quick.measurement, quick.waveform
    from indieartist.audio.analysis.listening import hear_file

    heard = hear_file(path, report, threads=how.threads)
    return heard.measurement, heard.waveform


def measure_path(
    path: Path, report: Report = silent, *, loudness_only: bool = False
) -> Measurement:
    """The figures of any audio file, in the library or not."""
    return _measure_file(path, report, _How(loudness_only))[0]


def measure_mix(
    studio: Studio, mix: Mix, report: Report = silent, *, complete: bool = False
) -> Measurement:
    """The figures of a mix: those stored, else measured now and stored.

    A library of before, or a master just made, may hold the loudness alone: `complete` measures
    the rest.
    """
    return _analysis(studio, mix.audio_hash, report, complete=complete)[0]


def waveform_of(studio: Studio, mix: Mix, report: Report = silent) -> Waveform:
    """The waveform of a mix, measured now if it never was."""
    from indieartist.audio.waveform import Waveform

    return Waveform.from_bytes(_analysis(studio, mix.audio_hash, report)[1])


def audio_path(studio: Studio, mix: Mix) -> Path:
    """Where a mix's audio lies; raises UserError when it is missing."""
    from indieartist.library import contents

    with studio.library.read() as connection:
        suffix = contents.info_of(connection, mix.audio_hash)[1]
    return studio.library.vault.get_path(mix.audio_hash, suffix)


def _analysis(
    studio: Studio, audio_hash: str, report: Report, *, complete: bool = False
) -> tuple[Measurement, bytes]:
    from indieartist.library import contents

    with studio.library.read() as connection:
        stored = contents.find_measurement(connection, audio_hash)
        suffix = contents.info_of(connection, audio_hash)[1]
    if stored and (stored[0].complete or not complete):
        report(1.0)
        return stored
    return measure_stored(studio, audio_hash, suffix, report)


def measure_stored(
    studio: Studio, audio_hash: str, suffix: str, report: Report = silent
) -> tuple[Measurement, bytes]:
    """Measure everything in a file of the vault, and keep it."""
    from indieartist.audio.analysis.listening import hear_file
    from indieartist.library import contents

    heard = hear_file(studio.library.vault.get_path(audio_hash, suffix), report)
    waveform, profile = heard.waveform.to_bytes(), heard.profile.to_bytes()
    with studio.library.write() as connection:
        contents.remember_measurement(connection, audio_hash, heard.measurement, waveform, profile)
    return heard.measurement, waveform


def get_mix(mix: Mix | None, title: str) -> Mix:
    """The mix, or a UserError that says the track has none."""
    if mix is None:
        raise UserError(f"“{title}” has no audio yet.", "Import a bounce for it.")
    return mix
