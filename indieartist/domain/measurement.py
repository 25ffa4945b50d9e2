"""What an audio file is (`AudioInfo`) and what was measured in it (`Measurement`)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class AudioInfo:
    """What the container and its header, once verified, say about the sound."""

    container: str  # wav, rf64, aiff, flac, mp3, mp4, ogg
    codec: str  # pcm, float, flac, alac, mp3, aac, vorbis, opus
    sample_rate_hz: int
    channels: int
    bits: int | None  # bits per sample of the container; None for lossy codecs
    frames: int
    lossless: bool

    @property
    def duration_ms(self) -> int:
        """Length in milliseconds, rounded to the nearest."""
        return round(self.frames * 1000 / self.sample_rate_hz) if self.sample_rate_hz else 0


class Source(StrEnum):
    """What the samples came from before they came into this file, by their spectrum."""

    NATIVE = "native"  # nothing speaks against it
    UPSAMPLED = "upsampled"  # from a lower sample rate
    LOSSY = "lossy"  # from MP3, AAC, Vorbis, Opus or the like


# Half of each lower rate that audio is kept at. A resampler's filter ends a little below it.
_HALF_RATES_HZ = (8_000, 11_025, 12_000, 22_050, 24_000, 44_100, 48_000, 88_200, 96_000)
_FILTER_END = (0.955, 0.99)


def tell_source(shelf_hz: int | None, sample_rate_hz: int) -> Source:
    """What a spectrum that breaks off at `shelf_hz` speaks of, in a file of that rate."""
    if shelf_hz is None:
        return Source.NATIVE
    low, high = _FILTER_END
    halves = [half for half in _HALF_RATES_HZ if half < sample_rate_hz / 2]
    upsampled = any(low * half <= shelf_hz <= high * half for half in halves)
    return Source.UPSAMPLED if upsampled else Source.LOSSY


@dataclass(frozen=True, slots=True)
class Measurement:
    """Loudness (ITU-R BS.1770-5, EBU Tech 3341/3342), peaks, quality and music of one audio file.

    Levels that do not exist, as in silence, are None, never minus infinity. From `balance_db` on,
    everything is None too where a song was measured for its loudness alone (see `complete`).
    """

    integrated_lufs: float | None
    loudness_range_lu: float
    momentary_max_lufs: float | None
    short_term_max_lufs: float | None
    true_peak_dbtp: float | None
    sample_peak_dbfs: float | None
    dc_offset: float  # largest |mean| of a channel, 1.0 = full scale
    clipped_runs: int  # runs of 3 or more samples at the file's own maximum, at or above -0.1 dBFS
    silence_head_ms: int
    silence_tail_ms: int
    correlation: float | None  # -1..1 over the whole file; None for mono or silence
    bits_used: int | None  # bits that ever change; None for lossy or float sources
    sample_rate_hz: int
    channels: int
    duration_ms: int
    balance_db: float | None = None  # power of left over right; None where one is silent
    mono_loss_db: float | None = None  # what summing to mono takes away; 3 for unlike channels
    negative_correlation_pct: float | None = None  # share of the sounding 100 ms that are below 0
    noise_floor_dbfs: float | None = None  # 5th percentile of the RMS of 10 ms
    digital_black_ms: int | None = None  # exact zeros that last longer than 50 ms, all together
    dropouts: int | None = None  # of those, the ones that break into music
    shelf_hz: int | None = None  # where the spectrum breaks off, if it does
    source: Source | None = None
    tempo_bpm: float | None = None  # None where no beat was heard
    tempo_confidence: float | None = None  # 0..1, half and double tempo not told apart
    key: str | None = None  # such as "F# minor"; None where no key was heard
    key_camelot: str | None = None  # such as "11A"
    key_confidence: float | None = None  # 0..1
    fingerprint: str | None = None  # Chromaprint's, as AcoustID takes it

    @property
    def complete(self) -> bool:
        """Whether quality and music were measured too, and not loudness and peaks alone."""
        return self.fingerprint is not None

    @property
    def tempo_half_bpm(self) -> float | None:
        """The tempo of who taps every second beat."""
        return None if self.tempo_bpm is None else self.tempo_bpm / 2

    @property
    def tempo_double_bpm(self) -> float | None:
        """The tempo of who taps twice a beat."""
        return None if self.tempo_bpm is None else self.tempo_bpm * 2

    def figures(self) -> dict[str, Any]:
        """All figures by name, the derived tempos too: what scripts are given."""
        derived = {"tempo_half_bpm": self.tempo_half_bpm, "tempo_double_bpm": self.tempo_double_bpm}
        return asdict(self) | derived


@dataclass(frozen=True, slots=True)
class AlbumMeasurement:
    """Tracks heard one after another: gated together (BS.1770-5), peaks of the highest."""

    integrated_lufs: float | None
    loudness_range_lu: float
    true_peak_dbtp: float | None
    sample_peak_dbfs: float | None
    loudest_track_lufs: float | None
    quietest_track_lufs: float | None
    duration_ms: int
    tracks: int
