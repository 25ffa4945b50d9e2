"""What an audio file is (`AudioInfo`) and what was measured in it (`Measurement`)."""

from __future__ import annotations

from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class Measurement:
    """Loudness (ITU-R BS.1770-5, EBU Tech 3341/3342), peaks and quality of one audio file.

    Levels that do not exist, as in silence, are None, never minus infinity.
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
