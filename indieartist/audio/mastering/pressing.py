"""Presses a master: its samples go into the file and through the meters in one pass."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from indieartist.audio.ahead import ahead
from indieartist.audio.decode import audio_info, open_reader, reported
from indieartist.audio.encode import write_draft
from indieartist.audio.meters import Analysis, Meters
from indieartist.audio.pcm import Pcm, quantise
from indieartist.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from indieartist.domain.progress import Report


def press(
    draft_path: Path,
    blocks: Iterator[NDArray[Any]],
    pcm: Pcm,
    *,
    name: str,
    frames: int,
    report: Report,
) -> Analysis:
    """Write `blocks` (`encode.write_pcm`) to a draft, and return what a reader of it will measure.

    The meters get the very integers that the file gets: a lossless file gives them back bit for
    bit, so of the file only the header is read again, which must promise all `frames`. The blocks
    are made on a second thread. Raises as `encode.write_draft` does.
    """
    meters = Meters(pcm.rate_hz, pcm.channels)
    with closing(ahead(quantise(block, pcm.bits) for block in blocks)) as coming:
        write_draft(draft_path, _overheard(reported(coming, frames, report), meters), pcm, name)
    meters.finish()
    with open_reader(draft_path) as reader:
        if not meters.frames == frames == reader.form.promised:
            raise WorldError(
                f"{name} came out with another length.",
                "The disk or the memory may be failing: try again.",
            )
        return meters.analysis(audio_info(reader, frames), reader.form)


def _overheard(blocks: Iterator[NDArray[np.int32]], meters: Meters) -> Iterator[NDArray[np.int32]]:
    for block in blocks:
        meters.feed(block)
        yield block
