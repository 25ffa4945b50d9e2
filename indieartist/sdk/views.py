"""What an adapter may see of a release, a post and an account: frozen, and plain in JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from indieartist.sdk.codec import content_hash, to_json

EXTENSIONS = {
    "audio/wav": ".wav",
    "audio/flac": ".flac",
    "audio/aiff": ".aiff",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/ogg": ".ogg",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
}


class FileRole(StrEnum):
    """What a file is for: the delivered master, the cover, or the small file a fan streams."""

    AUDIO = "audio"
    ARTWORK = "artwork"
    LISTENING = "listening"


class Visibility(StrEnum):
    """Who may see a post."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    FOLLOWERS = "followers"


@dataclass(frozen=True, slots=True)
class FileView:
    """A finished file that the core rendered; adapters read it and check its hash."""

    path: str  # absolute, on this machine
    sha256: str  # hex
    size_bytes: int
    mime: str
    role: FileRole
    width_px: int = 0  # of a picture
    height_px: int = 0

    @property
    def extension(self) -> str:
        """The extension that belongs to the type, else the path's own: '.flac'."""
        return EXTENSIONS.get(self.mime) or Path(self.path).suffix.lower()


@dataclass(frozen=True, slots=True)
class CreditView:
    """One person in one role; `label` and `group` are the words for the role on screen."""

    name: str
    role: str
    label: str
    group: str  # artist, writing, performance or production
    instrument: str = ""
    ipi: str = ""  # eleven digits of the name, or I and ten of the person
    isni: str = ""


@dataclass(frozen=True, slots=True)
class LinkView:
    """Where else the release can be heard or bought."""

    service: str
    url: str


@dataclass(frozen=True, slots=True)
class ValueSplit:
    """One recipient of listeners' payments (podcast namespace 1.0, `podcast:valueRecipient`)."""

    name: str
    type: str  # "node" or "lnaddress"
    address: str
    split: int  # shares, not per cent


@dataclass(frozen=True, slots=True)
class TrackView:
    """One recording as it is released, with every field a store asks for."""

    position: int
    title: str
    version: str = ""
    artists: tuple[str, ...] = ()
    isrc: str = ""
    explicit: str = ""  # "", "none", "explicit", "clean"
    language: str = ""  # ISO 639 of the sung words; "zxx" for an instrumental
    genre: str = ""
    lyrics: str = ""
    duration_ms: int = 0
    credits: tuple[CreditView, ...] = ()
    files: tuple[FileView, ...] = ()
    iswc: str = ""  # of the work: T and ten digits

    def find_file(self, role: FileRole) -> FileView | None:
        """The track's file in that role, if the core rendered one."""
        return next((file for file in self.files if file.role is role), None)

    @property
    def full_title(self) -> str:
        """Title and version: 'Low Water (Radio Edit)'."""
        return f"{self.title} ({self.version})" if self.version else self.title


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """One release as it is sent: nothing inherited, nothing left to look up."""

    id: str
    title: str
    kind: str  # single, ep or album
    artists: tuple[str, ...]
    artist_line: str
    version: str = ""
    label: str = ""
    catalogue_number: str = ""
    gtin: str = ""
    release_on: date | None = None
    original_release_on: date | None = None
    genre: str = ""
    language: str = ""
    p_line: str = ""  # "2026 Owner", no symbol
    c_line: str = ""
    ai_disclosure: str = ""
    description: str = ""
    artwork: FileView | None = None
    credits: tuple[CreditView, ...] = ()
    links: tuple[LinkView, ...] = ()
    tracks: tuple[TrackView, ...] = ()
    value: tuple[ValueSplit, ...] = ()

    @property
    def full_title(self) -> str:
        """Title and version: 'Harbour Lights (Deluxe)'."""
        return f"{self.title} ({self.version})" if self.version else self.title

    @property
    def duration_ms(self) -> int:
        """Total length of the tracks."""
        return sum(track.duration_ms for track in self.tracks)


@dataclass(frozen=True, slots=True)
class MediaView:
    """A picture, sound or video in a post, with the words for those who cannot perceive it."""

    file: FileView
    alt: str = ""


@dataclass(frozen=True, slots=True)
class PostView:
    """An announcement as the person wrote it; adapters add the link and the hashtags."""

    id: str
    text: str
    release: ReleaseView | None = None
    media: tuple[MediaView, ...] = ()
    link: str = ""
    hashtags: tuple[str, ...] = ()  # without '#'
    language: str = ""  # ISO 639-1
    visibility: Visibility = Visibility.PUBLIC
    spoiler: str = ""  # the content warning
    scheduled_at: datetime | None = None  # UTC; set only if the destination shall hold the post


@dataclass(frozen=True, slots=True)
class AccountView:
    """One of the person's accounts; its secrets are reached through `Ctx` alone."""

    id: str
    label: str
    base_url: str = ""


Item = ReleaseView | PostView


def item_revision(item: Item) -> str:
    """Hash of what will be published; where its files lie on this machine does not count."""
    return content_hash(_without_paths(to_json(item)))


def _without_paths(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_paths(item) for key, item in value.items() if key != "path"}
    return [_without_paths(item) for item in value] if isinstance(value, list) else value
