"""Listening: a track's versions on one playhead, read for the player."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from indieartist.domain.listening import KIND_OF, MOST_VERSIONS, VersionKind, choose_mixes
from indieartist.domain.playback_words import MODEL
from indieartist.domain.progress import Report, part, silent
from indieartist.domain.release import Mix, MixKind, Track
from indieartist.services.decks import (
    PREVIEW_KEY,
    Choice,
    Deck,
    Offer,
    Section,
    Version,
    mix_key,
    service_key,
)
from indieartist.services.measuring import audio_path, get_mix, measure_mix, waveform_of
from indieartist.services.playing import list_platforms
from indieartist.services.renditions import find_as, render_as, rendition_waveform
from indieartist.services.studio import Studio

if TYPE_CHECKING:
    from indieartist.audio.engine import Source
    from indieartist.audio.sinks import Sink
    from indieartist.services.renditions import Rendition

MakeSink = Callable[[int], "Sink"]
"""Makes the place where sound goes, for a rate in Hz."""

_NAMES = {MixKind.BOUNCE: "Original", MixKind.MASTER: "Master"}
_SEAM_MS = 5


def list_services() -> dict[str, str]:
    """The services that can be listened to: their keys, and what they are called."""
    return {platform.key: platform.name for platform in list_platforms()}


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
    wanted = choice or Choice()
    versions = read_versions(studio, track, wanted, report=report)
    rate_hz = versions[0].source.rate_hz
    sink = (make_sink or sound_card)(rate_hz)
    player = Player(rate_hz, sink)
    player.load([version.source for version in versions])
    return Deck(track.id, versions, player, sink, list_offers(track, wanted, versions))


def read_versions(
    studio: Studio,
    track: Track,
    choice: Choice,
    known: Sequence[Version] = (),
    report: Report = silent,
) -> tuple[Version, ...]:
    """The versions to compare; of those that are `known`, nothing is read again.

    All of them are at the rate of the first that is known, else of the original. Of what services
    play, those that were rendered before.
    """
    mixes = choose_mixes(track, choice.mix_id, choice.more)
    rate_hz = known[0].source.rate_hz if known else mixes[0].info.sample_rate_hz
    kept = {version.key: version for version in known}
    shares = [part(report, n / len(mixes), (n + 1) / len(mixes)) for n in range(len(mixes))]
    versions = [
        kept.get(mix_key(mix)) or _read_version(studio, mix, rate_hz, share)
        for mix, share in zip(mixes, shares, strict=True)
    ]
    for platform in choice.services[: MOST_VERSIONS - len(versions)]:
        key = service_key(platform, mixes[-1])
        if found := kept.get(key) or _find_rendition(studio, mixes[-1], platform, rate_hz):
            versions.append(found)
    return tuple(versions)


def list_offers(track: Track, choice: Choice, versions: Sequence[Version]) -> tuple[Offer, ...]:
    """What services play of the last mix that is compared, as far as it is not rendered yet."""
    mixes = choose_mixes(track, choice.mix_id, choice.more)
    known, names = {version.key for version in versions}, list_services()
    offers = [
        Offer(service_key(platform, mixes[-1]), platform, names[platform], mixes[-1])
        for platform in choice.services[: MOST_VERSIONS - len(mixes)]
        if platform in names
    ]
    return tuple(offer for offer in offers if offer.key not in known)


def render_offer(studio: Studio, deck: Deck, offer: Offer, report: Report = silent) -> Version:
    """Render what a service plays, and read it for the player of this deck."""
    rendition = render_as(studio, offer.mix, offer.platform, report=report)
    return _service_version(offer, rendition, deck.player.rate_hz)


def _find_rendition(studio: Studio, mix: Mix, platform: str, rate_hz: int) -> Version | None:
    if platform not in list_services() or (found := find_as(studio, mix, platform)) is None:
        return None
    offer = Offer(service_key(platform, mix), platform, found.name, mix)
    return _service_version(offer, found, rate_hz)


def _service_version(offer: Offer, rendition: Rendition, rate_hz: int) -> Version:
    from indieartist.audio.decode import probe
    from indieartist.audio.engine import Source
    from indieartist.audio.pages import FileSound

    sound = FileSound(rendition.path, probe(rendition.path), rate_hz, offer.name)
    sound.load(0)
    source = Source(offer.name, sound, rate_hz, rendition.lufs)
    detail = f"As {offer.name} plays it. {MODEL}"
    waveform = rendition_waveform(rendition)
    return Version(offer.key, offer.kind, offer.name, detail, offer.mix, waveform, source)


def lay_section(deck: Deck, section: Section) -> Version:
    """A preview as one more version: the section where it lies, and the original around it.

    What was not rendered is not guessed: outside the section one hears the original, at its own
    loudness, with a fade of 5 ms between them.
    """
    from indieartist.audio.engine import Source
    from indieartist.audio.samples import as_stereo
    from indieartist.audio.sound import PatchedSound

    base, rate_hz = deck.versions[0], deck.player.rate_hz
    patch = as_stereo(section.samples, (section.rate_hz, rate_hz), section.name)
    start, seam = round(section.start_ms * rate_hz / 1000), rate_hz * _SEAM_MS // 1000
    sound = PatchedSound(deck.player.sounds[0], patch, start, seam)
    detail = f"{section.name}: a section as it would be mastered, the original around it"
    source = Source(section.name, sound, rate_hz, section.lufs)
    kind = VersionKind.PREVIEW
    return Version(PREVIEW_KEY, kind, section.name, detail, base.mix, base.waveform, source)


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
