"""Listening: the versions of a track on one player, of the mixes and of what services play."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from bounces import write_bounce

from indieartist.domain.listening import VersionKind
from indieartist.domain.release import Track
from indieartist.services import finding, importing, mastering
from indieartist.services.decks import Choice, Deck, with_version, without_version
from indieartist.services.listening import (
    list_offers,
    list_services,
    open_deck,
    read_versions,
    render_offer,
)
from indieartist.services.renditions import find_as, render_as, rendition_waveform
from indieartist.services.studio import Studio, open_studio


class Nowhere:
    """A place where no sound goes."""

    latency_ms = 0.0

    def __init__(self, rate_hz: int) -> None: ...

    def start(self, render: object) -> None: ...

    def stop(self) -> None: ...


@pytest.fixture
def studio(library_dir: Path, tmp_path: Path) -> Studio:
    studio = open_studio(library_dir)
    importing.import_file(studio, write_bounce(tmp_path / "Night Bus.wav"))
    mastering.master_track(studio, track_of(studio), mastering.get_settings(studio))
    return studio


def track_of(studio: Studio) -> Track:
    return finding.get_track(studio, "T1")


def put_on(studio: Studio, *services: str) -> Deck:
    choice = Choice(services=services)
    return open_deck(studio, track_of(studio), choice, make_sink=Nowhere)


def test_a_service_is_offered_then_heard_and_kept(studio: Studio) -> None:
    deck = put_on(studio, "spotify", "youtube", "no such place")
    assert [shown.name for shown in deck.shown] == ["Original", "Master", "Spotify", "YouTube"]
    assert [shown.kind for shown in deck.shown[2:]] == [VersionKind.SERVICE] * 2
    offer = deck.offers[1]
    assert offer.mix.id == deck.versions[1].mix.id
    version = render_offer(studio, deck, offer)
    heard = with_version(deck, version)
    assert heard.place_of(offer.key) == 2
    assert [each.name for each in heard.offers] == ["Spotify"]
    assert "as we" in version.detail or "model" in version.detail
    again = put_on(studio, "spotify", "youtube")
    assert again.place_of(offer.key) == 2
    assert again.versions[2].source.rate_hz == again.player.rate_hz
    assert again.player.frames == deck.player.frames


def test_it_lies_under_the_master_and_is_as_loud_as_it_is_there(studio: Studio) -> None:
    deck = put_on(studio, "youtube")
    version = render_offer(studio, deck, deck.offers[0])
    master, played = deck.player.sounds[1], version.source.samples
    played.load(0)  # type: ignore[union-attr]
    a, b = master.read(0, 40_000)[:, 0], played.read(0, 40_000)[:, 0]  # type: ignore[union-attr]
    lag = int(np.argmax(np.fft.irfft(np.fft.rfft(b) * np.conj(np.fft.rfft(a)))))
    assert lag in (0, 1, 39_999)
    assert version.lufs is not None
    assert version.lufs <= -13.9  # YouTube turns what is louder down to -14 LUFS, nothing up
    assert version.waveform.duration_ms == pytest.approx(
        deck.versions[1].waveform.duration_ms, 0.01
    )


def test_what_is_known_is_not_read_again(studio: Studio) -> None:
    deck, track = put_on(studio), track_of(studio)
    bounces = frozenset(mix.id for mix in track.mixes)
    versions = read_versions(studio, track, Choice(more=bounces), deck.versions)
    assert [new is old for new, old in zip(versions, deck.versions, strict=True)] == [True, True]


def test_nine_is_the_most(studio: Studio) -> None:
    track, many = track_of(studio), Choice(services=tuple(list_services()))
    deck = put_on(studio)
    assert len(many.services) > 9
    assert len(list_offers(track, many, deck.versions)) == 7


def test_two_of_one_name_are_told_by_their_numbers(studio: Studio) -> None:
    mastering.master_track(studio, track_of(studio), mastering.get_settings(studio))
    track = track_of(studio)
    choice = Choice(more=frozenset(mix.id for mix in track.mixes))
    deck = open_deck(studio, track, choice, make_sink=Nowhere)
    assert [deck.name_of(each) for each in deck.shown] == ["Original", "Master 2", "Master 3"]
    rest = without_version(deck, deck.versions[1].key)
    assert [rest.name_of(each) for each in rest.shown] == ["Original", "Master"]


def test_a_rendition_keeps_its_picture(studio: Studio) -> None:
    mix = track_of(studio).mixes[-1]
    assert find_as(studio, mix, "tidal") is None
    made = render_as(studio, mix, "tidal")
    found = find_as(studio, mix, "tidal")
    assert found == made
    picture = rendition_waveform(made)
    assert made.path.with_suffix(".wave").read_bytes() == picture.to_bytes()
    made.path.with_suffix(".wave").write_bytes(b"IAWF?")
    assert rendition_waveform(made).to_bytes() == picture.to_bytes()
