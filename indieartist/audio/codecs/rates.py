"""Blocks of sound brought to another rate, and to two channels, as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from indieartist.errors import UserError

Samples = NDArray[np.float32]
"""Sound of shape (frames, channels), full scale 1.0."""


def resampled(
    blocks: Iterable[Samples], channels: int, from_hz: int, to_hz: int
) -> Iterator[Samples]:
    """The same sound at another rate (soxr, high quality), its first frame where it was."""
    if from_hz == to_hz:
        yield from blocks
        return
    import soxr

    stream = soxr.ResampleStream(from_hz, to_hz, channels, dtype="float32")
    for block in blocks:
        yield stream.resample_chunk(np.ascontiguousarray(block))
    yield stream.resample_chunk(np.empty((0, channels), np.float32), last=True)


def as_stereo(block: Samples) -> Samples:
    """Mono on both sides, as stores take it; stereo as it is."""
    return block if block.shape[1] == 2 else np.repeat(block, 2, axis=1)


def check_channels(channels: int, name: str) -> None:
    """Raise UserError for more than two channels."""
    if channels > 2:
        raise UserError(
            f"{name} has {channels} channels; lossy coders are given one or two here.",
            "Export a stereo mixdown.",
        )
