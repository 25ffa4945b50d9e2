"""Comparing: what changed between two versions of a song, by their sound alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.domain.changes import BAND_EDGES_HZ, Change, Character
from indieartist.domain.changes import tell_changes as tell
from indieartist.domain.progress import Report, part, silent
from indieartist.errors import UserError
from indieartist.services.measuring import get_mix, measure_mix

if TYPE_CHECKING:
    from indieartist.audio.mastering.profile import Profile
    from indieartist.domain.measurement import Measurement
    from indieartist.domain.release import Mix, Track
    from indieartist.services.studio import Studio


def choose_pair(
    track: Track, number: int | None = None, other: int | None = None
) -> tuple[Mix, Mix]:
    """What is compared, before and after: mixes by number, else the current one and its bounce.

    Raises UserError where there is nothing to compare with.
    """
    from indieartist.services.versions import get_version  # and the library with it

    after = get_mix(track.current, track.title) if number is None else get_version(track, number)
    if other is not None:
        before: Mix | None = get_version(track, other)
    else:
        parent = next((mix for mix in track.mixes if mix.id == after.parent_id), None)
        before = parent or next((mix for mix in reversed(track.mixes) if mix != after), None)
    if before is None or before == after:
        raise UserError(
            f"“{track.title}” has nothing to compare mix {after.number} with.",
            "Master it, or import another bounce.",
        )
    return before, after


def tell_changes(
    studio: Studio, before: Mix, after: Mix, report: Report = silent
) -> tuple[Change, ...]:
    """What changed from one mix to another; at once where both were measured wholly."""
    return tell(
        _character_of(studio, before, part(report, 0.0, 0.5)),
        _character_of(studio, after, part(report, 0.5, 1.0)),
    )


def tell_file_changes(
    before_path: Path, after_path: Path, report: Report = silent
) -> tuple[Change, ...]:
    """What changed from one file to another; both are heard to their ends."""
    from indieartist.audio.analysis.listening import hear_file

    before = hear_file(before_path, part(report, 0.0, 0.5))
    after = hear_file(after_path, part(report, 0.5, 1.0))
    return tell(
        _character(before.measurement, before.profile), _character(after.measurement, after.profile)
    )


def _character_of(studio: Studio, mix: Mix, report: Report) -> Character:
    from indieartist.services.mastering_tone import read_mix_profile

    profile = read_mix_profile(studio, mix, report)
    return _character(measure_mix(studio, mix), profile)


def _character(measurement: Measurement, profile: Profile) -> Character:
    from indieartist.audio.mastering.tone import measure_bands, measure_width

    bands_db = measure_bands(profile, BAND_EDGES_HZ)
    return Character(measurement, bands_db, measure_width(profile))
