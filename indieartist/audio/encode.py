"""Writes audio files: PCM of any kind, and clean copies for stores.

No file holds metadata or a time, so that the same sound gives the same bytes; each is written
beside its target and moved there once it is whole.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from uuid import uuid4

from indieartist.audio.decode import open_reader, read_blocks
from indieartist.audio.pcm import Pcm, quantise
from indieartist.audio.sniff import shown
from indieartist.audio.wav_writer import open_wav
from indieartist.domain.progress import Report, part, silent
from indieartist.errors import UserError, WorldError

if TYPE_CHECKING:
    import numpy as np
    import soundfile
    from numpy.typing import NDArray

    from indieartist.audio.reader import Form

CONTAINERS = {".wav": "wav", ".flac": "flac", ".aif": "aiff", ".aiff": "aiff"}
_FORMATS = {"aiff": "AIFF", "flac": "FLAC"}
_MOST_BYTES = (1 << 32) - 4096  # of a WAV or AIFF, whose lengths have 32 bits
_MASTER_HINT = "Master the song, and approve the master."
_NAME_LENGTH = 60  # of a target's name in its draft's, which tells whose draft it is
_PIECE_FRAMES = {"flac": 4096}  # whose coder takes its blocks on the stack
_MOST_FRAMES = 1 << 16


def write_pcm(path: Path, blocks: Iterable[NDArray[Any]], pcm: Pcm) -> None:
    """Write blocks of shape (n, channels).

    Floats, full scale 1.0, are rounded to the nearest and clipped: dither them before. Integers
    are int32 with their highest bit at full scale. Raises WorldError where the disk is in the way,
    UserError for more than 4 GB in a WAV or AIFF.
    """
    with replacing(path) as draft:
        write_draft(draft, blocks, pcm, shown(path))


def render_clean(
    source: Path,
    target: Path,
    bits: int | None = None,
    container: str = "flac",
    report: Report = silent,
) -> None:
    """Write the samples of a lossless song, and nothing else, to a `flac`, `wav` or `aiff`.

    The new file is read again and compared before it takes its place. Floats are rounded to 24
    bits. Raises UserError for a lossy song, one that clips, and one that uses more than `bits`.
    """
    name = shown(source)
    with open_reader(source) as reader:
        form = reader.form
        bits = bits or _clean_bits(form, name)
        pcm = Pcm(form.sample_rate_hz, form.channels, bits, container)
        blocks = read_blocks(reader, source, report=part(report, 0.0, 0.6))
        with replacing(target) as draft:
            write_draft(draft, _fitting(blocks, bits, name), pcm, shown(target))
            _compare(source, draft, bits, part(report, 0.6, 1.0))


def get_container(path: Path) -> str:
    """The container that a lossless file of this name is written as."""
    if path.suffix.lower() not in CONTAINERS:
        raise UserError(
            f"A master cannot be written as “{path.suffix}”.", "Name it .wav, .flac or .aiff."
        )
    return CONTAINERS[path.suffix.lower()]


def write_draft(draft: Path, blocks: Iterable[NDArray[Any]], pcm: Pcm, name: str) -> None:
    """As `write_pcm`, to a draft of `replacing` that can still be checked; `name` is for errors."""
    room_bytes = _MOST_BYTES if pcm.container != "flac" else 1 << 62
    with (open_wav if pcm.container == "wav" else _open_sound)(draft, pcm) as write:
        for block in blocks:
            room_bytes -= block.size * pcm.bits // 8
            if room_bytes < 0:
                raise UserError(
                    f"{name} would be longer than a {pcm.container.upper()} can be (4 GB).",
                    "Choose FLAC, which has no such limit.",
                )
            write(quantise(block, pcm.bits))


def _clean_bits(form: Form, name: str) -> int:
    if not form.bits:
        raise UserError(
            f"{name} is {form.codec.upper()}, which has lost sound; stores want a lossless file.",
            "Import the WAV, AIFF or FLAC bounce of the song.",
        )
    return 16 if form.bits <= 16 else 24


def _fitting(blocks: Iterable[NDArray[Any]], bits: int, name: str) -> Iterator[NDArray[Any]]:
    """The same blocks, once it is sure that `bits` hold them."""
    import numpy as np

    unused = (1 << (32 - bits)) - 1
    for block in blocks:
        if block.dtype == np.int32 and np.bitwise_or.reduce(block, axis=None) & unused:
            raise UserError(f"{name} uses more than {bits} bits.", _MASTER_HINT)
        if block.dtype != np.int32 and np.abs(block).max() > 1.0:
            raise UserError(f"{name} goes over full scale and would clip.", _MASTER_HINT)
        yield block


def _compare(source: Path, draft: Path, bits: int, report: Report) -> None:
    """Raise WorldError when `draft` does not hold the samples of `source`."""
    import numpy as np

    with open_reader(source) as old, open_reader(draft) as new:
        pairs = zip_longest(read_blocks(old, source, report=report), read_blocks(new, draft))
        for was, now in pairs:
            if was is None or now is None or not np.array_equal(quantise(was, bits), now):
                raise WorldError(
                    f"The copy of {shown(source)} came out different.",
                    "The disk or the memory may be failing: try again.",
                )


@contextmanager
def _open_sound(draft: Path, pcm: Pcm) -> Iterator[Callable[[NDArray[np.int32]], None]]:
    """A function that writes blocks to a new file, through libsndfile."""
    import soundfile

    with draft.open("xb") as file:
        sound = _create_sound(file, pcm)
        piece = _PIECE_FRAMES.get(pcm.container, _MOST_FRAMES)

        def write(block: NDArray[np.int32]) -> None:
            for start in range(0, len(block), piece):
                sound.write(block[start : start + piece])

        try:
            with sound:
                yield write
        except soundfile.LibsndfileError as error:
            # libsndfile keeps the reason to itself; nothing but the disk can stop it now.
            raise OSError(0, "the disk is full or failing") from error


def _create_sound(file: BinaryIO, pcm: Pcm) -> soundfile.SoundFile:
    import soundfile

    # On Windows libsndfile has its own C runtime, to which Python's descriptors mean nothing.
    place = file if os.name == "nt" else file.fileno()
    form = (pcm.rate_hz, pcm.channels, f"PCM_{pcm.bits}", None, _FORMATS[pcm.container])
    try:
        return soundfile.SoundFile(place, "w", *form, closefd=False)
    except soundfile.LibsndfileError as error:
        raise UserError(
            f"A {_FORMATS[pcm.container]} file cannot hold {pcm.channels} channels at "
            f"{pcm.rate_hz:,} Hz.",
            "Export the song in stereo at 44,100 or 48,000 Hz.",
        ) from error


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; it takes the place of `path` once all is on the disk."""
    draft = path.parent / f".{path.name[:_NAME_LENGTH]}.{uuid4().hex}.part"
    try:
        yield draft
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise WorldError(
            f"{shown(path)} cannot be written: {error.strerror or error}.",
            "Check that there is room, and that you may write there.",
        ) from error
    finally:
        draft.unlink(missing_ok=True)
