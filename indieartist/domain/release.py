"""A release and what it is made of: tracks, mixes, credits and artwork."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from indieartist.domain.attachments import Attachment, AttachmentKind
from indieartist.domain.cover import CoverLook
from indieartist.domain.measurement import AudioInfo, Measurement

SINGLE_MAX_TRACKS, EP_MAX_TRACKS = 3, 6
LONG_TRACK_MS, EP_MAX_MS = 10 * 60_000, 30 * 60_000
ARTIST_ROLES = ("artist", "featured", "remixer")


class ReleaseKind(StrEnum):
    """Single, EP or album, by Spotify's and Apple's common rule (style guide section 9)."""

    SINGLE = "single"
    EP = "ep"
    ALBUM = "album"


class MixKind(StrEnum):
    """A bounce came in from the DAW; a master was rendered here."""

    BOUNCE = "bounce"
    MASTER = "master"


@dataclass(frozen=True, slots=True)
class Credit:
    """One person in one role; roles are the keys of `credits.ROLES`."""

    name: str
    role: str
    instrument: str = ""
    ipi: str = field(default="", compare=False)  # the person's own, wherever the name stands
    isni: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Artwork:
    """The cover as it lies in the vault."""

    hash: str
    width_px: int
    height_px: int
    mode: str  # Pillow's mode: RGB, RGBA, CMYK, L...
    format: str  # JPEG, PNG...
    size_bytes: int
    look: CoverLook | None = None  # none where nobody has looked yet


@dataclass(frozen=True, slots=True)
class Mix:
    """One version of a track's audio: a bounce or a master, with what is known of its sound."""

    id: int
    track_id: int
    number: int
    kind: MixKind
    name: str  # the file's name when it came in, or the master's description
    audio_hash: str
    info: AudioInfo
    added_at: datetime
    parent_id: int | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    measurement: Measurement | None = None

    @property
    def note(self) -> str:
        """What the person wrote about this version."""
        return str(self.settings.get("note", ""))


@dataclass(frozen=True, slots=True)
class Track:
    """One recording on a release; credits and fields left empty are the release's."""

    id: int
    release_id: int
    position: int
    title: str
    version: str = ""
    isrc: str = ""
    iswc: str = ""  # of the work that is recorded: T and ten digits
    explicit: str = ""  # "", "none", "explicit", "clean"
    language: str = ""  # ISO 639-1/2 of the sung words; "zxx" for an instrumental
    genre: str = ""
    lyrics: str = ""
    approved_mix_id: int | None = None
    credits: tuple[Credit, ...] = ()
    mixes: tuple[Mix, ...] = ()

    @property
    def approved(self) -> Mix | None:
        """The mix the artist approved for release."""
        return next((mix for mix in self.mixes if mix.id == self.approved_mix_id), None)

    @property
    def current(self) -> Mix | None:
        """The approved mix, else the newest master, else the newest bounce."""
        masters = [mix for mix in self.mixes if mix.kind is MixKind.MASTER]
        newest = (masters or list(self.mixes))[-1:]
        return self.approved or (newest[0] if newest else None)

    @property
    def bounce(self) -> Mix | None:
        """The newest bounce."""
        bounces = [mix for mix in self.mixes if mix.kind is MixKind.BOUNCE]
        return bounces[-1] if bounces else None

    @property
    def duration_ms(self) -> int:
        """Length of the current mix."""
        return self.current.info.duration_ms if self.current else 0

    def named(self, *roles: str) -> tuple[str, ...]:
        """Names credited in any of `roles`, in order."""
        return tuple(credit.name for credit in self.credits if credit.role in roles)


@dataclass(frozen=True, slots=True)
class Release:
    """Everything a store, a fan or a collecting society needs to know about one record."""

    id: int
    title: str
    version: str = ""
    label: str = ""
    catalogue_number: str = ""
    gtin: str = ""
    release_on: date | None = None
    original_release_on: date | None = None
    genre: str = ""
    language: str = ""  # language of the metadata, ISO 639-1/2
    p_line: str = ""  # "2026 Owner", no symbol
    c_line: str = ""
    ai_disclosure: str = ""  # "", "none", or what was made with AI
    content_id: str = ""  # "", "eligible", or what stands against it (content_id.REASONS)
    description: str = ""
    artwork: Artwork | None = None
    credits: tuple[Credit, ...] = ()
    links: tuple[tuple[str, str], ...] = ()  # (service, url)
    tracks: tuple[Track, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    @property
    def artists(self) -> tuple[str, ...]:
        """Names of the primary artists, in order."""
        return tuple(credit.name for credit in self.credits if credit.role == "artist")

    @property
    def artist_line(self) -> str:
        """The artists as one line of display: 'Ana', 'Ana & Bo', 'Ana, Bo & Cy'."""
        return join_names(self.artists)

    @property
    def called_like_its_track(self) -> bool:
        """Whether it has one track, of its own title and version."""
        names = [(track.title, track.version) for track in self.tracks]
        return names == [(self.title, self.version)]

    @property
    def duration_ms(self) -> int:
        """Total length of the tracks."""
        return sum(track.duration_ms for track in self.tracks)

    @property
    def kind(self) -> ReleaseKind:
        """Single, EP or album by track count and length."""
        count, longest = len(self.tracks), max((t.duration_ms for t in self.tracks), default=0)
        if count <= SINGLE_MAX_TRACKS and longest < LONG_TRACK_MS:
            return ReleaseKind.SINGLE
        short = self.duration_ms <= EP_MAX_MS
        return ReleaseKind.EP if count <= EP_MAX_TRACKS and short else ReleaseKind.ALBUM

    def attached(self, kind: AttachmentKind) -> tuple[Attachment, ...]:
        """The files of one kind that hang on it, the oldest first."""
        return tuple(file for file in self.attachments if file.kind is kind)

    def credits_of(self, track: Track) -> tuple[Credit, ...]:
        """The track's credits; where it names no artist, the release's artists come first."""
        if track.named("artist"):
            return track.credits
        return tuple(c for c in self.credits if c.role == "artist") + track.credits


def join_names(names: tuple[str, ...]) -> str:
    """Join names as a sleeve does: commas, and an ampersand before the last."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} & {names[-1]}"
