"""What a master is meant to be (`Target`, `Preset`, `Settings`) and what mastering did."""

from __future__ import annotations

from dataclasses import dataclass, field

from indieartist.domain.measurement import Measurement
from indieartist.domain.wording import write_minus
from indieartist.errors import UserError

STAGES: dict[str, str] = {
    "offset": "DC offset",
    "tone": "Tone match",
    "dynamics": "Three-band compressor",
    "level": "Level",
    "limiter": "True-peak limiter",
    "dither": "Dither",
}
PURPOSES: dict[str, str] = {
    "offset": "Takes away a constant shift of the wave, which only costs headroom.",
    "tone": "Leads the balance of lows and highs towards the record or curve you name.",
    "dynamics": "Evens out bass, middle and treble, each by itself.",
    "level": "Brings the song to its target's loudness, or as near as stays clean.",
    "limiter": "Holds every peak, also those between samples, under the ceiling.",
    "dither": "Turns rounding errors into a noise far below hearing.",
}
ALWAYS_ON = "level"
PHASES = ("linear", "minimum")
BIT_DEPTHS = (16, 24)
NOISES = ("shaped", "flat")
CONFIDENCES = ("high", "medium", "low")
LEVELS_LUFS = (-60.0, -3.0)  # the quiet end is for the interludes of an album
CEILINGS_DBTP = (-12.0, 0.0)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a master is going: its loudness, its ceiling and who says so, checked on which day."""

    name: str
    label: str
    integrated_lufs: float
    ceiling_dbtp: float
    source: str
    checked_on: str  # ISO date
    note: str = ""

    def __post_init__(self) -> None:
        low, high = LEVELS_LUFS
        if not low <= self.integrated_lufs <= high:
            raise UserError(
                write_minus(f"A master cannot stand at {self.integrated_lufs:g} LUFS."),
                write_minus(f"Choose a loudness between {low:g} and {high:g} LUFS."),
            )
        low, high = CEILINGS_DBTP
        if not low <= self.ceiling_dbtp <= high:
            raise UserError(
                write_minus(f"A master's ceiling cannot be {self.ceiling_dbtp:g} dBTP."),
                write_minus(f"Choose one between {low:g} and {high:g} dBTP."),
            )


@dataclass(frozen=True, slots=True)
class Voicing:
    """How one band is compressed; `window_ms` is the averaging of its level detector.

    The threshold lies `below_p95_db` under the level that the band exceeds 5 % of the time.
    """

    name: str
    ratio: float
    attack_ms: float
    release_ms: float
    window_ms: float
    below_p95_db: float = 4.0

    def __post_init__(self) -> None:
        times_ms = (self.attack_ms, self.release_ms, self.window_ms)
        if not (self.ratio >= 1.0 and min(times_ms) > 0.0 and self.below_p95_db >= 0.0):
            raise UserError(f"The {self.name} band cannot be compressed like that.")


VOICINGS = (
    Voicing("low", 1.8, 30.0, 250.0, 20.0),
    Voicing("mid", 1.6, 15.0, 150.0, 8.0),
    Voicing("high", 1.5, 6.0, 90.0, 3.0),
)


@dataclass(frozen=True, slots=True)
class HouseCurve:
    """A long-term spectrum to lean towards: (Hz, dB of the octave band there), rising in Hz.

    Pink noise is flat on it. Only its shape counts, never its level.
    """

    name: str
    label: str
    points: tuple[tuple[float, float], ...]
    source: str
    checked_on: str  # ISO date
    confidence: str
    note: str = ""

    def __post_init__(self) -> None:
        hz = [point[0] for point in self.points]
        if len(hz) < 2 or hz != sorted(set(hz)) or hz[0] <= 0.0:
            raise UserError(f"The points of the curve “{self.name}” do not rise in Hz.")


@dataclass(frozen=True, slots=True)
class Preset:
    """A way to master a kind of music: where to, by which curve, and how each band is compressed.

    `target` and `curve` are names; no curve leaves the tone alone.
    """

    name: str
    label: str
    whom: str  # one sentence: for whom it is
    target: str
    source: str
    checked_on: str  # ISO date
    confidence: str
    curve: str = ""
    amount_pct: float = 0.0
    bypassed: tuple[str, ...] = ()
    voicings: tuple[Voicing, ...] = VOICINGS


@dataclass(frozen=True, slots=True)
class Settings:
    """How to master: everything that, with the bounce and the reference, decides each sample."""

    target: Target
    reference: str = ""  # the reference's name, as the person knows it; "" for none
    amount_pct: float = 60.0  # how much of the distance to the reference's tone is covered
    phase: str = "linear"
    bypassed: tuple[str, ...] = ()
    bits: int = 24
    curve: HouseCurve | None = None  # leant towards where there is no reference
    voicings: tuple[Voicing, ...] = VOICINGS
    noise: str = "shaped"  # the dither's spectrum, at 16 bits
    preset: str = ""  # the name of the preset that these came from

    def __post_init__(self) -> None:
        if not 0.0 <= self.amount_pct <= 100.0:
            raise UserError(f"The amount must lie between 0 and 100 %, not {self.amount_pct:g}.")
        if self.phase not in PHASES:
            raise UserError(f"There is no phase “{self.phase}”.", "Choose linear or minimum.")
        if self.bits not in BIT_DEPTHS:
            raise UserError(f"A master cannot have {self.bits} bits.", "Choose 16 or 24.")
        if self.noise not in NOISES:
            raise UserError(f"There is no noise “{self.noise}”.", "Choose shaped or flat.")
        if len(self.voicings) != len(VOICINGS):
            raise UserError("The compressor has three bands, each with one voicing.")
        for stage in self.bypassed:
            if stage not in STAGES or stage == ALWAYS_ON:
                raise UserError(
                    f"There is no stage “{stage}” to bypass.",
                    f"Choose from: {', '.join(name for name in STAGES if name != ALWAYS_ON)}.",
                )

    def runs(self, stage: str) -> bool:
        """Whether `stage` is in the chain."""
        return stage not in self.bypassed


@dataclass(frozen=True, slots=True)
class StageReading:
    """What one stage is for and what it did, in a sentence each and in figures with their units."""

    name: str
    label: str
    sentence: str
    figures: dict[str, float] = field(default_factory=dict)
    purpose: str = ""
    bypassed: bool = False


@dataclass(frozen=True, slots=True)
class MasterReport:
    """The bounce and the written master as measured, what each stage did, and what to know.

    `reached` is False where the target's loudness would have cost more limiting than is clean;
    the master then stands at `loudest_clean_lufs`.
    """

    before: Measurement
    after: Measurement
    stages: tuple[StageReading, ...]
    warnings: tuple[str, ...]
    reached: bool
    loudest_clean_lufs: float
