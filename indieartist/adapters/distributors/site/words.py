"""How the page says things: dates, lengths, kinds and credits."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from indieartist.sdk.views import ReleaseView

# Not the locale's, so that the page is the same wherever it is built.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
KINDS = {"single": "Single", "ep": "EP", "album": "Album"}
SLUG_MAX = 60


def slug_of(title: str, item_id: str) -> str:
    """The title as it stands in an address: 'Sigur Rós: ( )' is 'sigur-ros'."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_MAX].strip("-")
    return slug or f"release-{slug_of(item_id, '0')}"


def day_in_words(day: date | None) -> str:
    """'27 November 2026'."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


def clock(duration_ms: int) -> str:
    """'4:07', or '1:02:03' from an hour on."""
    minutes, seconds = divmod(round(duration_ms / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def iso_duration(duration_ms: int) -> str:
    """ISO 8601: 'PT4M7S'."""
    minutes, seconds = divmod(round(duration_ms / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return "PT" + f"{hours}H" * bool(hours) + f"{minutes}M" * bool(minutes) + f"{seconds}S"


def total_in_words(release: ReleaseView) -> str:
    """'2 songs, 7 minutes'."""
    songs, minutes = len(release.tracks), max(1, round(release.duration_ms / 60_000))
    return f"{songs} song{'s' * (songs != 1)}, {minutes} minute{'s' * (minutes != 1)}"


def summary_of(release: ReleaseView) -> str:
    """One sentence for search engines and link previews."""
    if release.description:
        return " ".join(release.description.split())[:300]
    kind, day = KINDS.get(release.kind, "Release"), day_in_words(release.release_on)
    return f"{kind} by {release.artist_line}" + f", {day}" * bool(day) + "."


def language_tag(language: str) -> str:
    """The language for an HTML attribute; empty when it is none that a browser knows."""
    known = re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language)
    return language if known and language not in ("zxx", "und", "mul") else ""
