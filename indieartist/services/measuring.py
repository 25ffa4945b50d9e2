"""Measuring: figures for a file or a track, computed once for each audio hash."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.domain.progress import Report, silent
from indieartist.errors import UserError

if TYPE_CHECKING:
    from indieartist.audio.waveform import Waveform
    from indieartist.domain.measurement import Measurement
    from indieartist.domain.release import Mix
    from indieartist.services.studio import Studio

# The library is imported where it is used: a file is measured without a database.


def measure_path(path: Path, report: Report = silent) -> Measurement:
    """The figures of any audio file, in the library or not."""
    from indieartist.audio.measure import measure_file

    return measure_file(path, report).measurement


def measure_mix(studio: Studio, mix: Mix, report: Report = silent) -> Measurement:
    """The figures of a mix: those stored, else measured now and stored."""
    return _analysis(studio, mix.audio_hash, report)[0]


def waveform_of(studio: Studio, mix: Mix, report: Report = silent) -> Waveform:
    """The waveform of a mix, measured now if it never was."""
    from indieartist.audio.waveform import Waveform

    return Waveform.from_bytes(_analysis(studio, mix.audio_hash, report)[1])


def audio_path(studio: Studio, mix: Mix) -> Path:
    """Where a mix's audio lies; raises UserError when it is missing."""
    from indieartist.library import releases

    with studio.library.read() as connection:
        suffix = releases.info_of(connection, mix.audio_hash)[1]
    return studio.library.vault.get_path(mix.audio_hash, suffix)


def _analysis(studio: Studio, audio_hash: str, report: Report) -> tuple[Measurement, bytes]:
    from indieartist.library import releases

    with studio.library.read() as connection:
        stored = releases.find_measurement(connection, audio_hash)
        suffix = releases.info_of(connection, audio_hash)[1]
    return stored or measure_stored(studio, audio_hash, suffix, report)


def measure_stored(
    studio: Studio, audio_hash: str, suffix: str, report: Report = silent
) -> tuple[Measurement, bytes]:
    """Measure a file of the vault and keep its figures and waveform."""
    from indieartist.audio.measure import measure_file
    from indieartist.library import releases

    analysis = measure_file(studio.library.vault.get_path(audio_hash, suffix), report)
    waveform = analysis.waveform.to_bytes()
    with studio.library.write() as connection:
        releases.remember_measurement(connection, audio_hash, analysis.measurement, waveform)
    return analysis.measurement, waveform


def get_mix(mix: Mix | None, title: str) -> Mix:
    """The mix, or a UserError that says the track has none."""
    if mix is None:
        raise UserError(f"“{title}” has no audio yet.", "Import a bounce for it.")
    return mix
