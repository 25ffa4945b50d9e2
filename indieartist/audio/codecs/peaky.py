"""Where in a song a coder is likeliest to raise the highest peaks: a sample of it, to be quick."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.codecs.playback import Section
from indieartist.audio.waveform import BIN_FRAMES

if TYPE_CHECKING:
    from indieartist.audio.waveform import Waveform

SECTIONS, SECTION_S = 10, 3
_SHARPNESS = 32.0  # how much a few of the highest peaks outweigh many that are a little lower


def find_peaky_sections(
    waveform: Waveform, count: int = SECTIONS, seconds: float = SECTION_S
) -> list[Section]:
    """The sections with the most and highest peaks, in order, none over another.

    Each bin of the waveform counts by a high power of its peak: of a dynamic song the few highest
    moments are found, of a limited one, whose peaks are all alike, where they stand closest.
    """
    peaks = np.maximum(waveform.highs.astype(np.float64), -waveform.lows.astype(np.float64))
    width = max(1, round(seconds * waveform.rate_hz / BIN_FRAMES))
    if len(peaks) <= width * count:
        return [Section(0, waveform.frames)]
    weights = (peaks / max(peaks.max(), 1.0)) ** _SHARPNESS
    places = np.add.reduceat(weights, np.arange(0, len(weights), width))
    chosen = np.sort(np.argsort(-places, kind="stable")[:count])
    frames = width * BIN_FRAMES
    return [Section(n * frames, min(frames, waveform.frames - n * frames)) for n in chosen.tolist()]
