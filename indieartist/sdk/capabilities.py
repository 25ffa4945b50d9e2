"""What a destination can do and how much it takes, as data that screens and checks read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from indieartist.sdk.views import Visibility


class Counter(StrEnum):
    """The unit in which a network counts a post's length."""

    GRAPHEME = "grapheme"
    CODEPOINT = "codepoint"
    UTF16 = "utf16"
    BYTES = "bytes"
    WEIGHTED = "weighted"  # twitter-text v3: Latin 1, everything else and emoji 2


class Mode(StrEnum):
    """What may be done with a step whose answer never came."""

    NATURAL_PUT = "natural_put"  # do it again: the same thing comes out
    KEYED = "keyed"  # do it again with the same key, within `ttl_s`; afterwards search
    SEARCHABLE = "searchable"  # search first, then decide
    NONE = "none"  # only a person can tell


class Late(StrEnum):
    """What to do with a post whose time has passed."""

    ASK = "ask"
    SEND = "send"


@dataclass(frozen=True, slots=True)
class TextLimit:
    """How long a text may be; `url_weight` is what every link counts, whatever its length."""

    max: int
    counter: Counter
    url_weight: int | None = None
    extra_byte_cap: int | None = None
    emoji_as_bytes: bool = False
    mentions_without_domain: bool = False


@dataclass(frozen=True, slots=True)
class MediaLimit:
    """What one kind of media may be: `kind` is image, audio or video."""

    kind: str
    mimes: tuple[str, ...]
    max_bytes: int
    max_count: int
    alt_max: int = 0  # in code points; 0: no alternative text
    max_pixels: int = 0
    max_duration_s: int = 0
    needs_public_url: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """Whether the destination itself holds a post until its time, and how far ahead."""

    server_side: bool = False
    min_lead_s: int = 0
    max_ahead_s: int = 0
    late: Late = Late.ASK


@dataclass(frozen=True, slots=True)
class Actions:
    """What can be done with a thing once it is there."""

    update: bool = False
    delete: bool = False
    takedown: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` calls in `per_s` seconds."""

    count: int
    per_s: int


@dataclass(frozen=True, slots=True)
class Capabilities:
    """Everything the core must know of a destination before it plans anything for it."""

    idempotency: Mode
    version: int = 1
    ttl_s: int = 0  # how long the destination remembers a key; 0 unless KEYED
    text: TextLimit | None = None
    media: tuple[MediaLimit, ...] = ()
    visibilities: tuple[Visibility, ...] = ()
    schedule: Schedule = Schedule()
    actions: Actions = Actions()
    resume: bool = False
    rate: Rate | None = None
    audio_mimes: tuple[str, ...] = ()
    required_fields: tuple[str, ...] = ()
    review_required: bool = False
    costs_money: bool = False
    manual: bool = False  # a person carries it the last mile


@dataclass(frozen=True, slots=True)
class CapCache:
    """What the destination last said about itself, kept by the core between runs."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    fetched_at: datetime | None = None
