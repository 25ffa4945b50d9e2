"""What the person wants of a master, and the way back through every change of mind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indieartist.domain.mastering import STAGES

if TYPE_CHECKING:
    from indieartist.domain.mastering import HouseCurve, Preset, Settings, Target

OWN = "own"  # the choice of a level that no target names
NO_CURVE = "none"
_ROUGH_MS = 900  # changes of one control that follow each other so fast are one


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be asked for, as `services.mastering_choices` lists it."""

    targets: Mapping[str, Target]
    presets: Mapping[str, Preset]
    curves: Mapping[str, HouseCurve]


@dataclass(frozen=True, slots=True)
class Wishes:
    """Every choice of the chain, as the mastering settings name them; None and '' mean the
    preset's or the target's own."""

    preset: str = "neutral"
    target: str = ""
    own_lufs: float = -14.0
    ceiling_dbtp: float | None = None
    curve: str = ""
    reference: Path | None = None
    amount_pct: float | None = None
    phase: str = "linear"
    bypassed: tuple[str, ...] = ()
    bits: int = 24
    noise: str = "shaped"

    def goal(self, choices: Choices) -> tuple[float, float]:
        """The loudness in LUFS and the ceiling in dBTP that are asked for."""
        target = choices.targets.get(self.target_name(choices))
        lufs = target.integrated_lufs if target and self.target != OWN else self.own_lufs
        ceiling = target.ceiling_dbtp if target else -1.0
        return lufs, ceiling if self.ceiling_dbtp is None else self.ceiling_dbtp

    def target_name(self, choices: Choices) -> str:
        """The target that is asked for, by itself or by the preset."""
        preset = choices.presets.get(self.preset)
        return self.target or (preset.target if preset else "")

    def curve_name(self, choices: Choices) -> str:
        """The curve that the tone leans towards; empty for none."""
        preset = choices.presets.get(self.preset)
        name = self.curve or (preset.curve if preset else "")
        return "" if self.reference is not None or name == NO_CURVE else name

    def settings(self, tables: Any) -> Settings:
        """The settings that these make; raises UserError where they cannot be."""
        from indieartist.services import mastering

        return mastering.get_settings(
            tables,
            f"{self.own_lufs:g}" if self.target == OWN else self.target,
            preset=self.preset,
            curve=self.curve,
            ceiling_dbtp=self.ceiling_dbtp,
            reference=self.reference.stem if self.reference else "",
            amount_pct=self.amount_pct,
            phase=self.phase,
            bypassed=self.bypassed,
            bits=self.bits,
            noise=self.noise,
        )


NAMES = {
    "preset": "preset",
    "target": "target",
    "own_lufs": "loudness",
    "ceiling_dbtp": "ceiling",
    "curve": "curve",
    "reference": "reference",
    "amount_pct": "amount",
    "phase": "phase",
    "bypassed": "bypass",
    "bits": "bits",
    "noise": "noise",
}


def changed_name(before: Wishes, after: Wishes) -> str:
    """What of them differs, in a word."""
    names = [f.name for f in fields(Wishes) if getattr(before, f.name) != getattr(after, f.name)]
    if "preset" in names:
        return NAMES["preset"]
    if names == ["bypassed"]:
        stage = set(before.bypassed) ^ set(after.bypassed)
        return STAGES[min(stage)].lower() if len(stage) == 1 else NAMES["bypassed"]
    return NAMES[names[0]] if names else ""


def take_preset(now: Wishes, preset: str) -> Wishes:
    """Begin anew from a preset; a reference, the bits and the phase stay as they are."""
    kept = Wishes(reference=now.reference, phase=now.phase, bits=now.bits, noise=now.noise)
    return replace(kept, preset=preset)


def read_wishes(kept: Mapping[str, Any], choices: Choices) -> Wishes:
    """The wishes that a master was made by, from the settings that are kept with it."""
    target, curve = kept.get("target") or {}, kept.get("curve") or {}
    name = str(target.get("name", ""))
    known = choices.targets.get(name)
    preset = str(kept.get("preset", ""))
    of_preset = choices.presets.get(preset)
    ceiling = target.get("ceiling_dbtp")
    mine = tuple(
        stage
        for stage in kept.get("bypassed", ())
        if of_preset is None or stage not in of_preset.bypassed
    )
    return Wishes(
        preset=preset if of_preset else "neutral",
        target=name if known else OWN,
        own_lufs=float(target.get("integrated_lufs", -14.0)),
        ceiling_dbtp=None if known and known.ceiling_dbtp == ceiling else ceiling,
        curve=str(curve.get("name", NO_CURVE)),
        amount_pct=kept.get("amount_pct"),
        phase=str(kept.get("phase", "linear")),
        bypassed=mine,
        bits=int(kept.get("bits", 24)),
        noise=str(kept.get("noise", "shaped")),
    )


class WishHistory:
    """The wishes of one track, with what they were before; kept for as long as the window is."""

    def __init__(self, wishes: Wishes | None = None) -> None:
        self.now = wishes or Wishes()
        self._before: list[Wishes] = []
        self._after: list[Wishes] = []
        self._last: tuple[str, float] = ("", 0.0)

    def change(self, wishes: Wishes, at_ms: float) -> None:
        """Want something else; a drag of one control is one change."""
        if wishes == self.now:
            return
        name = changed_name(self.now, wishes)
        if (name, True) != (self._last[0], at_ms - self._last[1] < _ROUGH_MS) or not self._before:
            self._before.append(self.now)
        self._last = name, at_ms
        self.now = wishes
        self._after.clear()

    @property
    def undo_name(self) -> str:
        """What `undo` would take back, in a word; empty where there is nothing."""
        return changed_name(self._before[-1], self.now) if self._before else ""

    @property
    def redo_name(self) -> str:
        """What `redo` would do again."""
        return changed_name(self.now, self._after[-1]) if self._after else ""

    def undo(self) -> None:
        """Take the last change back."""
        self._step(self._before, self._after)

    def redo(self) -> None:
        """Do the change that was taken back again."""
        self._step(self._after, self._before)

    def _step(self, source: list[Wishes], target: list[Wishes]) -> None:
        if source:
            target.append(self.now)
            self.now = source.pop()
            self._last = ("", 0.0)
