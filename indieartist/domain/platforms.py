"""What is known of each streaming service: dated figures with their source, read from a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from indieartist.errors import UserError

LOSSLESS = "lossless"


class Confidence(StrEnum):
    """Who says so: the service itself, people who measured it, or nobody who could be checked."""

    PUBLISHED = "published"
    MEASURED = "measured"
    UNVERIFIED = "unverified"


class AlbumRule(StrEnum):
    """What of an album is turned to the target; NONE turns each track by itself."""

    NONE = ""
    LOUDNESS = "loudness"
    LOUDEST = "loudest"


@dataclass(frozen=True, slots=True)
class Stream:
    """What is sent for one quality; `rate_hz` None where it follows the record's own."""

    quality: str
    codec: str  # "vorbis", "aac", "opus", "mp3", "lossless", or one that has no model here
    kbps: int | None = None
    rate_hz: int | None = None

    @property
    def words(self) -> str:
        """'high (vorbis 160)', or 'lossless'."""
        if self.kbps is None and self.codec == self.quality:
            return self.quality
        return f"{self.quality} ({self.codec}{f' {self.kbps}' if self.kbps else ''})"


@dataclass(frozen=True, slots=True)
class PeakLimiter:
    """A limiter at playback: where it engages (sample values), and its times."""

    threshold_dbfs: float
    attack_ms: float
    release_ms: float


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from."""

    confidence: Confidence
    text: str
    page: str


@dataclass(frozen=True, slots=True)
class Platform:
    """One service: how it turns songs, and what it sends. See `resources/platforms.toml`."""

    key: str
    name: str
    target_lufs: float | None
    turns_up: bool
    limit_dbtp: float | None
    limiter: PeakLimiter | None
    album: AlbumRule
    album_target_lufs: float | None
    streams: tuple[Stream, ...]
    plays: str
    loudness_source: Source
    streams_source: Source
    seen_on: date
    note: str
    headline: bool

    def get_stream(self, quality: str | None = None) -> Stream:
        """What it sends for a quality, else for the usual one; raises UserError for an unknown."""
        wanted = quality or self.plays
        for stream in self.streams:
            if stream.quality == wanted:
                return stream
        known = ", ".join(stream.quality for stream in self.streams)
        raise UserError(f"{self.name} has no quality “{quality}”.", f"It has: {known}.")


def parse_platforms(table: Mapping[str, Any]) -> tuple[Platform, ...]:
    """The services of `resources/platforms.toml`, in its order; raises UserError on a misfit."""
    try:
        return tuple(_platform(key, _whole(table, row)) for key, row in table.items())
    except (AttributeError, KeyError, TypeError, ValueError, UserError) as error:
        raise UserError(
            f"The table of services is wrong: {error}.", "Correct resources/platforms.toml."
        ) from error


def find_platform(platforms: Sequence[Platform], name: str) -> Platform | None:
    """The service of that key or name, however it is written."""
    wanted = name.strip().casefold().replace(" ", "-")
    for platform in platforms:
        if wanted in (platform.key, platform.name.casefold().replace(" ", "-")):
            return platform
    return None


def get_platform(platforms: Sequence[Platform], name: str) -> Platform:
    """As `find_platform`; raises UserError that lists what there is."""
    found = find_platform(platforms, name)
    if found is None:
        known = ", ".join(platform.key for platform in platforms)
        raise UserError(f"There is no platform “{name}”.", f"Platforms: {known}.")
    return found


def _whole(table: Mapping[str, Any], row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row with what it takes from the row it is `like`."""
    return {**table[row["like"]], **row} if "like" in row else row


def _platform(key: str, row: Mapping[str, Any]) -> Platform:
    target = row.get("target_lufs")
    platform = Platform(
        key=key,
        name=row["name"],
        target_lufs=target,
        turns_up=row["up"],
        limit_dbtp=row["limit_dbtp"] if row["up"] else None,
        limiter=PeakLimiter(**row["limiter"]) if "limiter" in row else None,
        album=AlbumRule(row.get("album", "")),
        album_target_lufs=row.get("album_target_lufs", target),
        streams=tuple(Stream(quality, **stream) for quality, stream in row["streams"].items()),
        plays=row["plays"],
        loudness_source=_source(row, ""),
        streams_source=_source(row, "streams_"),
        seen_on=row["seen_on"],
        note=row["note"],
        headline=row.get("headline", False),
    )
    platform.get_stream()
    return platform


def _source(row: Mapping[str, Any], of: str) -> Source:
    return Source(Confidence(row[f"{of}confidence"]), row[f"{of}source"], row[f"{of}page"])
