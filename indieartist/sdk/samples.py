"""A release and a post with real files, small and complete, for adapter tests."""

from __future__ import annotations

import hashlib
import wave
from dataclasses import replace
from datetime import date
from pathlib import Path

from indieartist.sdk.views import (
    CreditView,
    FileRole,
    FileView,
    LinkView,
    MediaView,
    PostView,
    ReleaseView,
    TrackView,
)

HOSTILE = (
    "</script><!-- ]]> \"'&<b> {{ 7*7 }} {% x %} \\ ../../etc/passwd\x07 "
    "שלום \u202eevil 👩‍👩‍👧 Ελλ \u0301\ufeff CON. =1+1 \U0001f1eb\U0001f1f7 "
)
"""What people paste into fields: markup, templates, paths, controls, both directions, emoji."""


def sample_release(folder: Path, *, id: str = "7", tracks: int = 2) -> ReleaseView:
    """A release of half-second tracks with cover, credits, lyrics and links."""
    cover = _cover(folder / "cover.png")
    return ReleaseView(
        id=id,
        title="Harbour Lights",
        kind="single" if tracks < 4 else "ep",
        artists=("Mara Vale",),
        artist_line="Mara Vale",
        label="Tideline",
        catalogue_number="TIDE-7",
        gtin="5063412907718",
        release_on=date(2026, 11, 27),
        original_release_on=date(2026, 11, 27),
        genre="Electronic",
        language="en",
        p_line="2026 Mara Vale",
        c_line="2026 Mara Vale",
        ai_disclosure="none",
        description="Two songs from the last ferry home.",
        artwork=cover,
        credits=(CreditView("Mara Vale", "artist", "Artist", "artist"),),
        links=(LinkView("Bandcamp", "https://maravale.example/harbour-lights"),),
        tracks=tuple(_track(folder, number) for number in range(1, tracks + 1)),
    )


def sample_post(folder: Path) -> PostView:
    """A post with the release's cover and its alternative text."""
    release = sample_release(folder)
    assert release.artwork is not None
    return PostView(
        id="31",
        text="Harbour Lights is out today. Two songs from the last ferry home 🌊",
        release=release,
        media=(MediaView(release.artwork, "A low orange sun over a dark harbour."),),
        link="https://maravale.example/harbour-lights",
        hashtags=("NewMusic", "Electronic"),
        language="en",
    )


def hostile_release(release: ReleaseView) -> ReleaseView:
    """The release with HOSTILE in every free text."""
    tracks = tuple(_hostile_track(track) for track in release.tracks)
    return replace(
        release,
        title=HOSTILE,
        artist_line=HOSTILE,
        artists=(HOSTILE,),
        label=HOSTILE,
        description=HOSTILE,
        p_line=HOSTILE,
        genre=HOSTILE,
        links=(LinkView(HOSTILE, "https://maravale.example/?q=" + HOSTILE),),
        tracks=tracks,
    )


def hostile_post(post: PostView) -> PostView:
    """The post with HOSTILE in every free text."""
    media = tuple(replace(medium, alt=HOSTILE) for medium in post.media)
    release = hostile_release(post.release) if post.release else None
    return replace(post, text=HOSTILE, media=media, release=release, hashtags=("Ελλ",))


def _hostile_track(track: TrackView) -> TrackView:
    credits = (CreditView(HOSTILE, "performer", "Performer", "performance", HOSTILE),)
    return replace(track, title=HOSTILE, lyrics=HOSTILE, artists=(HOSTILE,), credits=credits)


def _track(folder: Path, number: int) -> TrackView:
    master = _tone(folder / f"master-{number}.wav", 440 * number, FileRole.AUDIO)
    stream = _tone(folder / f"stream-{number}.wav", 440 * number, FileRole.LISTENING)
    return TrackView(
        position=number,
        title=("Low Water", "Signal Fires", "Salt", "Undertow")[(number - 1) % 4],
        artists=("Mara Vale",),
        isrc=f"GBX7K26001{number:02}",
        explicit="none",
        language="en",
        genre="Electronic",
        lyrics="Low water, high moon\nThe last ferry leaves at noon",
        duration_ms=500,
        credits=(
            CreditView("Mara Vale", "writer", "Songwriter", "writing"),
            CreditView("Ines Okafor", "performer", "Performer", "performance", "cello"),
            CreditView("Tomas Reyes", "mixer", "Mixing engineer", "production"),
        ),
        files=(master, stream),
    )


def _tone(path: Path, frequency_hz: int, role: FileRole) -> FileView:
    """Half a second of a square wave, mono, 8 kHz."""
    half_period = 4000 // frequency_hz
    frames = bytes(96 if i // half_period % 2 else 160 for i in range(4000))
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 1, 8000, len(frames), "NONE", "not compressed"))
        file.writeframes(frames)
    return file_view(path, "audio/wav", role)


def _cover(path: Path) -> FileView:
    from PIL import Image

    size_px = 640
    top = Image.linear_gradient("L").resize((size_px, size_px))
    Image.merge("RGB", (top, top.point([v // 2 for v in range(256)]), top.rotate(90))).save(path)
    return replace(file_view(path, "image/png", FileRole.ARTWORK), width_px=640, height_px=640)


def file_view(path: Path, mime: str, role: FileRole) -> FileView:
    """The view of a file as it lies there now."""
    data = path.read_bytes()
    return FileView(str(path), hashlib.sha256(data).hexdigest(), len(data), mime, role)
