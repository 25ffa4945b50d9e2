"""Masters and previews of files: read, made, written, and measured before the file is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import uuid4

from indieartist.audio.encode import Pcm, write_pcm
from indieartist.audio.mastering.chain import Shape, make_shape
from indieartist.audio.mastering.dither import Dither, get_seed, quantise
from indieartist.audio.mastering.profile import measure_profile
from indieartist.audio.mastering.readings import list_stages, list_warnings
from indieartist.audio.mastering.source import read_stereo
from indieartist.audio.measure import Analysis, measure_file
from indieartist.audio.sniff import shown
from indieartist.domain.mastering import MasterReport, Settings
from indieartist.domain.progress import Report, part, silent
from indieartist.errors import UserError, world_error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from indieartist.audio.mastering.control import Sound
    from indieartist.audio.mastering.level import Take
    from indieartist.domain.measurement import AudioInfo, Measurement

CONTAINERS = {".wav": "wav", ".flac": "flac", ".aif": "aiff", ".aiff": "aiff"}
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
    before: Measurement | None = None,
    report: Report = silent,
) -> Master:
    """As `render_master`, with the analysis of the written file."""
    container = _get_container(target_path)
    settings = _name_reference(settings, reference_path)
    report = _sparing(report)
    if before is None:
        before = measure_file(source_path, part(report, 0.0, 0.25)).measurement
    sound, info = read_stereo(source_path, part(report, 0.25, 0.3))
    shape = _shape(
        sound,
        info,
        source_path,
        settings,
        reference_path=reference_path,
        report=part(report, 0.3, 0.65),
    )
    seed = get_seed(sound)
    del sound
    desk = _Desk(target_path, Pcm(info.sample_rate_hz, 2, settings.bits, container), settings, seed)
    take, analysis = desk.write(shape.fit(settings), part(report, 0.65, 1.0))
    after = analysis.measurement
    made = MasterReport(
        before=before,
        after=after,
        stages=list_stages(shape, take.solution, settings),
        warnings=list_warnings(before, info, take.solution, settings),
        reached=abs((after.integrated_lufs or 0.0) - settings.target.integrated_lufs) <= REACHED_LU,
        loudest_clean_lufs=round(take.solution.loudest_clean_lufs, 2),
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
    rate_hz = shape.programme.sample_rate_hz
    take = shape.fit(settings)
    start = min(round(max(0, start_ms) * rate_hz / 1000), len(shape.sound))
    length = min(round(max(0, length_ms) * rate_hz / 1000), len(shape.sound) - start)
    return take.cut(start, length).T


def open_shape(
    source_path: Path,
    settings: Settings,
    *,
    reference_path: Path | None = None,
    report: Report = silent,
) -> Shape:
    """The song after tone and dynamics, in memory, ready for any target."""
    sound, info = read_stereo(source_path, part(report, 0.0, 0.2))
    shaping = part(report, 0.2, 1.0)
    return _shape(sound, info, source_path, settings, reference_path=reference_path, report=shaping)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Writes takes of one song and measures what was written."""

    target_path: Path
    pcm: Pcm
    settings: Settings
    seed: int

    def write(self, take: Take, report: Report) -> tuple[Take, Analysis]:
        """Write `take`, turned down where the file's own peak asks for it, to its place."""
        draft_path = self.target_path.with_name(
            f".{uuid4().hex[:12]}.part{self.target_path.suffix}"
        )
        try:
            analysis = self._try(take, draft_path, part(report, 0.0, 0.9))
            ceiling_dbtp = self.settings.target.ceiling_dbtp
            excess_db = (analysis.measurement.true_peak_dbtp or ceiling_dbtp) - ceiling_dbtp
            if excess_db > 0.0:
                take = take.lower(excess_db + 0.01)
                analysis = self._try(take, draft_path, part(report, 0.9, 1.0))
            report(1.0)  # the last moment at which a cancel leaves nothing behind
            draft_path.replace(self.target_path)
        except OSError as error:
            raise world_error(error, shown(self.target_path)) from error
        finally:
            draft_path.unlink(missing_ok=True)
        return take, analysis

    def _try(self, take: Take, path: Path, report: Report) -> Analysis:
        report(0.0)
        write_pcm(path, self._steps(take), self.pcm)
        return measure_file(path, part(report, 0.2, 1.0))

    def _steps(self, take: Take) -> Iterator[NDArray[np.int32]]:
        dither = Dither(self.seed, bits=self.pcm.bits) if self.settings.runs("dither") else None
        for piece in take.pieces():
            yield dither.quantise(piece) if dither else quantise(piece, bits=self.pcm.bits)


def _shape(
    sound: Sound,
    info: AudioInfo,
    source_path: Path,
    settings: Settings,
    *,
    reference_path: Path | None,
    report: Report,
) -> Shape:
    if info.frames < SHORTEST_S * info.sample_rate_hz:
        raise UserError(
            f"{shown(source_path)} is shorter than 0.4 s, too short to have a loudness.",
            "Export the whole song.",
        )
    reference = None
    if reference_path is not None and settings.runs("tone"):
        heard, form = read_stereo(reference_path, part(report, 0.0, 0.1))
        reference = measure_profile(heard, form.sample_rate_hz)
        del heard
    shape = make_shape(
        sound, info.sample_rate_hz, settings, reference=reference, report=part(report, 0.1, 1.0)
    )
    if shape.programme.measure_lufs() is None:
        raise UserError(
            f"{shown(source_path)} is silent: nothing in it is louder than -70 LUFS.",
            "Look for a muted channel, and export the song again.",
        )
    return shape


def _get_container(path: Path) -> str:
    if path.suffix.lower() not in CONTAINERS:
        raise UserError(
            f"A master cannot be written as “{path.suffix}”.", "Name it .wav, .flac or .aiff."
        )
    return CONTAINERS[path.suffix.lower()]


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
