"""Listening: a track's versions on one playhead, read for the player."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indieartist.domain.listening import KIND_OF, VersionKind, choose_mixes
from indieartist.domain.progress import Report, part, silent
from indieartist.domain.release import Mix, MixKind, Track
from indieartist.services.measuring import audio_path, get_mix, measure_mix, waveform_of
from indieartist.services.studio import Studio

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from indieartist.audio.engine import Player, Source
    from indieartist.audio.sinks import Sink
    from indieartist.audio.waveform import Waveform

MakeSink = Callable[[int], "Sink"]
"""Makes the place where sound goes, for a rate in Hz."""

PREVIEW_KEY = "preview"
_NAMES = {MixKind.BOUNCE: "Original", MixKind.MASTER: "Master"}
_SEAM_MS = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a track is compared: a mix and its half, and other mixes by their ids."""

    mix_id: int | None = None
    more: frozenset[int] = frozenset()


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
class Deck:
    """A track put on: its versions, the player that has them loaded, and where the sound goes.

    A version's place in `versions` is that of its source in the player.
    """

    track_id: int
    versions: tuple[Version, ...]
    player: Player
    sink: Sink

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


def open_deck(
    studio: Studio,
    track: Track,
    choice: Choice | None = None,
    *,
    make_sink: MakeSink | None = None,
    report: Report = silent,
) -> Deck:
    """Read a track's versions and put them on a new player, at the rate of the original.

    Raises UserError where the track has no audio, or audio that is neither mono nor stereo.
    """
    from indieartist.audio.engine import Player

    get_mix(track.current, track.title)
    versions = read_versions(studio, track, choice or Choice(), report=report)
    rate_hz = versions[0].source.rate_hz
    sink = (make_sink or sound_card)(rate_hz)
    player = Player(rate_hz, sink)
    player.load([version.source for version in versions])
    return Deck(track.id, versions, player, sink)


def read_versions(
    studio: Studio,
    track: Track,
    choice: Choice,
    known: Sequence[Version] = (),
    report: Report = silent,
) -> tuple[Version, ...]:
    """The versions to compare; of those that are `known`, nothing is read again.

    All of them are at the rate of the first that is known, else of the original.
    """
    mixes = choose_mixes(track, choice.mix_id, choice.more)
    rate_hz = known[0].source.rate_hz if known else mixes[0].info.sample_rate_hz
    kept = {version.key: version for version in known}
    shares = [part(report, n / len(mixes), (n + 1) / len(mixes)) for n in range(len(mixes))]
    return tuple(
        kept.get(mix_key(mix)) or _read_version(studio, mix, rate_hz, share)
        for mix, share in zip(mixes, shares, strict=True)
    )


def lay_section(deck: Deck, section: Section) -> Version:
    """A preview as one more version: the section where it lies, and the original around it.

    What was not rendered is not guessed: outside the section one hears the original, at its own
    loudness, with a fade of 5 ms between them.
    """
    from indieartist.audio.engine import Source
    from indieartist.audio.sound import PatchedSound, as_stereo

    base, rate_hz = deck.versions[0], deck.player.rate_hz
    patch = as_stereo(section.samples, (section.rate_hz, rate_hz), section.name)
    start, seam = round(section.start_ms * rate_hz / 1000), rate_hz * _SEAM_MS // 1000
    sound = PatchedSound(deck.player.sounds[0], patch, start, seam)
    detail = f"{section.name}: a section as it would be mastered, the original around it"
    source = Source(section.name, sound, rate_hz, section.lufs)
    kind = VersionKind.PREVIEW
    return Version(PREVIEW_KEY, kind, section.name, detail, base.mix, base.waveform, source)


def with_version(deck: Deck, version: Version) -> Deck:
    """The deck with a version added, or put in the place of the one with its key."""
    place = deck.place_of(version.key)
    at = len(deck.versions) if place is None else place
    versions = (*deck.versions[:at], version, *deck.versions[at + 1 :])
    return replace(deck, versions=versions)


def without_version(deck: Deck, key: str) -> Deck:
    """The deck without a version."""
    return replace(deck, versions=tuple(v for v in deck.versions if v.key != key))


def _read_version(studio: Studio, mix: Mix, rate_hz: int, report: Report) -> Version:
    lufs, kind = measure_mix(studio, mix).integrated_lufs, KIND_OF[mix.kind]
    source = _source(studio, mix, lufs, rate_hz)
    waveform = waveform_of(studio, mix, report)
    return Version(mix_key(mix), kind, _NAMES[mix.kind], mix.name, mix, waveform, source)


def _source(studio: Studio, mix: Mix, lufs: float | None, rate_hz: int) -> Source:
    """A mix's sound, read from its file as it is played; its beginning lies in memory."""
    from indieartist.audio.engine import Source
    from indieartist.audio.pages import FileSound

    sound = FileSound(audio_path(studio, mix), mix.info, rate_hz, mix.name)
    sound.load(0)  # so that what cannot be read is told now
    return Source(mix.name, sound, rate_hz, lufs)


def sound_card(rate_hz: int, buffer_ms: int = 60) -> Sink:
    """The system's own output, not opened yet; its buffer grows where sound comes late."""
    from indieartist.audio.sinks import MiniaudioSink

    return MiniaudioSink(rate_hz, buffer_ms=buffer_ms)
