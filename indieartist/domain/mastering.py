"""What a master is meant to be (`Target`, `Settings`) and what mastering did (`MasterReport`)."""

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
ALWAYS_ON = "level"
PHASES = ("linear", "minimum")
BIT_DEPTHS = (16, 24)
LEVELS_LUFS = (-40.0, -3.0)
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
class Settings:
    """How to master: everything that, with the bounce and the reference, decides each sample."""

    target: Target
    reference: str = ""  # the reference's name, as the person knows it; "" for none
    amount_pct: float = 60.0  # how much of the distance to the reference's tone is covered
    phase: str = "linear"
    bypassed: tuple[str, ...] = ()
    bits: int = 24

    def __post_init__(self) -> None:
        if not 0.0 <= self.amount_pct <= 100.0:
            raise UserError(f"The amount must lie between 0 and 100 %, not {self.amount_pct:g}.")
        if self.phase not in PHASES:
            raise UserError(f"There is no phase '{self.phase}'.", "Choose linear or minimum.")
        if self.bits not in BIT_DEPTHS:
            raise UserError(f"A master cannot have {self.bits} bits.", "Choose 16 or 24.")
        for stage in self.bypassed:
            if stage not in STAGES or stage == ALWAYS_ON:
                raise UserError(
                    f"There is no stage '{stage}' to bypass.",
                    f"Choose from: {', '.join(name for name in STAGES if name != ALWAYS_ON)}.",
                )

    def runs(self, stage: str) -> bool:
        """Whether `stage` is in the chain."""
        return stage not in self.bypassed


@dataclass(frozen=True, slots=True)
class StageReading:
    """What one stage did, in one sentence and in figures (units in their names)."""

    name: str
    label: str
    sentence: str
    figures: dict[str, float] = field(default_factory=dict)


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
