"""A mix over time: its loudness, stereo image and peaks, worked out once for each audio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indieartist.domain.progress import Report, silent
from indieartist.library.derived import Derived
from indieartist.services.mastering_views import Peak, Traces
from indieartist.services.measuring import audio_path, waveform_of

if TYPE_CHECKING:
    from indieartist.audio.traces import SongTraces
    from indieartist.domain.release import Mix
    from indieartist.services.studio import Studio

CEILING_DBTP = -1.0
MOST_PEAKS = 200
_NAME = "traces-1"  # a new number where the same audio would give other traces


def derived_of(studio: Studio) -> Derived:
    """Where the library keeps what was worked out of audio."""
    return Derived(studio.library.folder / "Derived", studio.library.vault)


def read_traces(
    studio: Studio, mix: Mix, ceiling_dbtp: float = CEILING_DBTP, report: Report = silent
) -> Traces:
    """The curves of a mix, and where it peaks above the ceiling.

    The first time its file is heard to the end; afterwards any ceiling costs nothing. Raises
    UserError where the audio is missing.
    """
    from indieartist.audio.loudness import MOMENTARY_STEPS, SHORT_TERM_STEPS, trace_loudness
    from indieartist.audio.waveform import STEP_MS

    traces = _find(studio, mix) or _make(studio, mix, report)
    powers = waveform_of(studio, mix).powers
    steps = min(len(powers), len(traces.peak_db))
    peaks = traces.find_peaks(ceiling_dbtp, MOST_PEAKS)
    report(1.0)
    return Traces(
        step_ms=STEP_MS,
        momentary_lufs=trace_loudness(powers, MOMENTARY_STEPS)[:steps],
        short_term_lufs=trace_loudness(powers, SHORT_TERM_STEPS)[:steps],
        correlation=traces.correlation[:steps],
        balance_db=traces.balance_db[:steps],
        ceiling_dbtp=ceiling_dbtp,
        peaks=tuple(Peak(moment_ms, dbtp) for moment_ms, dbtp in peaks),
    )


def _find(studio: Studio, mix: Mix) -> SongTraces | None:
    from indieartist.audio.traces import SongTraces

    stored = derived_of(studio).find(mix.audio_hash, _NAME)
    try:
        return SongTraces.from_bytes(stored) if stored else None
    except ValueError:  # it is made again
        return None


def _make(studio: Studio, mix: Mix, report: Report) -> SongTraces:
    from indieartist.audio.traces import trace_file

    traces = trace_file(audio_path(studio, mix), report)
    derived_of(studio).write(mix.audio_hash, _NAME, traces.to_bytes())
    return traces
