"""What changed between two versions of a song, in words and figures: level, tone, dynamics, width.

Tone and width are told at equal loudness, as an ear compares them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from indieartist.domain.playback_words import number

if TYPE_CHECKING:
    from indieartist.domain.measurement import Measurement

TOPICS = ("level", "tone", "dynamics", "width")
BAND_EDGES_HZ = (20.0, 150.0, 600.0, 2500.0, 8000.0, 20000.0)
BANDS = {
    "lows": "below 150 Hz",
    "low_mids": "from 150 to 600 Hz",
    "mids": "from 600 Hz to 2.5 kHz",
    "highs": "from 2.5 to 8 kHz",
    "air": "above 8 kHz",
}
LEVEL_LU, TONE_DB, RANGE_LU, CREST_DB, WIDTH_DB = 0.1, 0.3, 0.5, 0.5, 0.3  # less is not heard


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: its topic, one plain sentence, and its figures by name with their units."""

    topic: str
    words: str
    figures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Character:
    """What of a version is compared: its measurement, its balance and its width.

    `bands_db` is the level of each band over the loudness of the whole, None where nothing
    sounds; `width_db` the side over the mid, None for mono.
    """

    measurement: Measurement
    bands_db: tuple[float | None, ...]
    width_db: float | None


def tell_changes(before: Character, after: Character) -> tuple[Change, ...]:
    """One change for each topic that can be told, in their order; silence has none."""
    told = (tell(before, after) for tell in (_tell_level, _tell_tone, _tell_dynamics, _tell_width))
    return tuple(change for change in told if change is not None)


def _tell_level(before: Character, after: Character) -> Change | None:
    old, new = before.measurement, after.measurement
    if old.integrated_lufs is None or new.integrated_lufs is None:
        return None
    change_lu = new.integrated_lufs - old.integrated_lufs
    figures = {
        "change_lu": change_lu,
        "before_lufs": old.integrated_lufs,
        "after_lufs": new.integrated_lufs,
    }
    words = f"As loud as before, at {number(new.integrated_lufs)} LUFS"
    if abs(change_lu) >= LEVEL_LU:
        how = "louder" if change_lu > 0 else "quieter"
        way = f"from {number(old.integrated_lufs)} to {number(new.integrated_lufs)} LUFS"
        words = f"{number(abs(change_lu))} LU {how}: {way}"
    if old.true_peak_dbtp is not None and new.true_peak_dbtp is not None:
        figures |= {"before_dbtp": old.true_peak_dbtp, "after_dbtp": new.true_peak_dbtp}
        words += f", peaks {_peak_words(old.true_peak_dbtp, new.true_peak_dbtp)}"
    return _change("level", words, figures)


def _peak_words(before_dbtp: float, after_dbtp: float) -> str:
    if number(before_dbtp) == number(after_dbtp):
        return f"at {number(after_dbtp)} dBTP as before"
    return f"at {number(after_dbtp)} instead of {number(before_dbtp)} dBTP"


def _tell_tone(before: Character, after: Character) -> Change | None:
    changes = {
        name: new - old
        for name, old, new in zip(BANDS, before.bands_db, after.bands_db, strict=True)
        if old is not None and new is not None
    }
    if not changes:
        return None
    heard = sorted(
        (name for name, change in changes.items() if abs(change) >= TONE_DB),
        key=lambda name: -abs(changes[name]),
    )
    figures = {f"{name}_db": change for name, change in changes.items()}
    if not heard:
        return _change("tone", "The tone is as it was", figures)
    parts = [_band_words(name, changes[name]) for name in heard]
    return _change("tone", f"At equal loudness {_listed(parts)}", figures)


def _band_words(name: str, change_db: float) -> str:
    return f"{number(abs(change_db))} dB {'more' if change_db > 0 else 'less'} {BANDS[name]}"


def _tell_dynamics(before: Character, after: Character) -> Change | None:
    old, new = before.measurement, after.measurement
    crests = _crest_db(old), _crest_db(new)
    if crests[0] is None or crests[1] is None:
        return None
    range_lu = new.loudness_range_lu - old.loudness_range_lu
    crest_db = crests[1] - crests[0]
    figures = {
        "range_change_lu": range_lu,
        "before_range_lu": old.loudness_range_lu,
        "after_range_lu": new.loudness_range_lu,
        "peak_to_loudness_change_db": crest_db,
        "before_peak_to_loudness_db": crests[0],
        "after_peak_to_loudness_db": crests[1],
    }
    parts = []
    if abs(range_lu) >= RANGE_LU:
        way = "nearer to" if range_lu < 0 else "further from"
        parts.append(f"the loud parts are {number(abs(range_lu))} dB {way} the quiet ones")
    if abs(crest_db) >= CREST_DB:
        way = "less" if crest_db < 0 else "more"
        parts.append(f"the peaks stand out {number(abs(crest_db))} dB {way}")
    words = " and ".join(parts) or "loud and quiet parts and peaks keep their distances"
    return _change("dynamics", words[0].upper() + words[1:], figures)


def _crest_db(measurement: Measurement) -> float | None:
    """How far the highest peak stands above the loudness (PLR, AES TD1004)."""
    if measurement.true_peak_dbtp is None or measurement.integrated_lufs is None:
        return None
    return measurement.true_peak_dbtp - measurement.integrated_lufs


def _tell_width(before: Character, after: Character) -> Change | None:
    figures = {
        f"{when}_correlation": version.measurement.correlation
        for when, version in (("before", before), ("after", after))
        if version.measurement.correlation is not None
    }
    if before.width_db is None or after.width_db is None:
        return _change("width", _mono_words(before, after), figures)
    change_db = after.width_db - before.width_db
    figures |= {"change_db": change_db, "before_db": before.width_db, "after_db": after.width_db}
    words = "As wide as it was"
    if abs(change_db) >= WIDTH_DB:
        how = "wider: more" if change_db > 0 else "narrower: less"
        words = f"{number(abs(change_db))} dB {how} at the sides against the middle"
    return _change("width", words, figures)


def _mono_words(before: Character, after: Character) -> str:
    if before.width_db is None and after.width_db is None:
        return "Mono, as it was"
    return "Stereo now, and mono before" if before.width_db is None else "Mono now, stereo before"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _change(topic: str, words: str, figures: dict[str, float]) -> Change:
    rounded = {name: round(value, 2) + 0.0 for name, value in figures.items()}
    return Change(topic, f"{words}.", rounded)
