"""Hears a song once for everything: loudness and peaks, quality, tempo, key, fingerprint, tone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from indieartist.audio.analysis.fingerprint import FingerprintMeter, pack_words
from indieartist.audio.analysis.key import KeyMeter
from indieartist.audio.analysis.quality import judge_levels
from indieartist.audio.analysis.rates import LowRates
from indieartist.audio.analysis.spectrum import ShelfMeter
from indieartist.audio.analysis.tempo import TempoMeter
from indieartist.audio.mastering.profile import Profile, ProfileBuilder
from indieartist.audio.measure import Analysis, measure_file
from indieartist.domain.measurement import AudioInfo, Source, tell_source
from indieartist.domain.progress import Report, silent

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Heard(Analysis):
    """A song of which everything was measured, with its long-term spectrum."""

    profile: Profile


def hear_file(path: Path, report: Report = silent, *, threads: int = 2) -> Heard:
    """Measure everything in one pass; memory, errors and threads are those of `measure_file`."""
    listening = Listening()
    analysis = measure_file(path, report, threads=threads, listeners=[listening])
    return listening.complete(analysis)


class Music(TypedDict):
    """Tempo and key under the names that `Measurement` has for them."""

    tempo_bpm: float | None
    tempo_confidence: float | None
    key: str | None
    key_camelot: str | None
    key_confidence: float | None


class Listening:
    """Everything that is heard beside loudness and peaks: a `Listener` to `measure_file`."""

    def begin(self, rate_hz: int, channels: int) -> None:
        """Make ready for a song."""
        self._shelf = ShelfMeter(rate_hz, channels)
        self._profile = ProfileBuilder(rate_hz)
        self._rates = LowRates(rate_hz, channels)
        self._tempo, self._key = TempoMeter(), KeyMeter()
        self._fingerprint = FingerprintMeter()

    def feed(self, planar: NDArray[np.float32]) -> None:
        """The next frames, shape (channels, n), full scale 1.0."""
        self._shelf.feed(planar)
        self._profile.feed(planar)
        self._feed_low(*self._rates.feed(planar))

    def complete(self, analysis: Analysis) -> Heard:
        """The analysis of the same pass, with all that was heard beside it."""
        self._feed_low(*self._rates.flush())
        shelf_hz = self._shelf.shelf_hz
        measurement = replace(
            analysis.measurement,
            **judge_levels(analysis.levels),
            shelf_hz=shelf_hz,
            source=_tell_source(analysis.info, shelf_hz),
            **self._music(analysis.measurement.duration_ms / 1000),
            fingerprint=pack_words(self._fingerprint.words),
        )
        profile = self._profile.build()
        return Heard(analysis.info, measurement, analysis.waveform, analysis.levels, profile)

    def _feed_low(self, high: NDArray[np.float32], low: NDArray[np.float32]) -> None:
        self._tempo.feed(high)
        self._key.feed(low)
        self._fingerprint.feed(low)

    def _music(self, duration_s: float) -> Music:
        tempo, key = self._tempo.result(duration_s), self._key.result()
        return Music(
            tempo_bpm=tempo.bpm if tempo else None,
            tempo_confidence=tempo.confidence if tempo else None,
            key=key.text if key else None,
            key_camelot=key.camelot if key else None,
            key_confidence=key.confidence if key else None,
        )


def _tell_source(info: AudioInfo, shelf_hz: int | None) -> Source:
    """What the file's own codec says, else its spectrum."""
    return tell_source(shelf_hz, info.sample_rate_hz) if info.lossless else Source.LOSSY
