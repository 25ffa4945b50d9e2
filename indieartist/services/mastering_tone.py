"""The tone of a mix, and of the record or house curve that it leans towards, for drawing."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.domain.progress import Report, silent
from indieartist.errors import UserError, world_error
from indieartist.library.vault import hash_file
from indieartist.services.mastering_choices import get_named, list_curves
from indieartist.services.mastering_traces import derived_of
from indieartist.services.mastering_views import Tone
from indieartist.services.measuring import measure_mix

if TYPE_CHECKING:
    from indieartist.audio.mastering.profile import Profile
    from indieartist.domain.release import Mix
    from indieartist.services.studio import Studio

_NAME = "profile-1"  # a new number where the same audio would give another


def read_tone(studio: Studio, mix: Mix, report: Report = silent) -> Tone:
    """The long-term spectrum of a mix; measured now where the library does not hold it yet."""
    from indieartist.audio.mastering.tone import measure_tone

    line = measure_tone(read_mix_profile(studio, mix, report))
    return Tone(mix.name, line.hz, line.mid_db, line.side_db)


def read_reference_tone(studio: Studio, reference: Path | str, report: Report = silent) -> Tone:
    """The spectrum of a record's file, or, for a name, of a house curve.

    Raises UserError for a file that is no song of one or two channels, and for an unknown curve.
    """
    from indieartist.audio.mastering.tone import draw_house, measure_tone

    if isinstance(reference, str):
        house = get_named(list_curves(studio), reference, "house curve")
        line, name = draw_house(house), house.label
    else:
        line, name = measure_tone(read_reference_profile(studio, reference, report)), reference.stem
    report(1.0)
    return Tone(name, line.hz, line.mid_db, line.side_db)


def read_mix_profile(studio: Studio, mix: Mix, report: Report = silent) -> Profile:
    """The stored long-term spectrum of a mix, measured now if it never was."""
    from indieartist.audio.mastering.profile import Profile
    from indieartist.library import contents

    with studio.library.read() as connection:
        stored = contents.find_profile(connection, mix.audio_hash)
    if stored is None:
        measure_mix(studio, mix, report, complete=True)
        with studio.library.read() as connection:
            stored = contents.find_profile(connection, mix.audio_hash)
        assert stored is not None
    report(1.0)
    return Profile.from_bytes(stored)


def read_reference_profile(studio: Studio, path: Path, report: Report = silent) -> Profile:
    """The long-term spectrum of a record's file, kept by its content: heard once.

    Raises UserError for what is no song of one or two channels.
    """
    from indieartist.audio.mastering.profile import Profile
    from indieartist.audio.mastering.source import read_profile

    content_hash, derived = hash_reference(path), derived_of(studio)
    stored = derived.find(content_hash, _NAME)
    try:
        if stored is not None:
            return Profile.from_bytes(stored)
    except ValueError:  # it is made again
        pass
    profile = read_profile(path, report)
    derived.write(content_hash, _NAME, profile.to_bytes())
    return profile


def hash_reference(path: Path) -> str:
    """The hash of a file's content; read again only once its size or its time has changed."""
    try:
        found = path.stat()
        return _hash(path, found.st_size, found.st_mtime_ns)
    except FileNotFoundError as error:
        raise UserError(f"There is no file {path}.", "Choose the reference again.") from error
    except OSError as error:
        raise world_error(error, path) from error


@lru_cache(maxsize=16)
def _hash(path: Path, _size_bytes: int, _changed_ns: int) -> str:
    return hash_file(path)
