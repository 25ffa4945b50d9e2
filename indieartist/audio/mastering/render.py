"""Masters and previews of files: read, made, written, and measured before the file is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.audio.encode import Pcm, get_container, replacing, write_draft
from indieartist.audio.mastering.chain import Shape, make_shape
from indieartist.audio.mastering.curve import MatchCurve
from indieartist.audio.mastering.dither import get_seed, make_dither
from indieartist.audio.mastering.readings import list_stages, list_warnings
from indieartist.audio.mastering.source import read_profile, read_song
from indieartist.audio.measure import Analysis, measure_file
from indieartist.audio.sniff import shown
from indieartist.domain.mastering import MasterReport, Settings
from indieartist.domain.progress import Report, part, silent
from indieartist.errors import UserError, WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from indieartist.audio.mastering.control import Sound
    from indieartist.audio.mastering.level import Take
    from indieartist.audio.mastering.profile import Profile
    from indieartist.domain.measurement import AudioInfo, Measurement

SHORTEST_S = 0.4  # one gating block of BS.1770
REACHED_LU = 0.1
PROGRESS_STEP = 0.02


@dataclass(frozen=True, eq=False)
class Master:
    """A written master: the report of its making, and all that was measured in the file."""

    report: MasterReport
    analysis: Analysis


def render_master(
    source_path: Path,
    target_path: Path,
    settings: Settings,
    *,
    reference_path: Path | None = None,
    before: Measurement | None = None,
    report: Report = silent,
) -> MasterReport:
    """Master `source_path` into `target_path` (.wav, .flac or .aiff) and say what was done.

    The file takes its place only once it was read again and measured: its true peak is at or under
    the ceiling. `before` spares measuring the bounce, where that was done already. Raises UserError
    for a bounce that cannot be mastered, WorldError where the disk is in the way.
    """
    return make_master(
        source_path,
        target_path,
        settings,
        reference_path=reference_path,
        before=before,
        report=report,
    ).report


def make_master(
    source_path: Path,
    target_path: Path,
    settings: Settings,
    *,
    reference_path: Path | None = None,
    curve: MatchCurve | None = None,
    before: Measurement | None = None,
    report: Report = silent,
) -> Master:
    """As `render_master`, with the analysis of the written file.

    A `curve` decided before, as for an album, stands in for the reference's.
    """
    container = get_container(target_path)
    settings = _name_reference(settings, reference_path)
    report = _sparing(report)
    before = before or measure_file(source_path, part(report, 0.0, 0.25)).measurement
    lead = curve or reference_path
    folder, opening = target_path.parent, part(report, 0.25, 0.65)
    shape, info = _open(source_path, settings, lead, opening, folder)
    take = shape.fit(settings)
    pcm = Pcm(info.sample_rate_hz, 2, settings.bits, container)
    ceiling_dbtp = settings.target.ceiling_dbtp
    with replacing(target_path) as draft_path:
        write_draft(draft_path, dither_take(take, settings), pcm, shown(target_path))
        analysis = measure_file(draft_path, part(report, 0.7, 0.99))
        check_ceiling(analysis.measurement, ceiling_dbtp, target_path)
        report(1.0)  # the last moment at which a cancel leaves nothing behind
    after, solution = analysis.measurement, take.solution
    made = MasterReport(
        before=before,
        after=after,
        stages=list_stages(shape, solution, settings),
        warnings=list_warnings(before, info, solution, settings),
        reached=abs((after.integrated_lufs or 0.0) - settings.target.integrated_lufs) <= REACHED_LU,
        loudest_clean_lufs=round(solution.loudest_clean_lufs, 2),
    )
    return Master(made, analysis)


def render_preview(
    source_path: Path,
    start_ms: int,
    length_ms: int,
    settings: Settings,
    *,
    reference_path: Path | None = None,
    report: Report = silent,
) -> Sound:
    """A stretch of the master as it would be, (frames, 2) float32: exact, before dither.

    The whole song decides every gain, so the whole song is listened to. To move about in it or
    try other targets at once, keep the `Shape` of `open_shape` and its `fit`.
    """
    shape = open_shape(source_path, settings, reference_path=reference_path, report=report)
    rate_hz, frames = shape.programme.sample_rate_hz, shape.sound.frames
    start = min(round(max(0, start_ms) * rate_hz / 1000), frames)
    length = min(round(max(0, length_ms) * rate_hz / 1000), frames - start)
    return shape.fit(settings).cut(start, length).T


def open_shape(
    source_path: Path,
    settings: Settings,
    *,
    reference_path: Path | None = None,
    report: Report = silent,
) -> Shape:
    """The song after tone and dynamics, in memory, ready for any target."""
    return _open(source_path, settings, reference_path, _sparing(report))[0]


def dither_take(take: Take, settings: Settings) -> Iterator[NDArray[np.floating]]:
    """The samples for the file, piece by piece; the same take gives the same samples."""
    if not settings.runs("dither"):
        yield from take.pieces()
        return
    dither = make_dither(settings, take.programme.sample_rate_hz, get_seed(take.programme.power))
    for piece in take.pieces():
        yield dither.add_to(piece)


def check_ceiling(written: Measurement, ceiling_dbtp: float, target_path: Path) -> None:
    """Raise WorldError where a written file is louder than the take that went into it could be."""
    if (written.true_peak_dbtp or ceiling_dbtp) > ceiling_dbtp:
        raise WorldError(
            f"{shown(target_path)} came out of the disk with peaks that did not go in.",
            "The disk or the memory may be failing: try again.",
        )


def _open(
    source_path: Path,
    settings: Settings,
    lead: Path | MatchCurve | None,
    report: Report,
    folder: Path | None = None,
) -> tuple[Shape, AudioInfo]:
    reference: Profile | MatchCurve | None = lead if isinstance(lead, MatchCurve) else None
    if isinstance(lead, Path) and settings.runs("tone"):
        reference = read_profile(lead, part(report, 0.0, 0.1))
    song, info = read_song(source_path, part(report, 0.1, 0.2))
    if song.frames < SHORTEST_S * info.sample_rate_hz:
        raise UserError(
            f"{shown(source_path)} is shorter than 0.4 s, too short to have a loudness.",
            "Export the whole song.",
        )
    shaping = part(report, 0.2, 1.0)
    shape = make_shape(song, settings, reference=reference, folder=folder, report=shaping)
    if shape.programme.measure_lufs() is None:
        raise UserError(
            f"{shown(source_path)} is silent: nothing in it is louder than -70 LUFS.",
            "Look for a muted channel, and export the song again.",
        )
    return shape, info


def _name_reference(settings: Settings, reference_path: Path | None) -> Settings:
    if reference_path is None or settings.reference:
        return settings
    return replace(settings, reference=reference_path.stem)


def _sparing(report: Report) -> Report:
    """The same report, called at most once every 2 %."""
    reported = -1.0

    def spare(fraction: float) -> None:
        nonlocal reported
        if reported < fraction >= min(reported + PROGRESS_STEP, 1.0):
            reported = fraction
            report(fraction)

    return spare
