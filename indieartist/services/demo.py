"""A song to try everything with: our own small one, rendered on the spot, with stems and cover."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from indieartist.domain.progress import Report, part, silent
from indieartist.domain.release import Credit


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
