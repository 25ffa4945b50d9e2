"""A deck: the versions of a track that are on the player, and those that can be had."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from indieartist.domain.listening import KIND_OF, VersionKind
from indieartist.domain.release import Mix

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from indieartist.audio.engine import Player, Source
    from indieartist.audio.sinks import Sink
    from indieartist.audio.waveform import Waveform

PREVIEW_KEY = "preview"


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a track is compared: a mix and its half, others by their ids, services by key."""

    mix_id: int | None = None
    more: frozenset[int] = frozenset()
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """One version that can be heard; `key` tells it from all others of all tracks."""

    key: str
    kind: VersionKind
    name: str
    detail: str
    mix: Mix
    waveform: Waveform
    source: Source

    @property
    def lufs(self) -> float | None:
        """How loud it is by itself."""
        return self.source.lufs


@dataclass(frozen=True, slots=True)
class Offer:
    """A version that can be had: a mix as a service plays it, not rendered yet."""

    key: str
    platform: str
    name: str
    mix: Mix
    kind: VersionKind = VersionKind.SERVICE

    @property
    def detail(self) -> str:
        """What is said of it before it can be heard."""
        return f"As {self.name} plays it: rendered once it is chosen"


Shown: TypeAlias = Version | Offer


@dataclass(frozen=True, slots=True)
class Deck:
    """A track put on: its versions, the player that has them loaded, and where the sound goes.

    A version's place in `versions` is that of its source in the player; `offers` are those that
    have to be rendered before they are heard.
    """

    track_id: int
    versions: tuple[Version, ...]
    player: Player
    sink: Sink
    offers: tuple[Offer, ...] = ()

    @property
    def shown(self) -> tuple[Shown, ...]:
        """What one chooses from, in the order of the keys 1 to 9."""
        rank = list(VersionKind)
        both: tuple[Shown, ...] = (*self.versions, *self.offers)
        mixes = [each for each in both if each.kind in KIND_OF.values()]
        others = sorted(
            (each for each in both if each.kind not in KIND_OF.values()),
            key=lambda each: (rank.index(each.kind), each.name),
        )
        return (*mixes, *others)

    def name_of(self, shown: Shown) -> str:
        """What it is called here: where two have one name, with their numbers."""
        alike = [each for each in self.shown if each.name == shown.name]
        return shown.name if len(alike) < 2 else f"{shown.name} {shown.mix.number}"

    def find_offer(self, key: str) -> Offer | None:
        """The offer of this key."""
        return next((offer for offer in self.offers if offer.key == key), None)

    def place_of(self, key: str) -> int | None:
        """Which source of the player a version is."""
        keys = [version.key for version in self.versions]
        return keys.index(key) if key in keys else None

    @property
    def heard(self) -> Version:
        """The version that is listened to."""
        return self.versions[self.player.selected]


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A stretch of a master in the making: (frames,) or (frames, 1 or 2) samples at `rate_hz`.

    It begins `start_ms` into the song. `lufs` is the loudness that the whole master will have,
    for the loudness match; None where that is not known.
    """

    samples: NDArray[np.floating]
    rate_hz: int
    start_ms: float
    name: str = "Preview"
    lufs: float | None = None


def mix_key(mix: Mix) -> str:
    """The key of a mix's version."""
    return f"mix:{mix.id}"


def service_key(platform: str, mix: Mix) -> str:
    """The key of a mix as a service plays it."""
    return f"as:{platform}:{mix.id}"


def with_version(deck: Deck, version: Version) -> Deck:
    """The deck with a version added, or put in the place of the one with its key, or its offer."""
    place = deck.place_of(version.key)
    at = len(deck.versions) if place is None else place
    versions = (*deck.versions[:at], version, *deck.versions[at + 1 :])
    offers = tuple(offer for offer in deck.offers if offer.key != version.key)
    return replace(deck, versions=versions, offers=offers)


def without_version(deck: Deck, key: str) -> Deck:
    """The deck without a version."""
    return replace(deck, versions=tuple(v for v in deck.versions if v.key != key))
