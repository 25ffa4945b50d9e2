"""What a streaming service does to a song's level: dated figures, and the arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from indieartist.errors import UserError


@dataclass(frozen=True, slots=True)
class Service:
    """One service's normalisation: its target, whether it turns up, and where that stops."""

    key: str
    name: str
    target_lufs: float
    turns_up: bool
    limit_dbtp: float
    seen_on: date
    source: str
    published: bool  # by the service itself; else others measured it


def parse_services(table: Mapping[str, Any]) -> tuple[Service, ...]:
    """The services of `resources/platforms.toml`, in its order; raises UserError on a misfit."""
    try:
        return tuple(_service(key, row) for key, row in table.items())
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(
            f"The table of services is wrong: {error}.", "Correct resources/platforms.toml."
        ) from error


def _service(key: str, row: Mapping[str, Any]) -> Service:
    return Service(
        key,
        row["name"],
        float(row["target_lufs"]),
        bool(row["up"]),
        float(row["limit_dbtp"]),
        row["seen_on"],
        row["source"],
        bool(row["published"]),
    )


def change_db(
    service: Service, integrated_lufs: float | None, true_peak_dbtp: float | None
) -> float | None:
    """By how much the service turns a song, in dB; None for silence.

    Down to the target always; up, where it does at all, no further than its peak limit allows.
    """
    if integrated_lufs is None:
        return None
    wanted = service.target_lufs - integrated_lufs
    if wanted <= 0:
        return wanted
    if not service.turns_up or true_peak_dbtp is None:
        return 0.0
    return min(wanted, max(service.limit_dbtp - true_peak_dbtp, 0.0))
