"""The release as a music feed: RSS 2.0 with the podcast namespace, `medium` music."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import urlsplit

from indieartist.adapters.distributors.site.page import Place, environment
from indieartist.adapters.distributors.site.words import language_tag, summary_of
from indieartist.sdk.views import CreditView, FileRole, FileView, ReleaseView, TrackView

PODCAST_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Namespace of podcast:guid (podcast namespace 1.0, docs/tags/guid.md)."""

# Role and group of podcast:person from the namespace's own list (taxonomy.json).
PRODUCTION, POST_PRODUCTION = "audio production", "audio post-production"
PERSONS = {
    "composer": ("composer", POST_PRODUCTION),
    "lyricist": ("songwriter", "writing"),
    "writer": ("songwriter", "writing"),
    "arranger": ("music production", POST_PRODUCTION),
    "producer": ("music production", POST_PRODUCTION),
    "engineer": ("audio engineer", PRODUCTION),
    "mixer": ("post production engineer", PRODUCTION),
    "mastering": ("post production engineer", PRODUCTION),
}
MUSICIAN = ("music contributor", POST_PRODUCTION)


@dataclass(frozen=True, slots=True)
class Item:
    """One song of the feed."""

    track: TrackView
    url: str
    file: FileView
    guid: str
    published: str  # RFC 2822, or empty
    seconds: int
    persons: list[tuple[str, str, str]]  # name, role, group


def render_feed(release: ReleaseView, audio: list[str], place: Place) -> str:
    """The feed. Without a known address all its links are relative: fit for the disk alone."""
    items = [_item(release, n, name, place) for n, name in enumerate(audio)]
    explicit = any(track.explicit == "explicit" for track in release.tracks)
    return (
        environment()
        .get_template("feed.xml")
        .render(
            release=release,
            items=items,
            place=place,
            guid=feed_guid(f"{place.url}feed.xml") if place.url else "",
            explicit=explicit,
            language=language_tag(release.language),
            summary=summary_of(release),
            published=_published(release.release_on, 0),
            persons=[(name, *MUSICIAN) for name in release.artists],
            rights=" · ".join(
                sign + line
                for sign, line in (("℗ ", release.p_line), ("© ", release.c_line))
                if line
            ),
        )
    )


def feed_guid(url: str) -> str:
    """UUID v5 of the feed's address without its scheme and without slashes at its end."""
    parts = urlsplit(url)
    return str(uuid.uuid5(PODCAST_NAMESPACE, (parts.netloc + parts.path).rstrip("/")))


def _item(release: ReleaseView, index: int, audio: str, place: Place) -> Item:
    track = release.tracks[index]
    file = track.find_file(FileRole.LISTENING) or track.find_file(FileRole.AUDIO)
    assert file is not None  # `audio` names it
    return Item(
        track=track,
        url=place.url + audio,
        file=file,
        guid=f"isrc:{track.isrc}" if track.isrc else f"{place.url or release.id}#{index + 1}",
        published=_published(release.release_on, index),
        seconds=round(track.duration_ms / 1000),
        persons=_persons(track.credits),
    )


def _published(day: date | None, index: int) -> str:
    """Midnight of the day in UTC; each song a minute after the one before, to keep the order."""
    if day is None:
        return ""
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return format_datetime(start + timedelta(minutes=index), usegmt=True)


def _persons(credits: tuple[CreditView, ...]) -> list[tuple[str, str, str]]:
    found = [(credit.name, *PERSONS.get(credit.role, MUSICIAN)) for credit in credits]
    return list(dict.fromkeys(found))
