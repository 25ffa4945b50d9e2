"""Clips of songs: a telling stretch found, cut, faded, matched and joined, at 32 bits by pydub."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from indieartist.audio.codecs.files import check_suffix, write_sound
from indieartist.audio.codecs.metering import Meter
from indieartist.audio.codecs.rates import as_stereo, check_channels, resampled
from indieartist.audio.decode import read_audio
from indieartist.audio.promise import clock
from indieartist.audio.sniff import shown
from indieartist.domain.progress import Report, silent
from indieartist.errors import UserError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pydub import AudioSegment

    from indieartist.audio.codecs.rates import Samples

STEP_MS = 100  # of the powers in a stored waveform
_FULL = 2.0**31
_WIDTH_BYTES = 4  # pydub's widest: 24-bit sound keeps all its bits
_BLOCK_FRAMES = 65_536


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a song, in milliseconds."""

    start_ms: int
    length_ms: int


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch that was cut: its sound, shape (n, channels), and its rate."""

    samples: Samples
    rate_hz: int

    @property
    def length_ms(self) -> int:
        """How long it is."""
        return round(len(self.samples) * 1000 / self.rate_hz)


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the bars of a song lie: one begins at `first_ms`, each lasts `bar_ms`."""

    first_ms: float
    bar_ms: float


def find_loudest(
    powers: NDArray[np.floating[Any]], length_ms: int, grid: Grid | None = None
) -> Stretch:
    """The loudest stretch of a song, by its K-weighted power in steps of 100 ms.

    Begins on a bar where the bars are known, as long as it still fits. A shorter song is taken
    whole. Of equals, as in silence, the first.
    """
    steps = min(max(1, round(length_ms / STEP_MS)), len(powers))
    sums = np.concatenate([[0.0], np.cumsum(powers, dtype=np.float64)])
    start_ms = float(np.argmax(sums[steps:] - sums[: len(sums) - steps])) * STEP_MS
    latest_ms = max(0.0, len(powers) * STEP_MS - length_ms)
    if grid is not None:
        bars = round((start_ms - grid.first_ms) / grid.bar_ms)
        start_ms = grid.first_ms + bars * grid.bar_ms
    return Stretch(round(min(max(start_ms, 0.0), latest_ms)), length_ms)


def cut(path: Path, stretch: Stretch) -> Cut:
    """Read a stretch; shorter where the song ends first. UserError where it starts past the end."""
    _, rate_hz = read_audio(path, 0, 0)
    frame = round(stretch.start_ms * rate_hz / 1000)
    samples, _ = read_audio(path, frame, max(1, round(stretch.length_ms * rate_hz / 1000)))
    if not len(samples):
        raise UserError(
            f"{shown(path)} is over before {clock(stretch.start_ms / 1000)}.",
            "Let the clip start earlier.",
        )
    if not np.isfinite(samples).all():
        raise UserError(
            f"{shown(path)} holds samples that are not sound (infinite or no numbers).",
            "A plug-in wrote them: export the song again.",
        )
    return Cut(samples, rate_hz)


def render_clip(cutting: Cut, fade_ms: int, out: Path, report: Report = silent) -> int:
    """Write a cut with its ends faded, at its own rate; its length in ms."""
    check_suffix(out)
    segment = _segment(cutting.samples, cutting.rate_hz)
    fade_ms = min(fade_ms, len(segment) // 2)
    if fade_ms:
        segment = segment.fade_in(fade_ms).fade_out(fade_ms)
    _write(out, segment, report)
    return len(segment)


def render_sampler(
    cuts: Sequence[Cut], crossfade_ms: int, out: Path, report: Report = silent
) -> int:
    """Join cuts into one stereo file: one rate, one loudness, crossfaded; its length in ms.

    The rate is that of most cuts. All are brought to the loudest level that each of them reaches
    below `CEILING_DBTP`, at most `LOUDEST_LUFS`, so that none has to be limited.
    """
    check_suffix(out)
    rate_hz = max((cut.rate_hz for cut in cuts), key=[cut.rate_hz for cut in cuts].count)
    alike = [_alike(cut, rate_hz) for cut in cuts]
    segments = [
        _segment(samples * np.float32(10 ** (gain_db / 20)), rate_hz)
        for samples, gain_db in zip(alike, _gains_db(alike, rate_hz), strict=True)
    ]
    fade_ms = min(crossfade_ms, *(len(segment) // 2 for segment in segments))
    joined = segments[0].fade_in(fade_ms) if fade_ms else segments[0]
    for segment in segments[1:]:
        report(0.0)
        joined = joined.append(segment, crossfade=fade_ms)
    _write(out, joined.fade_out(fade_ms) if fade_ms else joined, report)
    return len(joined)


CEILING_DBTP, LOUDEST_LUFS = -1.0, -14.0


def _alike(cutting: Cut, rate_hz: int) -> Samples:
    check_channels(cutting.samples.shape[1], "A song of the sampler")
    stereo = as_stereo(cutting.samples)
    return np.concatenate([*resampled([stereo], 2, cutting.rate_hz, rate_hz)])


def _gains_db(cuts: Sequence[Samples], rate_hz: int) -> list[float]:
    """What brings every cut to one loudness; silence stays as it is."""
    levels = [_level(samples, rate_hz) for samples in cuts]
    reached = [lufs + CEILING_DBTP - peak for lufs, peak in levels if lufs is not None]
    target = min([LOUDEST_LUFS, *reached])
    return [0.0 if lufs is None else target - lufs for lufs, _ in levels]


def _level(samples: Samples, rate_hz: int) -> tuple[float | None, float]:
    meter = Meter(rate_hz, loudness=True)
    meter.feed(samples)
    meter.finish()
    peak = meter.true_peak_dbtp
    return (None, 0.0) if peak is None else (meter.lufs, peak)


def _segment(samples: Samples, rate_hz: int) -> AudioSegment:
    whole = np.clip(np.rint(samples.astype(np.float64) * _FULL), -_FULL, _FULL - 1)
    return _pydub().AudioSegment(
        data=whole.astype("<i4").tobytes(),
        sample_width=_WIDTH_BYTES,
        frame_rate=rate_hz,
        channels=samples.shape[1],
    )


def _write(out: Path, segment: AudioSegment, report: Report) -> None:
    whole = np.frombuffer(segment.raw_data, "<i4").reshape(-1, segment.channels)
    write_sound(out, _blocks(whole, report), segment.frame_rate, segment.channels)


def _blocks(whole: NDArray[np.int32], report: Report) -> Iterator[Samples]:
    for start in range(0, len(whole), _BLOCK_FRAMES):
        report(start / len(whole))
        yield np.multiply(whole[start : start + _BLOCK_FRAMES], 1 / _FULL, dtype=np.float64).astype(
            np.float32
        )
    report(1.0)


def _pydub() -> Any:
    """pydub, quiet about the ffmpeg it is not given and the audioop it still imports."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pydub
    return pydub
