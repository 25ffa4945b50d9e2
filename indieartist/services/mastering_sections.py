"""Any section of a master to come, by a plan that is made once for each tone and compression."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indieartist.domain.progress import Report, part, silent
from indieartist.services.mastering_tone import read_mix_profile, read_reference_profile
from indieartist.services.mastering_traces import derived_of
from indieartist.services.mastering_views import Reductions, Section
from indieartist.services.measuring import audio_path, get_mix, measure_mix, waveform_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from indieartist.audio.mastering import Plan
    from indieartist.audio.mastering.curve import MatchCurve
    from indieartist.audio.mastering.reductions import ReductionCurves
    from indieartist.audio.mastering.source import StoredSong
    from indieartist.domain.mastering import Settings
    from indieartist.domain.release import Mix, Track
    from indieartist.services.studio import Studio

MOST_PLANS = 24  # for each song, of 16 KB
REDUCTIONS = "reductions-1"  # a new number where they would be kept in another form
_PLANNING = 1  # a new one, where the same settings would sound different


def find_plan(
    studio: Studio, track: Track, settings: Settings, reference: Path | None = None
) -> Plan | None:
    """The plan of a track's newest bounce, if it was made; then a section is heard at once."""
    return _find(studio, _work(studio, track, settings, reference, silent))


def get_plan(
    studio: Studio,
    track: Track,
    settings: Settings,
    reference: Path | None = None,
    report: Report = silent,
) -> Plan:
    """The plan of a track's newest bounce, made and kept now if there is none.

    It serves any target, with the limiter or without; another tone or compression has its own.
    Raises UserError for a bounce or a reference that cannot be mastered by.
    """
    work = _work(studio, track, settings, reference, part(report, 0.0, 0.2))
    plan = _find(studio, work) or _make(studio, work, part(report, 0.2, 1.0))
    report(1.0)
    return plan


def render_section(
    studio: Studio,
    track: Track,
    settings: Settings,
    reference: Path | None = None,
    *,
    start_ms: int,
    length_ms: int,
    report: Report = silent,
) -> Section:
    """A section of the master that `settings` would make of a track's newest bounce.

    Only the section is decoded where its plan is there; else the plan is made first. Shorter, or
    empty, at the song's end.
    """
    work = _work(studio, track, settings, reference, part(report, 0.0, 0.2))
    plan = _find(studio, work) or _make(studio, work, part(report, 0.2, 0.95))
    section = _render(work, plan, (start_ms, length_ms))
    report(1.0)
    return section


def sketch_section(
    studio: Studio,
    track: Track,
    settings: Settings,
    reference: Path | None = None,
    *,
    start_ms: int,
    length_ms: int,
) -> Section:
    """As `render_section`, but at once, for a song of any length.

    Where the plan is not there, one is made of excerpts, and the section is not `exact`; `get_plan`
    can go on meanwhile.
    """
    work = _work(studio, track, settings, reference, silent)
    plan, span = _find(studio, work), (start_ms, length_ms)
    if plan is None and (sketch := _sketch(studio, work)):
        return _render(work, sketch, span, exact=False)
    return _render(work, plan or _make(studio, work, silent), span)


def _render(work: _Work, plan: Plan, span_ms: tuple[int, int], *, exact: bool = True) -> Section:
    from indieartist.audio.mastering import preview_section

    settings, loudest_lufs = work.settings, plan.predict_loudest_lufs(work.settings)
    taken = preview_section(work.path, plan, settings, *span_ms)
    return Section(
        sound=taken.sound,
        sample_rate_hz=plan.sample_rate_hz,
        start_ms=max(0, span_ms[0]),
        lufs=plan.predict_lufs(settings),
        loudest_clean_lufs=loudest_lufs,
        reached=settings.target.integrated_lufs <= loudest_lufs,
        exact=exact,
        reductions=_show(taken.reductions),
    )


def read_reductions(studio: Studio, mix: Mix) -> Reductions | None:
    """What was taken off a master while it was made; None for a bounce, or an old master."""
    from indieartist.audio.mastering.reductions import ReductionCurves

    stored = derived_of(studio).find(mix.audio_hash, REDUCTIONS)
    try:
        return _show(ReductionCurves.from_bytes(stored)) if stored else None
    except ValueError:
        return None


def keep_reductions(studio: Studio, audio_hash: str, reductions: ReductionCurves) -> None:
    """Keep what was taken off a master."""
    derived_of(studio).write(audio_hash, REDUCTIONS, reductions.to_bytes())


@dataclass(frozen=True, slots=True)
class _Work:
    """A bounce and all that decides its plan."""

    bounce: Mix
    path: Path
    song: StoredSong
    curve: MatchCurve
    settings: Settings
    name: str


def _work(
    studio: Studio, track: Track, settings: Settings, reference: Path | None, report: Report
) -> _Work:
    from indieartist.audio.mastering.curve import choose_curve
    from indieartist.audio.mastering.source import StoredSong

    bounce = get_mix(track.bounce, track.title)
    path = audio_path(studio, bounce)
    profile = read_mix_profile(studio, bounce, part(report, 0.0, 0.5))
    lead = None
    if reference is not None and settings.runs("tone"):
        lead = read_reference_profile(studio, reference, part(report, 0.5, 1.0))
    offset = _read_offset(studio, bounce, path)
    song = StoredSong(path, bounce.info, profile, offset)
    curve = choose_curve(profile, lead, settings)
    return _Work(bounce, path, song, curve, settings, _name(song, curve, settings))


def _name(song: StoredSong, curve: MatchCurve, settings: Settings) -> str:
    """The name of a plan: all that decides it beside the bounce."""
    from indieartist.audio.mastering.chain import choose_offset

    voicings = settings.voicings if settings.runs("dynamics") else ()
    offset = choose_offset(song, settings).tolist()
    digest = hashlib.sha256(repr((_PLANNING, settings.phase, voicings, offset)).encode())
    for line in (curve.mid_db, curve.side_db):
        digest.update(line.astype("<f4").tobytes())
    return f"plan-{digest.hexdigest()[:32]}"


def _find(studio: Studio, work: _Work) -> Plan | None:
    from indieartist.audio.mastering import Plan

    stored = derived_of(studio).find(work.bounce.audio_hash, work.name)
    try:
        return Plan.from_bytes(stored) if stored else None
    except ValueError:  # it is made again
        return None


def _make(studio: Studio, work: _Work, report: Report) -> Plan:
    from indieartist.audio.mastering.render import plan_stored

    folder = studio.library.vault.new_path("").parent
    plan = plan_stored(
        work.song, work.path, work.settings, work.curve, folder=folder, report=report
    )
    derived = derived_of(studio)
    derived.write(work.bounce.audio_hash, work.name, plan.to_bytes())
    derived.forget_old(work.bounce.audio_hash, "plan-", MOST_PLANS)
    return plan


def _sketch(studio: Studio, work: _Work) -> Plan | None:
    """A plan of excerpts; None where they would be silent, or all of it."""
    from indieartist.audio.mastering.sketch import is_long, sketch_plan

    if not is_long(work.song):
        return None
    waveform = waveform_of(studio, work.bounce)
    return sketch_plan(work.path, work.song, waveform, work.settings, work.curve)


def _read_offset(studio: Studio, bounce: Mix, path: Path) -> NDArray[np.float64]:
    """The mean of left and right; where none is large enough to be removed, it counts as none."""
    import numpy as np

    from indieartist.audio.mastering.chain import DC_LIMIT
    from indieartist.audio.mastering.source import read_song

    if measure_mix(studio, bounce).dc_offset < DC_LIMIT:
        return np.zeros(2)
    derived = derived_of(studio)
    stored = derived.find(bounce.audio_hash, "offset-1")
    if stored is None or len(stored) != 16:
        stored = read_song(path)[0].offset.astype("<f8").tobytes()
        derived.write(bounce.audio_hash, "offset-1", stored)
    return np.frombuffer(stored, "<f8")


def _show(curves: ReductionCurves) -> Reductions:
    from indieartist.audio.mastering.bands import CROSSOVERS_HZ
    from indieartist.audio.mastering.reductions import STEP_MS
    from indieartist.domain.mastering import VOICINGS

    bands = len(curves.bands_db)
    return Reductions(
        step_ms=STEP_MS,
        bands_db=-curves.bands_db,
        band_names=tuple(voicing.name for voicing in VOICINGS[:bands]),
        crossovers_hz=CROSSOVERS_HZ if bands else (),
        make_ups_db=curves.make_ups_db,
        limiter_db=-curves.limiter_db,
    )
