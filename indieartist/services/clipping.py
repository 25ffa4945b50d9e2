"""Clipping: a telling stretch of a song as a file, and a sampler of an album."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.domain.progress import Report, part, silent
from indieartist.errors import UserError, world_error
from indieartist.services.outputs import claim_path
from indieartist.services.songs import Song
from indieartist.services.together import run_together

if TYPE_CHECKING:
    from indieartist.audio.clips import Cut, Grid, Stretch

CLIP_MS, SAMPLE_MS, FADE_MS, CROSSFADE_MS = 30_000, 20_000, 250, 1_500
SHORTEST_MS, LONGEST_MS = 100, 600_000
LONGEST_SAMPLER_MS = 3_600_000  # it is put together in memory
_BEATS = 4  # of a bar
_SURE = 0.5  # of the tempo


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What was taken of a song; `chosen` where the program chose it, as its loudest."""

    title: str
    start_ms: int
    length_ms: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Clipping:
    """A file that was made, and what is in it."""

    path: str
    length_ms: int
    excerpts: tuple[Excerpt, ...]


def choose_excerpt(song: Song, length_ms: int) -> Excerpt:
    """The loudest stretch of a song, from a bar on where its tempo is known."""
    from indieartist.audio.clips import find_loudest

    found = find_loudest(song.waveform.powers, length_ms, _grid(song))
    return Excerpt(song.title, found.start_ms, length_ms, chosen=True)


def make_clip(
    path: Path, wanted: Excerpt, fade_ms: int, out: Path, report: Report = silent
) -> Clipping:
    """Write a stretch of a song, its ends faded; `out` says by its suffix what it becomes.

    A clip that runs over the song's end is shorter. Raises UserError where it starts past the end,
    and for what such a file cannot hold.
    """
    from indieartist.audio.clips import cut, render_clip

    check_length(wanted.length_ms)
    made = cut(path, _stretch(wanted))
    _make_room(out)
    length_ms = render_clip(made, fade_ms, out, report)
    taken = Excerpt(wanted.title, wanted.start_ms, length_ms, wanted.chosen)
    return Clipping(str(out), length_ms, (taken,))


def make_sampler(
    songs: Sequence[Song],
    length_ms: int,
    crossfade_ms: int,
    out: Path,
    report: Report = silent,
) -> Clipping:
    """Write the most telling stretch of each song after the other, matched in loudness."""
    from indieartist.audio.clips import render_sampler

    check_length(length_ms)
    if length_ms * len(songs) > LONGEST_SAMPLER_MS:
        raise UserError("This sampler would be longer than an hour.", "Take less of each song.")
    wanted = [choose_excerpt(song, length_ms) for song in songs]
    works = [partial(_cut, song, each) for song, each in zip(songs, wanted, strict=True)]
    cuts = run_together(works, part(report, 0.0, 0.4))
    _make_room(out)
    whole_ms = render_sampler(cuts, crossfade_ms, out, part(report, 0.4, 1.0))
    taken = (
        Excerpt(each.title, each.start_ms, made.length_ms, chosen=True)
        for each, made in zip(wanted, cuts, strict=True)
    )
    return Clipping(str(out), whole_ms, tuple(taken))


def check_out(out: Path, *, force: bool = False) -> None:
    """Raise UserError for a file that is there already, and for a name that says no kind of it."""
    from indieartist.audio.codecs.files import check_suffix

    check_suffix(out)
    claim_path(out, force=force)


def check_length(length_ms: int) -> None:
    """Raise UserError for a clip that is too short to hear or too long for one."""
    if not SHORTEST_MS <= length_ms <= LONGEST_MS:
        raise UserError(
            f"A clip of {length_ms / 1000:g} s cannot be made.", "Make it 0.1 to 600 s long."
        )


def _grid(song: Song) -> Grid | None:
    """Where its bars lie, counted in fours from its first sound."""
    from indieartist.audio.clips import Grid

    measured = song.measurement
    if not measured.tempo_bpm or (measured.tempo_confidence or 0.0) < _SURE:
        return None
    return Grid(measured.silence_head_ms, _BEATS * 60_000 / measured.tempo_bpm)


def _cut(song: Song, wanted: Excerpt, report: Report) -> Cut:
    from indieartist.audio.clips import cut

    report(0.0)
    made = cut(song.path, _stretch(wanted))
    report(1.0)
    return made


def _stretch(wanted: Excerpt) -> Stretch:
    from indieartist.audio.clips import Stretch

    return Stretch(wanted.start_ms, wanted.length_ms)


def _make_room(out: Path) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise world_error(error, out.parent) from error
