"""What leaves the studio: a release as adapters see it, with every file rendered and hashed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.domain.credits import ROLES
from indieartist.domain.progress import Report, part, silent
from indieartist.domain.release import Artwork, Credit, Mix, Release, Track
from indieartist.errors import UserError, world_error
from indieartist.library import contents
from indieartist.library.database import sync_file
from indieartist.services.measuring import audio_path
from indieartist.services.studio import Studio

if TYPE_CHECKING:
    from indieartist.sdk.views import CreditView, FileView, ReleaseView, TrackView

COVER_PX, EMBEDDED_PX = 3000, 1400
LISTENING_MIME = "audio/mpeg"


def artwork_path(studio: Studio, artwork: Artwork) -> Path:
    """Where the cover lies; raises UserError when it is missing."""
    with studio.library.read() as connection:
        suffix = contents.artwork_suffix(connection, artwork.hash)
    return studio.library.vault.get_path(artwork.hash, suffix)


def release_view(
    studio: Studio, release: Release, audio_mimes: Collection[str] = (), report: Report = silent
) -> ReleaseView:
    """The release as it is sent: approved audio rendered clean, cover derived, credits in words.

    `audio_mimes` is what the destination takes; where it takes MP3, a listening copy is rendered
    too. Raises UserError when a track has no approved mix, if audio is taken at all.
    """
    from indieartist.sdk.views import LinkView, ReleaseView

    count = max(len(release.tracks), 1)
    tracks = tuple(
        _track_view(studio, release, track, audio_mimes, part(report, i / count, (i + 1) / count))
        for i, track in enumerate(release.tracks)
    )
    return ReleaseView(
        id=f"R{release.id}",
        title=release.title,
        kind=release.kind.value,
        artists=release.artists,
        artist_line=release.artist_line,
        version=release.version,
        label=release.label,
        catalogue_number=release.catalogue_number,
        gtin=release.gtin,
        release_on=release.release_on,
        original_release_on=release.original_release_on,
        genre=release.genre,
        language=release.language,
        p_line=release.p_line,
        c_line=release.c_line,
        ai_disclosure=release.ai_disclosure,
        description=release.description,
        artwork=_cover(studio, release.artwork) if release.artwork else None,
        credits=_credit_views(release.credits),
        links=tuple(LinkView(service, url) for service, url in release.links),
        tracks=tracks,
    )


def _track_view(
    studio: Studio,
    release: Release,
    track: Track,
    audio_mimes: Collection[str],
    report: Report,
) -> TrackView:
    from indieartist.sdk.views import TrackView

    credits = release.credits_of(track)
    files = _audio_files(studio, track, audio_mimes, report) if audio_mimes else ()
    return TrackView(
        position=track.position,
        title=track.title,
        version=track.version,
        artists=tuple(credit.name for credit in credits if credit.role == "artist"),
        isrc=track.isrc,
        iswc=track.iswc,
        explicit=track.explicit,
        language=track.language,
        genre=track.genre or release.genre,
        lyrics=track.lyrics,
        duration_ms=track.duration_ms,
        credits=_credit_views(credits),
        files=files,
    )


def _credit_views(credits: tuple[Credit, ...]) -> tuple[CreditView, ...]:
    from indieartist.sdk.views import CreditView

    return tuple(
        CreditView(
            c.name,
            c.role,
            ROLES[c.role].label,
            ROLES[c.role].group,
            c.instrument,
            ipi=c.ipi,
            isni=c.isni,
        )
        for c in credits
    )


def _audio_files(
    studio: Studio, track: Track, audio_mimes: Collection[str], report: Report
) -> tuple[FileView, ...]:
    if track.approved is None:
        raise UserError(
            f"No mix of “{track.title}” is approved.", f"indieartist approve T{track.id}"
        )
    _check_frozen(studio, track.approved)
    if LISTENING_MIME not in audio_mimes:
        return (_rendered_audio(studio, track.approved, report),)
    # Encoding an MP3 takes most of the time; both encoders let go of the interpreter.
    with ThreadPoolExecutor(1) as beside:
        listening = beside.submit(_rendered_listening, studio, track.approved, report)
        clean = _rendered_audio(studio, track.approved, silent)
        return clean, listening.result()


def _check_frozen(studio: Studio, mix: Mix) -> None:
    """What goes out is bit for bit what was approved; raises UserError for anything else."""
    from indieartist.library.vault import hash_file

    path = audio_path(studio, mix)
    if hash_file(path) != mix.audio_hash:
        raise UserError(
            f"The audio of mix {mix.number} is no longer what was approved: {path.name} changed.",
            "`indieartist verify` names what is damaged; restore it from a backup.",
        )


def _rendered_audio(studio: Studio, mix: Mix, report: Report) -> FileView:
    from indieartist.audio.encode import render_clean
    from indieartist.sdk.views import FileRole

    source = audio_path(studio, mix)
    path = _made(
        studio, f"{mix.audio_hash}.flac", lambda new: render_clean(source, new, report=report)
    )
    return _file_view(path, "audio/flac", FileRole.AUDIO)


def _rendered_listening(studio: Studio, mix: Mix, report: Report) -> FileView:
    from indieartist.audio.listening_copy import render_listening
    from indieartist.sdk.views import FileRole

    source = audio_path(studio, mix)
    path = _made(
        studio, f"{mix.audio_hash}.mp3", lambda new: render_listening(source, new, report=report)
    )
    return _file_view(path, LISTENING_MIME, FileRole.LISTENING)


def embedded_cover_path(studio: Studio, artwork: Artwork) -> Path:
    """The cover small enough to ride inside an audio file."""
    from indieartist.visuals.artwork import render_cover

    source = artwork_path(studio, artwork)
    name = f"{artwork.hash}-{EMBEDDED_PX}.jpg"
    return _made(studio, name, lambda new: render_cover(source, new, EMBEDDED_PX))


def _cover(studio: Studio, artwork: Artwork) -> FileView:
    from indieartist.sdk.views import FileRole
    from indieartist.visuals.artwork import read_artwork, render_cover

    source = artwork_path(studio, artwork)
    path = _made(studio, f"{artwork.hash}.jpg", lambda new: render_cover(source, new, COVER_PX))
    made = read_artwork(path)
    return _file_view(path, "image/jpeg", FileRole.ARTWORK, made.width_px, made.height_px)


def _file_view(path: Path, mime: str, role: str, width_px: int = 0, height_px: int = 0) -> FileView:
    from indieartist.library.vault import hash_file
    from indieartist.sdk.views import FileRole, FileView

    size = path.stat().st_size
    return FileView(str(path), hash_file(path), size, mime, FileRole(role), width_px, height_px)


def _made(studio: Studio, name: str, render: Callable[[Path], None]) -> Path:
    """A derivative, named by its source: made once, and made again if it is deleted.

    It is made where the vault sweeps up after killed processes, and named once it is whole.
    """
    path = studio.library.folder / "Renders" / name
    if path.exists():
        return path
    making = studio.library.vault.new_path(path.suffix)
    try:
        render(making)
        sync_file(making)
        path.parent.mkdir(exist_ok=True)
        making.replace(path)
    except OSError as error:
        raise world_error(error, path) from error
    finally:
        making.unlink(missing_ok=True)
    return path
