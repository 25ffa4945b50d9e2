"""Plays a song as a service would: coded, decoded, turned, limited, and measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from indieartist.audio.codecs.limiter import limited
from indieartist.audio.codecs.metering import Meter
from indieartist.audio.codecs.rates import check_channels
from indieartist.audio.codecs.round_trip import round_trip
from indieartist.audio.decode import open_reader, read_audio, read_blocks, to_float
from indieartist.audio.encode import replacing, write_draft
from indieartist.audio.pcm import Pcm
from indieartist.audio.sniff import shown
from indieartist.domain.progress import Report, silent

if TYPE_CHECKING:
    from indieartist.audio.codecs.coding import Coding
    from indieartist.audio.codecs.rates import Samples
    from indieartist.domain.platforms import PeakLimiter

_MARGIN_FRAMES = 8192  # on both sides of a section; of an MP3, seven packets


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
    path: Path, playing: Playing, *, out: Path | None = None, report: Report = silent
) -> Heard:
    """Play a song through its coder; measure it, and write it where asked.

    `out` becomes a 24-bit WAV or FLAC, by its suffix, with what goes over full scale cut off, as
    any converter cuts it. Nothing is left of it when the work is stopped. Raises UserError for
    more than two channels, and for a coder that is not here.
    """
    with open_reader(path) as reader:
        form = reader.form
        check_channels(form.channels, shown(path))
        blocks = map(to_float, read_blocks(reader, path, report=report))
        return _play(blocks, (form.channels, form.sample_rate_hz), playing, out=out)


def play_sections(
    path: Path, playing: Playing, sections: Sequence[Section], report: Report = silent
) -> Heard:
    """The highest peaks of some sections of a song, each played by itself; no loudness.

    The coder hears a little more at both ends, which is not measured: where its sound begins or
    breaks off, it does what it would not do within the song.
    """
    heard = []
    for number, section in enumerate(sections):
        report(number / len(sections))
        heard.append(_play_section(path, playing, section))
    report(1.0)
    return Heard(
        _highest(each.decoded_dbtp for each in heard),
        _highest(each.heard_dbtp for each in heard),
        None,
        heard[0].rate_hz,
        sum(section.frames for section in sections),
    )


def _play_section(path: Path, playing: Playing, section: Section) -> Heard:
    before = min(section.start, _MARGIN_FRAMES)
    wanted = before + section.frames + _MARGIN_FRAMES
    samples, source_hz = read_audio(path, section.start - before, wanted)
    check_channels(samples.shape[1], shown(path))
    after = max(0, len(samples) - before - section.frames)
    stretched = playing.coding.rate_for(source_hz) / source_hz
    margins = round(before * stretched), round(after * stretched)
    return _play([samples], (samples.shape[1], source_hz), playing, margins=margins)


def _play(
    blocks: Iterable[Samples],
    form: tuple[int, int],
    playing: Playing,
    *,
    out: Path | None = None,
    margins: tuple[int, int] = (0, 0),
) -> Heard:
    """Play blocks of a sound of `form`, its channels and its rate in Hz, less its margins."""
    playing.coding.check()
    rate_hz = playing.coding.rate_for(form[1])
    decoder, ear = Meter(rate_hz), Meter(rate_hz, loudness=True)
    with closing(round_trip(blocks, *form, playing.coding)) as coded:
        decoded = _between(coded, *margins) if any(margins) else coded
        heard = _metered(_turned(_metered(decoded, decoder), playing, rate_hz), ear)
        if out is None:
            for _ in heard:
                pass
        else:
            _write(out, heard, rate_hz)
    return Heard(decoder.true_peak_dbtp, ear.true_peak_dbtp, ear.lufs, rate_hz, ear.frames)


def _between(blocks: Iterable[Samples], before: int, after: int) -> Iterator[Samples]:
    """A short sound whose margins rise from silence and fall to it, half of each being silent."""
    whole = np.concatenate([*blocks])
    ramp = np.concatenate(
        [
            np.linspace(-1, 1, before, endpoint=False, dtype=np.float32).clip(0),
            np.ones(len(whole) - before - after, np.float32),
            np.linspace(1, -1, after, dtype=np.float32).clip(0),
        ]
    )
    yield whole * ramp[:, None]


def _highest(peaks: Iterable[float | None]) -> float | None:
    return max((peak for peak in peaks if peak is not None), default=None)


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


def _write(out: Path, blocks: Iterable[Samples], rate_hz: int) -> None:
    container = "flac" if out.suffix.lower() == ".flac" else "wav"
    with replacing(out) as draft:
        write_draft(draft, blocks, Pcm(rate_hz, 2, 24, container), shown(out))
