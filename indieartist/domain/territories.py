"""When a release goes live: at midnight in each territory, first in the east."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from indieartist.errors import UserError


@dataclass(frozen=True, slots=True)
class Territory:
    """A place with a midnight of its own, by its name in the time zone database."""

    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class GoesLive:
    """The moment, UTC, at which a release is out in a territory."""

    territory: Territory
    at: datetime


def parse_territories(table: Mapping[str, Any]) -> tuple[Territory, ...]:
    """The rows of `resources/territories.toml`; UserError for one that is none."""
    return tuple(_territory(row) for row in table.get("territory", ()))


def _territory(row: Mapping[str, Any]) -> Territory:
    try:
        ZoneInfo(row["zone"])
        return Territory(row["name"], row["zone"])
    except (KeyError, ValueError, OSError) as error:
        hint = "Each row has a name, and a zone as in the time zone database: Asia/Tokyo."
        raise UserError(f"There is no territory like {dict(row)}.", hint) from error


def list_live(release_on: date, territories: Iterable[Territory]) -> tuple[GoesLive, ...]:
    """When a release of that day goes live, the first territory first."""
    live = [GoesLive(place, _midnight(release_on, place)) for place in territories]
    return tuple(sorted(live, key=lambda each: (each.at, each.territory.name)))


def _midnight(day: date, place: Territory) -> datetime:
    """The first moment of the day there; where clocks skip midnight, the first there is."""
    zone = ZoneInfo(place.zone)
    local = datetime.combine(day, time(), zone)
    at = local.astimezone(UTC)
    while at.astimezone(zone).date() < day:
        at += timedelta(hours=1)
    return at
