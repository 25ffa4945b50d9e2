"""All meters of one song: loudness, peaks, quality and the picture of its waveform."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from indieartist.audio import loudness
from indieartist.audio.loudness import LoudnessMeter
from indieartist.audio.statistics import Clipping, Levels, Statistics
from indieartist.audio.true_peak import TruePeakMeter, to_db
from indieartist.audio.waveform import Waveform, WaveformBuilder
from indieartist.audio.window import Stretch, Window
from indieartist.domain.measurement import AudioInfo, Measurement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from indieartist.audio.reader import Form, Samples


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """All that one pass over a song finds."""

    info: AudioInfo
    measurement: Measurement
    waveform: Waveform
    levels: Levels


class Listener(Protocol):
    """Whoever else wants to hear the samples of the same pass; it keeps what it finds."""

    def begin(self, rate_hz: int, channels: int) -> None:
        """Called once, before the first samples."""

    def feed(self, planar: NDArray[np.float32]) -> None:
        """The next frames, shape (channels, n), full scale 1.0; valid only during the call."""


class Meters:
    """All meters of one song, fed together with blocks of any size."""

    def __init__(
        self, rate_hz: int, channels: int, start: int = 0, listeners: Iterable[Listener] = ()
    ) -> None:
        self.frames = 0
        self._window = Window(rate_hz, channels, start)
        self._loudness = LoudnessMeter(rate_hz, channels)
        self._statistics = Statistics(rate_hz, channels)
        self._waveform = WaveformBuilder()
        self._clipping = Clipping()
        self._true_peak = TruePeakMeter()
        self._sample_peak = 0.0
        self._listeners = tuple(listeners)
        for listener in self._listeners:
            listener.begin(rate_hz, channels)

    def prime(self, block: Samples) -> None:
        """Take the frames right before the first one: the filters remember them."""
        self._window.prime(block)

    def feed(self, block: Samples) -> None:
        """Take the next frames as a reader gives them."""
        for stretch in self._window.feed(block):
            self._measure(stretch)

    def finish(self) -> None:
        """Take note that no more will come."""
        self._measure(self._window.finish())

    def join(self, later: Meters) -> None:
        """Take over what others found in the frames that follow; these here were not finished."""
        self.frames += later.frames
        self._window.bits |= later._window.bits
        self._sample_peak = max(self._sample_peak, later._sample_peak)
        self._loudness.join(later._loudness)
        self._statistics.join(later._statistics)
        self._waveform.join(later._waveform)
        self._clipping.join(later._clipping)
        self._true_peak.join(later._true_peak)

    def _measure(self, stretch: Stretch) -> None:
        self.frames += stretch.frames
        columns, bins = self._waveform.feed(stretch)
        if bins.size:
            self._sample_peak = max(self._sample_peak, float(bins[1].max()), -float(bins[0].min()))
        self._clipping.feed(stretch, columns, bins)
        self._true_peak.feed(stretch, self._sample_peak)
        self._loudness.feed(stretch)
        self._statistics.feed(stretch)
        for listener in self._listeners:
            listener.feed(stretch.planar)

    def analysis(self, info: AudioInfo, form: Form) -> Analysis:
        """The figures of everything fed, once it is finished."""
        bins = self._loudness.bin_powers
        waveform = self._waveform.build(info.sample_rate_hz, loudness.step_powers(bins))
        head_ms, tail_ms = waveform.silence_ms
        exact = form.integers and form.lossless
        measurement = Measurement(
            integrated_lufs=loudness.integrated_lufs(loudness.gating_blocks(bins)),
            loudness_range_lu=loudness.loudness_range_lu(loudness.short_term_blocks(bins)),
            momentary_max_lufs=loudness.maximum_lufs(bins, loudness.MOMENTARY_BINS),
            short_term_max_lufs=loudness.maximum_lufs(bins, loudness.SHORT_TERM_BINS),
            true_peak_dbtp=to_db(self._true_peak.peak),
            sample_peak_dbfs=to_db(self._sample_peak),
            dc_offset=self._statistics.dc_offset,
            clipped_runs=self._clipping.runs,
            silence_head_ms=head_ms,
            silence_tail_ms=tail_ms,
            correlation=self._statistics.correlation,
            bits_used=_bits_used(self._window.bits) if exact else None,
            sample_rate_hz=info.sample_rate_hz,
            channels=info.channels,
            duration_ms=info.duration_ms,
        )
        return Analysis(info, measurement, waveform, self._statistics.levels)


def _bits_used(seen: int) -> int:
    """Bits from the highest down to the lowest one that was ever set in a 32-bit sample."""
    seen &= 0xFFFFFFFF
    return 32 - ((seen & -seen).bit_length() - 1) if seen else 0
