"""Plays a song as a service would: coded, decoded, turned, limited, and measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.codecs.limiter import limited
from indieartist.audio.codecs.metering import Meter
from indieartist.audio.codecs.rates import check_channels
from indieartist.audio.codecs.round_trip import BLOCK_FRAMES, round_trip
from indieartist.audio.decode import open_reader, read_audio, read_blocks, to_float
from indieartist.audio.encode import Pcm, replacing, write_draft
from indieartist.audio.sniff import shown
from indieartist.domain.progress import Report, silent

if TYPE_CHECKING:
    from indieartist.audio.codecs.coding import Coding
    from indieartist.audio.codecs.rates import Samples
    from indieartist.domain.platforms import PeakLimiter


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a song, in its own frames."""

    start: int
    frames: int


@dataclass(frozen=True, slots=True)
class Playing:
    """How a song is played: what it is coded with, then turned by, then limited by."""

    coding: Coding
    gain_db: float = 0.0
    limiter: PeakLimiter | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What came out: the true peak after the decoder, and what is heard of it once turned.

    None for silence. `lufs` is that of what was played, measured.
    """

    decoded_dbtp: float | None
    heard_dbtp: float | None
    lufs: float | None
    rate_hz: int
    frames: int


def play(
    path: Path,
    playing: Playing,
    *,
    section: Section | None = None,
    out: Path | None = None,
    report: Report = silent,
) -> Heard:
    """Play a song, or a section of it, through its coder; measure it, and write it where asked.

    `out` becomes a 24-bit WAV or FLAC, by its suffix, with what goes over full scale cut off, as
    any converter cuts it. Nothing is left of it when the work is stopped. Raises UserError for
    more than two channels, and for a coder that is not here.
    """
    playing.coding.check()
    with _sound(path, section, report) as (blocks, channels, source_hz):
        rate_hz = playing.coding.rate_for(source_hz)
        decoder, ear = Meter(rate_hz), Meter(rate_hz, loudness=True)
        with closing(round_trip(blocks, channels, source_hz, playing.coding)) as decoded:
            heard = _metered(_turned(_metered(decoded, decoder), playing, rate_hz), ear)
            if out is None:
                for _ in heard:
                    pass
            else:
                _write(out, heard, rate_hz)
    peaks = decoder.true_peak_dbtp, ear.true_peak_dbtp
    return Heard(*peaks, ear.lufs, rate_hz, ear.frames)


def _turned(blocks: Iterable[Samples], playing: Playing, rate_hz: int) -> Iterator[Samples]:
    gain = np.float32(10 ** (playing.gain_db / 20))
    turned = (block * gain for block in blocks)
    return limited(turned, rate_hz, playing.limiter) if playing.limiter else turned


def _metered(blocks: Iterable[Samples], meter: Meter) -> Iterator[Samples]:
    """The same blocks, each shown to the meter."""
    for block in blocks:
        meter.feed(block)
        yield block
    meter.finish()


@contextmanager
def _sound(
    path: Path, section: Section | None, report: Report
) -> Iterator[tuple[Iterable[Samples], int, int]]:
    """The blocks of a song or a section, its channels, its rate in Hz."""
    if section is not None:
        samples, rate_hz = read_audio(path, section.start, section.frames)
        check_channels(samples.shape[1], shown(path))
        yield _pieces(samples, report), samples.shape[1], rate_hz
        return
    with open_reader(path) as reader:
        check_channels(reader.form.channels, shown(path))
        blocks = map(to_float, read_blocks(reader, path, report=report))
        yield blocks, reader.form.channels, reader.form.sample_rate_hz


def _pieces(samples: Samples, report: Report) -> Iterator[Samples]:
    for start in range(0, len(samples), BLOCK_FRAMES):
        report(start / len(samples))
        yield samples[start : start + BLOCK_FRAMES]
    report(1.0)


def _write(out: Path, blocks: Iterable[Samples], rate_hz: int) -> None:
    container = "flac" if out.suffix.lower() == ".flac" else "wav"
    with replacing(out) as draft:
        write_draft(draft, blocks, Pcm(rate_hz, 2, 24, container), shown(out))
