"""An album's figures: its songs heard one after another, gated together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio import loudness
from indieartist.domain.measurement import AlbumMeasurement, Measurement

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indieartist.audio.waveform import Waveform


def measure_album(songs: Sequence[tuple[Measurement, Waveform]]) -> AlbumMeasurement:
    """Gate the blocks of all songs together (BS.1770-5, Tech 3342); no block spans two songs."""
    waves = [waveform for _, waveform in songs]
    figures = [measurement for measurement, _ in songs]
    levels = [m.integrated_lufs for m in figures if m.integrated_lufs is not None]
    peaks = [m.true_peak_dbtp for m in figures if m.true_peak_dbtp is not None]
    samples = [m.sample_peak_dbfs for m in figures if m.sample_peak_dbfs is not None]
    return AlbumMeasurement(
        integrated_lufs=loudness.integrated_lufs(_blocks(waves, loudness.MOMENTARY_STEPS)),
        loudness_range_lu=loudness.loudness_range_lu(_blocks(waves, loudness.SHORT_TERM_STEPS)),
        true_peak_dbtp=max(peaks, default=None),
        sample_peak_dbfs=max(samples, default=None),
        loudest_track_lufs=max(levels, default=None),
        quietest_track_lufs=min(levels, default=None),
        duration_ms=sum(m.duration_ms for m in figures),
        tracks=len(songs),
    )


def _blocks(waves: Sequence[Waveform], steps: int) -> NDArray[np.float64]:
    powers = [loudness.windows(wave.powers.astype(np.float64), steps) for wave in waves]
    return np.concatenate([np.empty(0), *powers])
