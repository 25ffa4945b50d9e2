"""Sound through Vorbis and back by libsndfile, by way of a file that has no name."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO, cast

import numpy as np
import soundfile

from indieartist.errors import world_error

if TYPE_CHECKING:
    from indieartist.audio.codecs.rates import Samples

# Xiph's nominal bit rates of stereo at 44.1 kHz, for each quality from 0 to 10.
_KBPS = (64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 500)
_PIECE_FRAMES = 4096  # libvorbis takes its blocks on the stack
_BLOCK_FRAMES = 65_536
_MEMORY_BYTES = 32 << 20  # what is longer, about half an hour, goes through the disk


def quality_of(kbps: int) -> float:
    """The quality, 0 to 1, whose nominal rate is `kbps`: 0.2 for 96, 0.5 for 160, 0.9 for 320."""
    return float(np.interp(kbps, _KBPS, np.arange(len(_KBPS)) / 10))


def code_vorbis(blocks: Iterable[Samples], kbps: int, rate_hz: int) -> Iterator[Samples]:
    """Stereo blocks after Vorbis; it has no delay. Raises WorldError where the disk is full."""
    with tempfile.SpooledTemporaryFile(_MEMORY_BYTES) as spool:
        file = cast("BinaryIO", spool)
        try:
            write_vorbis(file, blocks, kbps, rate_hz)
        except OSError as error:
            raise world_error(error, tempfile.gettempdir()) from error
        file.seek(0)
        with soundfile.SoundFile(file) as sound:
            while len(block := sound.read(_BLOCK_FRAMES, "float32", always_2d=True)):
                yield block


def write_vorbis(file: BinaryIO, blocks: Iterable[Samples], kbps: int, rate_hz: int) -> None:
    """Write stereo blocks to an open file as Ogg Vorbis."""
    options = {"format": "OGG", "subtype": "VORBIS", "compression_level": 1 - quality_of(kbps)}
    with soundfile.SoundFile(file, "w", rate_hz, 2, **options) as sound:
        for block in blocks:
            for start in range(0, len(block), _PIECE_FRAMES):
                sound.write(block[start : start + _PIECE_FRAMES])
