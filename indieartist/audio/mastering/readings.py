"""What each stage did, in a sentence that a musician can act on and in figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.mastering.dither import is_shaped
from indieartist.audio.statistics import find_percentile
from indieartist.domain.mastering import PURPOSES, STAGES, Settings, StageReading
from indieartist.domain.wording import write_minus

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.mastering.chain import Shape
    from indieartist.audio.mastering.curve import MatchCurve
    from indieartist.audio.mastering.shape import Dynamics
    from indieartist.audio.mastering.solve import Solution
    from indieartist.domain.measurement import AudioInfo, Measurement

BANDS = ("low", "mid", "high")
AUDIBLE_HZ = (20.0, 20000.0)
TOUCH_DB = 0.05  # less than this is nothing
LARGE_GAIN_DB, LOUDER_LU = 20.0, 0.5
CD_RATE_HZ = 44100


def list_stages(shape: Shape, solution: Solution, settings: Settings) -> tuple[StageReading, ...]:
    """What every stage did, in the order of the chain."""
    return (
        read_offset(shape.offset, settings),
        read_tone(shape.curve, settings),
        read_dynamics(shape.dynamics),
        read_level(solution, settings),
        read_limiter(solution, settings),
        read_dither(settings, shape.programme.sample_rate_hz),
    )


def list_warnings(
    before: Measurement, info: AudioInfo, solution: Solution, settings: Settings
) -> tuple[str, ...]:
    """What the person should know before releasing this master, most important first."""
    target_lufs, drive_db = settings.target.integrated_lufs, solution.drive_db
    louder_lu = (before.integrated_lufs or target_lufs) - target_lufs
    loudest = f"{solution.loudest_clean_lufs:.1f} LUFS"
    found = [
        (
            not solution.reached and settings.runs("limiter"),
            f"{target_lufs:.1f} LUFS cannot be reached without damage: the limiter would take off "
            f"more than 6 dB for longer than 5 % of the song. {loudest} is the loudest clean "
            "level, and there the master stands.",
        ),
        (
            not solution.reached and not settings.runs("limiter"),
            f"Without the limiter {loudest} is the loudest that stays below the ceiling.",
        ),
        (
            before.clipped_runs > 0,
            f"The bounce clips {before.clipped_runs} times: lower the mix bus and export it again.",
        ),
        (
            not info.lossless,
            f"The bounce is lossy ({info.codec}): export WAV, AIFF or FLAC for the master.",
        ),
        (
            drive_db > LARGE_GAIN_DB,
            f"The bounce was raised by {drive_db:.0f} dB, and its noise with it.",
        ),
        (
            louder_lu > LOUDER_LU,
            f"The bounce is {louder_lu:.1f} LU louder than its target and was turned down: one "
            "with less limiting would make a better master.",
        ),
        (
            info.sample_rate_hz < CD_RATE_HZ,
            f"The bounce has a sample rate of {info.sample_rate_hz} Hz; stores ask for 44100 Hz.",
        ),
    ]
    return tuple(write_minus(sentence) for applies, sentence in found if applies)


def read_offset(offset: NDArray[np.float64], settings: Settings) -> StageReading:
    """Whether the waveform had to be moved back to the middle."""
    if not settings.runs("offset"):
        return _bypassed("offset")
    largest = float(np.abs(offset).max())
    if not largest:
        return _reading("offset", "Nothing to remove.", {})
    level_dbfs = 20.0 * np.log10(largest)
    sentence = f"Removed {level_dbfs:.0f} dBFS of DC, which took headroom and made no sound."
    return _reading("offset", sentence, {"removed_dbfs": level_dbfs})


def read_tone(curve: MatchCurve, settings: Settings) -> StageReading:
    """How the tone moved: its largest rise and fall on the mid, and where."""
    if not settings.runs("tone"):
        return _bypassed("tone")
    if curve.is_flat:
        return _reading("tone", "Nothing to match: the tone is as you mixed it.", {})
    inside = (curve.frequencies_hz >= AUDIBLE_HZ[0]) & (curve.frequencies_hz <= AUDIBLE_HZ[1])
    hz, mid = curve.frequencies_hz[inside], curve.mid_db[inside]
    high, low = int(mid.argmax()), int(mid.argmin())
    figures = {
        "rise_db": mid[high],
        "rise_hz": hz[high],
        "fall_db": mid[low],
        "fall_hz": hz[low],
        "side_rise_db": curve.side_db.max(),
        "side_fall_db": curve.side_db.min(),
    }
    sentence = (
        f"{settings.amount_pct:.0f} % of the way to {_lead(settings)}: {mid[high]:+.1f} dB at "
        f"{_frequency(hz[high])}, {mid[low]:+.1f} dB at {_frequency(hz[low])}."
    )
    return _reading("tone", sentence, figures)


def read_dynamics(dynamics: Dynamics | None) -> StageReading:
    """How much the loud passages of each band were taken back."""
    if dynamics is None:
        return _bypassed("dynamics")
    loud = [find_percentile(reduction, 95.0) for reduction in dynamics.reduction_db]
    figures = {f"{band}_p95_db": value for band, value in zip(BANDS, loud, strict=True)}
    sentence = (
        f"Loud passages taken back by {loud[0]:.1f} dB below 160 Hz, {loud[1]:.1f} dB in the "
        f"middle and {loud[2]:.1f} dB above 2.5 kHz; each band keeps its energy."
    )
    return _reading("dynamics", sentence, figures)


def read_level(solution: Solution, settings: Settings) -> StageReading:
    """How far the song was raised or lowered, and where it stands now."""
    drive, lufs = solution.drive_db, solution.integrated_lufs
    verb = "Raised" if drive >= 0.0 else "Lowered"
    sentence = f"{verb} by {abs(drive):.1f} dB to {lufs:.1f} LUFS."
    if not solution.reached:
        sentence += f" {settings.target.integrated_lufs:.1f} LUFS would be too much for this mix."
    return _reading("level", sentence, {"gain_db": drive, "integrated_lufs": lufs})


def read_limiter(solution: Solution, settings: Settings) -> StageReading:
    """How hard the limiter works: in the loudest 5 % of the time, and at most."""
    if not settings.runs("limiter"):
        return _bypassed("limiter")
    p95, most = find_percentile(solution.reduction_db, 95.0), float(solution.reduction_db.max())
    ceiling = settings.target.ceiling_dbtp
    sentence = f"Nothing to do: no peak comes near {ceiling:.1f} dBTP."
    if most >= TOUCH_DB:
        sentence = (
            f"Takes off at most {most:.1f} dB, and {p95:.1f} dB or more for 5 % of the time, "
            f"to stay below {ceiling:.1f} dBTP."
        )
    return _reading("limiter", sentence, {"p95_db": p95, "max_db": most, "ceiling_dbtp": ceiling})


def read_dither(settings: Settings, sample_rate_hz: int) -> StageReading:
    """How the samples became whole steps."""
    if not settings.runs("dither"):
        return _bypassed("dither")
    sentence = f"TPDF noise of one step at {settings.bits} bits"
    if is_shaped(settings, sample_rate_hz):
        sentence += ", moved above 12 kHz, where the ear hears least of it"
    figures = {"step_dbfs": -20.0 * np.log10(2.0) * (settings.bits - 1)}
    return _reading("dither", f"{sentence}.", figures)


def _reading(
    name: str, sentence: str, figures: dict[str, float], *, bypassed: bool = False
) -> StageReading:
    rounded = {key: round(float(value), 3) for key, value in figures.items()}
    words = write_minus(sentence)
    return StageReading(name, STAGES[name], words, rounded, PURPOSES[name], bypassed)


def _bypassed(name: str) -> StageReading:
    return _reading(name, "Bypassed.", {}, bypassed=True)


def _lead(settings: Settings) -> str:
    if settings.reference or settings.curve is None:
        return settings.reference
    return f"the house curve “{settings.curve.label}”"


def _frequency(hz: float) -> str:
    return f"{hz / 1000:.1f} kHz" if hz >= 1000 else f"{hz:.0f} Hz"
