"""What a server takes: its own words from /api/v2/instance, or Mastodon's defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indieartist.sdk.capabilities import (
    Actions,
    Capabilities,
    CapCache,
    Counter,
    MediaLimit,
    Mode,
    Rate,
    Schedule,
    TextLimit,
)
from indieartist.sdk.views import Visibility

KEY_LIFE_S = 3600  # docs.joinmastodon.org/methods/statuses: idempotency keys live an hour
LEAD_S, AHEAD_S = 300, 2 * 365 * 86400
IMAGES = ("image/jpeg", "image/png", "image/gif", "image/webp")
SOUNDS = ("audio/mpeg", "audio/ogg", "audio/wav", "audio/flac", "audio/mp4")
VIDEOS = ("video/mp4", "video/webm", "video/quicktime")
# app/models/media_attachment.rb and status_length_validator.rb of Mastodon 4.3.
DEFAULTS = {
    "max_characters": 500,
    "url_characters": 23,
    "max_media": 4,
    "image_bytes": 16 * 2**20,
    "video_bytes": 99 * 2**20,
    "image_pixels": 33_177_600,
    "alt_max": 1500,
}


def facts_of(instance: Mapping[str, Any]) -> dict[str, Any]:
    """The limits in an instance's answer (v1 and v2 alike), under our names; strange ones go."""
    configuration = _part(instance, "configuration")
    statuses = _part(configuration, "statuses")
    media = _part(configuration, "media_attachments")
    found = {
        "max_characters": statuses.get("max_characters"),
        "url_characters": statuses.get("characters_reserved_per_url"),
        "max_media": statuses.get("max_media_attachments"),
        "image_bytes": media.get("image_size_limit"),
        "video_bytes": media.get("video_size_limit"),
        "image_pixels": media.get("image_matrix_limit"),
        "alt_max": media.get("description_limit"),
    }
    facts: dict[str, Any] = {k: v for k, v in found.items() if type(v) is int and v > 0}
    mimes = media.get("supported_mime_types")
    if isinstance(mimes, list):
        facts["mimes"] = [mime for mime in mimes if isinstance(mime, str)]
    return facts


def _part(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = data.get(name)
    return part if isinstance(part, Mapping) else {}


def capabilities_from(cache: CapCache) -> Capabilities:
    """The capabilities of the server that the cache speaks of, or of any server at all."""
    facts = {**DEFAULTS, **cache.facts}
    return Capabilities(
        idempotency=Mode.KEYED,
        ttl_s=KEY_LIFE_S,
        text=TextLimit(
            max=facts["max_characters"],
            counter=Counter.GRAPHEME,
            url_weight=facts["url_characters"],
            mentions_without_domain=True,
        ),
        media=_media_limits(facts),
        visibilities=(Visibility.PUBLIC, Visibility.UNLISTED, Visibility.FOLLOWERS),
        schedule=Schedule(server_side=True, min_lead_s=LEAD_S, max_ahead_s=AHEAD_S),
        actions=Actions(update=True, delete=True, takedown=True),
        rate=Rate(count=300, per_s=300),
        required_fields=("text",),
    )


def _media_limits(facts: Mapping[str, Any]) -> tuple[MediaLimit, ...]:
    known = facts.get("mimes", [*IMAGES, *SOUNDS, *VIDEOS])

    def limit(kind: str, max_bytes: int, max_count: int) -> MediaLimit:
        mimes = tuple(mime for mime in known if mime.startswith(f"{kind}/"))
        pixels = facts["image_pixels"] if kind == "image" else 0
        return MediaLimit(kind, mimes, max_bytes, max_count, facts["alt_max"], pixels)

    limits = (
        limit("image", facts["image_bytes"], facts["max_media"]),
        limit("audio", facts["video_bytes"], 1),
        limit("video", facts["video_bytes"], 1),
    )
    return tuple(limit for limit in limits if limit.mimes)
