"""Measures a song in one pass: loudness, peaks, quality and the picture of its waveform."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio import loudness
from indieartist.audio.decode import audio_info, open_reader, read_blocks, reported, to_float
from indieartist.audio.loudness import LoudnessMeter
from indieartist.audio.statistics import Statistics
from indieartist.audio.true_peak import TruePeakMeter, to_db
from indieartist.audio.waveform import Waveform, WaveformBuilder
from indieartist.domain.measurement import AudioInfo, Measurement
from indieartist.domain.progress import Report, silent

if TYPE_CHECKING:
    from indieartist.audio.reader import Form, Samples


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """All that one pass over a song finds."""

    info: AudioInfo
    measurement: Measurement
    waveform: Waveform


def measure_file(path: Path, report: Report = silent) -> Analysis:
    """Measure a whole song; memory grows by 1 MB for 10 minutes. Raises as `decode.probe` does."""
    # The reader must outlive the thread that reads ahead: `closing` waits for that thread.
    with open_reader(path) as reader, closing(_ahead(read_blocks(reader, path))) as blocks:
        meters = _Meters(reader.form)
        for block in reported(blocks, reader.form.promised, report):
            meters.feed(block)
        return meters.analysis(audio_info(reader, meters.frames))


class _Meters:
    """All meters of one song, fed together."""

    def __init__(self, form: Form) -> None:
        self.frames = 0
        self._loudness = LoudnessMeter(form.sample_rate_hz, form.channels)
        self._peak = TruePeakMeter(form.channels)
        self._statistics = Statistics(form.channels)
        self._waveform = WaveformBuilder(form.channels)
        self._bits: int | None = 0 if form.integers and form.lossless else None

    def feed(self, block: Samples) -> None:
        """Take the next frames as the reader gives them."""
        self.frames += len(block)
        if self._bits is not None:
            self._bits |= int(np.bitwise_or.reduce(block, axis=None)) & 0xFFFFFFFF
        samples = to_float(block)
        for meter in (self._loudness, self._peak, self._statistics, self._waveform):
            meter.feed(samples)

    def analysis(self, info: AudioInfo) -> Analysis:
        """The figures of everything fed so far."""
        bins = self._loudness.bin_powers
        waveform = self._waveform.build(info.sample_rate_hz, loudness.step_powers(bins))
        head_ms, tail_ms = waveform.silence_ms
        measurement = Measurement(
            integrated_lufs=loudness.integrated_lufs(loudness.gating_blocks(bins)),
            loudness_range_lu=loudness.loudness_range_lu(bins),
            momentary_max_lufs=loudness.maximum_lufs(bins, loudness.MOMENTARY_BINS),
            short_term_max_lufs=loudness.maximum_lufs(bins, loudness.SHORT_TERM_BINS),
            true_peak_dbtp=to_db(self._peak.peak),
            sample_peak_dbfs=to_db(self._peak.sample_peak),
            dc_offset=self._statistics.dc_offset,
            clipped_runs=self._statistics.clipped_runs,
            silence_head_ms=head_ms,
            silence_tail_ms=tail_ms,
            correlation=self._statistics.correlation,
            bits_used=None if self._bits is None else _bits_used(self._bits),
            sample_rate_hz=info.sample_rate_hz,
            channels=info.channels,
            duration_ms=info.duration_ms,
        )
        return Analysis(info, measurement, waveform)


def _bits_used(seen: int) -> int:
    """Bits from the highest down to the lowest one that was ever set in a 32-bit sample."""
    return 32 - ((seen & -seen).bit_length() - 1) if seen else 0


def _ahead(blocks: Iterator[Samples]) -> Generator[Samples]:
    """The same blocks, the next one always being decoded on another thread."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        coming = pool.submit(next, blocks, None)
        while (block := coming.result()) is not None:
            coming = pool.submit(next, blocks, None)
            yield block
