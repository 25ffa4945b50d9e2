"""A release that no rule minds, and the ways to change one thing about it."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from indieartist.domain.cover import CoverLook, CoverWord
from indieartist.domain.measurement import AudioInfo, Measurement, Source
from indieartist.domain.preflight import (
    Delivery,
    Fix,
    Known,
    Preflight,
    Redraw,
    RuleBook,
    SentTrack,
    parse_rulebook,
    redrawn,
    run_preflight,
)
from indieartist.domain.release import Artwork, Credit, Mix, MixKind, Release, Track

RULES = Path(__file__).parents[2] / "resources" / "rules"
TODAY = date(2026, 3, 2)  # a Monday
FRIDAY = date(2026, 5, 8)
INFO = AudioInfo("wav", "pcm", 44_100, 2, 24, 44_100 * 200, True)
MEASURED = Measurement(
    integrated_lufs=-14.2,
    loudness_range_lu=6.0,
    momentary_max_lufs=-10.0,
    short_term_max_lufs=-11.0,
    true_peak_dbtp=-1.2,
    sample_peak_dbfs=-1.5,
    dc_offset=0.0,
    clipped_runs=0,
    silence_head_ms=120,
    silence_tail_ms=900,
    correlation=0.8,
    bits_used=24,
    sample_rate_hz=44_100,
    channels=2,
    duration_ms=200_000,
    balance_db=0.1,
    mono_loss_db=0.6,
    dropouts=0,
    source=Source.NATIVE,
    fingerprint="AQAAAA",
)
ANA = Credit("Ana", "artist")
CREW = (
    Credit("Ana Torres", "writer"),
    Credit("Ana Torres", "vocals"),
    Credit("Bo Lind", "producer"),
)
PAGES = (
    ("Spotify", "https://open.spotify.com/artist/4Z8W4fKeB5YxbusRsdQVPb"),
    ("Apple Music", "https://music.apple.com/us/artist/ana/657515"),
)


@cache
def book() -> RuleBook:
    names = ("rules", "sources", "destinations", "words")
    return parse_rulebook(*(tomllib.loads((RULES / f"{n}.toml").read_text("utf-8")) for n in names))


def mix(number: int = 1, sound: str = "", info: AudioInfo = INFO, **measured: Any) -> Mix:
    return Mix(
        id=number,
        track_id=number,
        number=1,
        kind=MixKind.MASTER,
        name="master",
        audio_hash=sound or f"sound {number}",
        info=info,
        added_at=datetime(2026, 3, 1, tzinfo=UTC),
        measurement=replace(MEASURED, duration_ms=info.duration_ms, **measured),
    )


def track(number: int = 1, title: str = "Night Bus", **facts: Any) -> Track:
    facts = {"mixes": (mix(number),), "approved_mix_id": number, "credits": CREW} | facts
    facts = {"isrc": f"GBAYE260000{number}", "explicit": "none", "language": "en"} | facts
    return Track(number, 1, number, title, **facts)


def seeing(*words: str, confidence: int = 95, **facts: Any) -> CoverLook:
    """The look of a sharp, full cover with these words on it."""
    facts = {"detail": 1.0, "padding_px": (0, 0, 0, 0), "spread": 50.0, "codes": ()} | facts
    return CoverLook(**{"words": tuple(CoverWord(word, confidence) for word in words)} | facts)


def single(title: str = "Night Bus", **facts: Any) -> Release:
    """A clean single; `title` is the release's and its track's."""
    facts = {"tracks": (track(title=title),), "credits": (ANA,), "label": "Ana"} | facts
    facts = {"gtin": "036000291452", "catalogue_number": "ANA-001", "genre": "Pop"} | facts
    facts = {"release_on": FRIDAY, "language": "en", "p_line": "2026 Ana Torres"} | facts
    facts = {
        "c_line": "2026 Ana Torres",
        "ai_disclosure": "none",
        "links": PAGES,
        "content_id": "no",
    } | facts
    cover = Artwork("cover", 3000, 3000, "RGB", "JPEG", 900_000, seeing("Night", "Bus", "ANA"))
    return Release(1, title, **({"artwork": cover} | facts))


def songs(*titles: str, **facts: Any) -> Release:
    """A clean release of several tracks."""
    tracks = tuple(track(i, title) for i, title in enumerate(titles, 1))
    return single(**({"title": "Late Lines", "tracks": tracks} | facts))


def with_track(**facts: Any) -> Release:
    """The clean single with its one track changed."""
    return single(tracks=(track(**facts),))


def covered(**facts: Any) -> Release:
    """The clean single with its cover changed."""
    release = single()
    assert release.artwork
    return replace(release, artwork=replace(release.artwork, **facts))


def sounding(info: dict[str, Any] | None = None, **measured: Any) -> Release:
    """The clean single with its sound changed."""
    changed = mix(info=replace(INFO, **(info or {})), **measured)
    return with_track(mixes=(changed,))


def crediting(*credits: Credit, crew: tuple[Credit, ...] = CREW) -> Release:
    """The clean single with other credits on its track."""
    return with_track(credits=(*crew, *credits))


def check(release: Release, *destinations: str, known: Known | None = None) -> Preflight:
    return run_preflight(release, book(), destinations, today=TODAY, known=known)


def mended(release: Release, fix: Fix) -> Release:
    """The release after a finding's edit; a title that its only track shares is the track's too."""
    change: dict[str, Any] = {fix.field: fix.value}
    if isinstance(fix.value, Redraw) and release.artwork:
        change = {"artwork": redrawn(release.artwork, fix.value)}
    if fix.track_id is None:
        tracks = release.tracks
        if release.called_like_its_track and fix.field in ("title", "version"):
            tracks = (replace(tracks[0], **change),)
        return replace(release, tracks=tracks, **change)
    tracks = tuple(replace(t, **change) if t.id == fix.track_id else t for t in release.tracks)
    return replace(release, tracks=tracks)


def delivered(release: Release, destination: str = "distrokid", **facts: Any) -> Known:
    """What is known when `release` went out as it stands."""
    sent = tuple(SentTrack(t.title, t.isrc, t.duration_ms) for t in release.tracks)
    facts = {"title": destination.title(), "gtin": release.gtin, "tracks": sent} | facts
    return Known(deliveries=(Delivery(destination, sent_on=date(2026, 2, 2), **facts),))
