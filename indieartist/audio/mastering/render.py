"""Masters and previews of files: read, made, written, and measured before the file is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indieartist.audio.encode import get_container, replacing
from indieartist.audio.mastering.chain import Shape, Song, make_shape
from indieartist.audio.mastering.curve import MatchCurve
from indieartist.audio.mastering.dither import get_seed, make_dither
from indieartist.audio.mastering.plan import Plan, plan_sections
from indieartist.audio.mastering.pressing import press
from indieartist.audio.mastering.readings import list_stages, list_warnings
from indieartist.audio.mastering.reductions import ReductionCurves, collect_reductions
from indieartist.audio.mastering.source import measure_song, read_profile, read_song
from indieartist.audio.measure import Analysis
from indieartist.audio.pcm import Pcm
from indieartist.audio.sniff import shown
from indieartist.domain.mastering import MasterReport, Settings
from indieartist.domain.progress import Report, part, silent
from indieartist.errors import UserError, WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from indieartist.audio.mastering.control import Sound
    from indieartist.audio.mastering.level import Take
    from indieartist.audio.mastering.profile import Profile
    from indieartist.audio.mastering.source import StoredSong
    from indieartist.domain.measurement import AudioInfo, Measurement

SHORTEST_S = 0.4  # one gating block of BS.1770
REACHED_LU = 0.1
PROGRESS_STEP = 0.02


@dataclass(frozen=True, eq=False)
class Master:
    """A written master: its report, all that was measured in the file, and what was taken off."""

    report: MasterReport
    analysis: Analysis
    reductions: ReductionCurves


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

    The file takes its place only once all that went into it was measured: its true peak is at or
    under the ceiling. `before` spares measuring the bounce, where that was done already. Raises
    UserError for a bounce that cannot be mastered, WorldError where the disk is in the way.
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
    curve: MatchCurve | Profile | None = None,
    before: Measurement | None = None,
    report: Report = silent,
) -> Master:
    """As `render_master`, with the analysis of the written file.

    A `curve` decided before, as for an album, stands in for the reference's; so does a stored
    profile of the reference.
    """
    container = get_container(target_path)
    settings = _name_reference(settings, reference_path)
    report = _sparing(report)
    lead = curve or _read_lead(reference_path, settings, part(report, 0.0, 0.1))
    song, info, before = _read_bounce(source_path, before, part(report, 0.1, 0.3))
    folder, shaping = target_path.parent, part(report, 0.3, 0.65)
    shape = _shape(song, source_path, settings, lead, folder=folder, report=shaping)
    take = shape.fit(settings)
    pcm = Pcm(info.sample_rate_hz, 2, settings.bits, container)
    ceiling_dbtp = settings.target.ceiling_dbtp
    with replacing(target_path) as draft_path:
        analysis = press(
            draft_path,
            dither_take(take, settings),
            pcm,
            name=shown(target_path),
            frames=take.shaped.frames,
            report=part(report, 0.7, 0.99),
        )
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
    return Master(made, analysis, _collect(shape, take))


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
    """The song after tone and dynamics, ready for any target."""
    report = _sparing(report)
    lead = _read_lead(reference_path, settings, part(report, 0.0, 0.1))
    song, _ = read_song(source_path, part(report, 0.1, 0.3))
    shaping = part(report, 0.3, 1.0)
    return _shape(song, source_path, settings, lead, folder=None, report=shaping)


def plan_master(
    source_path: Path,
    settings: Settings,
    *,
    reference_path: Path | None = None,
    report: Report = silent,
) -> Plan:
    """What `preview_section` needs to know of a song: worth storing, for it takes the whole song.

    It holds for any target of the same settings.
    """
    shape = open_shape(source_path, settings, reference_path=reference_path, report=report)
    return plan_sections(shape)


def plan_stored(
    song: StoredSong,
    source_path: Path,
    settings: Settings,
    lead: Profile | MatchCurve | None,
    *,
    folder: Path | None = None,
    report: Report = silent,
) -> Plan:
    """As `plan_master`, of a song whose tone is known; what fits no memory goes to `folder`."""
    shape = _shape(song, source_path, settings, lead, folder=folder, report=_sparing(report))
    return plan_sections(shape)


def dither_take(take: Take, settings: Settings) -> Iterator[NDArray[Any]]:
    """The samples for the file, piece by piece; the same take gives the same samples."""
    if not settings.runs("dither"):
        yield from take.pieces()
        return
    dither = make_dither(settings, take.programme.sample_rate_hz, get_seed(take.programme.power))
    for piece in take.pieces():
        yield dither.round_off(piece.T)


def check_ceiling(written: Measurement, ceiling_dbtp: float, target_path: Path) -> None:
    """Raise WorldError where what was written is louder than the take that went into it is."""
    if (written.true_peak_dbtp or ceiling_dbtp) > ceiling_dbtp:
        raise WorldError(
            f"{shown(target_path)} came out with peaks that did not go in.",
            "The disk or the memory may be failing: try again.",
        )


def _collect(shape: Shape, take: Take) -> ReductionCurves:
    frames, rate_hz = take.shaped.frames, take.programme.sample_rate_hz
    return collect_reductions(
        shape.dynamics, take.solution.reduction_db, rate_hz, (0, frames), frames
    )


def _read_lead(path: Path | None, settings: Settings, report: Report) -> Profile | None:
    """The tone of the reference, where the chain asks for it."""
    return read_profile(path, report) if path and settings.runs("tone") else None


def _read_bounce(
    path: Path, before: Measurement | None, report: Report
) -> tuple[Song, AudioInfo, Measurement]:
    """The bounce and how it measures; where that is not known yet, both in one pass."""
    if before is not None:
        song, info = read_song(path, report)
        return song, info, before
    song, analysis = measure_song(path, report)
    return song, analysis.info, analysis.measurement


def _shape(
    song: Song,
    path: Path,
    settings: Settings,
    lead: Profile | MatchCurve | None,
    *,
    folder: Path | None,
    report: Report,
) -> Shape:
    if song.frames < SHORTEST_S * song.sample_rate_hz:
        raise UserError(
            f"{shown(path)} is shorter than 0.4 s, too short to have a loudness.",
            "Export the whole song.",
        )
    shape = make_shape(song, settings, reference=lead, folder=folder, report=report)
    if shape.programme.measure_lufs() is None:
        raise UserError(
            f"{shown(path)} is silent: nothing in it is louder than -70 LUFS.",
            "Look for a muted channel, and export the song again.",
        )
    return shape


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
