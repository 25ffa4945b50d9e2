"""Measures blocks that pass by: true peak and loudness, by the program's own meters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indieartist.audio.loudness import LoudnessMeter, gating_blocks, integrated_lufs
from indieartist.audio.true_peak import TruePeakMeter, to_db
from indieartist.audio.window import Window

if TYPE_CHECKING:
    from indieartist.audio.codecs.rates import Samples
    from indieartist.audio.window import Stretch


class Meter:
    """True peak, and loudness where it is asked for, of stereo blocks of any size."""

    def __init__(self, rate_hz: int, *, loudness: bool = False) -> None:
        self.frames = 0
        self._window = Window(rate_hz, 2)
        self._peak, self._sample_peak = TruePeakMeter(), 0.0
        self._loudness = LoudnessMeter(rate_hz, 2) if loudness else None

    def feed(self, block: Samples) -> None:
        """Take the next frames, shape (n, 2), full scale 1.0."""
        self.frames += len(block)
        for stretch in self._window.feed(block):
            self._measure(stretch)

    def finish(self) -> None:
        """Take note that no more will come."""
        self._measure(self._window.finish())

    def _measure(self, stretch: Stretch) -> None:
        if stretch.frames:
            low, high = stretch.planar.min(), stretch.planar.max()
            self._sample_peak = max(self._sample_peak, float(high), -float(low))
        self._peak.feed(stretch, self._sample_peak)
        if self._loudness is not None:
            self._loudness.feed(stretch)

    @property
    def true_peak_dbtp(self) -> float | None:
        """The highest true peak; None for silence."""
        return to_db(self._peak.peak)

    @property
    def lufs(self) -> float | None:
        """Integrated loudness; None for silence, and where it was not asked for."""
        if self._loudness is None:
            return None
        return integrated_lufs(gating_blocks(self._loudness.bin_powers))
