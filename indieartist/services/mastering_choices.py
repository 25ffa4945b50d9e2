"""What can be asked of a master: targets, presets and house curves, and settings of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from indieartist.domain.mastering import (
    VOICINGS,
    HouseCurve,
    Preset,
    Settings,
    Target,
    Voicing,
)
from indieartist.errors import UserError
from indieartist.system.paths import resources_path
from indieartist.system.resources import read_table

DEFAULT_TARGET, DEFAULT_PRESET = "streaming", "neutral"
NO_CURVE = "none"
REFERENCE_PCT, CURVE_PCT = 60.0, 30.0  # the amount where none is named: a record knows more
Named = TypeVar("Named")


class Tables(Protocol):
    """Who can read the tables of `resources/`: a studio, or `Shipped` where no library is open."""

    def table(self, *names: str) -> dict[str, Any]:
        """A table such as `table('mastering', 'targets')`."""
        ...


@dataclass(frozen=True, slots=True)
class Shipped:
    """The tables that came with the program."""

    folder: Path = field(default_factory=resources_path)

    def table(self, *names: str) -> dict[str, Any]:
        """A table such as `table('mastering', 'targets')`."""
        return read_table(self.folder.joinpath(*names).with_suffix(".toml"))


def list_targets(tables: Tables) -> dict[str, Target]:
    """The targets by name: where a master can be going, each with its source."""
    rows = tables.table("mastering", "targets")
    return {name: Target(name=name, **row) for name, row in rows.items()}


def list_curves(tables: Tables) -> dict[str, HouseCurve]:
    """The house curves by name: spectra that a song can lean towards, each with its source."""
    rows = tables.table("mastering", "curves")
    return {name: _curve(name, **row) for name, row in rows.items()}


def list_presets(tables: Tables) -> dict[str, Preset]:
    """The presets by name: ways to master a kind of music."""
    rows = tables.table("mastering", "presets")
    return {name: _preset(name, row) for name, row in rows.items()}


def get_settings(
    tables: Tables,
    target: str = "",
    *,
    preset: str = DEFAULT_PRESET,
    curve: str = "",
    ceiling_dbtp: float | None = None,
    **values: Any,
) -> Settings:
    """Settings for a named target, or for a loudness in LUFS such as '-12'.

    What is not named is the preset's; `values` are fields of `Settings`. A `curve` of 'none' leaves
    out the preset's, and a reference stands above any curve.
    """
    chosen = get_named(list_presets(tables), preset, "preset")
    goal = get_target(tables, target or chosen.target)
    if ceiling_dbtp is not None:
        goal = replace(goal, ceiling_dbtp=ceiling_dbtp)
    name = "" if values.get("reference") else curve or chosen.curve
    house = None if name in ("", NO_CURVE) else get_named(list_curves(tables), name, "house curve")
    if values.get("amount_pct") is None:
        values["amount_pct"] = _amount(chosen, name)
    values["bypassed"] = tuple(dict.fromkeys((*chosen.bypassed, *values.get("bypassed", ()))))
    return Settings(goal, curve=house, voicings=chosen.voicings, preset=chosen.name, **values)


def get_target(tables: Tables, name: str) -> Target:
    """The target of that name, or one for a loudness such as '-12'."""
    targets = list_targets(tables)
    if name in targets:
        return targets[name]
    try:
        level = float(name.replace("−", "-").removesuffix("LUFS"))
    except ValueError as error:
        raise UserError(
            f"There is no target “{name}”.", f"Targets: {', '.join(targets)}, or a number."
        ) from error
    base = targets[DEFAULT_TARGET]
    label = f"{level:g} LUFS".replace("-", "−")
    return replace(base, name=name, label=label, integrated_lufs=level, source="", note="")


def get_named(found: Mapping[str, Named], name: str, noun: str) -> Named:
    """The one of that name; raises UserError that lists what there is."""
    if name not in found:
        raise UserError(
            f"There is no {noun} “{name}”.", f"{noun.capitalize()}s: {', '.join(found)}."
        )
    return found[name]


def _amount(preset: Preset, curve: str) -> float:
    if curve in ("", NO_CURVE):
        return REFERENCE_PCT
    return preset.amount_pct if curve == preset.curve else CURVE_PCT


def _curve(name: str, points: list[list[float]], **row: Any) -> HouseCurve:
    return HouseCurve(name=name, points=tuple((hz, level_db) for hz, level_db in points), **row)


def _preset(name: str, row: dict[str, Any]) -> Preset:
    facts = {key: value for key, value in row.items() if key not in ("bypass", "voicing")}
    bypassed = tuple(row.get("bypass", ()))
    return Preset(name=name, bypassed=bypassed, voicings=_voicings(row.get("voicing")), **facts)


def _voicings(table: Mapping[str, list[float]] | None) -> tuple[Voicing, ...]:
    """Three bands, each field a list of three in the order low, mid, high."""
    if table is None:
        return VOICINGS
    return tuple(
        Voicing(voicing.name, **{field: values[band] for field, values in table.items()})
        for band, voicing in enumerate(VOICINGS)
    )
