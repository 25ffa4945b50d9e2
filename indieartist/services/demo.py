"""A song to try everything with: our own small one, rendered on the spot, with stems and cover."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from indieartist.domain.progress import Report, part, silent
from indieartist.domain.release import Credit, Release
from indieartist.library import releases
from indieartist.services import editing, importing
from indieartist.services.hearing import hear
from indieartist.services.studio import Studio


@dataclass(frozen=True, slots=True)
class Song:
    """A song's files, and what a release of it needs to say."""

    mix_path: Path
    title: str
    artist: str
    genre: str
    language: str
    credits: tuple[Credit, ...]
    stem_paths: tuple[Path, ...] = ()
    cover_path: Path | None = None


def render_song(folder: Path, report: Report = silent) -> Song:
    """Render the demo song, its stems and its cover into a folder."""
    from indieartist.audio.demo import render_demo_song
    from indieartist.visuals.demo_cover import render_demo_cover

    made = render_demo_song(folder, part(report, 0.0, 0.8))
    cover_path = folder / "cover.png"
    render_demo_cover(cover_path)
    return Song(
        made.mix_path,
        made.title,
        made.artist,
        made.genre,
        made.language,
        made.credits,
        made.stem_paths,
        cover_path,
    )


def import_demo(studio: Studio, report: Report = silent) -> int:
    """Render the demo song and import it as one act; return its release's number.

    It lies in the library's folder. Asked for again it is the same release.
    """
    song = render_song(studio.library.folder / "Demo song", part(report, 0.0, 0.7))
    bounce = hear(studio, song.mix_path, part(report, 0.7, 1.0))
    with studio.library.act("Import the demo song") as act:
        found = importing.place(studio, act, bounce)
        if not found.known:
            _fill_in(studio, releases.get_release(act.connection, found.release_id), song)
    return found.release_id


def _fill_in(studio: Studio, release: Release, song: Song) -> None:
    track = release.tracks[0]
    editing.edit_release(studio, release, {"title": song.title, "genre": song.genre})
    editing.set_artists(studio, release, [song.artist])
    editing.edit_track(studio, track, {"language": song.language})
    others = [credit for credit in song.credits if credit.role != "artist"]
    editing.set_track_credits(studio, track, others)
    if song.cover_path:
        editing.set_artwork(studio, release, song.cover_path)
