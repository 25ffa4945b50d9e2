"""The mastering room: what its page draws, hears and tells of a mix, all in one place."""

from indieartist.domain.changes import Change
from indieartist.services.comparing import tell_changes
from indieartist.services.mastering_platforms import measure_codecs, tell_platforms
from indieartist.services.mastering_sections import (
    find_plan,
    get_plan,
    read_reductions,
    render_section,
    sketch_section,
)
from indieartist.services.mastering_sound import read_samples, read_waveform
from indieartist.services.mastering_tone import read_reference_tone, read_tone
from indieartist.services.mastering_traces import read_traces
from indieartist.services.mastering_views import (
    Peak,
    PlatformCell,
    Reductions,
    Section,
    Tone,
    Traces,
)

__all__ = [
    "Change",
    "Peak",
    "PlatformCell",
    "Reductions",
    "Section",
    "Tone",
    "Traces",
    "find_plan",
    "get_plan",
    "measure_codecs",
    "read_reductions",
    "read_reference_tone",
    "read_samples",
    "read_tone",
    "read_traces",
    "read_waveform",
    "render_section",
    "sketch_section",
    "tell_changes",
    "tell_platforms",
]
