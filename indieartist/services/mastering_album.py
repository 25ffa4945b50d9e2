"""An album mastered as one: its tracks keep their distances in level and share one tone curve."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.domain.album import (
    AlbumReport,
    describe_album,
    measure_distances,
    measure_shortfall,
    place,
)
from indieartist.domain.mastering import Settings
from indieartist.domain.measurement import Measurement
from indieartist.domain.progress import Report, part, silent
from indieartist.errors import UserError

if TYPE_CHECKING:
    from indieartist.audio.mastering import Master
    from indieartist.audio.mastering.curve import MatchCurve

MEASURED, CURVED = 0.1, 0.2  # the shares of the work that are done by then
FEWEST, MOST_TRIES = 2, 4


@dataclass(frozen=True, slots=True)
class Song:
    """One song of an album: where it lies, where its master goes, and what was measured of it."""

    title: str
    source_path: Path
    master_path: Path
    before: Measurement | None = None


@dataclass(frozen=True, slots=True)
class Album:
    """The masters of an album in its order, each with the settings it was made by."""

    masters: tuple[Master, ...]
    settings: tuple[Settings, ...]
    report: AlbumReport


def make_album(
    songs: Sequence[Song],
    settings: Settings,
    *,
    reference: Path | None = None,
    report: Report = silent,
) -> Album:
    """Master `songs` so that the loudest stands at the target and all keep their distances.

    Where one cannot be as loud as that without damage, the whole album is lowered until it can.
    Raises UserError for fewer than two songs, and as `make_master` does.
    """
    from indieartist.audio.analysis.album import measure_album
    from indieartist.audio.mastering.album import decide_curve

    if len(songs) < FEWEST:
        raise UserError("An album has two tracks or more.", "Leave out --album for one song.")
    if reference is not None and not settings.reference:
        settings = replace(settings, reference=reference.stem)
    befores = _measure(songs, part(report, 0.0, MEASURED))
    paths = [song.source_path for song in songs]
    curve = decide_curve(paths, settings, reference, part(report, MEASURED, CURVED))
    levels = [_level(song, before) for song, before in zip(songs, befores, strict=True)]
    table = _Table(songs, befores, measure_distances(levels), settings, curve)
    masters, lowered_lu, held_back_by = table.render(part(report, CURVED, 1.0))
    loudest = songs[max(range(len(songs)), key=levels.__getitem__)].title
    target_lufs = settings.target.integrated_lufs
    after = measure_album([(made.report.after, made.analysis.waveform) for made in masters])
    return Album(
        tuple(masters),
        tuple(place(settings, below + lowered_lu) for below in table.distances_lu),
        describe_album(target_lufs, lowered_lu, loudest, held_back_by, after),
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """Everything that the rendering of an album's songs needs."""

    songs: Sequence[Song]
    befores: Sequence[Measurement]
    distances_lu: Sequence[float]
    settings: Settings
    curve: MatchCurve | None

    def render(self, report: Report) -> tuple[list[Master], float, str]:
        """The masters, how far the album was lowered for one of them, and for which.

        Where one falls short, it and those before it are done again, lower; most albums need none.
        """
        masters: dict[int, Master] = {}
        made_at: dict[int, float] = {}
        lowered_lu, held_back_by, report = 0.0, "", _rising(report)
        count, tries = len(self.songs), Counter[int]()
        while todo := [index for index in range(count) if made_at.get(index) != lowered_lu]:
            index, done = todo[0], count - len(todo)
            share = part(report, done / count, (done + 1) / count)
            masters[index], short_lu = self._make(index, lowered_lu, share)
            made_at[index] = lowered_lu
            tries[index] += 1
            if short_lu > 0.0 and tries[index] < MOST_TRIES:
                lowered_lu, held_back_by = lowered_lu + short_lu, self.songs[index].title
        return [masters[index] for index in range(count)], lowered_lu, held_back_by

    def _make(self, index: int, lowered_lu: float, report: Report) -> tuple[Master, float]:
        """One master, and how far it stands below the level that the album asks of it."""
        from indieartist.audio.mastering import make_master

        song = self.songs[index]
        settings = place(self.settings, self.distances_lu[index] + lowered_lu)
        made = make_master(
            song.source_path,
            song.master_path,
            settings,
            curve=self.curve,
            before=self.befores[index],
            report=report,
        )
        return made, measure_shortfall(made.report, settings)


def _rising(report: Report) -> Report:
    """The same report, which never goes back."""
    highest = 0.0

    def rise(fraction: float) -> None:
        nonlocal highest
        highest = max(highest, fraction)
        report(highest)

    return rise


def _measure(songs: Sequence[Song], report: Report) -> list[Measurement]:
    from indieartist.audio.measure import measure_file

    share = 1.0 / len(songs)
    return [
        song.before
        or measure_file(song.source_path, part(report, at * share, (at + 1) * share)).measurement
        for at, song in enumerate(songs)
    ]


def _level(song: Song, before: Measurement) -> float:
    if before.integrated_lufs is None:
        raise UserError(
            f"“{song.title}” has no loudness to keep: it is silent, or shorter than 0.4 s.",
            "Look for a muted channel and export it again, or leave it out.",
        )
    return before.integrated_lufs
